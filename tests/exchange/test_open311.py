"""Service requests: read from JSON and XML with every fault located, and written without persons."""

import json
import os
from collections import Counter
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from attrs import evolve

import envgov as eg
from desks import opened
from envgov.exchange import records
from envgov.exchange.open311 import read_service_requests, to_service_requests, to_service_requests_xml
from envgov.readers import Requests

CHICAGO = Path(__file__).parents[3] / "shared" / "data" / "chicago_open311_events" / "requests_extended.json"
GRID = eg.Grid([eg.Unit("t", "青石镇", "镇"), eg.Unit("v1", "甲村", "村", "t"), eg.Unit("v2", "乙村", "村", "t")])
CHINA = timezone(timedelta(hours=8))
FOUND, DISPATCHED, RECTIFIED = eg.EventKind.FOUND, eg.EventKind.DISPATCHED, eg.EventKind.RECTIFIED
ACCEPTED, WITHDRAWN = eg.EventKind.ACCEPTED, eg.EventKind.WITHDRAWN
OPEN = {
    "service_request_id": "17-1",
    "status": "open",
    "service_name": "垃圾堆放",
    "service_code": "001",
    "requested_datetime": "2024-05-01T09:00:00+08:00",
}
CLOSED = {**OPEN, "status": "closed", "updated_datetime": "2024-05-03T10:00:00+08:00"}
AT = datetime(2024, 5, 1, 9, tzinfo=CHINA)
DAY = date(2024, 5, 31)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "requests.json"


def read(file: Path, *requests: Any, place: str = "") -> Requests:
    file.write_text(json.dumps(requests), encoding="utf-8")
    return read_service_requests(file, GRID, elsewhere="t", place=place)


def sound(file: Path, request: Any, **more: Any) -> eg.Issue:
    found = read(file, request, **more)
    assert found.faults == ()
    [issue] = found.sound
    return issue


def kinds(issue: eg.Issue) -> list[eg.EventKind]:
    return [event.what for event in issue.events]


# -- in
def test_an_open_request_is_an_open_issue_with_all_that_the_standard_says(file: Path) -> None:
    issue = sound(
        file,
        {
            **OPEN,
            "description": "路边垃圾",
            "address": "甲村口",
            "agency_responsible": "环卫办",
            "expected_datetime": "2024-05-08T15:30:00Z",
            "media_url": "https://example.org/1.jpg",
            "lat": 27.73,
            "long": "112.0012",
            "email": "lisi@example.org",
        },
    )
    assert issue == eg.Issue(
        "17-1",
        "t",
        (
            eg.Event(FOUND, AT.date(), at=AT, evidence=("https://example.org/1.jpg",)),
            eg.Event(DISPATCHED, AT.date(), at=AT, to=("环卫办",), due=date(2024, 5, 8)),
        ),
        ("环卫办",),
        category="垃圾堆放",
        description="路边垃圾\n甲村口",
        source="Open311",
        position=eg.Position("112.0012", "27.73", "WGS84"),
    )


def test_a_closed_request_was_rectified_and_accepted_when_it_was_updated_last(file: Path) -> None:
    issue = sound(file, {**CLOSED, "status_notes": "已清运"})
    assert kinds(issue) == [FOUND, RECTIFIED, ACCEPTED]
    assert (issue.closed, issue.events[2].note) == (date(2024, 5, 3), "已清运")


def test_its_own_note_of_the_closing_tells_better_than_the_last_update(file: Path) -> None:
    notes: list[Any] = [
        {"type": "closed", "datetime": "2024-05-02T08:00:00+08:00"},
        {"type": "activity", "datetime": "2024-05-02T09:00:00+08:00"},
        "a note without fields",
    ]
    assert sound(file, {**CLOSED, "notes": notes}).closed == date(2024, 5, 2)
    assert sound(file, {**CLOSED, "notes": notes[1:]}).closed == date(2024, 5, 3)


def test_a_service_without_a_name_is_told_by_its_code_and_a_request_without_either_has_none(file: Path) -> None:
    nameless = {name: value for name, value in OPEN.items() if name != "service_name"}
    assert sound(file, nameless).category == "001"
    del nameless["service_code"]
    assert sound(file, nameless).category == ""


