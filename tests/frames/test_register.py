"""A register grows by layers, and is worked out where an engine bears no more of them."""

import narwhals.stable.v2 as nw
import polars as pl
import pytest

from envgov.frames import read_tables
from envgov.frames.engine import Frame, whole
from envgov.frames.register import DEEP, Register
from envgov.frames.sheet import Plan

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
    register = Register(tables.units, Plan(tables))
    for n in range(2 * DEEP):
        register.name(whole(n))
    assert len(settled) == times
