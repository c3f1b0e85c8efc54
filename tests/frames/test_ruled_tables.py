"""Rulings are looked through before they decide: in no order of rows does one of two win."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from attrs import evolve

import envgov as eg
from envgov.codec.inline import to_inline
from envgov.errors import InputError
from envgov.frames import assess, read_state, read_tables
from frames.test_kinds_of_tables import DAY, MONTH, SCHEME, UNITS

LAST = eg.bottom(1, ties="decide")
BLACK = evolve(SCHEME, boards=(eg.Board("榜", (eg.Tier("黑榜", LAST, "sanction"),), "其他"),))
TIED = pl.DataFrame(
    {
        "id": ["1", "2", "3"],
        "unit": ["甲", "乙", "丙"],
        "day": [DAY] * 3,
        "channel": ["督导"] * 3,
        "stated": [855, 912, 855],
    }
)


TWICE: dict[str, list[Any]] = {
    "unit": ["甲"] * 2,
    "concerns": [date(2024, 1, 2), DAY],
    "condition": [to_inline(LAST)] * 2,
    "scheme": ["monthly"] * 2,
}


def ruled(**columns: list[Any]) -> Any:
    said = {"unit": ["甲"], "concerns": [DAY], "condition": [to_inline(LAST)], "holds": [True], "scheme": [SCHEME.id]}
    rulings = pl.DataFrame({**said, **columns}, schema_overrides={"concerns": pl.Date, "holds": pl.Boolean})
    return assess(
        BLACK,
        [MONTH],
        read_tables({"units": pl.DataFrame(UNITS), "inspections": TIED, "rulings": rulings}, places=1),
    )


@pytest.mark.parametrize("holds", [[True, False], [False, True]])
def test_two_rulings_of_one_round_that_say_both_are_refused(holds: list[bool]) -> None:
    with pytest.raises(InputError, match="say both yes and no") as told:
        ruled(**TWICE, holds=holds)
    assert [fault.value for fault in told.value.faults] == ["甲"]


def test_two_rulings_that_say_the_same_are_one() -> None:
    found = ruled(**TWICE, holds=[True, True]).to_polars()["placements"]
    assert ("甲", "黑榜") in set(found.select("unit", "tier").rows())


@pytest.mark.parametrize("column", ["concerns", "holds"])
def test_a_ruling_that_lacks_what_it_says_is_refused(column: str) -> None:
    with pytest.raises(InputError, match="this cell is empty") as told:
        ruled(**{column: [None]})
    assert [(fault.file, fault.column) for fault in told.value.faults] == [("rulings", column)]


@pytest.mark.parametrize(
    "text",
    [
        to_inline(LAST),
        "{ ties = 'decide', kind = 'bottom', n = 1 }",
        '{"kind": "bottom", "n": 1, "ties": "decide"}',
    ],
)
def test_a_condition_is_written_as_in_rulings_of_csv(text: str) -> None:
    found = ruled(condition=[text]).to_polars()["placements"]
    assert ("甲", "黑榜") in set(found.select("unit", "tier").rows())


@pytest.mark.parametrize(
    ("text", "problem"),
    [("last of all", "this is no condition, neither in TOML nor in JSON"), ("{ kind = 'botom' }", "botom")],
)
def test_a_text_that_is_no_condition_is_refused(text: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem) as told:
        ruled(condition=[text])
    assert [(fault.file, fault.column, fault.value) for fault in told.value.faults] == [("rulings", "condition", text)]


def test_a_ruling_on_a_round_that_is_not_assessed_decides_nothing() -> None:
    found = ruled(condition=["of another time"], concerns=[date(2024, 3, 1)]).to_polars()["placements"]
    assert ("甲", "pending") in set(found.select("unit", "tier").rows())


def test_codes_of_ruled_units_may_be_whole_numbers() -> None:
    said = {"unit": [1], "concerns": [DAY], "condition": [to_inline(LAST)], "holds": [True], "scheme": [SCHEME.id]}
    units = pl.DataFrame({"unit": [1, 2, 3], "level": ["村"] * 3})
    given = {"units": units, "inspections": TIED.with_columns(unit=pl.Series([1, 2, 3])), "rulings": pl.DataFrame(said)}
    found = assess(BLACK, [MONTH], read_tables(given, places=1)).to_polars()["placements"]
    assert (1, "黑榜") in set(found.select("unit", "tier").rows())


def test_the_state_of_a_month_that_was_not_held_is_read_back(tmp_path: Path) -> None:
    tables = read_tables({"units": pl.DataFrame(UNITS)}, places=1)
    assess(SCHEME, [MONTH], tables).state().write(tmp_path / "state")
    state = read_state(tmp_path / "state")
    assert (state.scheme, state.past.rounds) == ("monthly", ())