@pytest.mark.parametrize(
    "status", ["reopen", "for_triage", "investigating", "planned", "action scheduled", "IN_PROGRESS"]
)
def test_the_further_open_states_of_mysociety_are_open(file: Path, status: str) -> None:
    assert sound(file, {**CLOSED, "status": status}).state is eg.State.OPEN


@pytest.mark.parametrize(
    "status", ["duplicate", "no_further_action", "not_councils_responsibility", "internal_referral"]
)
def test_what_mysociety_closes_without_a_repair_is_withdrawn(file: Path, status: str) -> None:
    issue = sound(file, {**CLOSED, "status": status})
    assert (kinds(issue), issue.events[1].note) == ([FOUND, WITHDRAWN], status)
    assert sound(file, {**CLOSED, "status": status, "status_notes": "已有"}).events[1].note == "已有"


def test_fixed_is_closed_and_a_marked_duplicate_is_withdrawn(file: Path) -> None:
    assert sound(file, {**CLOSED, "status": "fixed"}).state is eg.State.CLOSED
    assert sound(file, {**CLOSED, "extended_attributes": {"duplicate": True}}).state is eg.State.ENDED


def test_a_day_is_one_of_the_place_where_it_was_requested(file: Path) -> None:
    """In Chicago the clock went back between the two moments; in UTC both would be of the next day."""
    request = {
        **CLOSED,
        "requested_datetime": "2014-11-02T00:10:00-05:00",
        "updated_datetime": "2014-11-01T23:30:00-06:00",
        "expected_datetime": "2014-11-03T03:00:00Z",
        "agency_responsible": "S/S",
    }
    issue = sound(file, request)
    assert {event.day for event in issue.events} == {date(2014, 11, 2)}
    assert issue.due == date(2014, 11, 2)


def test_a_field_may_name_the_unit(file: Path) -> None:
    for named, unit in (("v1", "v1"), ("乙村", "v2")):
        given = {**OPEN, "extended_attributes": {"village": named}}
        assert sound(file, given, place="extended_attributes.village").place == unit
        assert sound(file, given).place == "t"


def test_media_and_agencies_may_be_several(file: Path) -> None:
    issue = sound(
        file, {**OPEN, "media_url": ["a.jpg", "b.jpg"], "agency_responsible": {"recipient": ["甲", "乙", "甲"]}}
    )
    assert issue.events[0].evidence == ("a.jpg", "b.jpg")
    assert issue.responsible == ("甲", "乙")


def test_every_fault_of_every_request_is_told_at_once(file: Path) -> None:
    found = read(
        file,
        OPEN,
        "nothing",
        {"status": "gone"},
        {**OPEN, "service_request_id": "17-2", "requested_datetime": "2024-05-01T09:00:00"},
        {**OPEN, "service_request_id": "17-3", "requested_datetime": "1 May", "lat": "112", "long": "27"},
        {**OPEN, "service_request_id": "17-4", "lat": "27.7"},
    )
    assert [issue.id for issue in found.sound] == ["17-1"]
    zoned = "write it with its time zone, as 2024-05-02T17:00:00+08:00"
    told = [str(fault) for fault in found.faults]
    assert told[0] == "requests.json, row 2: this is no service request; give its fields by their names"
    assert told[1] == ("requests.json, row 3, service_request_id: a request without a number; wait until it has one")
    assert told[2] == "requests.json, row 3, requested_datetime: this field is needed; add it"
    assert told[3].startswith("requests.json, row 3, status: this status is not known (found 'gone'); write one of ")
    assert told[4] == (
        f"requests.json, row 4, requested_datetime: this is no moment (found '2024-05-01T09:00:00'); {zoned}"
    )
    assert told[5] == f"requests.json, row 5, requested_datetime: this is no moment (found '1 May'); {zoned}"
    assert told[6] == (
        "requests.json, row 5, lat, long: lat=112: give degrees from -90 to 90; are longitude and latitude swapped? "
        "(found '112, 27'); correct lat and long"
    )
    assert told[7].startswith("requests.json, row 6, lat, long: '' is not a number written like 85")
    assert found.rows == 6


