"""Rows that begin like a total or a signature: those that tell a problem are read."""

from pathlib import Path
from typing import Any

import pytest

from clerks_workbooks import D1, make, read, said

HEAD = ("问题来源", "问题编号", "发现日期", "所属村", "问题描述", "整改时限", "完成情况")


@pytest.mark.parametrize("source", ["审核组检查", "审批局转办", "本页所列", "填报系统", "小计量表检查"])
@pytest.mark.parametrize("rest", [("B1", D1, "甲村", "垃圾"), ("", D1), ("B1",), ("", "", "甲村", "垃圾")])
def test_a_row_that_tells_a_problem_is_read_whatever_it_begins_with(
    tmp_path: Path, source: str, rest: tuple[Any, ...]
) -> None:
    [placed] = read(make(tmp_path, HEAD, (source, *rest))).rows
    assert placed.row.source == source


@pytest.mark.parametrize(
    "row",
    [
        ("合计", 3, "3", "", "共3件", "逾期2件", "已销号1件"),
        ("填表人：", "某某", "审核人：", "某某", "联系电话:", "某某", "填表日期：2022.10.9"),
        ("审核人：某某", "", "", "青石镇", "某某"),
    ],
)
def test_totals_and_signatures_are_no_problems_in_however_many_cells(tmp_path: Path, row: tuple[Any, ...]) -> None:
    reading = read(make(tmp_path, HEAD, ("热线", "B1", D1, "甲村", "垃圾"), row))
    assert ([placed.row.id for placed in reading.rows], said(reading)) == (["B1"], [("A3", "aside")])
