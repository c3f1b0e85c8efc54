"""The pages of a site: a front page, and of each scheme its ranking, of each unit its reasons, in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

from attrs import field, frozen
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from envgov.checks import is_text, is_tuple
from envgov.documents.drafting import grounds_of
from envgov.errors import EnvGovError
from envgov.facts.grid import Grid, Unit
from envgov.reason import Reason
from envgov.results.assessment import Season, made_up_in
from envgov.results.comparison import RoundComparison
from envgov.results.table import WORDS, Language
from envgov.site.account import account_of, nested
from envgov.site.chart import draw_ranks
from envgov.site.names import page_of
from envgov.site.part import Part, split
from envgov.site.trial import Trial
from envgov.texts import visible
from envgov.wording.site import SAY

ROWS_ON_A_PAGE = 500
SHOWN_FIRST = 20
"""Rows of a ranking, and names of a tier, on the front page."""

LANGUAGES: tuple[Language, ...] = ("zh", "en")


@frozen
class Site:
    """What a site shows: seasons, one of each scheme, on the units of one grid; it is public, and names no person.

    `comparisons` are trials of another scheme (what-if) on rounds of these seasons, whose a is what was decided.
    `inputs` is the fingerprint of the data, `ledger_head` the head of the ledger that they are from; empty where there
    is none. A site needs assessments that can explain: those that were read back from a file cannot.

    Raises:
        EnvGovError: there is no season, a season is empty, or two are of one scheme.
    """

    title: str = field(validator=is_text)
    grid: Grid
    seasons: tuple[Season, ...] = field(validator=is_tuple)
    comparisons: tuple[RoundComparison, ...] = field(default=(), validator=is_tuple)
    inputs: str = ""
    ledger_head: str = ""

    def __attrs_post_init__(self) -> None:
        schemes = [season.latest.scheme for season in self.seasons]
        if not schemes or len(set(schemes)) < len(schemes):
            raise EnvGovError(f"a site is made of one season of each scheme, and these are {schemes}")


def pages_of(site: Site) -> Iterator[tuple[str, bytes]]:
    """Each file of the site with its path: the pages in both languages, the style, the script.

    Equal sites give equal bytes.

    Raises:
        EnvGovError: an assessment was read back from a file; assess the facts again.
    """
    own = files("envgov.site").joinpath("templates")
    for name in ("style.css", "search.js"):
        yield name, own.joinpath(name).read_bytes()
    templates = _environment()
    yield "index.html", _written(templates, "start.html", site=site, say=SAY)
    trees = [_Tree(site, language, templates) for language in LANGUAGES]
    for tree in trees:
        yield from tree.pages()
    fields = {season.latest.scheme: season.latest for season in site.seasons}
    held = {scheme: {unit.code for unit in latest.units} for scheme, latest in fields.items()}
    for unit in _units_of(site):
        reasons = {scheme: fields[scheme].explain(unit.code) for scheme, codes in held.items() if unit.code in codes}
        for tree in trees:
            yield tree.unit_page(unit, reasons)


def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("envgov.site"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _shown(value: object) -> object:
    """Nothing that a stranger typed acts unseen; what is markup already was made of texts that were shown."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _written(templates: Environment, name: str, **given: Any) -> bytes:
    return templates.get_template(name).render(given).encode()


def _units_of(site: Site) -> list[Unit]:
    found = {unit.code: unit for season in site.seasons for unit in season.latest.units}
    return [found[code] for code in sorted(found)]


class _Tree:
    """The pages in one language."""

    def __init__(self, site: Site, language: Language, templates: Environment) -> None:
        self.site, self.language, self.templates = site, language, templates
        self.say = SAY[language]
        self.parts = {season.latest.scheme: Part(season, language) for season in site.seasons}
        self.trials = [Trial(compared, n, language) for n, compared in enumerate(site.comparisons, 1)]
        latest = [season.latest for season in site.seasons]
        made_up = made_up_in((*latest, *(compared.b for compared in site.comparisons)))
        self.common = {
            "site": site,
            "say": self.say,
            "parts": list(self.parts.values()),
            "trials": self.trials,
            "made_up": [WORDS[language].synthetic.format(what) for what in made_up],
            "grounds": grounds_of(latest, language, site.inputs, site.ledger_head),
            "other": "en" if language == "zh" else "zh",
            "other_say": SAY["en" if language == "zh" else "zh"],
        }

    def pages(self) -> Iterator[tuple[str, bytes]]:
        """All but those of the units."""
        yield self._page("index.html", "front.html", shown=SHOWN_FIRST)
        yield self._page("units.html", "units.html", units=list(self._listed()))
        for part in self.parts.values():
            spans = split(len(part.codes), ROWS_ON_A_PAGE)
            sheets = [page_of("scheme", part.assessment.scheme, n) for n in range(1, len(spans) + 1)]
            for n, (first, last) in enumerate(spans, 1):
                rows = part.sheet(first, last)
                yield self._page(sheets[n - 1], "scheme.html", part=part, rows=rows, n=n, sheets=sheets)
            yield self._page(
                part.rules_page, "rules.html", part=part, rules=nested(filter(None, part.rules().split("\n")))
            )
        for trial in self.trials:
            spans = split(len(trial.rows), ROWS_ON_A_PAGE)
            sheets = [page_of("compare", trial.code, n) for n in range(1, len(spans) + 1)]
            for n, (first, last) in enumerate(spans, 1):
                rows = trial.rows[first:last]
                yield self._page(sheets[n - 1], "compare.html", trial=trial, rows=rows, n=n, sheets=sheets)

    def _listed(self) -> Iterator[tuple[str, str, str]]:
        """Each unit: its name, its page, and where it is."""
        for unit in _units_of(self.site):
            above = self.site.grid[unit.parent].name if unit.parent else ""
            yield (
                unit.name,
                page_of("unit", unit.code),
                WORDS[self.language].comma.join(filter(None, (above, unit.level))),
            )

    def unit_page(self, unit: Unit, reasons: Mapping[str, Reason]) -> tuple[str, bytes]:
        told = [self._told(unit.code, self.parts[scheme], reason) for scheme, reason in reasons.items()]
        return self._page(page_of("unit", unit.code), "unit.html", unit=unit, told=told)

    def _told(self, code: str, part: Part, reason: Reason) -> dict[str, Any]:
        history = part.history(code)
        ranks = [(visible(held.label), held.standing.rank if held.standing else None) for held in history]
        sizes = [held.standing.size for held in history if held.standing]
        said = (self.say["chart rank"].format(label=label, rank=rank) for label, rank in ranks if rank is not None)
        title = self.say["chart"].format(self.say["apart"].join(said))
        return {
            "part": part,
            "summary": list(part.summary(code)),
            "near": part.near(code),
            "own": page_of("unit", code),
            "why": account_of(reason, self.language),
            "history": history[::-1],
            "chart": draw_ranks(ranks, max(sizes), title) if sizes else "",
            "trials": [(trial, trial.told(code)) for trial in self.trials if trial.scheme == part.assessment.scheme],
        }

    def _page(self, name: str, template: str, **given: Any) -> tuple[str, bytes]:
        content = _written(self.templates, template, page=name, **self.common, **given)
        return f"{self.language}/{name}", content