def doubt(file: Path, *requests: Any, place: str = "") -> tuple[list[eg.Issue], list[str]]:
    found = read(file, *requests, place=place)
    assert found.sound == ()
    return [one.issue for one in found.doubtful], [fault.problem for one in found.doubtful for fault in one.faults]


def test_a_number_that_two_requests_have_is_a_doubt_about_both(file: Path) -> None:
    issues, told = doubt(file, OPEN, CLOSED)
    assert [issue.id for issue in issues] == ["17-1#1", "17-1#2"]
    assert told == ["this number is also that of request 2", "this number is also that of request 1"]
    assert dict(read(file, OPEN, CLOSED).row_of) == {"17-1#1": 1, "17-1#2": 2}


def test_a_place_that_is_not_on_the_grid_is_a_doubt_where_one_was_asked_for(file: Path) -> None:
    two = evolve(GRID, units=(*GRID.units, eg.Unit("v3", "甲村", "村", "t")))
    for named in ("丁村", "", None):
        issues, told = doubt(file, {**OPEN, "ward": named}, place="ward")
        assert (issues[0].place, told) == ("t", ["the place is empty or not on the grid"])
    file.write_text(json.dumps([{**OPEN, "ward": "甲村"}]), encoding="utf-8")
    [one] = read_service_requests(file, two, elsewhere="t", place="ward").doubtful
    assert one.issue.place == "t"


def test_closed_before_it_was_requested_is_closed_then(file: Path) -> None:
    [issue], told = doubt(file, {**CLOSED, "updated_datetime": "2024-04-30T00:00:00+08:00"})
    assert issue.closed == date(2024, 5, 1)
    assert told == ["closed before it was requested at 2024-05-01 09:00:00+08:00"]


def test_closed_without_a_moment_is_open(file: Path) -> None:
    [issue], told = doubt(file, {**OPEN, "status": "closed"})
    assert (issue.state, told) == (eg.State.OPEN, ["closed, without a moment"])


def test_expected_before_it_was_requested_is_read_as_it_says(file: Path) -> None:
    [issue], told = doubt(file, {**OPEN, "expected_datetime": "2024-04-01T00:00:00+08:00"})
    assert issue.due == date(2024, 4, 1)
    assert told == ["expected before it was requested at 2024-05-01 09:00:00+08:00"]


def test_an_unknown_unit_for_the_rest_is_an_error(file: Path) -> None:
    file.write_text("[]", encoding="utf-8")
    with pytest.raises(eg.UnknownUnitError):
        read_service_requests(file, GRID, elsewhere="t9")


@pytest.mark.parametrize("id", ["1\n2", "x" * 491, "1\u202e2"])
def test_a_number_that_no_ledger_can_keep_is_a_fault_of_its_request(file: Path, id: str) -> None:
    found = read(file, {**OPEN, "service_request_id": id})
    [fault] = found.faults
    assert (fault.row, fault.column, fault.problem) == (1, "service_request_id", "this is no id")
    assert found.sound == ()


def test_a_number_of_490_characters_is_read_and_with_its_own_number_added_it_is_too_long(file: Path) -> None:
    long = {**OPEN, "service_request_id": "x" * 490}
    assert sound(file, long).id == "x" * 490
    assert [fault.row for fault in read(file, long, long).faults] == [1, 2]


@pytest.mark.parametrize("name", ["requested_datetime", "updated_datetime", "expected_datetime"])
@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00+08:00", "9999-12-31T23:00:00-10:00", "2199-12-31T23:00:00-10:00"]
)
def test_a_moment_of_a_year_that_no_table_holds_is_a_fault(file: Path, name: str, moment: str) -> None:
    [fault] = read(file, {**OPEN, name: moment}).faults
    assert str(fault) == (
        f"requests.json, row 1, {name}: the year is not within 1900 to 2199 in every time zone (found {moment!r}); "
        "correct the year"
    )


