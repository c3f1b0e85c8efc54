"""Stored forms: what goes out comes back, and every fault of a file is told at once."""

import json
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from attrs import frozen

import envgov as eg
from envgov.codec.inline import from_inline, to_inline

LOUXING = Path(__file__).parents[1] / "docs" / "examples" / "louxing"
TOWNSHIPS = eg.read_scheme(LOUXING / "townships.toml")
SEASON = eg.assess_season(TOWNSHIPS, eg.read_season(LOUXING))

MINIMAL = """
kind = "Scheme"
id = "s"
levels = ["村"]
cadence = { kind = "month" }
since = 2024-01-01
source = { title = "办法" }
ranking = { places = 1 }
[scoring]
kind = "deductions"
rubric = 100
several = "mean"
"""


def faults_of(text: str) -> list[tuple[str, str, str | None]]:
    with pytest.raises(eg.InputError) as caught:
        eg.scheme_from_toml(text, file="s.toml")
    assert all(fault.file == "s.toml" and fault.remedy for fault in caught.value.faults)
    return [(fault.column, fault.problem, fault.value) for fault in caught.value.faults]


def test_a_scheme_written_as_toml_by_any_writer_comes_back_equal() -> None:
    for name in ("townships.toml", "streets.toml"):
        scheme = eg.read_scheme(LOUXING / name)
        assert eg.scheme_from_toml(tomli_w.dumps(eg.to_dict(scheme))) == scheme


def test_a_scheme_in_a_json_file_is_read_like_one_in_toml(tmp_path: Path) -> None:
    (tmp_path / "s.json").write_text(eg.to_json(TOWNSHIPS), encoding="utf-8-sig")
    assert eg.read_scheme(tmp_path / "s.json") == TOWNSHIPS


def test_an_assessment_comes_back_equal_with_its_reasons_and_says_that_it_cannot_explain() -> None:
    stored = json.loads(eg.to_json(SEASON.latest))
    back = eg.from_dict(stored)
    assert back == SEASON.latest
    assert back.measures[0].reason == SEASON.latest.measures[0].reason
    with pytest.raises(eg.EnvGovError, match="assess again"):
        back.explain("蛇形山")


def test_a_history_that_was_stored_continues_the_streak() -> None:
    facts = eg.read_season(LOUXING)
    april = SEASON["2017-04"].record
    history = eg.from_dict(json.loads(eg.to_json(eg.History((april,)))))
    may = eg.assess(TOWNSHIPS, SEASON.latest.record.round, facts, history)
    assert [m.rung for m in may.measures] == ["通报批评", "约谈"]


def test_equal_values_give_equal_bytes() -> None:
    written = [MINIMAL.replace("100", number) for number in ("100", "100.0", '"100.00"', "100.000000000")]
    assert len({eg.to_json(eg.scheme_from_toml(text)) for text in written}) == 1


def test_numbers_in_toml_and_json_are_read_exactly() -> None:
    text = MINIMAL.replace("rubric = 100", "rubric = 0.1")
    scheme = eg.scheme_from_toml(text)
    assert isinstance(scheme.scoring, eg.deductions)
    assert scheme.scoring.rubric.full == Decimal("0.1")
    data = json.dumps(eg.to_dict(scheme)).replace('"0.1"', "0.1")
    assert eg.scheme_from_json(data) == scheme


@pytest.mark.parametrize("text", ["８５", "1_0", "1e1", " 85 ", "+ 5", ".5", "5.", "١", "nan", "Infinity", ""])
def test_a_number_in_quotes_is_written_as_points_are(text: str) -> None:
    assert faults_of(MINIMAL.replace("rubric = 100", f"rubric = {text!r}")) == [
        ("scoring.rubric.full", "a number is wanted", text)
    ]


def test_a_number_in_quotes_may_have_a_sign_and_decimals() -> None:
    for text, number in (("85", 85), ("+85.50", "85.5"), ("0.1", "0.1")):
        scheme = eg.scheme_from_toml(MINIMAL.replace("rubric = 100", f"rubric = {text!r}"))
        assert isinstance(scheme.scoring, eg.deductions)
        assert scheme.scoring.rubric.full == Decimal(number)


