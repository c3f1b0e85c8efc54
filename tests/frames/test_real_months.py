"""Real months: the air of China's cities, and the wards of Chicago; what SQL says of them is tested with the objects."""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

import envgov as eg
import test_readers_records as records
from envgov.facts.round import Round
from envgov.frames import Tables, assess, tables_of
from envgov.testing.answers import answers_in, answers_of, told_apart
from frames import test_cities_air as air
from frames.scored import in_duckdb
from frames.sparks import REAL, in_spark, spark

CITIES = (air.SCHEME, air.MONTHS, air.facts, air.season)
WARDS = (
    records.SCHEME,
    tuple(records.MONTHS),
    lambda: records.facts_of("chicago", "every"),
    lambda: records.season_of("every", len(records.MONTHS)),
)


EACH = pytest.mark.parametrize(
    ("scheme", "months", "facts", "season"), [pytest.param(*CITIES, id="cities"), pytest.param(*WARDS, id="wards")]
)


def agree(scheme: eg.Scheme, months: Sequence[Round], season: Callable[[], eg.Season], given: Sequence[Tables]) -> None:
    told: Any = answers_of(scheme, season(), months)
    assert min(len(told["standings"]), 10 * len(told["measures"])) > 2_000
    for tables in given:
        found = answers_in(assess(scheme, months, tables))
        assert found == told, "\n".join(told_apart(told, found))


@EACH
def test_polars_and_duckdb_decide_real_months_as_objects_do(
    scheme: eg.Scheme, months: Sequence[Round], facts: Callable[[], eg.Facts], season: Callable[[], eg.Season]
) -> None:
    tables = tables_of(facts())
    agree(scheme, months, season, (tables, in_duckdb(tables)))


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    with spark(REAL) as made:
        yield made


@EACH
@pytest.mark.skipif(shutil.which("java") is None and not os.environ.get("CI"), reason="Spark needs Java")
@pytest.mark.filterwarnings("ignore")
def test_spark_decides_real_months_as_objects_do(
    session: Any,
    scheme: eg.Scheme,
    months: Sequence[Round],
    facts: Callable[[], eg.Facts],
    season: Callable[[], eg.Season],
) -> None:
    agree(scheme, months, season, [in_spark(session, tables_of(facts()))])
