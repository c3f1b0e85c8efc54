"""The answer of one round: `Assessment`, and the `Season` of several."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import takewhile
from typing import NamedTuple

from attrs import field, frozen

from envgov.errors import EnvGovError
from envgov.facts.grid import Body, Unit
from envgov.facts.issue import Issue
from envgov.facts.round import Round
from envgov.reason import Absent, Reason
from envgov.results.history import NO_HISTORY, History, Record
from envgov.results.measure import Measure
from envgov.results.note import Note
from envgov.results.placement import Holding
from envgov.results.question import Question
from envgov.results.ranking import Ranking, Standing
from envgov.results.table import WORDS, Language, Words, aligned
from envgov.results.view import Listing, View, Viewed


class Row(NamedTuple):
    """One unit's line of the table; `standing` is None for a unit that is absent from the ranking, or where none is."""

    unit: Unit
    group: str
    standing: Standing | None
    absent: Absent | None
    tiers: tuple[str, ...]
    measures: tuple[Measure, ...]


SHOWN_ROUNDS = 12


@frozen(repr=False)
class Assessment(Viewed):
    """What a scheme decided in one round. Its text is the table: rank, unit, score, tiers, measures.

    `notes` say what the reader of the lists must know, `questions` what is left to a person: while there are any, some
    tiers or measures are pending. `bodies`, and of the units outside the field those in `owing`, are known by name and
    owe a measure. `provider` is the distribution and version of the plugin from which the scheme is, `synthetic` what is
    made up about the facts (`Facts.synthetic`).
    """

    scheme: str
    title: str
    edition: str
    units: tuple[Unit, ...]
    record: Record
    measures: tuple[Measure, ...]
    notes: tuple[Note, ...] = ()
    questions: tuple[Question, ...] = ()
    bodies: tuple[Body, ...] = ()
    owing: tuple[Unit, ...] = ()
    provider: str = field(default="", eq=False)
    synthetic: str = field(default="", eq=False)
    _ask: Callable[[str], Reason] | None = field(default=None, eq=False, alias="ask")

    def explain(self, unit: str) -> Reason:
        """Why: asks the rules that decided once more. `unit` is a code, or a name unique in the field.

        Raises:
            UnknownUnitError: the field has no such unit, or several of that name.
            EnvGovError: this assessment was read back from a file; assess the facts again to explain.
        """
        if self._ask is None:
            raise EnvGovError(f"{self.scheme} {self.record.round.label} was stored without its facts: assess again")
        return self._ask(unit)

    def rows(self) -> tuple[Row, ...]:
        """Ranked units group by group, best first; then the absent ones, in code order."""
        by_code = {unit.code: unit for unit in self.units}
        tiers: Mapping[str, list[str]] = defaultdict(list)
        for placement in self.record.placements:
            tiers[placement.unit].append(placement.tier)
        measures: Mapping[str, list[Measure]] = defaultdict(list)
        for measure in self.measures:
            if measure.about == "unit":
                measures[measure.subject].append(measure)
        ranked = [(s.unit, s.group, s, None) for s in self.record.standings]
        absent = [(a.unit, a.group, None, a.why) for a in self.record.absences]
        named = {code for code, *_ in (*ranked, *absent)}
        unranked = [(unit.code, "", None, None) for unit in self.units if unit.code not in named]
        return tuple(
            Row(by_code[code], group, standing, why, tuple(tiers[code]), tuple(measures[code]))
            for code, group, standing, why in (*ranked, *absent, *unranked)
        )

    def table(self, language: Language = "zh") -> tuple[tuple[str, ...], ...]:
        """The rows as texts under a header: rank, unit, score, further figures, tiers, measures, notes.

        Where nothing is ranked, there is neither rank nor score.
        """
        words = WORDS[language]
        figures = tuple(ranking.figure for ranking in self.record.rankings[1:])
        heads = (*words.heads[:3], *figures, *words.heads[3:])
        table = (heads, *(self._texts(row, words) for row in self.rows()))
        return table if self.record.rankings else tuple((unit, *rest) for _, unit, _, *rest in table)

    def _texts(self, row: Row, words: Words) -> tuple[str, ...]:
        s = row.standing
        rank = score = "-"
        if s is not None:
            rank, score = str(s.rank), str(self.record.ranking().shown(s))
            note = words.tied.format(s.tied) if s.tied > 1 else ""
        else:
            note = "" if row.absent is None else words.absent[row.absent]
        name = words.aside.format(row.unit.name, row.group) if row.group else row.unit.name
        tiers = words.joint.join(map(words.tier, row.tiers))
        measures = words.measures(row.measures)
        further = (self._shown(ranking, row.unit.code) for ranking in self.record.rankings[1:])
        return rank, name, score, *further, tiers, measures, note

    def _shown(self, ranking: Ranking, unit: str) -> str:
        s = ranking.of(unit)
        return "-" if s is None else str(ranking.shown(s))

    def listing(self, language: Language = "zh") -> Listing:
        """The table, of tiers, measures and notes only the columns in which something stands."""
        heads, *rows = self.table(language)
        ranked = bool(self.record.rankings)
        always = 3 if ranked else 1  # rank, unit, score; or the unit alone
        shown = [i for i in range(len(heads)) if i < always or any(row[i] for row in rows)]
        # rank, score, further figures
        numbers = (at for at, i in enumerate(shown) if ranked and (i == 0 or 2 <= i < len(heads) - 3))
        return Listing(
            tuple(heads[i] for i in shown), tuple(tuple(row[i] for i in shown) for row in rows), frozenset(numbers)
        )

    def view(self, language: Language = "zh") -> View:
        """The table and the remarks, with the edition, how many were assessed, and the plugin."""
        words = WORDS[language]
        size = len(self.record.standings)
        sizes = (words.size.format(size, len(self.units) - size),) if self.record.rankings else ()
        title = f"{words.edition.format(self.title or self.scheme, self.edition)}  {self.record.round.label}"
        provider = (self.provider,) if self.provider else ()
        return View(title, (self.listing(language), *sizes, *self.remarks(language), *provider), language)

    def __repr__(self) -> str:
        body = aligned(self.table())
        return "\n".join([f"{self.title or self.scheme}  {self.record.round.label}", *body, *self.remarks()])

    @property
    def names(self) -> Mapping[str, str]:
        """What the units of the field, and all who owe a measure and are known by name, are called, by code."""
        known: tuple[Body | Unit, ...] = (*self.bodies, *self.owing, *self.units)
        return {who.code: who.name for who in known}

    def remarks(self, language: Language = "zh") -> tuple[str, ...]:
        """What stands below the table, as sentences: what is made up, what is proposed about issues, and the notes."""
        words = WORDS[language]
        made_up = [words.synthetic.format(self.synthetic)] if self.synthetic else []
        names = self.names
        about = [
            words.about.format(
                words.aside.format(m.subject, words.comma.join(_told_of(m, names, words))),
                words.aside.format(m.rung, words.pending) if m.pending else m.rung,
                words.joint.join(m.to),
            )
            for m in self.measures
            if m.about == "issue"
        ]
        return (*made_up, *about, *(note.text(language, names) for note in self.notes))


