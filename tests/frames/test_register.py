"""Registers and sheets grow by layers, and are worked out where an engine bears no more of them."""

import duckdb
import narwhals.stable.v2 as nw
import polars as pl
import pytest

from envgov.frames import read_tables
from envgov.frames.engine import Frame, whole
from envgov.frames.register import Register
from envgov.frames.rounds import Rounds
from envgov.frames.sheet import DEEP, Plan, Sheet

UNITS = pl.DataFrame({"unit": ["甲"], "level": ["村"]})


@pytest.mark.parametrize(("is_connect", "times"), [(True, 2), (False, 0)])
def test_plans_of_spark_connect_alone_are_worked_out_in_between(
    is_connect: bool, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled: list[Frame] = []
    monkeypatch.setattr(nw.Implementation, "is_pyspark_connect", lambda _: is_connect)

    def settle(_: Plan, frame: Frame) -> Frame:
        settled.append(frame)
        return frame

    monkeypatch.setattr(Plan, "settle", settle)
    tables = read_tables({"units": UNITS}, places=0)
    plan = Plan(tables)
    register, sheet = Register(tables.units, plan), Sheet(plan, Rounds(()), tables.units)
    for n in range(2 * DEEP):
        register.name(whole(n))
        sheet.add("n", whole(n))
    assert len(settled) == 2 * times
    assert len(register.frame.collect_schema()) == len(sheet.frame.collect_schema()) == 6 + 2 * DEEP


def test_names_of_registers_apart_are_told_apart_and_taken_by_those_they_come_from() -> None:
    units = nw.from_native(duckdb.from_arrow(pl.DataFrame({"round": [0], "unit": ["甲"]}).to_arrow()))
    register = Register(units)
    one, other = register.apart([]), register.apart([])
    within = one.apart([])
    named = {one.name(whole(1)): 1, other.name(whole(2)): 2, within.name(whole(3)): 3, register.name(whole(4)): 4}
    (joined,) = one.join(nw.from_native(units.to_native()).with_columns(n=whole(5)), "n")
    one.take(within)
    for apart in (one, other):
        register.take(apart)
    told = register.frame.with_columns(joined=joined).collect("polars").to_native().row(0, named=True)
    assert len(named) == 4
    assert {name: told[name] for name in named} == named
    assert told["joined"] == 5
