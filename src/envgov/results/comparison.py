"""Two answers on the same facts, side by side: `Move`, `RoundComparison`, `Comparison`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from attrs import frozen

from envgov.errors import EnvGovError, UnknownUnitError
from envgov.exact import round_half_up
from envgov.reason import Reason
from envgov.results.assessment import Assessment, made_up_in
from envgov.results.history import Absence
from envgov.results.measure import Measure
from envgov.results.placement import PENDING, Placement
from envgov.results.ranking import Standing
from envgov.results.table import WORDS, Language, Words, aligned
from envgov.results.view import Listing, View, Viewed


class Move(NamedTuple):
    """One unit under a and under b: its places, its tiers, the measures proposed for it.

    A place is None where the unit is not in the field, or in a field that is not ranked. `tiers` has a pair for
    each board; None stands where only the other has the board, or the unit is absent. `kept` are the measures
    that both propose (the same rung), `dropped` those of a alone, `added` those of b alone.
    """

    unit: str
    a: Standing | Absence | None
    b: Standing | Absence | None
    tiers: tuple[tuple[Placement | None, Placement | None], ...]
    kept: tuple[tuple[Measure, Measure], ...]
    dropped: tuple[Measure, ...]
    added: tuple[Measure, ...]

    @property
    def rank_change(self) -> int | None:
        """How many places better b puts it; negative is worse.

        None: it has no rank in one of them, or stands in another group, where the same rank means something else.
        """
        a, b = self.a, self.b
        return a.rank - b.rank if isinstance(a, Standing) and isinstance(b, Standing) and a.group == b.group else None

    @property
    def score_change(self) -> Fraction | None:
        """The decided number of b less that of a, exactly; None where one of them has none."""
        a, b = self.a, self.b
        return Fraction(b.score) - Fraction(a.score) if isinstance(a, Standing) and isinstance(b, Standing) else None

    @property
    def moved(self) -> bool:
        """Whether rank, tier or measures differ; a score that changes none of them has moved nobody.

        A rank differs from none, and is not compared with that of another group. A board that both have is one
        board, and its tiers have moved where their names differ. The other boards are matched by side, where both
        have any: the praise and the sanctions on those of a with those on b's, by whatever name (红榜, 绿). A
        pending tier is like no other. A measure has moved that is pending in one of them alone, or whose addressees,
        acting body, amount, or who owes it differ; measures about issues are those of the unit where the issue lies.
        """
        return (
            self.rank_change not in (0, None)
            or isinstance(self.a, Standing) is not isinstance(self.b, Standing)
            or any(a and b and a.tier != b.tier for a, b in self.tiers)
            or self._changed_sides
            or bool(self.dropped or self.added)
            or any(a.pending is not b.pending or any(_differing(a, b)) for a, b in self.kept)
        )

    @property
    def _changed_sides(self) -> bool:
        alone_a = [a for a, b in self.tiers if a and not b]
        alone_b = [b for a, b in self.tiers if b and not a]
        return bool(alone_a and alone_b) and _sides(alone_a) != _sides(alone_b)


def _told(measures: Iterable[Measure], words: Words) -> Iterator[str]:
    """Each measure; one about several issues with how many they are."""
    several: dict[tuple[str, str, bool], list[Measure]] = defaultdict(list)
    for measure in measures:
        subject = measure.subject if measure.about == "unit" else ""
        several[measure.rung, subject, measure.pending].append(measure)
    for alike in several.values():
        yield words.measure(alike[0]) if len(alike) == 1 else words.about_several(alike)


def _differing(a: Measure, b: Measure) -> Iterator[str]:
    """In which fields a measure that both propose is not the same."""
    return (name for name in ("to", "by", "amount", "owed_by") if getattr(a, name) != getattr(b, name))


def _sides(placements: Iterable[Placement]) -> set[str]:
    sides = (PENDING if p.tier == PENDING else p.side for p in placements)
    return {side for side in sides if side is not None}


@frozen(repr=False)
class RoundComparison(Viewed):
    """A round of a and its counterpart of b. Its text is the table of the units that moved."""

    a: Assessment
    b: Assessment

    @property
    def label(self) -> str:
        """The label of the round; of both, where their days differ."""
        a, b = self.a.record.round, self.b.record.round
        return b.label if a == b else f"{a.label} / {b.label}"

    @property
    def corrects(self) -> bool:
        """Whether b decides the same round by the same edition of the same scheme: what it drops is withdrawn.

        A scheme and its edition are told by `id` and `since`: a variant to try out has an id of its own.
        """
        return _decision(self.a) == _decision(self.b)

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """Every unit of either field, moved or not, in code order."""
        a, b = _Answer(self.a), _Answer(self.b)
        return tuple(_move(code, a, b) for code in sorted(self._names))

    @cached_property
    def movers(self) -> tuple[Move, ...]:
        """The units that moved: the biggest change of rank first, equal and unknown changes in code order."""
        moved = [move for move in self.moves if move.moved]
        return tuple(sorted(moved, key=lambda move: (-abs(move.rank_change or 0), move.unit)))

    def explain(self, unit: str) -> Reason:
        """Why a and b say what they say: the rule is this comparison, the value the `Move`, and because of both.

        `unit` is a code, or a name that is unique in both fields together. Where it is in one field alone, there
        is one reason.

        Raises:
            UnknownUnitError: neither field has such a unit, or they have several of that name.
            EnvGovError: an assessment was read back from a file; assess the facts again to explain.
        """
        code = self._find(unit)
        move = next(move for move in self.moves if move.unit == code)
        asked = (which for which, codes in zip((self.a, self.b), self.fields, strict=True) if code in codes)
        return Reason(self, move, tuple(which.explain(code) for which in asked))

    @cached_property
    def fields(self) -> tuple[frozenset[str], frozenset[str]]:
        """The codes of the units in the field of a, and in that of b."""
        return frozenset(unit.code for unit in self.a.units), frozenset(unit.code for unit in self.b.units)

    def table(self, language: Language = "zh") -> tuple[tuple[str, ...], ...]:
        """The movers as texts under a header: unit, rank, places, score, difference, tiers, measures.

        `=` is the same in both, `-` nothing to compare.
        """
        return (WORDS[language].change_heads, *(self.row(move, language) for move in self.movers))

    def row(self, move: Move, language: Language = "zh") -> tuple[str, ...]:
        """One unit's line of the table, whether it moved or not."""
        words = WORDS[language]
        groups = [place.group for place in (move.a, move.b) if place]
        group = words.change(groups[0], groups[-1]) if groups else ""
        name = self._names[move.unit]
        gained = move.rank_change
        return (
            words.aside.format(name, group) if group else name,
            words.change(*self._ranks(move, words)),
            "-" if gained is None else (words.up if gained > 0 else words.down).format(abs(gained)) if gained else "=",
            words.change(_score(self.a, move.a), _score(self.b, move.b)),
            self._difference(move.score_change),
            words.change(_tiers((a for a, _ in move.tiers), words), _tiers((b for _, b in move.tiers), words)),
            words.joint.join(self._measures(move, words)),
        )

    def heading(self, language: Language = "zh") -> tuple[str, str]:
        """Which scheme a is and which b, each with its edition, and with what is made up about its facts."""
        return _heading((self.a,), (self.b,), language)

    def view(self, language: Language = "zh") -> View:
        return View(self.moved(language), (*self.heading(language), *self.parts(language)), language)

    def parts(self, language: Language = "zh") -> Iterator[Listing | str]:
        """The table of those that moved, and the remarks."""
        if self.movers:
            heads, *rows = self.table(language)
            yield Listing(heads, tuple(rows))
        yield from self.remarks(language)

    def moved(self, language: Language = "zh") -> str:
        """How many moved."""
        return WORDS[language].movers.format(self.label, len(self.moves), len(self.movers))

    def lines(self, language: Language = "zh") -> Iterator[str]:
        """How many moved, the table of them, and the remarks."""
        yield self.moved(language)
        if self.movers:
            yield from aligned(self.table(language))
        yield from self.remarks(language)

    def remarks(self, language: Language = "zh") -> tuple[str, ...]:
        """Which lists were shortened, under a and under b, because the field is small for them."""
        words = WORDS[language]
        return tuple(
            f"{which}{words.colon}{note.text(language, self._names)}"
            for which, assessment in (("a", self.a), ("b", self.b))
            for note in assessment.notes
            if note.what == "shortened"
        )

    def __repr__(self) -> str:
        return "\n".join((*self.heading(), *self.lines()))

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return {unit.code: unit.name for unit in (*self.a.units, *self.b.units)}

    def _find(self, name: str) -> str:
        if name in self._names:
            return name
        codes = sorted({unit.code for unit in (*self.a.units, *self.b.units) if unit.name == name})
        if len(codes) == 1:
            return codes[0]
        if codes:
            raise UnknownUnitError(f"{name!r} is the name of {len(codes)} units: say which code, {', '.join(codes)}")
        fields = " nor ".join(dict.fromkeys(which.scheme for which in (self.a, self.b)))
        raise UnknownUnitError(f"no unit {name!r} in the field of {fields} in {self.label}: give a code or a name")

    def _ranks(self, move: Move, words: Words) -> Iterator[str]:
        for place, codes in zip((move.a, move.b), self.fields, strict=True):
            if isinstance(place, Standing):
                yield str(place.rank)
            elif place is not None:
                yield words.absent[place.why]
            else:
                yield words.unranked if move.unit in codes else words.outside

    def _difference(self, score: Fraction | None) -> str:
        if not score:
            return "-" if score is None else "="
        return f"{round_half_up(score, max(which.record.ranking().places for which in (self.a, self.b))):+f}"

    def _measures(self, move: Move, words: Words) -> Iterator[str]:
        dropped, added = words.only_in.format("a"), words.only_in.format("b")
        if self.corrects:
            dropped, added = words.withdrawn, words.new
        yield from (self._kept(a, b, words) for a, b in move.kept)
        yield from (words.aside.format(text, dropped) for text in _told(move.dropped, words))
        yield from (words.aside.format(text, added) for text in _told(move.added, words))

    def _kept(self, a: Measure, b: Measure, words: Words) -> str:
        """A measure that both propose, and what in it has moved."""
        text = words.change(words.measure(a), words.measure(b))
        moved = [
            f"{words.parts[name]}{words.colon}{words.change(self._part(a, name, words), self._part(b, name, words))}"
            for name in _differing(a, b)
        ]
        return words.aside.format(text, words.apart.join(moved)) if moved else text

    def _part(self, measure: Measure, name: str, words: Words) -> str:
        if name == "owed_by":
            names = {**self.a.names, **self.b.names}
            return words.joint.join(names.get(code, code) for code in measure.owed_by)
        if name == "amount":
            return "" if measure.amount is None else words.yuan.format(f"{measure.amount:f}")
        return measure.by if name == "by" else words.joint.join(measure.to)