def issues_in(grounds: Iterable[object]) -> Iterator[Issue]:
    """The issues among grounds, and below them."""
    for ground in grounds:
        if isinstance(ground, Issue):
            yield ground
        elif isinstance(ground, Reason):
            yield from issues_in(ground.because)


def _told_of(measure: Measure, names: Mapping[str, str], words: Words) -> Iterator[str]:
    """Of an issue that a measure is about: the unit of the field, and who owes it, if it is not that unit.

    And, as far as the measure rests on the issue, what it is.
    """
    yield names[measure.unit]
    issue = next((issue for issue in issues_in(measure.reason.because) if issue.id == measure.subject), None)
    if issue is not None:
        if issue.description:
            yield issue.description
        last = measure.round.last_day
        if issue.due is not None and issue.is_overdue(last):
            yield words.overdue.format((last - issue.due).days)
    if set(measure.owed_by) - {measure.unit}:
        yield words.owed(measure.owed_by, names)


def made_up_in(assessments: Iterable[Assessment]) -> tuple[str, ...]:
    """What is made up about the facts of any of them, each text once."""
    return tuple(dict.fromkeys(assessment.synthetic for assessment in assessments if assessment.synthetic))


@frozen(repr=False)
class Season(Viewed):
    """The assessments of consecutive rounds, oldest first, and the history that was there before them."""

    assessments: tuple[Assessment, ...]
    earlier: History = NO_HISTORY

    def __repr__(self) -> str:
        made_up = "".join(f"; {WORDS['en'].synthetic.format(what)}" for what in made_up_in(self))
        return f"<Season of {len(self.assessments)} rounds: {', '.join(a.record.round.label for a in self)}{made_up}>"

    def view(self, language: Language = "zh") -> View:
        """Each unit's rank and tiers, round by round; the newest twelve of the rounds."""
        words = WORDS[language]
        shown = self.assessments[-SHOWN_ROUNDS:]
        labels = tuple(assessment.record.round.label for assessment in shown)
        rounds = words.rounds.format(len(self), words.joint.join(labels))
        if len(shown) < len(self):
            rounds = words.newest.format(len(self), len(shown))
        said = (rounds, *map(words.synthetic.format, made_up_in(self)))
        if not shown:
            return View(said[0], (), language)
        names: dict[str, str] = {}
        cells: list[Mapping[str, str]] = []
        for assessment in reversed(shown):  # the newest name counts, and the newest order
            rows = assessment.rows()
            cells.append({row.unit.code: _cell(row, words) for row in rows})
            for row in rows:
                names.setdefault(row.unit.code, row.unit.name)
        listed = ((name, *(of.get(code, "-") for of in reversed(cells))) for code, name in names.items())
        return View(
            shown[-1].title or shown[-1].scheme,
            (Listing((words.heads[1], *labels), tuple(listed)), *said),
            language,
        )

    def __iter__(self) -> Iterator[Assessment]:
        return iter(self.assessments)

    def __len__(self) -> int:
        return len(self.assessments)

    def __getitem__(self, label: str) -> Assessment:
        """The assessment of the round with that label, such as "2017-05"."""
        for assessment in self.assessments:
            if assessment.record.round.label == label:
                return assessment
        held = ", ".join(a.record.round.label for a in self)
        raise KeyError(f"no round {label!r} in this season: {held}")

    @property
    def latest(self) -> Assessment:
        """The newest round that was held.

        Raises:
            EnvGovError: in no round was a unit of the field assessed.
        """
        if not self.assessments:
            raise EnvGovError(
                "the season is empty: no unit of the scheme's field was assessed in any round; compare its levels, "
                "channels and since with the facts: unread(scheme, facts) tells what is spelt nearly alike"
            )
        return self.assessments[-1]

    @property
    def history(self) -> History:
        """The earlier records and those of this season: what the next season looks back on."""
        return History((*self.earlier.records, *(assessment.record for assessment in self)))

    def holders(self, board: str, tier: str) -> tuple[Holding, ...]:
        """Who holds a flag that goes from hand to hand (流动红旗), in code order: the units in that tier of the board.

        They are those of the newest round in which the board placed anybody, and hold it since the first of the rounds
        running in which it put them there, rounds of the history among them. A round that was not held, or in which the
        board placed nobody, leaves the flag where it is: nobody came to take it. Who was not assessed in a round, or is
        pending, does not hold it then.

        Raises:
            EnvGovError: the board had no such tier in any round, or there was no such board.
        """
        records = self.history.records
        names: dict[str, dict[str, None]] = defaultdict(dict)
        for tiers in (tiers for record in records for tiers in record.boards):
            names[tiers.board].update(dict.fromkeys(tiers.names))
        if tier not in names.get(board, ()):
            known = "; ".join(f"{id_}: {', '.join(of)}" for id_, of in names.items()) or "no board"
            raise EnvGovError(f"no tier {tier!r} on a board {board!r} in this season; there is {known}")
        newest_first = [
            (record.round, {p.unit for p in record.placements if (p.board, p.tier) == (board, tier)})
            for record in reversed(records)
            if any(p.board == board for p in record.placements)
        ]
        holding = newest_first[0][1] if newest_first else set()
        return tuple(_holding(unit, newest_first) for unit in sorted(holding))


def _cell(row: Row, words: Words) -> str:
    """A unit in one round: its rank, whether it shares it, and its tiers; or why it has none."""
    if row.absent is not None:
        return words.absent[row.absent]
    tiers = words.joint.join(map(words.tier, row.tiers))
    if row.standing is None:
        return tiers or "-"
    s = row.standing
    rank = words.aside.format(s.rank, words.tied.format(s.tied)) if s.tied > 1 else str(s.rank)
    return f"{rank} {tiers}".rstrip()


def _holding(unit: str, newest_first: Iterable[tuple[Round, Collection[str]]]) -> Holding:
    run = [round for round, units in takewhile(lambda held: unit in held[1], newest_first)]
    return Holding(unit, run[-1], len(run))
