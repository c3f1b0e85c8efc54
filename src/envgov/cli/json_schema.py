"""What stored values look like, for other programs."""

from __future__ import annotations

import json
from difflib import get_close_matches

import click

from envgov.cli.commands import registry
from envgov.codec.kinds import KINDS
from envgov.codec.schemas import json_schema as schema_of


@click.command(epilog="Example: envgov json-schema Issue > Issue.json")
@click.argument("kind", required=False)
def json_schema(kind: str | None) -> None:
    """Print the JSON Schema (2020-12) of a KIND of stored value, or without one the kinds.

    Those of the installed plugins are among them, wherever a rule or a condition may stand.
    """
    own = registry().kinds
    known = sorted({**KINDS, **own})
    if kind is None:
        click.echo("\n".join(known))
    elif kind in known:
        click.echo(json.dumps(schema_of(kind, own), ensure_ascii=False, indent=2))
    else:
        near = get_close_matches(kind, known, n=1)
        hint = f"did you mean {near[0]!r}?" if near else "envgov json-schema lists the kinds"
        raise click.UsageError(f"nothing of kind {kind!r} is stored; {hint}")
