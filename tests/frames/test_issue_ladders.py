"""What is proposed about issues: in columns, on Polars and DuckDB, the same as of objects."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import narwhals.stable.v2 as nw
import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings, strategies as st

import envgov as eg
from envgov.frames.issue_ladders import issue_calls
from envgov.frames.refusal import FramesError
from envgov.frames.sheet import Plan
from envgov.frames.store import Store
from envgov.frames.tables import Tables
from envgov.frames.transcript import tables_of
from envgov.policy.term import terms_in
from envgov.season import rounds_of
from envgov.testing import strategies as own
from envgov.testing.schemes import _in_step
from envgov.testing.words import BODY, CHANNEL
from frames.worlds import World

ENGINES = ("polars", "duckdb")
Proposed = set[tuple[Any, ...]]


def tables_on(engine: str, facts: eg.Facts) -> Tables:
    tables = tables_of(facts)
    if engine == "polars":
        return tables
    native = {name: duckdb.from_arrow(table.to_native().collect().to_arrow()) for name, table in tables.frames.items()}
    return evolve(tables, frames={name: nw.from_native(table) for name, table in native.items()})


def by_objects(world: World) -> Proposed:
    return {
        (world.at[a.record.round], m.unit, m.subject, m.rung, m.pending)
        for a in world.season
        for m in a.measures
        if m.about == "issue"
    }


def by_columns(world: World, engine: str) -> Proposed:
    (places, _), _register = world.decisions(engine)
    tables = tables_on(engine, world.facts)
    found: Proposed = set()
    for ladder in world.scheme.ladders:
        if ladder.subject == "issue":
            rows = issue_calls(world.scheme, ladder, places, Plan(tables, Store(tables.units))).collect("polars")
            assert [str(kind) for kind in rows.schema.values()] == ["Int64", "String", "String", "String", "Boolean"]
            found |= set(rows.rows())
    return found


PUBLISH: st.SearchStrategy[Any] = st.sampled_from(("every rung", "highest"))
LEVELS = ("白单", "黄单", "红单")
LYING = ("甲", "丁", "甲组", "丁组")
"""Two villages and what lies in them."""


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A scheme with a ladder about issues, that asks about their units too; some of it ruled on."""
    scheme, facts = draw(own.schemes()), draw(own.seasons())
    facts = evolve(facts, issues=[*facts.issues, *(draw(own.issues(f"问题{n}", LYING)) for n in range(3))])
    if scheme.ranked and draw(st.sampled_from((True, False))):  # scores as stated: many ties, at the cuts too
        scheme = evolve(
            scheme,
            scoring=eg.stated(CHANNEL, several="mean"),
            levels=("村", "社区"),
            among=None,
            exempt=None,
            groups=(),
        )
    names = ("score", *(figure.name for figure in scheme.figures)) if scheme.ranked else ()
    rungs = [
        eg.Rung(name, draw(_mixed(scheme.boards, names)), ("村支书",), supersedes=LEVELS[: draw(st.integers(0, n))])
        for n, name in enumerate(LEVELS[: draw(st.integers(1, 3))])
    ]
    ladder = _in_step(eg.Ladder(tuple(rungs), subject="issue", publish=draw(PUBLISH)), scheme.cadence)
    exact: dict[str, Any] = {
        "figures": tuple(evolve(f, ranking=evolve(f.ranking, tolerance=Decimal(0))) for f in scheme.figures)
    }
    if scheme.ranking is not None:
        exact["ranking"] = evolve(scheme.ranking, tolerance=Decimal(0))
    scheme = evolve(scheme, ladders=(ladder,), **exact)
    return World(scheme, evolve(facts, rulings=draw(_rulings(scheme, facts))))


@st.composite
def _mixed(draw: st.DrawFn, boards: tuple[eg.Board, ...], names: tuple[str, ...]) -> Any:
    """Conditions on issues, most of which hold often; and on the unit too, with what a body is to decide."""
    often = st.sampled_from((eg.in_state("open"), eg.happened("found", during="ever"), eg.overdue(1)))
    left_open: list[Any] = [eg.ruled("认定", BODY)]
    left_open += [eg.bottom(1, ties="decide"), eg.top(1, ties="decide")] if names else []
    of_issue = draw(draw(st.sampled_from((often, own.issue_conditions()))))
    of_unit = draw(draw(st.sampled_from((*[st.sampled_from(left_open)] * 2, own.conditions(boards, names)))))
    how = draw(st.sampled_from(("issue", "both", "both", "either", "not both", "not either")))
    if how == "issue":
        return of_issue
    joined = eg.all_of(of_issue, of_unit) if how.endswith("both") else eg.any_of(of_unit, of_issue)
    return eg.not_(joined) if how.startswith("not") else joined