def test_a_kind_that_bears_the_name_of_one_of_the_core_is_not_stored() -> None:
    """It would come back as the core's, and decide otherwise."""

    @eg.term("bottom")
    @frozen(repr=False)
    class lowest:
        n: int
        ties: str

    with pytest.raises(TypeError, match="kind 'bottom' of lowest is that of envgov's own bottom: name it otherwise"):
        eg.to_dict(lowest(1, "exclude"))
    assert eg.from_dict(eg.to_dict(eg.bottom(1, ties="exclude"))) == eg.bottom(1, ties="exclude")


def test_facts_of_every_sort_inside_a_reason_come_back() -> None:
    day = date(2024, 5, 3)
    events = (eg.Event(eg.EventKind.FOUND, day, at=datetime.fromisoformat("2024-05-03T09:00+08:00")),)
    because = (
        eg.Unit("a", "甲", "村", designations=frozenset({"涉农", "库区"}), since=day),
        eg.Inspection("a", day, "督导", findings=(eg.Finding("垃圾", Decimal("1.5")),), mode=eg.Mode.COVERT),
        eg.Issue("1", "a", events, responsible=("环卫办",)),
        eg.StatedRank("a", day, "无人机", 3, 117),
        eg.Ruling("a", day, eg.bottom(3, ties="decide"), holds=True, by="指挥部", why="抽签", scheme="town"),
        Fraction(1, 3),
        Fraction(3),
        Decimal("2.5"),
        day,
        eg.Absent.EXEMPT,
        None,
        "text",
    )
    reason = eg.Reason(eg.bottom(1, ties="exclude"), None, because)
    assert eg.from_dict(json.loads(eg.to_json(reason))) == reason


def test_all_faults_of_a_file_are_told_with_their_places() -> None:
    text = (
        MINIMAL.replace('several = "mean"', 'several = "average"\nchanel = "督导"')
        .replace("places = 1", "places = 1.5")
        .replace("since = 2024-01-01", 'since = "2024-02-30"')
        .replace('kind = "month"', 'kind = "moon"')
        .replace('levels = ["村"]', 'levels = "村"')
        .replace('id = "s"', "id = 7")
    )
    assert [(column, value) for column, _, value in faults_of(text)] == [
        ("id", "7"),
        ("levels", "村"),
        ("cadence.kind", "moon"),
        ("since", "2024-02-30"),
        ("scoring.chanel", "chanel"),
        ("scoring.several", "average"),
        ("ranking.places", "1.5"),
    ]


@pytest.mark.parametrize(
    ("wrong", "column", "problem"),
    [
        (MINIMAL.replace('several = "mean"', ""), "scoring.several", "deductions needs this field"),
        (MINIMAL.replace("rubric = 100", "rubric = -1"), "scoring.rubric", "full marks and caps are not negative"),
        (MINIMAL.replace("rubric = 100", "rubric = [1]"), "scoring.rubric.full", "a number is wanted"),
        (MINIMAL.replace("rubric = 100", "rubric = true"), "scoring.rubric.full", "a number is wanted"),
        (MINIMAL.replace("rubric = 100", 'rubric = "1/3"'), "scoring.rubric.full", "a number is wanted"),
        (MINIMAL.replace("rubric = 100", "rubric = nan"), "scoring.rubric.full", "a number is wanted"),
        (
            MINIMAL.replace('kind = "deductions"', 'kind = "bottom"\nn = 1\nties = "include"'),
            "scoring",
            "no such field",
        ),
        (MINIMAL.replace('cadence = { kind = "month" }', "cadence = 1"), "cadence", "a value with its kind is wanted"),
        (MINIMAL.replace('source = { title = "办法" }', "source = 1"), "source", "the fields of a Source are wanted"),
        (MINIMAL.replace('kind = "Scheme"', 'kind = "month"'), "id", "month has no such field"),
        (MINIMAL.replace('kind = "Scheme"', "schema = 99"), "schema", "this format is not known"),
        (MINIMAL.replace('kind = "Scheme"', ""), "", "a value with its kind is wanted"),
        ("kind = 'Scheme", "", "this is not TOML"),
        ("kind = 'Rubric'\nfull = 1", "kind", "this is a Rubric"),
        (MINIMAL.replace("ranking = { places = 1 }", ""), "", "scoring and ranking come together"),
    ],
)
def test_a_fault_says_what_was_found_and_where(wrong: str, column: str, problem: str) -> None:
    found = faults_of(wrong)
    assert any(place.startswith(column) and problem in said for place, said, _ in found), found