@frozen(repr=False)
class Comparison(Viewed):
    """Who moves between a and b, round by round, oldest first. Its text is a table of the movers of each round.

    `only_in_a` and `only_in_b` are the rounds without a counterpart. A comparison is computed and not stored: keep
    the two seasons.
    """

    rounds: tuple[RoundComparison, ...]
    only_in_a: tuple[Assessment, ...] = ()
    only_in_b: tuple[Assessment, ...] = ()

    def __iter__(self) -> Iterator[RoundComparison]:
        return iter(self.rounds)

    def __len__(self) -> int:
        return len(self.rounds)

    def __getitem__(self, label: str) -> RoundComparison:
        """The comparison of the round that has this label, such as "2017-05", in a or in b."""
        for compared in self.rounds:
            if label in (compared.label, compared.a.record.round.label, compared.b.record.round.label):
                return compared
        raise KeyError(f"no round {label!r} in both: {', '.join(compared.label for compared in self)}")

    @property
    def latest(self) -> RoundComparison:
        """The newest round that both have.

        Raises:
            EnvGovError: no round of one has a counterpart in the other.
        """
        if not self.rounds:
            raise EnvGovError("no round of a has a counterpart in b: see only_in_a and only_in_b")
        return self.rounds[-1]

    @property
    def movers(self) -> tuple[Move, ...]:
        """The movers of every round, oldest round first; of one round as `RoundComparison.movers` orders them."""
        return tuple(move for compared in self for move in compared.movers)

    def explain(self, unit: str) -> Reason:
        """Both reasons in the newest round that both have; for another round ask `comparison["2017-04"]`."""
        return self.latest.explain(unit)

    def heading(self, language: Language = "zh") -> tuple[str, str]:
        """Which scheme a is and which b, each with every edition that decided a round, and as that of one round."""
        a, b = (compared.a for compared in self), (compared.b for compared in self)
        return _heading((*a, *self.only_in_a), (*b, *self.only_in_b), language)

    def view(self, language: Language = "zh") -> View:
        words = WORDS[language]
        parts = (part for compared in self for part in (compared.moved(language), *compared.parts(language)))
        heading = self.heading(language) if self.rounds else ()
        title = words.rounds.format(len(self), words.joint.join(compared.label for compared in self))
        return View(title, (*heading, *parts, *self._alone(language)), language)

    def _alone(self, language: Language) -> Iterator[str]:
        """The rounds without a counterpart."""
        words = WORDS[language]
        for which, rounds in (("a", self.only_in_a), ("b", self.only_in_b)):
            if rounds:
                labels = words.joint.join(assessment.record.round.label for assessment in rounds)
                yield words.only_in.format(which) + words.colon + labels

    def __repr__(self) -> str:
        parts = ["\n".join(compared.lines()) for compared in self]
        parts += self._alone("zh")
        heading = ["\n".join(self.heading())] if self.rounds else []
        return "\n\n".join((*heading, *parts))


