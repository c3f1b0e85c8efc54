"""Look at the localities that plugins describe, and at the plugins."""

from __future__ import annotations

import traceback

import click

from envgov.cli.commands import registry
from envgov.cli.output import json_option, print_json, print_table
from envgov.registry import load_registry


@click.command(epilog="Example: envgov localities")
@json_option
def localities(as_json: bool) -> None:
    """List the localities that the installed plugins describe, and the schemes of each."""
    found = [(locality, str(loaded.plugin_of(locality.code))) for loaded in (registry(),) for locality in loaded]
    if as_json:
        listed = [
            {"code": locality.code, "name": locality.name, "schemes": list(locality.schemes), "provider": provider}
            for locality, provider in found
        ]
        print_json({"localities": listed})
        return
    rows = [(locality.code, locality.name, ", ".join(locality.schemes), provider) for locality, provider in found]
    print_table(("code", "name", "schemes", "from"), rows)


@click.command(epilog="Example: envgov plugins --trace")
@click.option("--trace", is_flag=True, help="Show each hook as it is asked, and where a failure comes from.")
@json_option
def plugins(trace: bool, as_json: bool) -> None:
    """List the plugins that were found: distribution, version, hooks, what each gave, and why one failed."""
    files = click.get_current_context().find_root().params["plugin_files"]
    loaded = load_registry(files=files, strict=False, trace=_tell if trace else None)
    for failure in loaded.failures if trace else ():
        _tell("".join(traceback.format_exception(failure)).rstrip())
    if as_json:
        listed = [
            {
                "name": plugin.name,
                "distribution": plugin.distribution,
                "version": plugin.version,
                "hooks": list(plugin.hooks),
                "localities": list(plugin.localities),
                "kinds": list(plugin.kinds),
                "failure": None if plugin.failure is None else str(plugin.failure),
            }
            for plugin in loaded.plugins
        ]
        print_json({"plugins": listed})
        return
    rows = [
        (
            plugin.name,
            str(plugin) if plugin.distribution else "-",
            ", ".join(plugin.hooks),
            ", ".join((*plugin.localities, *plugin.kinds)),
            "" if plugin.failure is None else str(plugin.failure),
        )
        for plugin in loaded.plugins
    ]
    print_table(("plugin", "distribution", "hooks", "gives", "failure"), rows)


def _tell(line: str) -> None:
    click.echo(line, err=True)