@pytest.mark.parametrize("written", ["id = “办法”", "places = １", "levels = ['村'，'社区']"])
def test_what_is_no_toml_is_told_to_be_half_width(written: str) -> None:
    with pytest.raises(eg.InputError, match=r"this is not TOML: .*half-width: \" ' , = 0, and not “ ‘ ， ＝ ０$"):
        eg.scheme_from_toml(written)
    with pytest.raises(eg.InputError, match=r"this is not JSON: .*half-width"):
        eg.scheme_from_json(written)


def test_hostile_numbers_and_values_end_in_faults_at_once() -> None:
    for scheme in (
        MINIMAL.replace("places = 1", "places = 1e99999999999999999999"),
        MINIMAL.replace('id = "s"', "id = 0x" + "f" * 10_000),
        MINIMAL.replace("rubric = 100", "rubric = 1e99999"),
    ):
        assert faults_of(scheme)
    reason: dict[str, Any] = {"kind": "Reason", "rule": None, "value": None, "because": []}
    for hostile in (
        {"kind": "Fraction", "is": "1e99999999"},
        {"kind": "Decimal", "is": "NaN"},
        {"kind": "datetime", "is": "2024-01-01"},
        {"kind": "Absent"},
        [1],
        1.5,
    ):
        with pytest.raises(eg.InputError):
            eg.from_dict(reason | {"value": hostile})


def test_what_is_no_stored_value_is_refused_when_it_is_written() -> None:
    for value in (eg.Grid(()), eg.Absent.EXEMPT, 5):
        with pytest.raises(TypeError, match="cannot be stored"):
            eg.to_dict(value)


def test_a_near_miss_of_a_kind_or_a_field_is_named() -> None:
    with pytest.raises(eg.InputError, match="did you mean 'deductions'"):
        eg.scheme_from_toml(MINIMAL.replace("deductions", "deduction"))
    with pytest.raises(eg.InputError, match="did you mean 'levels'"):
        eg.scheme_from_toml(MINIMAL.replace("levels", "level"))


def test_a_rule_in_the_place_of_a_condition_is_refused() -> None:
    text = (
        MINIMAL + '[[boards]]\nid = "榜"\nrest = "其他"\n[[boards.tiers]]\nname = "红榜"\nwhen = { kind = "month" }\n'
    )
    assert faults_of(text) == [("boards[1].tiers[1].when", "a condition is wanted", "month")]


@pytest.mark.parametrize("data", ["[" * 100_000, "[1]", "NaN", '{"kind": "Scheme"', '"' * 3, "9" * 5000])
def test_what_is_no_scheme_in_json_ends_in_faults(data: str) -> None:
    with pytest.raises(eg.InputError):
        eg.scheme_from_json(data)


