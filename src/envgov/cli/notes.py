"""What is said beside results: what nobody reads, and why there is nothing to rank."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from envgov.facts.evidence import Facts
from envgov.policy.term import terms_in
from envgov.results.table import Language
from envgov.scheme import Scheme
from envgov.season.unread import unread
from envgov.wording.phrases import LANGUAGES


def tell_unread(schemes: Iterable[Scheme], facts: Facts, language: Language) -> None:
    """A word or a year that is written otherwise in the facts than in the schemes would leave units out unseen."""
    for misfit in unread(schemes, facts):
        click.echo(LANGUAGES[language].say["aside"].format(misfit.text(language)), err=True)


def tell_unknown_schemes(schemes: Iterable[Scheme], ruled: Mapping[str, int]) -> None:
    """A ruling on a scheme that is spelt otherwise would be forgotten unseen; `ruled`: how many there are on each."""
    known = {scheme.id for scheme in schemes}
    for name, n in sorted(ruled.items()):
        if name not in known:
            here = ", ".join(sorted(known))
            click.echo(f"note: {n} rulings are on the scheme {name!r}, which is not in the folder; {here} is", err=True)


def words_of(facts: Facts) -> tuple[list[str], Counter[str]]:
    """The levels of the grid, and of how many inspections each channel is."""
    return [unit.level for unit in facts.grid.units], Counter(seen.channel for seen in facts.inspections)


def nothing_to_rank(folder: Path, schemes: Iterable[Scheme], levels: Iterable[str], seen: Mapping[str, int]) -> str:
    """Why: what the schemes ask for beside what there is, with `seen`, of how many inspections each channel is."""
    ranked = ", ".join(dict.fromkeys(level for scheme in schemes for level in scheme.levels))
    read = ", ".join(sorted(_channels_read(schemes) or {"every channel"}))
    return (
        f"nothing to rank in {folder}: the schemes rank {ranked}, and the grid has "
        f"{', '.join(dict.fromkeys(levels)) or 'no unit'}; "
        f"they read {read}, and {sum(seen.values())} inspections have channels {', '.join(sorted(seen)) or 'none'}; "
        f"they apply since {', '.join(scheme.edition for scheme in schemes)}; correct the levels, channels or days that "
        "differ, in the scheme, the grid or the inspections"
    )


def _channels_read(schemes: Iterable[Scheme]) -> set[str] | None:
    """The channels that the schemes read; None where one of them reads every channel."""
    asked = [term for scheme in schemes for term in terms_in(scheme) if hasattr(term, "channel")]
    return None if any(term.channel is None for term in asked) else {term.channel for term in asked}
