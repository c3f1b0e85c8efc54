"""Issues read back from their entries are what was entered; and what was altered is not read as if it were sound."""

from datetime import UTC, datetime

import pytest
from attrs import evolve
from sqlalchemy import text

import envgov as eg
from clerks import E, enter, event, issue, live, march
from envgov.ledger import Ledger

WHISTLE = eg.Whistle(datetime(2024, 3, 3, 9, tzinfo=UTC), "v1", "住建局2人", "李", "清运")
STAGES = (eg.StageDue("清运", march(6)), eg.StageDue("复绿", march(10), datetime(2024, 3, 10, 17, tzinfo=UTC)))
DISPATCHED = event(E.DISPATCHED, 2, 10, dues=STAGES, calendar="2024", evidence=("派单",))
WHISTLED = event(E.WHISTLED, 2, to=("住建局",), whistle=WHISTLE)
MOMENT = datetime(2024, 3, 4, 7, 30, tzinfo=UTC)
COMPLETED = event(E.COMPLETED, 4, by="住建局", stage="清运", at=MOMENT, note="已清运")


def test_an_issue_is_read_back_with_every_field_that_it_was_entered_with(ledger: Ledger) -> None:
    found = issue(
        "W1", category="垃圾", description="一处\n两处", source="巡查", responsible=("v1",), supporting=("v2",)
    )
    happened = (DISPATCHED, WHISTLED, event(E.ATTENDED, 3, by="住建局"), COMPLETED)
    enter(ledger, "W1", found)
    for each in happened:
        enter(ledger, "W1", each, at=MOMENT)
    assert ledger.issue("W1") == evolve(found, events=(*found.events, *happened))


@pytest.mark.parametrize(
    ("instead", "told"),
    [
        ('"description":7', "a text is wanted"),
        ('"responsible":[7]', "a text is wanted"),
        ('"seen":"x"', "Issue has no such field"),
    ],
)
def test_what_an_altered_entry_says_is_told_where_it_is_read(ledger: Ledger, instead: str, told: str) -> None:
    live(ledger, "W1", description="说明")
    change = text("UPDATE entries SET body = replace(body, :was, :instead) WHERE version = 1 AND subject = 'issue:W1'")
    with ledger.database.writing() as connection:
        connection.execute(change, {"was": '"description":"说明"', "instead": instead})
    with pytest.raises(eg.InputError, match=told):
        ledger.issue("W1")


def test_an_altered_event_that_cannot_follow_is_told_where_it_is_read(ledger: Ledger) -> None:
    live(ledger, "W1")
    change = text("UPDATE entries SET body = replace(body, 'dispatched', 'accepted') WHERE subject = 'issue:W1'")
    with ledger.database.writing() as connection:
        connection.execute(change)
    with pytest.raises(eg.InputError, match="accepted on 2024-03-01 cannot follow, the issue is open"):
        ledger.issue("W1")


@pytest.mark.parametrize("id", ['W"1', "W\\1", "W\t1", "问题🗑1", "W'1", "W%"])
def test_an_id_of_any_signs_is_told_as_it_is(ledger: Ledger, id: str) -> None:
    live(ledger, id)
    assert ledger.due(march(10)) == ledger.overdue(march(11)) == (id,)
    live(ledger, f"{id}b", [(E.RECTIFIED, 15)])
    assert ledger.overdue(march(11)) == (id, f"{id}b")
