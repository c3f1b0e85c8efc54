"""Write slips, notices and records about the papers and issues of a ledger."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from attrs import frozen

from envgov.cli.output import document_option, language_option, template_option, write_new
from envgov.errors import EnvGovError
from envgov.results.table import Language

if TYPE_CHECKING:
    from envgov.cli.ledger.desk import Desk
    from envgov.documents.forms import Basis, Form, Office
    from envgov.facts.guards import LifeRules
    from envgov.facts.issue import Issue
    from envgov.facts.paper import Paper

KINDS = {
    "supervision": "督办单",
    "talk": "约谈通知书",
    "talk-record": "约谈记录",
    "dispatch": "交办单",
    "rectification": "限期整改通知书",
    "whistle": "吹哨通知单",
    "acceptance": "验收销号单",
    "exposure": "曝光",
}
_LISTED = "\n".join(f"  {kind.ljust(14)} {called}" for kind, called in KINDS.items())
_HELP = f"""Write a slip, a notice or a record (督办单、交办单、约谈通知 ...) from the ledger.

\b
KIND is one of
{_LISTED}

NAMED is for the first three a paper: its id, its number, or the issue or unit that it is about, as `envgov ledger slips`
lists them; for the others the id of an issue. A talk and a rectification may be about several.

It is a draft: people sign and seal it. Nothing is entered, and no file is overwritten.
"""
_OF_PAPERS = ("supervision", "talk", "talk-record")
_SUFFIXES = (".docx", ".html", ".md", ".json")


def _moment(_: click.Context, __: click.Parameter, written: str | None) -> datetime | None:
    from envgov.cli.ledger.options import a_moment

    return None if written is None else a_moment(written)


def _day(_: click.Context, __: click.Parameter, written: str | None) -> date:
    from envgov.cli.ledger.clock import now
    from envgov.cli.ledger.options import a_day

    return a_day(written or now()[:10])


@click.command(
    help=_HELP,
    epilog="Example: envgov slip supervision 督办〔2024〕1号 --ledger town.db --body 青石镇整治办 -o 督办单.docx",
)
@click.argument("kind", metavar="KIND", type=click.Choice(list(KINDS)))
@click.argument("named", metavar="NAMED...", nargs=-1, required=True)
@click.option(
    "--ledger",
    "ledger_place",
    metavar="PLACE",
    envvar="ENVGOV_LEDGER",
    show_envvar=True,
    help="Where the ledger lies: a file, or postgresql://user@host/database.",
)
@click.option("--body", required=True, metavar="NAME", help="Who issues it (发文机关).")
@click.option(
    "--on", callback=_day, metavar="DAY", help="As it stood at the end of DAY, if it is of an issue; without it, today."
)
@click.option(
    "--scheme",
    metavar="SCHEME",
    help="Of a paper: tell clause, edition and the condition that held, by the scheme that proposed it: "
    "LOCALITY:SCHEME, a LOCALITY that has one, or a file.",
)
@click.option(
    "--season",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="With --scheme: a season whose inspections and other facts the scheme reads beside the ledger.",
)
@click.option("--talk-at", callback=_moment, metavar="MOMENT", help="Of a talk: when, such as '2024-05-10 9:00'.")
@click.option("--place", default="", metavar="PLACE", help="Of a talk or its record: where.")
@document_option(_SUFFIXES, "Markdown")
@template_option
@language_option
def slip(
    kind: str,
    named: tuple[str, ...],
    ledger_place: str | None,
    body: str,
    on: date,
    scheme: str | None,
    folder: Path | None,
    talk_at: datetime | None,
    place: str,
    out: Path | None,
    template: Path | None,
    language: Language,
) -> None:
    """Write a slip, a notice or a record from the ledger."""
    suffix = ".md" if out is None else out.suffix.lower()
    if suffix not in _SUFFIXES:
        raise click.UsageError(f"{out}: give a file that ends in {', '.join(_SUFFIXES)}")
    if template is not None and suffix != ".docx":
        raise click.UsageError("--template is for a .docx file: give one with -o")
    if kind not in _OF_PAPERS and (scheme or folder):
        raise click.UsageError(f"--scheme and --season are for {', '.join(_OF_PAPERS)}: leave them out")
    if folder is not None and scheme is None:
        raise click.UsageError("--season is for what a scheme proposed: name it with --scheme")
    if (talk_at is not None and kind != "talk") or (place and kind not in ("talk", "talk-record")):
        raise click.UsageError("--talk-at is for talk, --place for talk and talk-record: leave them out")
    if len(named) > 1 and kind not in ("talk", "talk-record", "rectification"):
        raise click.UsageError(f"{KINDS[kind]} is about one matter (一事一单): give one")
    asked = _Asked(kind, tuple(dict.fromkeys(named)), body.strip(), on, scheme, folder, talk_at, place, language)
    form = _drafted(asked, ledger_place)
    content = _in_form(form, suffix, template)
    if out is None:
        click.echo(content.decode(), nl=False)
    else:
        write_new(out, content)


@frozen
class _Asked:
    """What was asked for."""

    kind: str
    named: tuple[str, ...]
    body: str
    on: date
    scheme: str | None
    folder: Path | None
    talk_at: datetime | None
    place: str
    language: Language


def _drafted(asked: _Asked, ledger_place: str | None) -> Form:
    from envgov.cli.ledger.clerk import Clerk
    from envgov.cli.ledger.desk import open_desk
    from envgov.documents.forms import Office
    from envgov.facts.roster import Roster
    from envgov.ledger.settings import ROSTER

    if not ledger_place:
        raise click.UsageError("name the ledger: envgov slip --ledger PLACE ..., or set ENVGOV_LEDGER")
    with open_desk(Clerk(ledger_place, None)) as desk:
        roster = desk.ledger.value(ROSTER)
        try:
            office = Office(asked.body, desk.grid, roster if isinstance(roster, Roster) else None)
        except (TypeError, ValueError) as error:
            raise click.UsageError(str(error)) from None
        if asked.kind in _OF_PAPERS:
            return _of_papers(asked, desk, office)
        return _of_issues(asked, desk, office)


# -- of papers
def _of_papers(asked: _Asked, desk: Desk, office: Office) -> Form:
    from envgov.documents import forms

    known = desk.ledger.papers()
    papers = [_paper(one, known, asked, desk) for one in asked.named]
    subjects = dict.fromkeys(paper.subject for paper in papers if paper.about == "issue")
    issues = [issue for issue in map(desk.issue, subjects) if issue is not None]
    earlier = (*known, *(slip for issue in issues for slip in forms.slips_of(issue)))
    before = next((paper for paper in earlier if paper.id in {p.follows for p in papers}), None)
    basis = _basis_of(papers[0], asked, desk)
    given: dict[str, Any] = {"basis": basis, "before": before}
    if asked.kind == "supervision":
        issue = issues[0] if issues else None
        return forms.draft_supervision_slip(papers[0], office, asked.language, issue=issue, **given)
    given |= {"issues": issues, "place": asked.place}
    if asked.kind == "talk":
        return forms.draft_talk_notice(papers, office, asked.language, talk_at=asked.talk_at, **given)
    return forms.draft_talk_record(papers, office, asked.language, **given)


def _paper(one: str, known: Sequence[Paper], asked: _Asked, desk: Desk) -> Paper:
    """The paper that is meant; where the ledger has none, the slip that was entered last in the issue alone."""
    from envgov.cli.ledger.papers import papers_called, the_one
    from envgov.documents.forms import slips_of

    issue, called = desk.issue(one), papers_called(one, known, desk, asked.on)
    then = None if issue is None or called else issue.as_of(asked.on)
    return the_one(_going_on(called) if then is None else slips_of(then)[-1:], one)


def _going_on(papers: Sequence[Paper]) -> Sequence[Paper]:
    """Of several about one matter, those that are not over."""
    from envgov.facts.paper import PaperState

    over = {PaperState.DONE, PaperState.WAIVED, PaperState.VOIDED}
    return [paper for paper in papers if paper.state not in over] or papers


def _basis_of(paper: Paper, asked: _Asked, desk: Desk) -> Basis | None:
    """The measure that became the paper, proposed once more by the same scheme in the same round."""
    from envgov.cli.commands import registry
    from envgov.cli.ledger.papers import assess_round, facts_of
    from envgov.cli.schemes import editions_of
    from envgov.documents.forms import Basis
    from envgov.ledger.papers import paper_id
    from envgov.scheme import in_force

    if asked.scheme is None:
        return None
    editions = editions_of(registry(), asked.scheme)
    assessment = assess_round(editions, facts_of(desk, asked.folder), asked.on, paper.round)
    for measure in assessment.measures:
        if paper_id(measure) == paper.id:
            edition = in_force(editions, measure.round) or editions[-1]
            return Basis(edition, measure, assessment.synthetic)
    raise EnvGovError(
        f"{asked.scheme} does not propose {paper.measure} for {paper.subject} in {paper.round} any more, or never did: "
        f"give the scheme and the season that paper {paper.id} is of, or leave --scheme out"
    )


# -- of issues
def _of_issues(asked: _Asked, desk: Desk, office: Office) -> Form:
    from envgov.documents import forms
    from envgov.facts.guards import LifeRules
    from envgov.ledger.settings import RULES

    issues = [_stood(desk, id, asked.on) for id in asked.named]
    if asked.kind == "rectification":
        return forms.draft_rectification_notice(issues, office, asked.language)
    held = desk.ledger.value(RULES)
    rules: LifeRules | None = held if isinstance(held, LifeRules) else None
    draft: dict[str, Callable[[], Form]] = {
        "dispatch": lambda: forms.draft_dispatch_slip(issues[0], office, asked.language, rules=rules),
        "whistle": lambda: forms.draft_whistle_notice(issues[0], office, asked.language),
        "acceptance": lambda: forms.draft_acceptance_record(issues[0], office, asked.language, rules=rules),
        "exposure": lambda: forms.draft_exposure(issues[0], office, asked.language, on=asked.on),
    }
    return draft[asked.kind]()


def _stood(desk: Desk, id: str, on: date) -> Issue:
    then = desk.known_issue(id).as_of(on)
    if then is None:
        raise click.UsageError(f"issue {id} was not found yet on {on}: give a later day with --on")
    return then


def _in_form(form: Form, suffix: str, template: Path | None) -> bytes:
    from envgov.documents.forms import to_html, to_json, to_markdown

    if suffix == ".docx":
        from envgov.documents.forms.word import fill_template, to_docx

        return to_docx(form) if template is None else fill_template(form, template)
    write = {".html": to_html, ".md": to_markdown, ".json": to_json}[suffix]
    return write(form).encode()
