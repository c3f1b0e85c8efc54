"""What stands just at a cut, worked out by hand: 甲 has 85.5, 乙 91.2."""

import polars as pl
import pytest
from attrs import evolve

import envgov as eg
from envgov.frames import assess, read_tables
from frames.test_kinds_of_tables import MONTH, SCHEME, UNITS, VISITS

STATED = eg.stated("督导", several="mean", better="higher")


def decided(scheme: eg.Scheme, what: str, *columns: str) -> set[tuple[object, ...]]:
    tables = read_tables({"units": pl.DataFrame(UNITS), "inspections": pl.DataFrame(VISITS)}, places=1)
    table = assess(scheme, [MONTH], tables).to_polars()[what]
    return set(table.select(columns).rows())


def test_a_band_includes_its_number() -> None:
    steps = eg.bands(STATED, eg.Band("91.2", 100), eg.Band("85.5", 80), rest=0)
    scores = decided(evolve(SCHEME, scoring=steps, boards=()), "standings", "unit", "score", "places")
    assert scores == {("甲", 800, 1), ("乙", 1000, 1)}


def test_a_band_includes_its_number_where_less_is_better() -> None:
    fewer = eg.stated("督导", several="mean", better="lower")
    steps = eg.bands(fewer, eg.Band("85.5", 100), eg.Band(90, 80), rest=0)
    scores = decided(evolve(SCHEME, scoring=steps, boards=()), "standings", "unit", "score", "places")
    assert scores == {("甲", 1000, 1), ("乙", 0, 1)}


@pytest.mark.parametrize("share", ["50.1", "99"])
def test_a_share_of_two_is_rounded_up_and_never_both(share: str) -> None:
    first = eg.Tier("红榜", eg.top_share(share, rounding="up", ties="include"), "praise")
    placed = decided(evolve(SCHEME, boards=(eg.Board("榜", (first,), "其他"),)), "placements", "unit", "tier")
    assert placed == {("甲", "其他"), ("乙", "红榜")}
