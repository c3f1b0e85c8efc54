"""Write the bulletin on a round, or the correction of one."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from envgov.cli.commands import registry
from envgov.cli.inputs import fingerprint_of
from envgov.cli.output import document_option, language_option, template_option, write_new
from envgov.cli.schemes import locality_option, season_option
from envgov.cli.season import assessments_of, round_option, scheme_option
from envgov.codec import from_dict
from envgov.errors import EnvGovError
from envgov.results.assessment import Assessment
from envgov.results.table import Language

_SUFFIXES = (".docx", ".txt", ".html", ".md", ".json")


def _letterhead(body: str, day: datetime, number: str, to: str) -> Any:
    from envgov.documents import Letterhead

    try:
        return Letterhead(body.strip(), day.date(), number.strip(), to.strip().rstrip("：:"))
    except (TypeError, ValueError) as error:
        raise click.UsageError(str(error)) from None


@click.command(
    epilog="Example: envgov bulletin --season docs/examples/louxing --round 2017-04 --body 娄星区爱卫办 --day 2017-05-02 "
    "-o 通报.docx",
)
@season_option("The season's folder; without it, this one.")
@scheme_option
@locality_option
@round_option
@click.option("--body", required=True, metavar="NAME", help="Who issues it (发文机关).")
@click.option("--number", default="", metavar="NUMBER", help="Its number (发文字号), such as 柳环整〔2022〕9号.")
@click.option("--day", required=True, type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="Its day (成文日期).")
@click.option("--to", default="", metavar="WHOM", help="Who is addressed (主送机关).")
@document_option(_SUFFIXES, "the text for a chat")
@template_option
@click.option(
    "--max-bytes",
    type=click.IntRange(min=1),
    help="The limit of the text for a chat, in bytes; 2048 without it.",
)
@click.option("--head", "ledger_head", default="", metavar="HEAD", help="The head that `envgov ledger verify` printed.")
@click.option(
    "--correct",
    "other",
    type=click.Path(exists=True, path_type=Path),
    metavar="OTHER",
    help="Correct what was published (更正通报): the JSON of `envgov assess --json`, or the season's folder, as it was then.",
)
@click.option("--corrects", default="", metavar="NUMBER", help="With --correct: number or title of what is corrected.")
@click.option("--why", default="", metavar="TEXT", help="With --correct: why.")
@language_option
def bulletin(
    folder: Path,
    scheme_files: tuple[Path, ...],
    code: str | None,
    label: str | None,
    body: str,
    number: str,
    day: datetime,
    to: str,
    out: Path | None,
    template: Path | None,
    max_bytes: int | None,
    ledger_head: str,
    other: Path | None,
    corrects: str,
    why: str,
    language: Language,
) -> None:
    """Write the bulletin (通报) on a round: ranking, boards, measures, notes, and what it can be checked by.

    It is a draft: people sign and seal it. No file is overwritten.
    """
    from envgov.documents import draft_bulletin, draft_correction

    suffix = ".txt" if out is None else out.suffix.lower()
    if suffix not in _SUFFIXES:
        raise click.UsageError(f"{out}: give a file that ends in {', '.join(_SUFFIXES)}")
    if template is not None and suffix != ".docx":
        raise click.UsageError("--template is for a .docx file: give one with -o")
    if max_bytes is not None and suffix != ".txt":
        raise click.UsageError("--max-bytes is for the text of a chat: leave out -o, or give a .txt file")
    if other is not None and not (corrects.strip() and why.strip()):
        raise click.UsageError("a correction says what it corrects and why: give --corrects and --why")
    if other is None and (corrects or why):
        raise click.UsageError("--corrects and --why belong to --correct OTHER: give what was published")
    letterhead = _letterhead(body, day, number, to)
    _, shown = assessments_of(folder, scheme_files, code, label, language)
    inputs = fingerprint_of(folder, scheme_files)
    if other is None:
        draft = draft_bulletin(shown, letterhead, language, inputs=inputs, ledger_head=ledger_head)
    else:
        published = (
            assessments_of(other, scheme_files, code, shown[0].record.round.label, language)[1]
            if other.is_dir()
            else _read(other)
        )
        draft = draft_correction(
            published, shown, letterhead, corrects, why, language, inputs=inputs, ledger_head=ledger_head
        )
    content = _in_form(draft, suffix, template, max_bytes)
    if out is None:
        click.echo(content.decode(), nl=False)
    else:
        write_new(out, content)


def _in_form(draft: Any, suffix: str, template: Path | None, max_bytes: int | None) -> bytes:
    from envgov.documents import to_html, to_json, to_markdown, to_text

    if suffix == ".docx":
        from envgov.documents.word import fill_template, to_docx

        return to_docx(draft) if template is None else fill_template(draft, template)
    if suffix == ".txt":
        return (to_text(draft) if max_bytes is None else to_text(draft, max_bytes)).encode()
    write = {".html": to_html, ".md": to_markdown, ".json": to_json}[suffix]
    return write(draft).encode()


def _read(file: Path) -> list[Assessment]:
    """The assessments that `envgov assess --json` printed."""
    try:
        document = json.loads(file.read_bytes())
        stored = [{"schema": document["schema"], **one} for one in document["assessments"]]
    except (ValueError, LookupError, TypeError, RecursionError):
        raise EnvGovError(f"{file} is not what `envgov assess --json` printed: give that, or the folder") from None
    found = [from_dict(one, registry().kinds, file.name) for one in stored]
    if not all(isinstance(one, Assessment) for one in found):
        raise EnvGovError(f"{file} holds something else than assessments: give what `envgov assess --json` printed")
    return found
