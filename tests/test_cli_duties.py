"""The command that lists what is owed by routine."""

import json
from pathlib import Path

import pytest

import envgov as eg
from test_cli import cells_of, printed, run

SCHEME = """
kind = "Scheme"
id = "returns"
title = "报送"
levels = ["乡镇"]
cadence = { kind = "month" }
since = 2024-01-01
source = { title = "办法" }
[[duties]]
what = "排名"
every = { kind = "half_month" }
of_level = "乡镇"
at = 17:00:00
[[duties]]
what = "推进会"
every = { kind = "quarter" }
owed_by = ["创卫办"]
"""
GRID = "code,name,level\ne,东乡,乡镇\nw,西乡,乡镇\n"
DUTIES = """what,owed_by,due,submitted
排名,e,2024-05-15 17:00,2024-05-15 17:00
排名,w,2024-05-15 17:00,2024-05-16 09:00
排名,w,2024-05-31 17:00,2024-06-01 09:00
"""


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """Two townships that owe a ranking twice a month; a meeting is due in June."""
    for name, text in (("returns.toml", SCHEME), ("grid.csv", GRID), ("duties.csv", DUTIES)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def shown(county: Path, *more: str) -> str:
    return printed("duties", "--season", str(county), *more)


def states(output: str) -> list[str]:
    return [row[-1] for row in cells_of(output)]


# -- what it shows
def test_it_lists_who_owed_what_until_when_and_what_came(county: Path) -> None:
    output = shown(county)
    assert output.splitlines()[0] == "报送  2024-05（截至2024-05-31）"
    assert cells_of(output) == [
        ["排名", "东乡", "2024-05-15 17:00", "2024-05-15 17:00", "按时"],
        ["排名", "西乡", "2024-05-15 17:00", "2024-05-16 09:00", "迟报"],
        ["排名", "东乡", "2024-05-31 17:00", "", "未报"],
        ["排名", "西乡", "2024-05-31 17:00", "", "未报"],
    ]


def test_it_counts_each_return_below_even_where_none_was_due(county: Path) -> None:
    assert shown(county).splitlines()[-2:] == [
        "排名：应报4，按时1，迟报1，未报2",
        "推进会：应报0，按时0，迟报0，未报0",
    ]


def test_what_came_after_the_round_is_late_on_a_later_day(county: Path) -> None:
    output = shown(county, "--round", "2024-05", "--on", "2024-06-01")
    assert output.splitlines()[0] == "报送  2024-05（截至2024-06-01）"
    assert states(output) == ["按时", "迟报", "未报", "迟报"]


def test_on_an_earlier_day_what_had_not_come_is_missing_or_not_due_yet(county: Path) -> None:
    output = shown(county, "--on", "2024-05-15", "--language", "en")
    assert output.splitlines()[0] == "报送  2024-05 (as of 2024-05-15)"
    assert states(output) == ["on time", "missing", "not due yet", "not due yet"]
    assert "排名: 4 owed, 1 on time, 0 late, 1 missing, 2 not due yet" in output.splitlines()


def test_without_a_day_what_is_due_after_the_last_record_is_not_due_yet(county: Path) -> None:
    rows = DUTIES.splitlines(keepends=True)[:3]
    (county / "duties.csv").write_text("".join(rows), encoding="utf-8")
    output = shown(county)
    assert output.splitlines()[0] == "报送  2024-05（截至2024-05-16）"
    assert states(output) == ["按时", "迟报", "未到期", "未到期"]


def test_an_earlier_round_is_told_as_of_its_last_day(county: Path) -> None:
    output = shown(county, "--round", "2024-05")
    with (county / "duties.csv").open("a", encoding="utf-8") as file:
        file.write("排名,e,2024-06-15 17:00,2024-06-15 16:00\n")
    assert shown(county, "--round", "2024-05") == output


def test_a_record_of_duties_alone_to_which_nothing_came_is_told_as_of_the_last_day_of_the_round(county: Path) -> None:
    (county / "duties.csv").write_text(DUTIES.splitlines(keepends=True)[0] + "排名,e,2024-05-15 17:00,\n", "utf-8")
    assert states(shown(county)) == ["未报"] * 4


def test_a_day_without_a_round_asks_for_the_round_that_holds_it_even_if_nothing_is_on_record(county: Path) -> None:
    output = shown(county, "--on", "2024-06-30")
    assert [row[:2] for row in cells_of(output)] == [["排名", who] for who in ("东乡", "西乡")] * 2 + [
        ["推进会", "创卫办"]
    ]
    assert set(states(output)) == {"未报"}


def test_a_round_between_in_which_nothing_happened_may_be_asked_for(county: Path) -> None:
    with (county / "duties.csv").open("a", encoding="utf-8") as file:
        file.write("排名,e,2024-08-15 17:00,2024-08-15 16:00\n")
    assert states(shown(county, "--round", "2024-06")) == ["未报"] * 5


def test_a_round_in_which_nothing_is_due_shows_no_table(county: Path) -> None:
    monthly = SCHEME.replace("half_month", "quarter")
    (county / "returns.toml").write_text(monthly, encoding="utf-8")
    output = shown(county)
    assert cells_of(output) == []
    assert "排名：应报0，按时0，迟报0，未报0" in output


def test_each_scheme_with_routines_is_listed_and_the_others_are_not(county: Path) -> None:
    second = SCHEME.replace('"returns"', '"again"').replace('title = "报送"', "")
    (county / "again.toml").write_text(second, encoding="utf-8")
    (county / "none.toml").write_text(SCHEME.split("[[", 1)[0].replace('"returns"', '"none"'), encoding="utf-8")
    output = shown(county)
    assert [line for line in output.splitlines() if "截至" in line] == [
        "again  2024-05（截至2024-05-31）",
        "报送  2024-05（截至2024-05-31）",
    ]
    assert "\n\n报送" in output


def test_the_edition_in_force_says_what_is_owed(county: Path) -> None:
    later = SCHEME.replace("2024-01-01", "2024-06-01").replace("half_month", "month")
    (county / "later.toml").write_text(later, encoding="utf-8")
    assert len(states(shown(county, "--on", "2024-05-31"))) == 4
    assert len(states(shown(county, "--on", "2024-06-01"))) == 3


def test_json_has_each_duty_with_its_state(county: Path) -> None:
    document = json.loads(shown(county, "--json"))
    (owed,) = document["owed"]
    assert [owed[name] for name in ("scheme", "edition", "on")] == ["returns", "2024-01-01", "2024-05-31"]
    assert owed["round"]["label"] == "2024-05"
    assert [one["state"] for one in owed["duties"]] == ["on time", "late", "missing", "missing"]
    duty = eg.from_dict({"schema": document["schema"], **owed["duties"][1]["duty"]})
    assert (duty.owed_by, duty.submission.at.hour) == ("w", 9)


def test_what_is_recorded_for_others_is_told_beside_it(county: Path) -> None:
    with (county / "duties.csv").open("a", encoding="utf-8") as file:
        file.write("排名,东乡,2024-05-31 17:00,2024-05-31 09:00\n")
    result = run("duties", "--season", str(county))
    assert result.exit_code == 0
    assert "“排名”有1条由“东乡”报送，办法没有要求其报送" in result.stderr


# -- what it refuses
def test_a_round_that_is_not_there_is_an_error_that_names_those_that_are(county: Path) -> None:
    result = run("duties", "--season", str(county), "--round", "2024-5")
    assert result.exit_code == 2
    assert "'2024-5' was not held; did you mean 2024-05? there is 2024-05" in result.output


def test_schemes_without_routines_are_named(county: Path) -> None:
    (county / "returns.toml").write_text(SCHEME.split("[[", 1)[0], encoding="utf-8")
    result = run("duties", "--season", str(county))
    assert result.exit_code == 1
    assert "no scheme says what is owed by routine: add duties to one of returns" in result.output


def test_a_season_that_tells_of_no_day_asks_for_one(county: Path) -> None:
    (county / "duties.csv").unlink()
    result = run("duties", "--season", str(county))
    assert result.exit_code == 1
    assert "the season tells of no day: name one with --on" in result.output
    assert len(states(shown(county, "--on", "2024-05-31"))) == 4


def test_before_the_scheme_applies_nothing_is_owed(county: Path) -> None:
    (county / "returns.toml").write_text(SCHEME.replace("2024-01-01", "2025-01-01"), encoding="utf-8")
    result = run("duties", "--season", str(county))
    assert result.exit_code == 1
    assert "nothing is owed yet from 2024-05-15 to 2024-05-31: returns since 2025-01-01" in result.output


def test_what_is_made_up_is_said_below_the_returns_and_to_programs(county: Path) -> None:
    (county / "synthetic.txt").write_text("单位均为虚构", encoding="utf-8")
    assert shown(county, "--on", "2024-06-30").endswith("\n虚构数据：单位均为虚构\n")
    assert json.loads(shown(county, "--on", "2024-06-30", "--json"))["synthetic"] == "单位均为虚构"