def test_a_file_that_is_no_utf8_names_the_byte(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_bytes(b'kind = "\xff"')
    with pytest.raises(eg.InputError, match="byte 9 is not UTF-8"):
        eg.read_scheme(tmp_path / "s.toml")


def test_deeply_nested_data_is_refused() -> None:
    data: dict[str, Any] = {"kind": "month"}
    for _ in range(5000):
        data = {"kind": "mean_of_children", "of": data}
    with pytest.raises(eg.InputError, match="nested too deeply"):
        eg.from_dict(data)


def test_a_kind_of_a_locality_is_stored_and_read_where_it_is_named() -> None:
    @eg.term("town.always")
    @frozen(repr=False)
    class always:
        def at(self, place: eg.Place) -> eg.Reason:
            return eg.Reason(self, True, (place.standing(),))

    board = eg.Board("榜", (eg.Tier("红榜", always()),), rest="其他")
    assert eg.from_dict(eg.to_dict(board), kinds={"town.always": always}) == board
    with pytest.raises(eg.InputError, match="this kind is not known"):
        eg.from_dict(eg.to_dict(board))


@eg.term("town.tells")
@frozen(repr=False)
class tells:
    what: str
    字段: int = 0  # noqa: PLC2401 - a locality may name its fields in Chinese

    def at(self, place: eg.Place) -> eg.Reason:
        return eg.Reason(self, None, (place.standing(),))


@pytest.mark.parametrize(
    ("condition", "text"),
    [
        (eg.bottom(1, ties="decide"), "{ kind = 'bottom', n = 1, ties = 'decide' }"),
        (eg.ruled("成效显著", "指挥部"), "{ kind = 'ruled', what = '成效显著', by = '指挥部' }"),
        (
            eg.all_of(eg.at_least("85.5"), eg.designated("涉农")),
            "{ kind = 'all_of', parts = [{ kind = 'at_least', x = '85.5' }, { kind = 'designated', name = '涉农' }] }",
        ),
        (tells('it\'s "so"\n\\', 2), "{ kind = 'town.tells', what = \"it's \\\"so\\\"\\n\\\\\", '字段' = 2 }"),
    ],
)
def test_a_condition_is_written_on_one_line_of_toml(condition: eg.Condition, text: str) -> None:
    assert to_inline(condition) == text
    assert from_inline(text, kinds={"town.tells": tells}) == condition


def test_a_condition_on_one_line_is_read_exactly_from_json_and_toml() -> None:
    for text in ('{"kind": "at_least", "x": 85.10}', "{ kind = 'at_least', x = 85.10 }"):
        assert from_inline(text) == eg.at_least("85.1")


@pytest.mark.parametrize("text", ["", "末位", "{ kind = 'bottom' }\nn = 1", "{", "[" * 9000])
def test_what_is_no_condition_on_one_line_is_refused(text: str) -> None:
    with pytest.raises(
        eg.InputError, match=r"this is no condition, neither in TOML nor in JSON; copy it .*kind = 'bottom'.*half-width"
    ):
        from_inline(text)


# -- the ledger
SIGNED = eg.PaperEvent(eg.PaperState.SIGNED, date(2024, 6, 2), by="张书记", number="约3号", decided_by="县委常委会")
LEDGER = (
    eg.LifeRules(
        accepting=("村", "镇"),
        evidence_of=frozenset({eg.EventKind.RECTIFIED, eg.EventKind.ACCEPTED}),
        decline_within=None,
        extend_before_due=True,
        undated=frozenset(),
    ),
    eg.Event(
        eg.EventKind.EXTENDED,
        date(2024, 5, 8),
        due=date(2024, 5, 14),
        dues=(eg.StageDue("恢复", date(2024, 5, 14)),),
        calendar="2024年通知",
        asked=date(2024, 5, 7),
        approved_by="分管领导",
    ),
    eg.Event(eg.EventKind.COMPLETED, date(2024, 5, 8), by="住建局", stage="围挡"),
    eg.Event(eg.EventKind.PASSED, date(2024, 5, 9), by="甲村监委会", role="村"),
    eg.Paper(
        "p1",
        "免职",
        "甲村",
        (eg.PaperEvent(eg.PaperState.PROPOSED, date(2024, 6, 1)), SIGNED),
        personnel=True,
        follows="p0",
    ),
    eg.Publication("demo", "2024-05", (eg.PublicationEvent(eg.PublicationKind.DRAFTED, date(2024, 6, 1), text="a"),)),
    eg.Roster(
        (eg.Role("镇", frozenset({"accepted", "approve"})),),
        (
            eg.Post("孙", "镇", eg.Scope(everything=True), since=date(2024, 1, 1)),
            eg.Post("赵", "镇", eg.Scope(departments=frozenset({"住建局", "城管局"}))),
        ),
        frozenset({"孙"}),
    ),
)


@pytest.mark.parametrize("value", LEDGER, ids=lambda value: type(value).__name__)
def test_what_the_ledger_keeps_is_stored_and_read_back(value: object) -> None:
    assert eg.from_dict(json.loads(json.dumps(eg.to_dict(value)))) == value


def test_a_set_of_kinds_is_stored_in_the_order_of_its_words() -> None:
    assert eg.to_dict(LEDGER[0])["evidence_of"] == ["accepted", "rectified"]
