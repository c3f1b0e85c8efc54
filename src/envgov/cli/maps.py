"""Units on a map, with what was decided about them."""

from __future__ import annotations

from pathlib import Path

import click

from envgov.cli.output import file_option, json_text, language_option, write_file
from envgov.cli.schemes import locality_option, season_option
from envgov.cli.season import assessments_of, round_option, scheme_option
from envgov.exchange.geojson import read_outlines, units_to_geojson
from envgov.facts.position import DATUMS, Datum
from envgov.results.table import Language


@click.command(
    "map",
    short_help="Write units with their outlines, ranks and tiers as a map (GeoJSON).",
    epilog="Example: envgov map outlines.geojson --season docs/examples/louxing --datum WGS84 -o 2017-05.geojson",
)
@click.argument("outlines", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--key", metavar="PROPERTY", default="code", show_default=True, help="The property of OUTLINES that names the unit."
)
@click.option(
    "--datum", type=click.Choice(DATUMS), help="Of OUTLINES that do not say it: in which datum their coordinates are."
)
@season_option("The season's folder; without it, this one.")
@scheme_option
@locality_option
@round_option
@language_option
@file_option
def units(
    outlines: Path,
    key: str,
    datum: Datum | None,
    folder: Path,
    scheme_files: tuple[Path, ...],
    code: str | None,
    label: str | None,
    language: Language,
    file: Path | None,
) -> None:
    """Rank a round, and write its units with their OUTLINES (GeoJSON, RFC 7946): rank, score and tiers as properties.

    A unit without an outline has no geometry.
    """
    facts, shown = assessments_of(folder, scheme_files, code, label, language)
    if len(shown) > 1:
        known = ", ".join(assessment.scheme for assessment in shown)
        raise click.UsageError(f"a map shows one scheme, and there are {known}: name its file with --scheme")
    drawn = read_outlines(outlines, facts.grid, datum, key)
    write_file(json_text(units_to_geojson(facts.grid, drawn, shown[0])), file)
