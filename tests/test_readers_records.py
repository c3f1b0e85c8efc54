"""Three cities' own lists: what envgov makes of them agrees with plain SQL on the raw files.

311 service requests of Chicago (sanitation code complaints, 2011 to 2014), Los Angeles (the last days of 2018) and San
Francisco (a sample, 2008 to 2018), from the cities' data portals.
"""

import csv
import gzip
import os
import sqlite3
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import envgov as eg
from envgov.readers import Requests, read_layout, read_requests

ROOT = Path(__file__).parents[1]
DATA = ROOT.parent / "shared" / "data"
FILES = {
    "chicago": "chicago_sanitation_311/sanitation_code_complaints.csv.gz",
    "los-angeles": "la_myla311/myla311_2018_last10k.csv.gz",
    "san-francisco": "sf_311_sample/sf_311.csv.gz",
}
PLACES = {"chicago": 50, "los-angeles": 15, "san-francisco": 11}
FIVE_DAYS = (eg.Limit(eg.calendar_days(5)),)
MONTHS = [eg.month().round_of(date(year, month, 1)) for year in range(2011, 2015) for month in range(1, 13)]
LATE = eg.count_issues(eg.overdue(), by="place")
ON_TIME = eg.rate(eg.on_time("closed"), eg.due(during="round"), by="place", empty="not assessed")
CLOSED = eg.rate(eg.in_state("closed"), eg.not_(eg.in_state("ended")), by="place", empty="not assessed")
LAST_THREE = eg.bottom(3, ties="include")


def running(k: int) -> eg.Condition:
    return eg.streak(LAST_THREE, k, unheld="break", absent="break", repeat="each", editions="carry", heads="carry")


SCHEME = eg.Scheme(
    "wards",
    ("ward",),
    eg.month(),
    date(2011, 1, 1),
    eg.Source("test", date(2011, 1, 1), assumed=("days to close, and the lists, are made up",)),
    scoring=ON_TIME,
    ranking=eg.RankBy(places=2),
    boards=(eg.Board("lists", (eg.Tier("last three", LAST_THREE, "sanction"),), rest="others"),),
    ladders=(
        eg.Ladder(tuple(eg.Rung(str(k), running(k), to=("alderman",)) for k in range(1, 13)), publish="every rung"),
    ),
)


def raw(city: str) -> Path:
    file = DATA / FILES[city]
    if not file.is_file():
        assert not os.environ.get("CI"), f"{file} is missing on the build machine"
        pytest.skip(f"the records of {city} are not beside the checkout (../shared/data/{FILES[city]})")
    return file


def grid_of(city: str) -> eg.Grid:
    wards = (eg.Unit(str(n), f"{n}", "ward", city) for n in range(1, PLACES[city] + 1))
    return eg.Grid((eg.Unit(city, city, "city"), *wards))


@cache
def requests_of(city: str) -> Requests:
    layout = read_layout(ROOT / "docs" / "examples" / "requests" / f"{city}.toml")
    return read_requests(raw(city), layout, grid_of(city), limits=FIVE_DAYS if city == "chicago" else ())


