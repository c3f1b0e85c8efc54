"""All 665,276 units of China (NBS division codes of 2023-06-30), read, validated and walked; counts from the source."""

import os
from collections import Counter
from pathlib import Path

import pytest

import envgov as eg
from benchmarks.china import DATA, write_china


def test_every_unit_of_china_is_read_and_has_its_place(tmp_path: Path) -> None:
    if not DATA.is_dir():
        assert not os.environ.get("CI"), f"{DATA} is missing on the build machine"
        pytest.skip("the divisions of China are not beside the checkout (../shared/data/cn_divisions_village)")
    assert write_china(tmp_path) == 665_276
    grid = eg.read_season(tmp_path).grid
    levels = Counter(unit.level for unit in grid.units)
    assert levels == {"省": 31, "市": 342, "县": 2978, "乡镇": 41_352, "村": 620_573}
    assert max(len(grid.children(unit.code)) for unit in grid.at_levels(["乡镇"])) == 170
    assert max(len(grid.children(unit.code)) for unit in grid.at_levels(["县"])) == 52
    assert len(grid.named("和平村委会")) == 274
    assert sum(len(grid.descendants(code, "村")) for code in grid.children(None)) == 620_573
    assert list(grid.ancestors("110101001001")) == ["110101001", "110101", "1101", "11"]