def test_closed_twice_it_was_closed_at_the_later_in_whatever_order_the_notes_stand(file: Path) -> None:
    first, second = ({"type": "closed", "datetime": f"2024-05-0{day}T08:00:00+08:00"} for day in (1, 2))
    for notes in ([first, second], [second, first]):
        request = {**CLOSED, "requested_datetime": "2024-05-01T07:00:00+08:00", "notes": notes}
        assert sound(file, request).closed == date(2024, 5, 2)


# -- files
XML = """<?xml version="1.0" encoding="utf-8"?>
<service_requests>
  <request>
    <service_request_id>17-1</service_request_id>
    <status>closed</status>
    <status_notes/>
    <service_name>垃圾 &amp; 堆放</service_name>
    <requested_datetime>2024-05-01T09:00:00+08:00</requested_datetime>
    <updated_datetime>2024-05-03T10:00:00+08:00</updated_datetime>
    <lat>27.73</lat><long>112.0012</long>
    <notes>
      <note><type>closed</type><datetime>2024-05-02T10:00:00+08:00</datetime></note>
      <note><type>activity</type><datetime>2024-05-03T10:00:00+08:00</datetime></note>
      <note><type>activity</type></note>
    </notes>
  </request>
  %s
</service_requests>
"""
SECOND = "<request><service_request_id>17-2</service_request_id><status>open</status></request>"


def xml(tmp_path: Path, text: str) -> Requests:
    file = tmp_path / "requests.xml"
    file.write_text(text, encoding="utf-8")
    return read_service_requests(file, GRID, elsewhere="t")


def test_xml_says_the_same_as_json(tmp_path: Path, file: Path) -> None:
    [one] = xml(tmp_path, "\ufeff" + XML % "").sound
    note = {"type": "closed", "datetime": "2024-05-02T10:00:00+08:00"}
    other = {**CLOSED, "service_name": "垃圾 & 堆放", "lat": 27.73, "long": 112.0012, "notes": [note]}
    assert one == sound(file, other)


def test_faults_of_xml_are_told_by_the_number_of_the_request(tmp_path: Path) -> None:
    found = xml(tmp_path, XML % SECOND)
    assert [str(fault) for fault in found.faults] == [
        "requests.xml, row 2, requested_datetime: this field is needed; add it"
    ]


def test_a_list_may_be_empty_and_json_may_name_it(tmp_path: Path, file: Path) -> None:
    assert xml(tmp_path, "<service_requests/>").rows == 0
    file.write_text(json.dumps({"service_requests": [OPEN]}), encoding="utf-8")
    assert len(read_service_requests(file, GRID, elsewhere="t").sound) == 1


