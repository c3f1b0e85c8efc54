"""Closed rounds as state: month by month, or all at once, the same is decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import narwhals.stable.v2 as nw
import polars as pl
import pytest
from attrs import evolve
from hypothesis import HealthCheck, assume, given, settings

import envgov as eg
from envgov.errors import InputError
from envgov.facts.issue import MOVES
from envgov.facts.round import Round
from envgov.frames import FramesError, Tables, assess, read_state, tables_of
from envgov.frames.closed import ClosedRounds
from envgov.season import rounds_of
from envgov.testing import strategies as own
from envgov.testing.answers import answers_in, answers_of, told_apart
from envgov.testing.cases import Case
from frames.scored import in_duckdb
from frames.test_assessment import MONTH, REFUSED, monthly, rows, town
from frames.test_open_issues import FIXED
from frames.towns import towns

NAMES = ("standings", "absences", "placements", "measures")
DONE_WITH = [kind.value for kind, (_, state) in MOVES.items() if state in (eg.State.CLOSED, eg.State.ENDED)]
CLOSED = 4
"""Rounds that are closed one by one, each by a plan of its own."""
Told = dict[str, set[tuple[Any, ...]]]


def since(tables: Tables, day: date | None) -> Tables:
    """What is new from that day on: later events of issues, and whole issues if found since or done with before."""
    if day is None:
        return tables
    events = tables["events"]
    later, done = (
        events.filter(nw.col("day") >= day),
        events.filter(nw.col("day") < day, nw.col("what").is_in(DONE_WITH)),
    )
    again = later.join(done.select("issue").unique(), on="issue", how="semi")
    anew = nw.concat([again, later.filter(nw.col("position") == 0)]).select("issue").unique()
    events = nw.concat([events.join(anew, on="issue", how="semi"), later.join(anew, on="issue", how="anti")])
    new = {
        "events": events,
        "handed": tables["handed"].join(events.select("issue", "position"), on=["issue", "position"], how="semi"),
        "issues": tables["issues"].join(anew.rename({"issue": "id"}), on="id", how="semi"),
        "responsible": tables["responsible"].join(anew, on="issue", how="semi"),
    }
    return evolve(tables, frames={**tables.frames, **new})


def at_once(editions: Sequence[eg.Scheme], rounds: Sequence[Round], tables: Tables) -> tuple[Told, ClosedRounds]:
    result = assess(editions, rounds, tables)
    return {name: rows(getattr(result, name)) for name in NAMES}, result.state()


def one_by_one(editions: Sequence[eg.Scheme], rounds: Sequence[Round], tables: Tables) -> tuple[Told, ClosedRounds]:
    told: Told = {name: set() for name in NAMES}
    state: ClosedRounds | None = None
    for n, round in enumerate(rounds):
        result = assess(editions, [round], since(tables, None if state is None else rounds[n - 1].end), state=state)
        for name in NAMES:
            told[name] |= {(n, *rest) for _, *rest in rows(getattr(result, name))}
        state = result.state()
    assert state is not None
    return told, state


def shown(state: ClosedRounds) -> dict[str, Any]:
    return {name: (table.to_polars().columns, set(table.to_polars().rows())) for name, table in state.tables.items()}


def agree(editions: Sequence[eg.Scheme], facts: eg.Facts) -> None:
    rounds = rounds_of(editions, facts)[-CLOSED:]
    assume(len(rounds) > 1)
    tables = tables_of(facts)
    try:
        whole, rebuilt = at_once(editions, rounds, tables)
    except FramesError as refused:
        assert REFUSED.search(str(refused))  # noqa: PT017 - such schemes are refused by name
        assume(False)
    except eg.SchemeError:
        assume(False)
    else:
        told, carried = one_by_one(editions, rounds, tables)
        assert told == whole
        assert shown(carried) == shown(rebuilt)


@settings(max_examples=max(2, settings().max_examples // 30), suppress_health_check=list(HealthCheck))
@given(case=towns())
def test_towns_closed_month_by_month_are_decided_as_all_at_once(case: tuple[eg.Scheme, eg.Facts]) -> None:
    scheme, facts = case
    agree([scheme], facts)


@settings(max_examples=max(3, settings().max_examples // 15), suppress_health_check=list(HealthCheck))
@given(case=own.cases())
def test_cases_of_the_whole_vocabulary_closed_round_by_round_are_decided_as_all_at_once(case: Case) -> None:
    agree(case.editions, case.facts)


def by_objects(case: Case, rounds: Sequence[Round]) -> Told:
    told: Told = {name: set() for name in NAMES}
    season = case.season
    for edition in case.editions:
        its = tuple(assessment for assessment in season if case.judging(assessment) is edition)
        for name, found in answers_of(edition, evolve(season, assessments=its), rounds).items():
            told[name] |= found
    return told


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@settings(max_examples=max(3, settings().max_examples // 20), suppress_health_check=list(HealthCheck))
@given(case=own.cases().filter(lambda case: bool(case.former)))
def test_each_edition_is_decided_as_objects_decide_it(case: Case, engine: str) -> None:
    rounds = rounds_of(case.editions, case.facts)
    assume(rounds)
    try:
        told = by_objects(case, rounds)
    except eg.EnvGovError:
        assume(False)
    tables = tables_of(case.facts) if engine == "polars" else in_duckdb(tables_of(case.facts))
    try:
        found = answers_in(assess(case.editions, rounds, tables))
    except FramesError as refused:
        assert REFUSED.search(str(refused))  # noqa: PT017 - such schemes are refused by name
    else:
        assert found == told, "\n".join(told_apart(told, found))


TWICE = eg.streak(
    eg.bottom(1, ties="include"), 2, unheld="break", absent="skip", repeat="each", editions="carry", heads="carry"
)
LADDER = eg.Ladder((eg.Rung("约谈", TWICE, ("村支书",)),), publish="every rung")
SCHEME = monthly(ladders=(LADDER,))
NEXT = eg.month().round_of(date(2024, 2, 1))


def two_months() -> eg.Facts:
    """Village 1 is last in January, and in February."""
    january = town("90", "80")
    february = [evolve(seen, day=date(2024, 2, 1)) for seen in january.inspections]
    return evolve(january, inspections=(*january.inspections, *february))


def closed_january() -> ClosedRounds:
    return assess(SCHEME, [MONTH], tables_of(town("90", "80"))).state()


def test_a_counter_looks_back_on_closed_rounds() -> None:
    result = assess(SCHEME, [NEXT], tables_of(two_months()), state=closed_january())
    assert rows(result.measures) == {(0, "1", "约谈", False, None)}


def test_a_state_comes_back_from_parquet_as_it_was(tmp_path: Path) -> None:
    state = closed_january()
    state.write(tmp_path / "state")
    back = read_state(tmp_path / "state")
    assert shown(back) == shown(state)
    assert rows(assess(SCHEME, [NEXT], tables_of(two_months()), state=back).measures) == {(0, "1", "约谈", False, None)}


def test_duckdb_closes_a_month_too() -> None:
    tables = in_duckdb(tables_of(two_months()))
    state = assess(SCHEME, [MONTH], tables).state()
    assert rows(assess(SCHEME, [NEXT], tables, state=state).measures) == {(0, "1", "约谈", False, None)}


def test_a_state_without_a_file_is_refused(tmp_path: Path) -> None:
    closed_january().write(tmp_path / "state")
    (tmp_path / "state" / "places.parquet").unlink()
    with pytest.raises(InputError, match=r"places\.parquet: this file is missing"):
        read_state(tmp_path / "state")


def test_a_state_without_a_column_is_refused(tmp_path: Path) -> None:
    closed_january().write(tmp_path / "state")
    rounds = tmp_path / "state" / "rounds.parquet"
    pl.read_parquet(rounds).drop("edition", "label").write_parquet(rounds)
    with pytest.raises(InputError) as told:
        read_state(tmp_path / "state")
    assert [(fault.file, fault.column) for fault in told.value.faults] == [
        ("rounds.parquet", "edition"),
        ("rounds.parquet", "label"),
    ]


def test_a_state_of_another_scheme_engine_or_of_these_rounds_is_refused_at_once() -> None:
    other = evolve(SCHEME, id="other")
    with pytest.raises(InputError) as told:
        assess(other, [MONTH], in_duckdb(tables_of(two_months())), state=closed_january())
    assert [fault.problem for fault in told.value.faults] == [
        "other is assessed, with the state of another scheme",
        "the rounds before 2024-02-01 are closed, and 2024-01 is assessed",
        "the state is of polars, and the tables are of duckdb",
    ]


def test_a_state_of_another_connection_is_refused(tmp_path: Path) -> None:
    closed_january().write(tmp_path / "state")
    state = read_state(tmp_path / "state", session=duckdb.connect())
    with pytest.raises(InputError, match="the state is of another connection than the tables; read both in one"):
        assess(SCHEME, [NEXT], in_duckdb(tables_of(two_months())), state=state)


def test_a_state_of_other_rules_is_refused_until_they_are_a_new_edition(tmp_path: Path) -> None:
    closed_january().write(tmp_path / "state")
    for state in (closed_january(), read_state(tmp_path / "state")):
        changed = evolve(SCHEME, ranking=eg.RankBy(0))
        with pytest.raises(InputError) as told:
            assess(changed, [NEXT], tables_of(two_months()), state=state)
        assert [fault.problem for fault in told.value.faults] == [
            f"the edition of monthly since {SCHEME.edition} had other rules when the rounds were closed"
        ]
        scoring: Any = SCHEME.scoring
        cited = evolve(scoring, cite="第三条")
        said_otherwise = evolve(SCHEME, title="月度考评", source=eg.Source("办法（修订）"), scoring=cited)
        assess(said_otherwise, [NEXT], tables_of(two_months()), state=state)
        assess([SCHEME, evolve(changed, since=NEXT.start, ladders=())], [NEXT], tables_of(two_months()), state=state)


def test_an_edition_that_is_changed_before_it_judges_is_refused() -> None:
    later = evolve(SCHEME, since=NEXT.start)
    state = assess([monthly(), later], [MONTH], tables_of(town("90", "80"))).state()
    with pytest.raises(
        InputError, match="the edition of monthly since 2024-02-01 had other rules when the rounds were"
    ):
        assess([monthly(), evolve(later, ranking=eg.RankBy(0))], [NEXT], tables_of(two_months()), state=state)


def test_a_round_that_was_not_held_is_closed_too() -> None:
    state = assess(SCHEME, [MONTH, NEXT], tables_of(town("90", "80"))).state()
    assert state.tables["rounds"].to_polars()["label"].to_list() == ["2024-01"]
    with pytest.raises(InputError, match="the rounds before 2024-03-01 are closed, and 2024-02 is assessed"):
        assess(SCHEME, [NEXT], tables_of(two_months()), state=state)


def test_a_state_whose_codes_are_of_another_type_is_refused() -> None:
    tables = tables_of(two_months())
    numbers = {"units": tables.units.with_columns(nw.col("unit").cast(nw.Int64))}
    with pytest.raises(InputError, match="units, unit: the column is of type Int64, and in the state of String"):
        assess(SCHEME, [NEXT], evolve(tables, frames={**tables.frames, **numbers}), state=closed_january())


def test_a_state_without_a_scheme_is_refused(tmp_path: Path) -> None:
    closed_january().write(tmp_path / "state")
    told = tmp_path / "state" / "scheme.parquet"
    pl.read_parquet(told).clear().write_parquet(told)
    with pytest.raises(InputError, match=r"scheme\.parquet: this file has no row"):
        read_state(tmp_path / "state")


def test_a_state_that_does_not_tell_what_a_counter_asks_is_refused() -> None:
    state = assess(monthly(), [MONTH], tables_of(town("90", "80"))).state()
    editions = [monthly(), evolve(SCHEME, since=NEXT.start)]
    with pytest.raises(eg.SchemeError, match=r"closed rounds does not tell what streak\(.*assess the whole history"):
        assess(editions, [NEXT], tables_of(two_months()), state=state)


def test_a_later_edition_counts_rounds_of_the_former() -> None:
    later = evolve(SCHEME, since=NEXT.start)
    result = assess([monthly(), later], [MONTH, NEXT], tables_of(two_months()))
    assert rows(result.measures) == {(1, "1", "约谈", False, None)}


def test_a_board_that_the_former_edition_had_not_counts_for_nothing() -> None:
    board = eg.Board("榜", (eg.Tier("黑榜", eg.bottom(1, ties="include"), "sanction"),), "其他")
    twice = evolve(TWICE, when=eg.placed("榜", "黑榜"))
    ladder = eg.Ladder((eg.Rung("约谈", twice, ("村支书",)),), publish="every rung")
    later = monthly(since=NEXT.start, boards=(board,), ladders=(ladder,))
    assert rows(assess([monthly(), later], [MONTH, NEXT], tables_of(two_months())).measures) == set()


def test_a_tier_that_the_former_board_had_not_is_left_to_a_person() -> None:
    def edition(since: date, tier: str) -> eg.Scheme:
        board = eg.Board("榜", (eg.Tier(tier, eg.bottom(1, ties="include"), "sanction"),), "其他")
        ladder = eg.Ladder(
            (eg.Rung("约谈", evolve(TWICE, when=eg.placed("榜", tier)), ("村支书",)),), publish="every rung"
        )
        return monthly(since=since, boards=(board,), ladders=(ladder,))

    editions = [edition(date(2023, 1, 1), "黑榜"), edition(NEXT.start, "末榜")]
    found = rows(assess(editions, [MONTH, NEXT], tables_of(two_months())).measures)
    assert found == {(1, "1", "约谈", True, None)}


def test_a_count_that_restarts_with_an_edition_begins_in_it() -> None:
    rung = eg.Rung("约谈", evolve(TWICE, editions="restart"), ("村支书",))
    later = monthly(since=NEXT.start, ladders=(eg.Ladder((rung,), publish="every rung"),))
    assert rows(assess([monthly(), later], [MONTH, NEXT], tables_of(two_months())).measures) == set()


def test_what_a_counter_said_in_a_closed_round_it_does_not_say_again() -> None:
    once = eg.k_of_last(TWICE.when, 1, 2, unheld="break", absent="skip", repeat="once", editions="carry", heads="carry")
    scheme = monthly(ladders=(eg.Ladder((eg.Rung("约谈", once, ("村支书",)),), publish="every rung"),))
    january = assess(scheme, [MONTH], tables_of(town("90", "80")))
    assert rows(january.measures) == {(0, "1", "约谈", False, None)}
    february = assess(scheme, [NEXT], tables_of(two_months()), state=january.state())
    assert rows(february.measures) == set()


@pytest.mark.parametrize(
    "after",
    [
        pytest.param([(eg.EventKind.FIXED_ON_THE_SPOT, MONTH), (eg.EventKind.RELAPSED, NEXT)], id="done with"),
        pytest.param([], id="open"),
    ],
)
def test_an_issue_that_is_given_again_is_one_as_it_is_given(after: list[tuple[eg.EventKind, Round]]) -> None:
    events = [eg.Event(what, round.start) for what, round in ((eg.EventKind.FOUND, MONTH), *after)]
    facts = eg.Facts(eg.Grid([eg.Unit("0", "0村", "村")]), issues=[eg.Issue("甲", "0", tuple(events))])
    scheme = monthly(scoring=eg.count_issues(eg.in_state("open"), by="place"))
    state = assess(scheme, [MONTH], tables_of(facts)).state()
    standings = assess(scheme, [NEXT], tables_of(facts), state=state).standings.collect()
    assert standings.select("unit", "score").rows() == [("0", 10)]


@pytest.mark.parametrize(("given", "problem"), [((), "no such issue"), (("issues",), "no event at position 0")])
def test_an_issue_that_relapses_is_given_with_all_its_events_or_refused(given: tuple[str, ...], problem: str) -> None:
    events = (eg.Event(eg.EventKind.FOUND, MONTH.start), FIXED, eg.Event(eg.EventKind.RELAPSED, NEXT.start))
    tables = tables_of(eg.Facts(eg.Grid([eg.Unit("0", "0村", "村")]), issues=[eg.Issue("甲", "0", events)]))
    scheme = monthly(scoring=eg.count_issues(eg.in_state("open"), by="place"))
    state = assess(scheme, [MONTH], tables).state()
    new = {"events": tables["events"].filter(nw.col("day") >= NEXT.start), "issues": tables["issues"].head(len(given))}
    later = evolve(tables, frames={**tables.frames, **new}, sound=False)
    with pytest.raises(InputError, match=problem):
        assess(scheme, [NEXT], later, state=state).standings  # noqa: B018


@pytest.mark.parametrize(
    ("rule", "score"),
    [
        pytest.param(lambda found: eg.to_date(eg.year(), found), 10, id="to date"),
        pytest.param(lambda found: eg.change(eg.month(), found), -10, id="change"),
        pytest.param(
            lambda found: eg.mean_over(eg.week(ends="sunday"), found, absent="skip", unheld="skip"), 3, id="mean"
        ),
    ],
)
def test_what_counts_issues_of_earlier_days_needs_them_with_all_their_events(rule: Any, score: int) -> None:
    issue = eg.Issue(
        "甲", "0", (eg.Event(eg.EventKind.FOUND, date(2024, 1, 30)), eg.Event(FIXED.what, date(2024, 1, 30)))
    )
    tables = tables_of(eg.Facts(eg.Grid([eg.Unit("0", "0村", "村")]), issues=[issue]))
    scheme = monthly(scoring=rule(eg.count_issues(eg.happened("found", during="round"), by="place")))
    state = assess(scheme, [MONTH], tables).state()
    found = assess(scheme, [NEXT], tables, state=state).standings.collect()
    assert found.select("unit", "score").rows() == [("0", score)]


def test_what_holds_from_then_on_holds_since_a_closed_round() -> None:
    lasting = eg.cumulative(TWICE.when, 1, within=eg.year(), repeat="from then on", editions="carry", heads="carry")
    scheme = monthly(ladders=(eg.Ladder((eg.Rung("约谈", lasting, ("村支书",)),), publish="every rung"),))
    january = town("90", "80")
    february = [evolve(seen, day=NEXT.start, stated=170 - seen.stated) for seen in january.inspections if seen.stated]
    facts = evolve(january, inspections=(*january.inspections, *february))
    state = assess(scheme, [MONTH], tables_of(january)).state()
    assert rows(assess(scheme, [NEXT], tables_of(facts), state=state).measures) == {
        (0, "0", "约谈", False, None),
        (0, "1", "约谈", False, None),
    }


def test_counters_of_one_condition_look_back_each_on_its_own_answers() -> None:
    bridges: dict[str, Any] = {"editions": "carry", "heads": "carry"}
    each = eg.cumulative(TWICE.when, 2, within=eg.year(), repeat="each", **bridges)
    lasting = eg.cumulative(TWICE.when, 1, within=eg.year(), repeat="from then on", **bridges)
    once = eg.k_of_last(TWICE.when, 1, 2, unheld="break", absent="break", repeat="once", **bridges)
    rungs = [eg.Rung(name, when, ("村支书",)) for name, when in (("两次", each), ("列管", lasting), ("首次", once))]
    scheme = monthly(ladders=(eg.Ladder(tuple(rungs), publish="every rung"),))
    told, state = list[Any](), None
    for n, facts in enumerate((town("90", "80"), town("90", "80"), town("70", "80"))):
        round = eg.month().round_of(date(2024, n + 1, 1))
        seen = [evolve(visit, day=round.start) for visit in facts.inspections]
        result = assess(scheme, [round], tables_of(evolve(facts, inspections=seen)), state=state)
        told.append({(unit, rung) for _, unit, rung, *_ in rows(result.measures)})
        state = result.state()
    assert told == [
        {("1", "列管"), ("1", "首次")},
        {("1", "两次"), ("1", "列管")},
        {("1", "列管"), ("0", "列管"), ("0", "首次")},
    ]


def test_a_figure_that_the_former_edition_had_not_counts_for_nothing() -> None:
    figure = eg.Figure("次序", eg.stated("督导", several="mean", better="higher"), eg.RankBy(1))
    last = evolve(TWICE, when=eg.bottom(1, of="次序", ties="include"))
    ladder = eg.Ladder((eg.Rung("约谈", last, ("村支书",)),), publish="every rung")
    later = monthly(since=NEXT.start, figures=(figure,), ladders=(ladder,))
    assert rows(assess([monthly(), later], [MONTH, NEXT], tables_of(two_months())).measures) == set()