class _Answer:
    """What one assessment says of each unit."""

    def __init__(self, assessment: Assessment) -> None:
        record = assessment.record
        self.places: dict[str, Standing | Absence] = {s.unit: s for s in record.standings}
        self.places |= {absence.unit: absence for absence in record.absences}
        self.tiers: Mapping[str, dict[str, Placement]] = defaultdict(dict)
        for placement in record.placements:
            self.tiers[placement.unit][placement.board] = placement
        self.measures: Mapping[str, dict[tuple[str, str], Measure]] = defaultdict(dict)
        for measure in assessment.measures:
            self.measures[measure.unit][measure.rung, measure.subject] = measure


def _move(unit: str, a: _Answer, b: _Answer) -> Move:
    tiers_a, tiers_b = a.tiers[unit], b.tiers[unit]
    proposed_a, proposed_b = a.measures[unit], b.measures[unit]
    return Move(
        unit,
        a.places.get(unit),
        b.places.get(unit),
        tuple((tiers_a.get(board), tiers_b.get(board)) for board in dict.fromkeys((*tiers_a, *tiers_b))),
        tuple((measure, proposed_b[rung]) for rung, measure in proposed_a.items() if rung in proposed_b),
        tuple(measure for rung, measure in proposed_a.items() if rung not in proposed_b),
        tuple(measure for rung, measure in proposed_b.items() if rung not in proposed_a),
    )