@cache
def table_of(city: str) -> sqlite3.Connection:
    """The raw file as it is, each row with its number."""
    with gzip.open(raw(city), "rt", encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    table = sqlite3.connect(":memory:")
    columns = ", ".join(f'"{name}"' for name in header)
    table.execute(f"CREATE TABLE raw (row INTEGER, {columns})")
    marks = ", ".join("?" * (len(header) + 1))
    table.executemany(f"INSERT INTO raw VALUES ({marks})", ((n, *row) for n, row in enumerate(rows, 2)))  # noqa: S608
    table.executescript({"chicago": CHICAGO, "los-angeles": LA}.get(city, ""))
    return table


CHICAGO = """
CREATE TABLE request AS
SELECT row, Creation_Date AS found, nullif(Completion_Date, '') AS closed, Status LIKE '%Dup' AS dup,
  CASE WHEN CAST(Ward AS INTEGER) BETWEEN 1 AND 50 THEN CAST(Ward AS INTEGER) END AS ward,
  date(Creation_Date, '+5 days') AS due, count(*) OVER (PARTITION BY Service_Request_Number) AS alike
FROM raw;
CREATE VIEW sound AS SELECT * FROM request WHERE alike = 1 AND ward IS NOT NULL;
"""
MONTHLY = """
WITH RECURSIVE month(first) AS (
  SELECT '2011-01-01' UNION ALL SELECT date(first, '+1 month') FROM month WHERE first < '2014-12-01'
), rate AS (
  SELECT first, ward, count(*) AS among, sum(NOT dup AND closed IS NOT NULL AND closed <= due) AS met
  FROM {table} JOIN month ON due >= first AND due < date(first, '+1 month')
  WHERE found < date(first, '+1 month') AND NOT (dup AND coalesce(closed, found) < date(first, '+1 month'))
    AND ward IS NOT NULL
  GROUP BY first, ward
), decided AS (SELECT *, (20000 * met + among) / (2 * among) AS number FROM rate)
SELECT first, ward, number, rank() OVER (PARTITION BY first ORDER BY number DESC) AS place,
  rank() OVER (PARTITION BY first ORDER BY number) <= 3 AS last_three
FROM decided
"""


STREAKS = """
WITH listed AS (SELECT ward, first, (strftime('%Y', first) * 12 + strftime('%m', first))
    - row_number() OVER (PARTITION BY ward ORDER BY first) AS island FROM ({monthly}) WHERE last_three)
SELECT ward, first, row_number() OVER (PARTITION BY ward, island ORDER BY first) AS length FROM listed
"""


def query(city: str, sql: str, *given: object) -> list[tuple[Any, ...]]:
    return table_of(city).execute(sql, given).fetchall()


def one(city: str, sql: str, *given: object) -> Any:
    [(value,)] = query(city, sql, *given)
    return value


@cache
def season_of(way: str, months: int) -> eg.Season:
    return eg.assess_season(SCHEME, facts_of("chicago", way), rounds=MONTHS[-months:])


@cache
def facts_of(city: str, way: str) -> eg.Facts:
    requests = requests_of(city)
    return eg.Facts(grid_of(city), issues=requests.sound if way == "sound" else requests.every)


def listed(assessment: eg.Assessment) -> set[str]:
    return {p.unit for p in assessment.record.placements if p.tier == "last three"}


def score_of(rule: eg.ScoringRule, city: str, way: str, day: date, unit: str | None = None) -> Fraction:
    """A number of a city, or of one ward, on a day."""
    evidence = facts_of(city, way).during(eg.day().round_of(day))
    value = rule.scores((unit or city,), evidence)[unit or city].value
    assert isinstance(value, Fraction)
    return value


# -- Chicago
def test_the_dirty_rows_of_chicago_are_the_ones_that_sql_finds() -> None:
    requests = requests_of("chicago")
    assert (requests.rows, requests.unread) == (74401, ())
    told = {
        kind: sorted(fault.row or 0 for fault in requests.faults if kind in fault.problem)
        for kind in ("number", "place")
    }
    assert told["number"] == [
        row for (row,) in query("chicago", "SELECT row FROM request WHERE alike > 1 ORDER BY row")
    ]
    assert told["place"] == [
        row for (row,) in query("chicago", "SELECT row FROM request WHERE ward IS NULL ORDER BY row")
    ]
    assert (len(told["number"]), len(told["place"])) == (746, 7)
    assert len(requests.faults) == 753
    assert len(requests.sound) == one("chicago", "SELECT count(*) FROM sound")


@pytest.mark.parametrize(("way", "table", "months"), [("every", "request", 48), ("sound", "sound", 12)])
def test_each_ward_has_the_rate_the_rank_and_the_list_that_sql_gives_it(way: str, table: str, months: int) -> None:
    wanted = [row for row in query("chicago", MONTHLY.format(table=table)) if row[0] >= str(MONTHS[-months].start)]
    found = [
        (assessment.record.round.start.isoformat(), int(s.unit), s.score * 100, s.rank, s.unit in listed(assessment))
        for assessment in season_of(way, months)
        for s in assessment.record.standings
    ]
    assert sorted(found) == sorted(
        (first, ward, number, rank, bool(last)) for first, ward, number, rank, last in wanted
    )
    assert len(found) > 45 * months


def test_each_run_among_the_last_three_is_as_long_as_sql_counts_it() -> None:
    runs = query("chicago", STREAKS.format(monthly=MONTHLY.format(table="request")))
    found = {
        (int(measure.unit), assessment.record.round.start.isoformat(), int(measure.rung))
        for assessment in season_of("every", 48)
        for measure in assessment.measures
    }
    assert found == {(ward, first, k) for ward, first, length in runs for k in range(1, length + 1)}
    longest = max(length for _, _, length in runs)
    assert [run for run in runs if run[2] == longest] == [(18, "2014-09-01", 10)]


@pytest.mark.parametrize(("way", "table"), [("every", "request"), ("sound", "sound")])
@pytest.mark.parametrize("day", [date(2012, 2, 29), date(2013, 7, 15), date(2014, 12, 31)])
def test_what_is_overdue_and_closed_on_a_day_is_what_sql_counts(way: str, table: str, day: date) -> None:
    open_ = "found <= :day AND (closed IS NULL AND NOT dup OR closed > :day)"
    of = "SELECT count(*) FROM {} WHERE {}"
    for unit, where in ((None, ""), ("18", " AND ward = 18")):
        late = one("chicago", of.format(table, f"{open_} AND due < :day{where}"), str(day))
        assert score_of(LATE, "chicago", way, day, unit) == late
        still = one("chicago", of.format(table, open_ + where), str(day))
        done = one("chicago", of.format(table, f"NOT dup AND closed <= :day{where}"), str(day))
        assert score_of(CLOSED, "chicago", way, day, unit) == Fraction(100 * done, done + still)


# -- Los Angeles and San Francisco
LA = """
CREATE TABLE request AS
SELECT row, Status AS status, CAST(CD AS INTEGER) AS ward,
  {found} AS found, {closed} AS closed, {due} AS due
FROM raw
""".format(
    **{
        name: f"nullif(substr({column}, 7, 4) || '-' || substr({column}, 1, 2) || '-' || substr({column}, 4, 2) || ' ' ||"
        f"printf('%02d', substr({column}, 12, 2) % 12 + 12 * ({column} LIKE '%PM')) || substr({column}, 14, 6), '-- 00')"
        for name, column in (("found", "CreatedDate"), ("closed", "ClosedDate"), ("due", "ServiceDate"))
    }
)


def test_the_dirty_rows_of_los_angeles_are_the_ones_that_sql_finds() -> None:
    requests = requests_of("los-angeles")
    assert (requests.rows, requests.unread) == (10000, ())
    for kind, where in (
        ("the place", "ward NOT BETWEEN 1 AND 15"),
        ("closed before", "closed < found"),
        ("due before", "date(due) < date(found)"),
    ):
        rows = [row for (row,) in query("los-angeles", f"SELECT row FROM request WHERE {where} ORDER BY row")]  # noqa: S608
        assert [fault.row for fault in requests.faults if fault.problem.startswith(kind)] == rows
        assert rows
    assert len({fault.row for fault in requests.faults}) == len(requests.doubtful)


@pytest.mark.parametrize("unit", [None, "10"])
def test_what_los_angeles_closed_by_the_promised_day_is_what_sql_counts(unit: str | None) -> None:
    rule = eg.rate(eg.on_time("closed"), eg.due(during="ever"), by="place", empty="zero")
    where = "due IS NOT NULL AND status NOT IN ('Cancelled', 'Referred Out')" + (f" AND ward = {unit}" if unit else "")
    met = "date(max(closed, found)) <= date(due)"
    [(counted, among)] = query("los-angeles", f"SELECT sum(coalesce({met}, 0)), count(*) FROM request WHERE {where}")  # noqa: S608
    assert score_of(rule, "los-angeles", "every", date(2030, 1, 1), unit) == Fraction(100 * counted, among)
    assert among > 500


def test_what_is_doubtful_in_san_francisco_and_what_is_open_is_what_sql_counts() -> None:
    requests, wards = requests_of("san-francisco"), "CAST(supervisor_district AS INTEGER) BETWEEN 1 AND 11"
    assert (requests.rows, requests.unread) == (10000, ())
    early = "closed_date <> '' AND closed_date < created_date"
    assert len(requests.doubtful) == one("san-francisco", f"SELECT count(*) FROM raw WHERE NOT {wards} OR {early}")  # noqa: S608
    assert sum("closed before" in fault.problem for fault in requests.faults) == 17
    assert sum(issue.state is eg.State.OPEN for issue in requests.every) == 370
    evening = next(issue for issue in requests.every if issue.id == "4547561")
    assert (evening.found, evening.closed) == (date(2015, 3, 5), date(2015, 6, 9))


def test_a_row_in_the_small_hours_of_utc_belongs_to_the_day_before_in_san_francisco() -> None:
    rows = query("san-francisco", "SELECT unique_key, created_date FROM raw WHERE substr(created_date, 12, 2) < '07'")
    found = {issue.id: issue.found for issue in requests_of("san-francisco").every}
    assert {found[key] - date.fromisoformat(at[:10]) for key, at in rows} == {timedelta(days=-1)}
    assert len(rows) > 500
