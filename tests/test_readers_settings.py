"""What a ledger decides by, as files have it: faults of all files at once, the roster as a table, rules as TOML."""

from datetime import date
from pathlib import Path

import pytest

import envgov as eg
from envgov.readers.roster import read_roster
from envgov.readers.settings import read_rules, read_settings
from envgov.season_csv import read_grid

GRID = eg.Grid(
    (
        eg.Unit("t", "某镇", "镇"),
        eg.Unit("v1", "甲村", "村", parent="t"),
        eg.Unit("a", "同名", "村", parent="t"),
        eg.Unit("b", "同名", "村", parent="t"),
    )
)
HEAD = "who,role,person,may,unit,departments,since,until\n"
RULES = """
kind = "LifeRules"
accepting = ["村", "镇"]
evidence_of = ["rectified"]
decline_within = 3
extend_before_due = false
undated = []
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "roster.csv"


def roster(file: Path, *rows: str) -> eg.Roster:
    file.write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return read_roster(file, GRID)


def faults(file: Path, *rows: str) -> list[str]:
    with pytest.raises(eg.InputError) as caught:
        roster(file, *rows)
    return [str(fault) for fault in caught.value.faults]


# -- the roster
def test_a_row_is_a_post_and_says_what_its_role_may(file: Path) -> None:
    assert roster(file, "王,网格长,是,认领;rectified,t,,2024-05-01,2024-06-01") == eg.Roster(
        (eg.Role("网格长", frozenset({"claimed", "rectified"})),),
        (eg.Post("王", "网格长", eg.Scope(unit="t"), date(2024, 5, 1), date(2024, 6, 1)),),
        frozenset({"王"}),
    )


def test_a_role_says_once_what_it_may(file: Path) -> None:
    read = roster(file, "王,长,是,,t,,,", "李,长,否,发现;批准;督办单,t,,,", "赵,长,否,批准;发现;督办单,t,,,")
    assert read.roles == (eg.Role("长", frozenset({"found", "approve", "slip issued"})),)
    assert read.persons == {"王"}


def test_every_act_has_a_chinese_word(file: Path) -> None:
    papers = "文书拟办;文书签发;文书送达;文书答复;文书办结;文书免予;文书作废"
    bulletins = "通报拟稿;通报核实反馈;通报申诉;通报复核;通报审签;通报发布;通报更正"
    issues = (
        "发现;立行立改;交办;吹哨;报到;认领;完成;退单;改派;上报;延期;挂账;恢复;整改;初验;验收;返工;回头看;反弹;"
        "合并;并入;撤销;挂牌督办;督办单;奖励;批准;验收整村"
    )
    held = roster(file, f"张,镇,是,{issues};{papers};{bulletins},,全部,,")
    assert held.roles[0].may == eg.ACTS


def test_what_a_role_may_is_told_once_where_it_cannot_be_read(file: Path) -> None:
    [told] = faults(file, "张,镇,是,签发,,全部,,")
    assert "nothing is called 签发" in told
    assert "、验收、" in told
    assert "accepted" not in told


@pytest.mark.parametrize("word", ["全部", "everything", "Everything"])
def test_a_role_may_do_everything_everywhere(file: Path, word: str) -> None:
    read = roster(file, f"王,长,是,{word},{word},,,")
    assert (read.roles[0].may, read.posts[0].scope) == (eg.ACTS, eg.Scope(everything=True))


def test_units_are_told_by_their_codes_or_unique_names(file: Path) -> None:
    read = roster(file, "甲村,村,否,整改,甲村,,,", "镇办,镇,否,验收,,住建局;甲村,,")
    assert [post.who for post in read.posts] == ["v1", "镇办"]
    assert [post.scope for post in read.posts] == [
        eg.Scope(unit="v1"),
        eg.Scope(departments=frozenset({"住建局", "v1"})),
    ]


def test_the_headers_may_be_chinese(file: Path) -> None:
    file.write_text("姓名或单位,角色,个人,可办事项,所辖单位\n王,长,是,验收,某镇\n", encoding="utf-8")
    assert read_roster(file, GRID).posts == (eg.Post("王", "长", eg.Scope(unit="t")),)


def test_every_fault_of_a_roster_is_told(file: Path) -> None:
    told = faults(
        file,
        "王,长,是,飞,t,,,",  # no such act
        "李,员,否,,t,,,",  # nobody says what 员 may
        "赵,长,否,验收,,,,",  # no scope
        "钱,长,否,整改,t,住建局,,",  # two scopes, and another 长
        "孙,长,否,,县城,,,",  # no unit
        "同名,长,否,,t,,,",  # two units
        "周,长,或许,,t,,2024-05-02,2024-05-01",  # neither yes nor no
        "吴,,否,,t,,,",  # no role
        "郑,长,否,,t,,2024-05-02,2024-05-01",  # ends before it begins
    )
    assert told[0].startswith("roster.csv, row 2, may: nothing is called 飞 (found '飞'); write 全部, or some of ")
    assert told[1:] == [
        "roster.csv, row 8, person: this is neither yes nor no (found '或许'); write one of yes, no, 是, 否, 通过, 未通过",
        "roster.csv, row 9, role: the cell is empty; fill it in",
        "roster.csv, row 5: row 4 says otherwise what 长 may do; say it once, or give one of them another role",
        "roster.csv, row 3, may: no row says what 员 may do; say it in one of its rows",
        "roster.csv, row 4: the scope is a unit (or 全部), or departments: give one of the two; correct this row",
        "roster.csv, row 5: the scope is a unit (or 全部), or departments: give one of the two; correct this row",
        "roster.csv, row 6: the grid has no unit '县城'; correct this row",
        "roster.csv, row 7: 2 units are called '同名': give the code of one of them: a, b; correct this row",
        "roster.csv, row 10: 郑, 长: until=2024-05-01 is not after since=2024-05-02; correct this row",
    ]


# -- the rules
def rules(tmp_path: Path, text: str) -> eg.LifeRules:
    (tmp_path / "rules.toml").write_text(text, encoding="utf-8")
    return read_rules(tmp_path / "rules.toml")


def test_the_rules_of_life_are_read_from_toml(tmp_path: Path) -> None:
    assert rules(tmp_path, RULES) == eg.LifeRules(
        accepting=("村", "镇"),
        evidence_of=frozenset({eg.EventKind.RECTIFIED}),
        decline_within=3,
        extend_before_due=False,
        undated=frozenset(),
    )


def test_that_there_is_no_limit_is_said(tmp_path: Path) -> None:
    assert rules(tmp_path, RULES.replace("3", '"no limit"')).decline_within is None
    with pytest.raises(eg.InputError, match="decline_within"):
        rules(tmp_path, RULES.replace("decline_within = 3\n", ""))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("kind = ", "rules.toml: this is not TOML"),
        ('kind = "Unit"\ncode = "v"\nname = "v"\nlevel = "村"', "rules.toml, kind: this is a Unit"),
        (RULES.replace('"rectified"', '"整改"'), "rules.toml, evidence_of"),
    ],
)
def test_what_is_no_life_rules_is_told(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(eg.InputError) as caught:
        rules(tmp_path, text)
    assert str(caught.value.faults[0]).startswith(told)


def test_what_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(eg.InputError, match="UTF-16"):
        read_rules(tmp_path / "rules.toml")


# -- all of them
@pytest.fixture
def town(tmp_path: Path) -> Path:
    (tmp_path / "grid.csv").write_text("code,name,level\nv1,甲村,村\n", encoding="utf-8")
    (tmp_path / "rules.toml").write_text(RULES, encoding="utf-8")
    rows = "王,村,是,初验,甲村,,,\n李,镇,是,验收,甲村,,,\n"
    (tmp_path / "roster.csv").write_text(HEAD + rows, encoding="utf-8")
    return tmp_path


def test_the_roster_is_read_over_the_grid_that_comes_with_it(town: Path) -> None:
    read = read_settings(grid=town / "grid.csv", rules=town / "rules.toml", roster=town / "roster.csv")
    assert read.grid == read_grid(town / "grid.csv") == eg.Grid((eg.Unit("v1", "甲村", "村"),))
    assert read.roster is not None
    assert [post.scope.unit for post in read.roster.posts] == ["v1", "v1"]


def test_without_files_nothing_is_read() -> None:
    read = read_settings(grid=None, rules=None, roster=None)
    assert (read.grid, read.rules, read.roster) == (None, None, None)


def test_a_roster_alone_is_read_over_the_grid_that_is_known(town: Path) -> None:
    known = eg.Grid((eg.Unit("v9", "甲村", "村"),))
    read = read_settings(grid=None, rules=None, roster=town / "roster.csv", known=known)
    assert read.roster is not None
    assert read.roster.posts[0].scope == eg.Scope(unit="v9")


def test_the_faults_of_all_files_are_told_at_once(town: Path) -> None:
    (town / "grid.csv").write_text("code,name\n", encoding="utf-8")
    (town / "rules.toml").write_text("kind = 1", encoding="utf-8")
    with pytest.raises(eg.InputError) as caught:
        read_settings(grid=town / "grid.csv", rules=town / "rules.toml", roster=town / "roster.csv")
    assert [fault.file for fault in caught.value.faults] == ["grid.csv", "rules.toml"]  # the roster needs a grid


def test_who_accepts_in_turn_is_in_the_roster(town: Path) -> None:
    (town / "rules.toml").write_text(RULES.replace('"镇"', '"县"'), encoding="utf-8")
    with pytest.raises(eg.InputError) as caught:
        read_settings(grid=town / "grid.csv", rules=town / "rules.toml", roster=town / "roster.csv")
    [fault] = caught.value.faults
    assert str(fault) == (
        "rules.toml, accepting: nobody accepts in this role: the roster does not have it (found '县'); "
        "correct it, or add it to the roster, which has 村、镇"
    )


def test_who_accepts_alone_need_not_say_in_which_role(town: Path) -> None:
    (town / "rules.toml").write_text(RULES.replace('"村", "镇"', '"县"'), encoding="utf-8")
    assert read_settings(grid=town / "grid.csv", rules=town / "rules.toml", roster=town / "roster.csv").roster