@pytest.mark.parametrize("encoding", ["gb2312", "gbk", "GB18030"])
def test_xml_in_an_encoding_of_china_is_read(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "requests.xml"
    file.write_bytes((XML % "").replace("utf-8", encoding).encode(encoding))
    [one] = read_service_requests(file, GRID, elsewhere="t").sound
    assert one.category == "垃圾 & 堆放"


BOMB = """<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<service_requests><request><description>&b;</description></request></service_requests>
"""
OUTSIDE = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><service_requests><request>&x;</request></service_requests>'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (BOMB, "the file declares a document type, which may hold anything; remove the <!DOCTYPE ...>"),
        (OUTSIDE, "the file declares a document type, which may hold anything; remove the <!DOCTYPE ...>"),
        ("<service_requests>", "this is not XML: no element found"),
        ("<a>&unknown;</a>", "this is not XML: undefined entity"),
        ("<errors><error><code>404</code></error></errors>", "this is no list of service_requests; give a list, or "),
        ("{", "this is neither XML nor JSON: "),
        ("[" * 100_000, "this is neither XML nor JSON: "),
        ("7", "this is no list of service_requests; give a list, or <service_requests> with a <request> for each"),
    ],
)
def test_a_file_that_is_no_list_is_told_as_such(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(eg.InputError) as caught:
        xml(tmp_path, text)
    [fault] = caught.value.faults
    assert str(fault).startswith(f"requests.xml: {told}")


def test_elements_may_lie_as_deep_as_they_like(tmp_path: Path) -> None:
    deep = 100_000
    with pytest.raises(eg.InputError, match="this is no list"):
        xml(tmp_path, "<a>" * deep + "</a>" * deep)


def test_a_file_in_another_encoding_or_too_large_is_told(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text("[]", encoding="utf-16")
    with pytest.raises(eg.InputError, match=r"^1 fault:\nrequests.json: this is UTF-16 text"):
        read_service_requests(file, GRID, elsewhere="t")
    monkeypatch.setattr(records, "MAX_BYTES", 10)
    with pytest.raises(eg.InputError, match="the file has more than 10 bytes; split it"):
        read(file, OPEN)


# -- Chicago
def test_the_requests_of_chicago_are_read_whole() -> None:
    if not CHICAGO.exists() and not os.environ.get("CI"):
        pytest.skip("the requests of Chicago are not beside the checkout (../shared/data/chicago_open311_events)")
    raw = json.loads(CHICAGO.read_text(encoding="utf-8"))
    wards = sorted({request["extended_attributes"]["ward"] for request in raw})
    grid = eg.Grid([eg.Unit("chicago", "Chicago", "city"), *(eg.Unit(w, w, "ward", "chicago") for w in wards)])
    found = read_service_requests(CHICAGO, grid, elsewhere="chicago", place="extended_attributes.ward")
    assert found.faults == ()
    assert len(found.sound) == 50
    assert Counter(issue.place for issue in found.sound) == Counter(r["extended_attributes"]["ward"] for r in raw)
    for request, issue in zip(raw, found.sound, strict=True):
        told = datetime.fromisoformat(request["requested_datetime"])
        closings = [note["datetime"] for note in request["notes"] if note["type"] == "closed"]
        marked = "duplicate" in request["extended_attributes"]
        assert (issue.id, issue.events[0].at, issue.found) == (request["service_request_id"], told, told.date())
        assert issue.responsible == (request["agency_responsible"],)
        assert issue.category == request["service_name"]
        assert issue.position is not None
        assert abs(float(issue.position.lat) - request["lat"]) <= 5e-10
        ended = eg.State.ENDED if marked else eg.State.CLOSED
        assert issue.state is (ended if request["status"] == "closed" else eg.State.OPEN)
        if issue.state is not eg.State.OPEN:
            assert issue.events[-1].at == datetime.fromisoformat(closings[-1])


# -- out
def an_issue(**more: Any) -> eg.Issue:
    events = (
        eg.Event(FOUND, AT.date(), at=AT, by="网格员李四", evidence=("李四家.jpg", "https://example.org/1.jpg")),
        eg.Event(DISPATCHED, date(2024, 5, 2), to=("v1", "环卫办", "户主王五"), due=date(2024, 5, 8), note="电话王五"),
    )
    given = {"category": "垃圾堆放", "description": "王五门前", **more}
    return eg.Issue("W1", "v1", events, **given)


def request_of(issue: eg.Issue, **more: Any) -> dict[str, Any]:
    [request] = to_service_requests([issue], GRID, DAY, **more)
    return request


def test_an_issue_is_a_service_request_without_persons() -> None:
    at = eg.Position("112.0012", "27.73", "WGS84")
    assert request_of(an_issue(position=at), agencies=frozenset({"环卫办"})) == {
        "service_request_id": "W1",
        "status": "open",
        "status_notes": "未整改",
        "service_name": "垃圾堆放",
        "service_code": "垃圾堆放",
        "agency_responsible": "甲村、环卫办",
        "requested_datetime": "2024-05-01T09:00:00+08:00",
        "updated_datetime": "2024-05-02T23:59:59+08:00",
        "expected_datetime": "2024-05-08T23:59:59+08:00",
        "address": "甲村",
        "media_url": "https://example.org/1.jpg",
        "lat": 27.73,
        "long": 112.0012,
    }


def test_what_is_not_known_is_left_out_and_a_position_in_another_datum_too() -> None:
    plain = eg.Issue("W1", "v9", (eg.Event(FOUND, AT.date()),), position=eg.Position(112, 27, "GCJ-02"))
    request = request_of(plain, language="en")
    assert not {"agency_responsible", "expected_datetime", "media_url", "lat", "long"} & request.keys()
    assert (request["address"], request["requested_datetime"]) == ("v9", "2024-05-01T00:00:00+08:00")
    assert request["status_notes"] == "open"


def test_closed_and_withdrawn_issues_are_closed_and_those_of_later_are_not_there() -> None:
    base = an_issue()
    rectified = evolve(base, events=(*base.events, eg.Event(RECTIFIED, date(2024, 5, 5), by="v1")))
    closed = evolve(rectified, events=(*rectified.events, eg.Event(ACCEPTED, date(2024, 5, 6), by="镇")))
    withdrawn = evolve(base, events=(*base.events, eg.Event(WITHDRAWN, date(2024, 5, 6))))
    assert [request_of(issue)["status"] for issue in (rectified, closed, withdrawn)] == ["open", "closed", "closed"]
    assert to_service_requests([closed], GRID, date(2024, 4, 30)) == []
    assert to_service_requests([closed], GRID, date(2024, 5, 5))[0]["status"] == "open"


def test_what_goes_out_comes_in_again(tmp_path: Path, file: Path) -> None:
    at = eg.Position("112.0012", "27.73", "WGS84")
    requests = to_service_requests([an_issue(position=at)], GRID, DAY)
    issue = sound(file, *requests, place="address")
    assert (issue.id, issue.place, issue.found, issue.due) == ("W1", "v1", date(2024, 5, 1), date(2024, 5, 8))
    assert (issue.category, issue.position) == ("垃圾堆放", at)
    written = tmp_path / "back.xml"
    written.write_bytes(to_service_requests_xml(requests))
    assert read_service_requests(written, GRID, elsewhere="t", place="address").sound == (issue,)


def test_hostile_text_is_text_in_xml() -> None:
    hostile = "</service_name><script>&\x07\ufffe\ud800"
    written = to_service_requests_xml([request_of(an_issue(category=hostile))])
    [name] = ET.fromstring(written).iter("service_name")  # noqa: S314 - our own
    assert name.text == "</service_name><script>&\ufffd\ufffd\ufffd"
    assert b"<script>" not in written


# -- the ledger
def test_service_requests_are_entered_and_written_again(tmp_path: Path, file: Path) -> None:
    desk = opened(tmp_path, roster=True)
    file.write_text(json.dumps([{**CLOSED, "agency_responsible": "甲村", "ward": "甲村"}]), encoding="utf-8")
    line = f"import {file} --elsewhere 青石镇 --place ward --unnamed 镇整治办 --at 2024-06-01T08:00+08:00"
    assert desk.do(line).startswith("新录入问题1件")
    [request] = json.loads(desk.do("requests --on 2024-06-30"))
    assert (request["status"], request["address"], request["agency_responsible"]) == ("closed", "甲村", "甲村")
    out = tmp_path / "out.xml"
    desk.do(f"requests --on 2024-06-30 -o {out}")
    assert out.read_bytes() == to_service_requests_xml([request])
    out = tmp_path / "other.XML"
    desk.do(f"requests --on 2024-06-30 -o {out}")
    assert out.read_bytes() == to_service_requests_xml([request])
    out.write_bytes(to_service_requests_xml([{**request, "service_request_id": "17-2"}]))
    line = line.replace(str(file), str(out)).replace("--place ward", "--place address")
    assert desk.do(line).startswith("新录入问题1件")


def test_without_a_roster_only_units_are_named(tmp_path: Path) -> None:
    desk = opened(tmp_path)
    desk.do("add W1 --place 甲村 --responsible 王五 --responsible 乙村 --reporter 举报人李四 --day 2024-05-01")
    written = desk.do("requests --on 2024-05-31")
    assert json.loads(written)[0]["agency_responsible"] == "乙村"
    assert "李四" not in written


def test_a_person_of_the_roster_does_not_go_out(tmp_path: Path) -> None:
    desk = opened(tmp_path, roster=True)
    desk.do("add W1 --place 甲村 --responsible 王书记 --responsible 镇整治办 --day 2024-05-01")
    assert json.loads(desk.do("requests --on 2024-05-31"))[0]["agency_responsible"] == "镇整治办"