@st.composite
def _rulings(draw: st.DrawFn, scheme: eg.Scheme, facts: eg.Facts) -> list[eg.Ruling]:
    """Rulings on what the ladder asks, about a unit or about one of its issues."""
    rounds = rounds_of(scheme, facts)
    asked = [term for term in terms_in(scheme.ladders) if hasattr(term, "at")]
    if not rounds:
        return []
    about = st.sampled_from([(i.place[0], id_) for i in facts.issues if i.place in LYING for id_ in (i.id, i.id, "")])
    key = st.tuples(about, st.sampled_from(rounds), st.sampled_from(asked))
    keys = {(unit, round, repr(c), issue): c for (unit, issue), round, c in draw(st.lists(key, max_size=8))}
    return [
        eg.Ruling(
            unit,
            round.start,
            c,
            draw(st.booleans()),
            c.by if isinstance(c, eg.ruled) else BODY,
            "研究决定",
            scheme=scheme.id,
            issue=issue,
        )
        for (unit, round, _, issue), c in keys.items()
    ]


def assert_same(world: World, engine: str) -> None:
    try:
        proposed = by_columns(world, engine)
    except FramesError as error:
        assert "is ruled on about an issue" in str(error)  # noqa: PT017 - such worlds are refused by name
    else:
        assert proposed == by_objects(world)


@settings(suppress_health_check=list(HealthCheck), max_examples=max(5, settings().max_examples // 2))
@given(world=worlds())
def test_ladders_about_issues_propose_on_polars_what_objects_propose(world: World) -> None:
    assert_same(world, "polars")


@settings(suppress_health_check=list(HealthCheck), max_examples=max(5, settings().max_examples // 6))
@given(world=worlds())
def test_ladders_about_issues_propose_on_duckdb_what_objects_propose(world: World) -> None:
    assert_same(world, "duckdb")


TIED = eg.bottom(1, ties="decide")
LET = eg.ruled("认定", BODY)
DAY = date(2024, 1, 10)


def ruled_world(when: Any, *rulings: tuple[Any, bool, str]) -> World:
    """Two villages tied for the last place, and two open issues in the first of them."""
    villages = [eg.Unit(code, f"{code}村", "村") for code in "甲乙丙"]
    found = eg.Event(eg.EventKind.FOUND, DAY)
    facts = eg.Facts(
        eg.Grid(villages),
        inspections=[eg.Inspection(code, DAY, "区级", stated=90 if code == "丙" else 80) for code in "甲乙丙"],
        issues=[eg.Issue(id_, "甲", (found,)) for id_ in "12"],
        rulings=[
            eg.Ruling("甲", DAY, condition, holds, BODY, "研究决定", scheme="s", issue=issue)
            for condition, holds, issue in rulings
        ],
    )
    scheme = eg.Scheme(
        "s",
        levels=("村",),
        cadence=eg.month(),
        since=date(2023, 1, 1),
        source=eg.Source("办法"),
        scoring=eg.stated("区级", several="mean"),
        ranking=eg.RankBy(1),
        ladders=(eg.Ladder((eg.Rung("白单", when, ("村支书",)),), subject="issue", publish="every rung"),),
    )
    return World(scheme, facts)


IS_OPEN = eg.in_state("open")


@pytest.mark.parametrize(
    ("when", "rulings", "expected"),
    [
        (eg.all_of(IS_OPEN, TIED), (), {("1", True), ("2", True)}),
        (eg.all_of(IS_OPEN, TIED), ((TIED, True, "1"),), {("1", False), ("2", True)}),
        (eg.all_of(IS_OPEN, TIED), ((TIED, True, ""), (TIED, False, "1")), {("2", False)}),
        (eg.all_of(IS_OPEN, TIED), ((eg.all_of(IS_OPEN, TIED), False, "2"),), {("1", True)}),
        (eg.all_of(IS_OPEN, TIED), ((eg.all_of(IS_OPEN, TIED), True, ""),), {("1", False), ("2", False)}),
        (eg.all_of(IS_OPEN, LET), ((LET, True, "2"),), {("2", False)}),
        (eg.all_of(IS_OPEN, LET), ((LET, True, ""), (LET, False, "2")), {("1", False)}),
        (eg.not_(eg.all_of(IS_OPEN, TIED)), ((TIED, False, "1"),), {("1", False), ("2", True)}),
    ],
)
@pytest.mark.parametrize("engine", ENGINES)
def test_a_ruling_about_an_issue_goes_before_one_about_the_unit(
    when: Any, rulings: Any, expected: set[tuple[str, bool]], engine: str
) -> None:
    world = ruled_world(when, *rulings)
    assert {(subject, pending) for _, _, subject, _, pending in by_columns(world, engine)} == expected
    assert by_objects(world) == by_columns(world, engine)


def test_a_ruling_about_an_issue_inside_a_counter_is_refused_by_name() -> None:
    counted = eg.streak(TIED, 1, unheld="break", absent="break", repeat="each", editions="carry", heads="carry")
    world = ruled_world(eg.all_of(IS_OPEN, counted), (TIED, True, "1"))
    with pytest.raises(FramesError, match=r"bottom\(1, ties='decide'\) is ruled on about an issue, inside streak"):
        by_columns(world, "polars")


def test_a_counter_is_asked_of_the_unit_with_what_was_ruled_about_it() -> None:
    counted = eg.streak(TIED, 1, unheld="break", absent="break", repeat="each", editions="carry", heads="carry")
    world = ruled_world(eg.all_of(IS_OPEN, counted), (TIED, True, ""), (counted, False, "2"))
    assert by_columns(world, "polars") == by_objects(world) != set()
