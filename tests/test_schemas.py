"""JSON Schema: what is written is valid, and what cannot be read is not."""

import json
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

import envgov as eg
from envgov.cli import envgov
from envgov.codec.kinds import KINDS
from envgov.reason import Absent

LOUXING = Path(__file__).parents[1] / "docs" / "examples" / "louxing"
SCHEME = eg.to_dict(eg.read_scheme(LOUXING / "townships.toml"))
ISSUE = eg.to_dict(
    eg.Issue(
        "W1",
        "甲村",
        (
            eg.Event(eg.EventKind.FOUND, date(2024, 5, 2), at=datetime(2024, 5, 2, 9, 30, tzinfo=UTC)),
            eg.Event(eg.EventKind.DISPATCHED, date(2024, 5, 3), due=date(2024, 5, 10), to=("甲村",)),
        ),
    )
)


def fault(data: Any, kind: str) -> tuple[str, str]:
    """Where the schema finds fault, and by which keyword; empty where it finds none."""
    found = best_match(Draft202012Validator(eg.json_schema(kind)).iter_errors(data))
    return ("", "") if found is None else (found.json_path, str(found.validator))


def with_event(**changes: Any) -> dict[str, Any]:
    first, second = ISSUE["events"]
    return {**ISSUE, "events": [first, {**second, **changes}]}


def test_every_schema_is_one_of_the_dialect() -> None:
    """All definitions stand in that of a Reason; of the others their own part is looked at."""
    Draft202012Validator.check_schema(eg.json_schema("Reason"))
    for kind in KINDS:
        Draft202012Validator.check_schema({**eg.json_schema(kind), "$defs": {}})


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_schema_is_whole_in_itself_and_holds_nothing_that_it_does_not_refer_to(kind: str) -> None:
    schema = eg.json_schema(kind)
    referred = {part.partition('"')[0] for part in json.dumps(schema).split('"#/$defs/')[1:]}
    assert referred == set(schema["$defs"])