def _tiers(placements: Iterable[Placement | None], words: Words) -> str:
    return words.joint.join(words.tier(placement.tier) for placement in placements if placement)


def _score(which: Assessment, place: Standing | Absence | None) -> str:
    return str(which.record.ranking().shown(place)) if isinstance(place, Standing) else "-"


def _heading(a: Sequence[Assessment], b: Sequence[Assessment], language: Language) -> tuple[str, str]:
    """Which scheme a is and which b, and whose facts are made up; schemes of one title are told apart by their ids."""
    words = WORDS[language]
    titles = [rounds[-1].title or rounds[-1].scheme for rounds in (a, b)]
    if titles[0] == titles[1] and a[-1].scheme != b[-1].scheme:
        titles = [words.aside.format(titles[0], rounds[-1].scheme) for rounds in (a, b)]
    editions = [words.joint.join(sorted({assessment.edition for assessment in rounds})) for rounds in (a, b)]
    made_up = [map(words.synthetic.format, made_up_in(rounds)) for rounds in (a, b)]
    named = map(words.edition.format, titles, editions)
    said_a, said_b = (words.apart.join((name, *texts)) for name, texts in zip(named, made_up, strict=True))
    return f"a{words.colon}{said_a}", f"b{words.colon}{said_b}"


def _decision(assessment: Assessment) -> tuple[object, ...]:
    return assessment.scheme, assessment.edition, assessment.record.round
