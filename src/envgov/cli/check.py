"""Check a published table."""

from __future__ import annotations

from pathlib import Path

import click

from envgov.cli.output import json_option, language_option, print_json, print_text
from envgov.errors import InputError
from envgov.published import lint, read_claim, read_table, refuse_unknown
from envgov.results.table import Language


@click.command(
    epilog="Example: envgov check docs/examples/louxing/published/streets.csv --claim '合计得分 = 环境卫生得分 + 城管实际得分'",
)
@click.argument("table", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--claim",
    "sentences",
    metavar="SENTENCE",
    multiple=True,
    help="What the table says of itself, such as '排名 by 得分' or '整改率 = 整改数 / 发现数'; may be given several "
    "times. Without any, what the headings say.",
)
@language_option
@json_option
def check(table: Path, sentences: tuple[str, ...], language: Language, as_json: bool) -> None:
    """Find wrong ranks, sums, means, rates, bands and sizes in a published TABLE (CSV or JSON).

    What rounded inputs cannot decide is listed as undecidable. Exit code 0: nothing is wrong; 1: something is.
    """
    published = read_table(table)
    try:
        claims = [read_claim(sentence) for sentence in sentences]
        refuse_unknown(claims, published)
    except InputError as error:
        raise click.BadParameter(str(error), param_hint="--claim") from None
    report = lint(published, claims)
    if as_json:
        print_json({"report": report.to_dict()})
    else:
        print_text(report.text(language))
    if report.wrong:
        click.get_current_context().exit(1)