@pytest.mark.parametrize(
    "value",
    [
        eg.Issue("W1", "甲村", (eg.Event(eg.EventKind.FOUND, date(2024, 5, 2)),)),
        eg.Inspection("甲", date(2024, 5, 2), "督导", mode=eg.Mode.COVERT, stated=Decimal("85.5")),
        eg.Unit("1", "甲村", "村", designations=frozenset({"涉农"})),
        eg.Reason(eg.bottom(1, ties="decide"), True, (Decimal("85.5"), Fraction(1, 3), date(2024, 5, 2), None, 3)),
        eg.Reason(eg.stated("督导", several="mean"), Absent.EXEMPT, ()),
        eg.Routine("日报", eg.day(), of_level="村", at=time(17, 30)),
        eg.deductions(eg.Rubric(100), several="mean"),
        eg.bottom(1, ties="decide"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_written_is_valid(value: object) -> None:
    assert fault(json.loads(eg.to_json(value)), type(value).__name__) == ("", "")


def test_every_scheme_and_assessment_of_the_example_is_valid() -> None:
    season = eg.assess_season(eg.read_scheme(LOUXING / "streets.toml"), eg.read_season(LOUXING))
    assert fault(json.loads(eg.to_json(season.latest)), "Assessment") == ("", "")
    assert fault(json.loads(eg.to_json(season.history)), "History") == ("", "")
    assert fault(SCHEME, "Scheme") == ("", "")


def test_full_marks_alone_stand_for_a_rubric_as_they_do_when_read() -> None:
    rule = {"kind": "deductions", "rubric": 40, "several": "mean"}
    assert fault(rule, "deductions") == ("", "")
    assert eg.from_dict(rule) == eg.deductions(40, several="mean")


@pytest.mark.parametrize(
    ("broken", "where", "keyword"),
    [
        ({**ISSUE, "place": None}, "$.place", "type"),
        ({**ISSUE, "schema": 2}, "$.schema", "const"),
        ({**ISSUE, "kind": "Unit"}, "$.kind", "const"),
        ({**ISSUE, "reporter": "李四"}, "$", "additionalProperties"),
        ({name: value for name, value in ISSUE.items() if name != "events"}, "$", "required"),
        ({name: value for name, value in ISSUE.items() if name != "kind"}, "$", "required"),
        (with_event(what="lost"), "$.events[1].what", "enum"),
        (with_event(day="2024-5-3"), "$.events[1].day", "pattern"),
        (with_event(at="2024-05-03T09:30:00"), "$.events[1].at", "pattern"),
        (with_event(kind="Event"), "$.events[1]", "additionalProperties"),
        (with_event(to="甲村"), "$.events[1].to", "type"),
    ],
)
def test_what_is_broken_is_told_where_it_is(broken: Any, where: str, keyword: str) -> None:
    assert fault(broken, "Issue") == (where, keyword)
    with pytest.raises(eg.InputError):
        read_as(eg.Issue, broken)


def read_as(cls: type, data: Any) -> None:
    if not isinstance(eg.from_dict(data), cls):
        raise eg.InputError([])


def test_a_condition_in_the_place_of_a_rule_is_told_as_such() -> None:
    broken = {**SCHEME, "scoring": {"kind": "bottom", "n": 1, "ties": "decide"}}
    assert fault(broken, "Scheme") == ("$.scoring.kind", "enum")


def test_a_fault_deep_in_a_term_is_told_where_it_is() -> None:
    broken = {"kind": "not_", "when": {"kind": "bottom", "n": 1, "ties": "perhaps"}}
    assert fault(broken, "not_") == ("$.when.ties", "enum")


def test_a_number_is_a_text_or_a_plain_number_and_no_other_text() -> None:
    for x, found in (("85.5", ("", "")), (85.5, ("", "")), ("1E+2", ("$.x", "pattern")), (True, ("$.x", "type"))):
        assert fault({"kind": "at_least", "x": x}, "at_least") == found


def test_a_whole_number_is_no_other() -> None:
    assert fault({"kind": "bottom", "n": "1", "ties": "decide"}, "bottom") == ("$.n", "type")


@eg.term("nobody")
@frozen(repr=False)
class nobody:
    def at(self, place: eg.Place) -> eg.Reason:
        return eg.Reason(self, value=False, because=(place.unit,))


def test_an_own_kind_is_valid_where_the_schema_knows_it() -> None:
    condition = eg.to_dict(eg.not_(nobody()))
    assert fault(condition, "not_") == ("$.when.kind", "enum")
    Draft202012Validator(eg.json_schema("not_", {"nobody": nobody})).validate(condition)


def test_a_schema_says_what_its_value_means_and_when_a_moment_is_one() -> None:
    schema = eg.json_schema("Issue")
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == "urn:envgov:1:Issue"
    assert schema["description"] == "One problem at one place, and what happened to it, oldest first."
    assert "description" not in eg.json_schema("nobody", {"nobody": nobody})
    late = {"kind": "Submission", "what": "日报", "by": "甲", "at": "2024-05-02T17:00:00.5+08:00"}
    assert fault(late, "Submission") == ("", "")
    assert eg.from_dict(late).at.utcoffset() == timedelta(hours=8)


def test_a_kind_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(LookupError, match=r"nothing of kind 'Isue' is stored: the kinds are .*Issue, "):
        eg.json_schema("Isue")


def test_the_command_prints_the_schema_of_a_kind() -> None:
    printed = CliRunner().invoke(envgov, ["json-schema", "Issue"]).stdout
    assert json.loads(printed) == eg.json_schema("Issue")


def test_the_command_without_a_kind_lists_them() -> None:
    result = CliRunner().invoke(envgov, ["json-schema"])
    assert result.exit_code == 0
    assert {"Issue", "Scheme", "bottom"} < set(result.stdout.split())


def test_the_command_tells_a_misspelt_kind_with_the_one_that_is_near() -> None:
    result = CliRunner().invoke(envgov, ["json-schema", "Isue"])
    assert result.exit_code == 2
    assert "nothing of kind 'Isue' is stored; did you mean 'Issue'?" in result.stderr


def test_the_command_knows_the_kinds_of_a_plugin(tmp_path: Path) -> None:
    (tmp_path / "town.py").write_text(OWN, encoding="utf-8")
    result = CliRunner().invoke(envgov, ["--plugin", str(tmp_path / "town.py"), "json-schema", "town.nobody"])
    assert json.loads(result.stdout)["description"] == "Holds for nobody."


OWN = '''
import envgov as eg
from attrs import frozen

ENVGOV_API = 1

@eg.term("town.nobody")
@frozen(repr=False)
class nobody:
    """Holds for nobody."""

    def at(self, place):
        return eg.Reason(self, False, (place.unit,))

@eg.hookimpl
def envgov_kinds():
    return [nobody]
'''
