"""Monthly rankings of the air of 366 Chinese cities, from 351,014 days: by objects, and by plain SQL on the raw file.

The days are those of aqistudy.cn, December 2013 to January 2017. A concentration of 0 was not measured.
"""

import csv
import gzip
import os
import sqlite3
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

import envgov as eg

ROOT = Path(__file__).parents[2]
FILE = ROOT.parent / "shared" / "data" / "cn_city_air_daily" / "city_daily.csv.gz"
WORST = eg.bottom(10, ties="include")
MONTHS = tuple(eg.month().round_of(date(year, month, 1)) for year in range(2013, 2018) for month in range(1, 13))[11:49]


def running(k: int) -> eg.Condition:
    return eg.streak(WORST, k, unheld="break", absent="break", repeat="each", editions="carry", heads="carry")


SCHEME = eg.Scheme(
    "air",
    ("市",),
    eg.month(),
    date(2013, 1, 1),
    eg.Source("test", date(2013, 1, 1), assumed=("the lists, and the runs on them, are made up",)),
    scoring=eg.stated("PM2.5", several="mean", better="lower"),
    ranking=eg.RankBy(places=1),
    boards=(
        eg.Board(
            "十佳十差",
            (eg.Tier("十佳", eg.top(10, ties="include"), "praise"), eg.Tier("十差", WORST, "sanction")),
            rest="其他",
        ),
    ),
    ladders=(eg.Ladder(tuple(eg.Rung(str(k), running(k), to=("市长",)) for k in range(2, 7)), publish="every rung"),),
)


@cache
def days() -> tuple[tuple[str, date, Decimal], ...]:
    """City, day, micrograms of PM2.5 in a cubic metre."""
    if not FILE.is_file():
        assert not os.environ.get("CI"), f"{FILE} is missing on the build machine"
        pytest.skip("the air of the cities is not beside the checkout (../shared/data/cn_city_air_daily)")
    with gzip.open(FILE, "rt", encoding="utf-8", newline="") as file:
        rows = [(row["city"], date.fromisoformat(row["date"]), row["pm25"]) for row in csv.DictReader(file)]
    return tuple((city, day, Decimal(pm25)) for city, day, pm25 in rows if pm25 and Decimal(pm25))


@cache
def facts() -> eg.Facts:
    return eg.Facts(
        eg.Grid(eg.Unit(city, city, "市") for city in sorted({city for city, _, _ in days()})),
        inspections=(eg.Inspection(city, day, "PM2.5", stated=pm25) for city, day, pm25 in days()),
    )


@cache
def season() -> eg.Season:
    return eg.assess_season(SCHEME, facts(), rounds=MONTHS)


RANKED = """
WITH mean AS (
  SELECT city, month, sum(tenths) AS total, count(*) AS n FROM day GROUP BY city, month
), decided AS (SELECT city, month, (2 * total + n) / (2 * n) AS number FROM mean)
SELECT city, month, number, rank() OVER (PARTITION BY month ORDER BY number) AS place,
  rank() OVER (PARTITION BY month ORDER BY number DESC) <= 10 AS worst
FROM decided
"""
RUNS = f"""
WITH listed AS (SELECT city, month, month - row_number() OVER (PARTITION BY city ORDER BY month) AS island
  FROM ({RANKED}) WHERE worst)
SELECT city, month, row_number() OVER (PARTITION BY city, island ORDER BY month) FROM listed
"""  # noqa: S608


@cache
def raw() -> sqlite3.Connection:
    """The days of the file, in tenths; months count from December 2013."""
    table = sqlite3.connect(":memory:")
    table.execute("CREATE TABLE day (city, month INTEGER, tenths INTEGER)")
    rows = ((city, (day.year - 2013) * 12 + day.month - 12, int(pm25 * 10)) for city, day, pm25 in days())
    table.executemany("INSERT INTO day VALUES (?, ?, ?)", rows)
    return table


def test_each_city_has_the_mean_and_the_rank_that_sql_gives_it() -> None:
    found = [
        (s.unit, MONTHS.index(a.record.round), int(s.score * 10), s.rank)
        for a in season().assessments
        for s in a.record.standings
    ]
    assert sorted(found) == sorted(row[:4] for row in raw().execute(RANKED))
    assert len(found) > 300 * len(MONTHS)


def test_each_run_among_the_worst_ten_is_as_long_as_sql_counts_it() -> None:
    runs = raw().execute(RUNS).fetchall()
    found = {
        (measure.unit, MONTHS.index(a.record.round), int(measure.rung))
        for a in season().assessments
        for measure in a.measures
    }
    assert found == {(city, month, k) for city, month, length in runs for k in range(2, min(length, 6) + 1)}
    assert max(length for _, _, length in runs) > 6
