"""Real months: the air of China's cities, and the wards of Chicago; what SQL says of them is tested with the objects."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

import envgov as eg
import test_readers_records as records
from envgov.facts.round import Round
from envgov.frames import assess, tables_of
from envgov.testing.answers import answers_in, answers_of, told_apart
from frames import test_cities_air as air
from frames.scored import in_duckdb

CITIES = (air.SCHEME, air.MONTHS, air.facts, air.season)
WARDS = (
    records.SCHEME,
    tuple(records.MONTHS),
    lambda: records.facts_of("chicago", "every"),
    lambda: records.season_of("every", len(records.MONTHS)),
)


@pytest.mark.parametrize(
    ("scheme", "months", "facts", "season"), [pytest.param(*CITIES, id="cities"), pytest.param(*WARDS, id="wards")]
)
def test_polars_and_duckdb_decide_real_months_as_objects_do(
    scheme: eg.Scheme, months: Sequence[Round], facts: Callable[[], eg.Facts], season: Callable[[], eg.Season]
) -> None:
    tables = tables_of(facts())
    told: Any = answers_of(scheme, season(), months)
    assert min(len(told["standings"]), 10 * len(told["measures"])) > 2_000
    for given in (tables, in_duckdb(tables)):
        found = answers_in(assess(scheme, months, given))
        assert found == told, "\n".join(told_apart(told, found))
