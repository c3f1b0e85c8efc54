"""Write the board site of a season."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from envgov.cli.commands import registry
from envgov.cli.inputs import fingerprint_of
from envgov.cli.notes import nothing_to_rank, tell_unknown_schemes, tell_unread, words_of
from envgov.cli.output import status
from envgov.cli.schemes import editions_of, locality_option, schemes_of, season_option
from envgov.cli.season import by_id
from envgov.comparison import compare
from envgov.errors import EnvGovError
from envgov.facts.evidence import Facts
from envgov.registry import Registry
from envgov.results.assessment import Season
from envgov.results.comparison import RoundComparison
from envgov.season import assess_season
from envgov.season_csv import read_season
from envgov.wording.site import SAY


@click.command(
    epilog="Example: envgov site public --season docs/examples/louxing --title 娄星区环境卫生考评公示",
)
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
@season_option("The season's folder; without it, this one.")
@click.option(
    "--scheme",
    "scheme_files",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="A scheme file; without it, every one in the season's folder.",
)
@locality_option
@click.option("--title", default=SAY["zh"]["site"], show_default=True, metavar="TEXT", help="What the site is called.")
@click.option("--head", "ledger_head", default="", metavar="HEAD", help="The head that `envgov ledger verify` printed.")
@click.option(
    "--what-if",
    "trials",
    nargs=2,
    multiple=True,
    metavar="SCHEME OTHER",
    help="Try OTHER, a file or LOCALITY:SCHEME, instead of SCHEME, the id of one of the site, and show who would move.",
)
def site(
    out: Path,
    folder: Path,
    scheme_files: tuple[Path, ...],
    code: str | None,
    title: str,
    ledger_head: str,
    trials: tuple[tuple[str, str], ...],
) -> None:
    """Write a website to the folder OUT that says who stands where in the latest round, and why, for everybody to read.

    Its pages are Chinese and English, need no server, and ask nothing of any other place: open OUT/index.html. OUT is
    new, or a site that this command wrote, which is replaced when the new one is whole. Persons, and what people typed
    beside a fact, are not on it.
    """
    from envgov.site import Site, write_site

    if not title.strip():
        raise click.UsageError("--title is empty: say what the site is called")
    plugins = registry()
    schemes = schemes_of(plugins, folder, scheme_files, code)
    with status(f"{folder} ..."):
        facts = read_season(folder, kinds=plugins.kinds)
    tell_unread(schemes, facts, "zh")
    if not scheme_files and code is None:
        tell_unknown_schemes(schemes, Counter(ruling.scheme for ruling in facts.rulings))
    with status(f"{folder} ..."):
        seasons = tuple(season for given in by_id(schemes) if (season := assess_season(given, facts)))
        if not seasons:
            raise EnvGovError(nothing_to_rank(folder, schemes, *words_of(facts)))
        compared = tuple(_tried(plugins, seasons, facts, *trial) for trial in trials)
    inputs = fingerprint_of(folder, scheme_files)
    with status(f"{out} ..."):
        written = write_site(Site(title, facts.grid, seasons, compared, inputs, ledger_head), out)
    click.echo(f"{out}: {written} files; open {out / 'index.html'}")


def _tried(plugins: Registry, seasons: tuple[Season, ...], facts: Facts, scheme: str, other: str) -> RoundComparison:
    shown = {season.latest.scheme: season for season in seasons}
    if scheme not in shown:
        raise click.BadParameter(f"{scheme!r} is not on the site; there is {', '.join(shown)}", param_hint="--what-if")
    return compare(shown[scheme], assess_season(editions_of(plugins, other), facts)).latest
