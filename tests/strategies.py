"""Hypothesis strategies: fields, seasons, histories and schemes, the hard cases among them often."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Literal, NamedTuple

from attrs import evolve
from hypothesis import strategies as st

import envgov as eg
from envgov.policy.term import terms_in

Better = Literal["higher", "lower"]
Scores = dict[str, Decimal | None]
CODES = ("甲", "乙", "丙", "丁", "戊", "己", "庚")
CHANNEL, PATROL, BULLETIN = "督导", "巡查", "通报"
BREAKERS = ("次一", "次二")
GROUPS = ("涉农", "城区")
HEAD = "村支书"
NONE = (eg.stated("无人检查", several="mean"),)  # breaks no tie; a list that asks for breakers is answered all the same
TIES = ("include", "exclude", "break", "decide")
GAPS = ("break", "skip", "decide")
SEVERAL = ("mean", "latest", "worst", "best")
REPEATS = ("once", "each", "every k")
ON = ("carry", "restart")


@cache
def marks(low: int = 0, high: int = 100) -> st.SearchStrategy[Decimal]:
    """Points with up to two decimals; every third lies half way between two numbers of one decimal."""
    plain = st.integers(low * 100, high * 100).map(lambda hundredths: Decimal(hundredths) / 100)
    half = st.integers(low * 10, high * 10 - 1).map(lambda tenths: Decimal(tenths * 10 + 5) / 100)
    whole = st.integers(low, high).map(Decimal)
    return st.one_of(plain, half, whole)


class Field(NamedTuple):
    """One month of a town: what was stated for each village, and in the channels that break ties."""

    scores: Scores
    breakers: tuple[tuple[Better, Scores], ...]
    groups: Mapping[str, str]

    @property
    def assessed(self) -> dict[str, Decimal]:
        return {unit: score for unit, score in self.scores.items() if score is not None}

    @property
    def facts(self) -> eg.Facts:
        units = [eg.Unit(u, u, "村", designations=frozenset({self.groups[u]})) for u in self.scores]
        columns = [(CHANNEL, self.scores), *zip(BREAKERS, (column for _, column in self.breakers), strict=False)]
        return eg.Facts(
            eg.Grid(units),
            inspections=(
                eg.Inspection(unit, date(2024, 2, 29), channel, stated=score)
                for channel, column in columns
                for unit, score in column.items()
                if score is not None
            ),
        )

    def scheme(self, better: Better = "higher", grouped: bool = False, **changes: Any) -> eg.Scheme:
        """Ranks what was stated, to one decimal; keywords of RankBy go to the ranking, others to the scheme."""
        ranking = {name: changes.pop(name) for name in ("places", "method", "rank_on") if name in changes}
        breakers = (
            eg.stated(channel, several="mean", better=way)
            for channel, (way, _) in zip(BREAKERS, self.breakers, strict=False)
        )
        return eg.Scheme(
            id="month",
            levels=("村",),
            cadence=eg.month(),
            since=date(2020, 1, 1),
            source=eg.Source("办法"),
            groups=GROUPS if grouped else (),
            scoring=eg.stated(CHANNEL, several="mean", better=better),
            ranking=eg.RankBy(**{"places": 1, **ranking}, breakers=tuple(breakers) or NONE),
            **changes,
        )

    def assess(self, better: Better = "higher", **changes: Any) -> eg.Assessment:
        return eg.assess(self.scheme(better, **changes), FEBRUARY, self.facts)

    def mapped(self, scores: Scores) -> Field:
        """Other scores for some of the villages, or for more; new ones are missing in what breaks ties."""
        breakers = tuple((way, {u: x for u, x in column.items() if u in scores}) for way, column in self.breakers)
        return Field(scores, breakers, {unit: self.groups.get(unit, GROUPS[0]) for unit in scores})


FEBRUARY = eg.month().round_of(date(2024, 2, 29))


def _column(values: Sequence[Decimal], missing: bool) -> st.SearchStrategy[Decimal | None]:
    """Few values for many units, so that they tie; a missing one is as likely as any."""
    return st.sampled_from([*values, None] if missing else list(values))


_NEAR = st.sampled_from([(), (Decimal("0.01"),), (Decimal("0.02"), Decimal("0.05"))])


@st.composite
def fields(draw: st.DrawFn, min_assessed: int = 0, max_size: int = 6) -> Field:
    """A field of 1 to 6 villages whose scores come from a pool of one to four."""
    codes = draw(st.permutations(CODES))[: draw(st.integers(max(min_assessed, 1), max_size))]
    pool = draw(st.lists(marks(60, 100), min_size=1, max_size=4))
    pool += [pool[0] + more for more in draw(_NEAR)]
    sure = codes[:min_assessed]
    scores: Scores = {u: draw(_column(pool, missing=u not in sure)) for u in codes}
    breakers = []
    for _ in range(draw(st.integers(0, len(BREAKERS)))):
        values = draw(st.lists(marks(0, 10), min_size=1, max_size=3))
        missing = draw(st.booleans())
        column: Scores = {u: draw(_column(values, missing=missing)) for u in codes}
        way: Better = draw(st.sampled_from(("higher", "lower")))
        breakers.append((way, column))
    return Field(scores, tuple(breakers), {u: draw(st.sampled_from(GROUPS)) for u in codes})


@cache
def lists(n: st.SearchStrategy[int], ties: Sequence[str] = TIES) -> st.SearchStrategy[eg.top | eg.bottom]:
    return st.builds(
        lambda cls, n, ties: cls(n, ties=ties), st.sampled_from([eg.top, eg.bottom]), n, st.sampled_from(ties)
    )


# --- histories, written as what happened to one village ---


class Month(NamedTuple):
    """What a held month was to one village; `missed` months were not held right before it."""

    outcome: Literal["yes", "no", "open", "absent"]
    missed: bool
    edition: str
    head: str


@cache
def months(min_size: int = 1, max_size: int = 5) -> st.SearchStrategy[list[Month]]:
    """Held months, newest first; in the newest the village was assessed. Most continue the run."""
    first = st.builds(Month, st.sampled_from(("yes", "yes", "open", "no")), st.booleans(), _EDITION, _WHO)
    more = st.builds(Month, st.sampled_from(("yes", "yes", "open", "absent", "no")), st.booleans(), _EDITION, _WHO)
    return st.tuples(first, st.lists(more, min_size=min_size - 1, max_size=max_size - 1)).map(lambda m: [m[0], *m[1]])


_EDITION = st.sampled_from(("2024-01-01", "2024-01-01", "2024-01-01", "2023-01-01"))
_WHO = st.sampled_from(("张三", "张三", "张三", "李四"))


# --- seasons and schemes of every term ---


class Case(NamedTuple):
    """A scheme and the facts of a season that it can be asked about."""

    scheme: eg.Scheme
    facts: eg.Facts

    @property
    def season(self) -> eg.Season:
        return eg.assess_season(self.scheme, self.facts)


@cache
def days(*calendar: tuple[int, int]) -> st.SearchStrategy[date]:
    """First, middle and last days of these months."""
    return st.sampled_from([date(y, m, day) for y, m in calendar for day in (1, 15, monthrange(y, m)[1])])


@cache
def rubrics() -> st.SearchStrategy[eg.Rubric]:
    items = st.lists(st.sampled_from(("垃圾", "污水")), unique=True).flatmap(
        lambda names: st.tuples(*(st.builds(eg.Item, st.just(name), marks(0, 20)) for name in names))
    )
    return st.builds(eg.Rubric, marks(0, 100), items)


@cache
def findings() -> st.SearchStrategy[eg.Finding]:
    return st.builds(eg.Finding, st.sampled_from(("垃圾", "污水", "乱堆")), marks(0, 40), st.sampled_from(("", "村口")))


@cache
def inspections(unit: str, when: st.SearchStrategy[date]) -> st.SearchStrategy[eg.Inspection]:
    channel = st.sampled_from((CHANNEL, PATROL, *BREAKERS))
    found = st.lists(findings(), max_size=3).map(tuple)
    mode = st.sampled_from([None, *eg.Mode])
    of = st.just(unit)
    return st.one_of(
        st.builds(eg.Inspection, of, when, channel, findings=found, mode=mode),
        st.builds(eg.Inspection, of, when, channel, stated=marks(0, 100), mode=mode),
    )


@cache
def rules(better: Better = "higher", depth: int = 2) -> st.SearchStrategy[eg.ScoringRule]:
    """Scoring rules of one direction, nested at most so deep."""
    channel, several = st.sampled_from((CHANNEL, PATROL)), st.sampled_from(("mean", "mean", *SEVERAL))
    leaves: list[st.SearchStrategy[eg.ScoringRule]] = [
        st.builds(eg.stated, channel, several=several, better=st.just(better), cite=st.sampled_from(("", "第三条")))
    ]
    if better == "higher":
        leaves.append(st.builds(eg.deductions, rubrics(), channel=st.none() | channel, several=several))
    if depth == 0:
        return st.one_of(*leaves)
    inner = rules(better, depth - 1)
    totals = st.builds(
        lambda parts, absent, name: eg.total(*parts, absent=absent, name=name),
        st.lists(inner, min_size=1, max_size=2),
        st.sampled_from(("not assessed", "zero")),
        st.sampled_from(("", "合计")),
    )
    else_stated = st.builds(eg.stated_else, st.just(BULLETIN), inner)
    return st.one_of(*leaves, totals, st.builds(eg.mean_of_children, inner), else_stated)


@cache
def rankings() -> st.SearchStrategy[eg.RankBy]:
    rule = rules("higher", 0) | rules("lower", 0)
    breakers = st.lists(rule, min_size=1, max_size=2).map(tuple)  # one at least: a list may ask for them
    return st.builds(
        eg.RankBy,
        st.integers(0, 2),
        method=st.sampled_from(("competition", "dense")),
        rank_on=st.sampled_from(("rounded", "exact")),
        breakers=breakers,
    )


@cache
def conditions(
    boards: tuple[str, ...] = (), figures: tuple[str, ...] = ("score",), depth: int = 1
) -> st.SearchStrategy[Any]:
    """Conditions that a scheme with these figures, after these boards, may ask."""
    of, tie = st.sampled_from(figures), st.sampled_from(TIES)
    leaves: list[st.SearchStrategy[Any]] = [
        st.builds(eg.top, st.just(1), of=of, ties=tie),
        st.builds(eg.bottom, st.just(1), of=of, ties=tie),
        st.builds(eg.at_least, marks(40, 100), of=of),
        st.builds(eg.below, marks(40, 100), of=of),
        *(st.builds(eg.placed, st.just(board), st.sampled_from((TIERS[0], REST))) for board in boards),
    ]
    if depth == 0:
        return st.one_of(*leaves)
    inner = conditions(boards, figures, depth - 1)
    several = st.lists(inner, min_size=1, max_size=3)
    both, either = several.map(lambda parts: eg.all_of(*parts)), several.map(lambda parts: eg.any_of(*parts))
    return st.one_of(*leaves, both, either, streaks(inner))


@cache
def streaks(when: st.SearchStrategy[Any]) -> st.SearchStrategy[eg.streak]:
    gap, on = st.sampled_from(GAPS), st.sampled_from(ON)
    return st.builds(
        eg.streak,
        when,
        st.integers(1, 3),
        unheld=gap,
        absent=gap,
        repeat=st.sampled_from(REPEATS),
        editions=on,
        heads=on,
    )


BOARDS, TIERS, REST, SLIPS = ("红黑榜", "三色"), ("红榜", "黄榜", "黑榜"), "其他", ("白单", "黄单", "红单")
SIDES: tuple[eg.Side | None, ...] = (None, "praise", "sanction")


@st.composite
def boards_in(draw: st.DrawFn, figures: tuple[str, ...] = ("score",)) -> tuple[eg.Board, ...]:
    """Up to two boards; the second may ask where the first put a village."""
    made: list[eg.Board] = []
    for id_ in BOARDS[: draw(st.integers(0, len(BOARDS)))]:
        when = conditions(tuple(board.id for board in made), figures)
        names = TIERS[: draw(st.integers(1, len(TIERS)))]
        made.append(eg.Board(id_, tuple(eg.Tier(n, draw(when), draw(st.sampled_from(SIDES))) for n in names), REST))
    return tuple(made)


@st.composite
def ladders_in(
    draw: st.DrawFn, boards: tuple[str, ...] = (), figures: tuple[str, ...] = ("score",), id_: str = ""
) -> eg.Ladder:
    """One to three rungs, each of which may supersede those before it."""
    names = [f"{id_}{name}" for name in SLIPS[: draw(st.integers(1, len(SLIPS)))]]
    when, to = conditions(boards, figures), st.sampled_from(((HEAD,), (HEAD, "片长")))
    rungs = [
        eg.Rung(name, draw(when), draw(to), supersedes=tuple(names[: draw(st.integers(0, i))]))
        for i, name in enumerate(names)
    ]
    return eg.Ladder(tuple(rungs), publish=draw(st.sampled_from(("every rung", "highest"))))


@st.composite
def schemes(draw: st.DrawFn) -> eg.Scheme:
    """A scheme of random terms that every season of `seasons()` has room for."""
    direction: Better = draw(st.sampled_from(("higher", "higher", "lower")))
    figures = (eg.Figure("次序", draw(rules("lower", 1)), draw(rankings())),) if draw(st.booleans()) else ()
    names = ("score", *(figure.name for figure in figures))
    boards = draw(boards_in(names))
    ladders = tuple(
        draw(ladders_in(tuple(board.id for board in boards), names, id_))
        for id_ in ("", "另")[: draw(st.integers(0, 2))]
    )
    return eg.Scheme(
        id="scheme",
        levels=("村",),
        cadence=eg.month(),
        since=date(2023, 1, 1),
        source=eg.Source("办法", assumed=draw(st.sampled_from(((), ("并列：按办法推定",))))),
        groups=draw(st.sampled_from(((), GROUPS))),
        scoring=draw(rules(direction)),
        ranking=draw(rankings()),
        figures=figures,
        boards=boards,
        ladders=ladders,
        head=HEAD,
    )


CALENDAR = ((2023, 11), (2023, 12), (2024, 1), (2024, 2), (2024, 3), (2024, 4))
STEADY = dict.fromkeys("甲乙丙", GROUPS[0]) | dict.fromkeys("丁戊己", GROUPS[1])
"""Seen in every channel in every month that is held: a list of one from either end has room in each group."""
GUEST = "庚"


@st.composite
def seasons(draw: st.DrawFn) -> eg.Facts:
    """The held months out of six, of a town where a seventh village comes and goes, with changing heads."""
    held = [month for month in CALENDAR if draw(st.booleans())]
    last = draw(st.sampled_from((None, None, date(2024, 2, 1), date(2024, 2, 29))))
    units = [eg.Unit("镇", "某镇", "镇")]
    for code, group in (STEADY | {GUEST: GROUPS[0]}).items():
        until = last if code == GUEST else None
        units.append(eg.Unit(code, f"{code}村", "村", "镇", frozenset({group, "村级"}), until=until))
        units.append(eg.Unit(f"{code}组", f"{code}村一组", "组", code, until=until))
    seen: list[eg.Inspection] = []
    for month in held:
        seen += [i for i in draw(_visits(month)) if last is None or i.unit != GUEST or i.day < last]
    change = draw(days(*CALENDAR))
    heads = [eg.Assignment("张三", HEAD, code, until=change) for code in STEADY]
    heads += [eg.Assignment(draw(st.sampled_from(("张三", "李四"))), HEAD, code, since=change) for code in STEADY]
    return eg.Facts(eg.Grid(units), inspections=seen, assignments=heads)


@st.composite
def _visits(draw: st.DrawFn, month: tuple[int, int]) -> list[eg.Inspection]:
    """Each steady village and its group of residents, once with a stated score and once with findings."""
    pool = draw(st.lists(marks(40, 100), min_size=1, max_size=2))
    column = st.lists(st.sampled_from(pool), min_size=len(STEADY), max_size=len(STEADY))
    seen: list[eg.Inspection] = []
    for channel in (CHANNEL, PATROL):
        day, scores, lost = draw(days(month)), draw(column), draw(st.sampled_from((None, *pool)))
        for code, score in zip(STEADY, scores, strict=True):
            found = () if lost is None or score == pool[0] else (eg.Finding("垃圾", lost),)
            for place in (code, f"{code}组"):
                seen.append(eg.Inspection(place, day, channel, stated=score))
                seen.append(eg.Inspection(place, date(*month, 15), channel, found))
    seen += draw(st.lists(inspections(GUEST, days(month)), max_size=2))
    told = draw(st.sampled_from((None, *STEADY)))
    if told is not None:  # three visits in one channel: their mean is a fraction that no decimal holds
        seen += [
            eg.Inspection(told, date(*month, day), CHANNEL, stated=score)
            for day, score in ((2, pool[0]), (3, pool[-1]))
        ]
        seen.append(eg.Inspection(told, date(*month, 1), BULLETIN, stated=pool[0]))
    return seen


def _left_open(case: Case) -> list[tuple[str, eg.Round, Any]]:
    """What a person may be asked: the lists and streaks on which a measure waits."""
    waiting = [(m, r) for a in case.season for m in a.measures if m.pending for r in (m.reason, *m.reason.because)]
    settled = eg.top, eg.bottom, eg.streak
    return [
        (m.subject, m.round, r.rule) for m, r in waiting if isinstance(r, eg.Reason) and isinstance(r.rule, settled)
    ]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A random scheme on a random season, some of what it leaves open settled by rulings."""
    case = Case(draw(schemes()), draw(seasons()))
    asked = [t for t in terms_in((case.scheme.boards, case.scheme.ladders)) if isinstance(t, eg.top | eg.bottom)]
    rounds = eg.rounds_of(case.scheme, case.facts)
    if not rounds or not asked:
        return case
    anywhere = st.tuples(st.sampled_from(sorted(STEADY)), st.sampled_from(rounds), st.sampled_from(asked))
    open_ = _left_open(case)
    keys = draw(st.sets(st.sampled_from(open_) | anywhere if open_ else anywhere, max_size=4))
    rulings = [
        eg.Ruling(unit, round.start, condition, draw(st.booleans()), "领导小组", "研究决定")
        for unit, round, condition in sorted(keys, key=lambda key: (key[0], key[1].start, repr(key[2])))
    ]
    return Case(case.scheme, evolve(case.facts, rulings=rulings))
