"""Service requests of Open311 (GeoReport v2): as issues in, and out of issues."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from types import MappingProxyType
from typing import Any
from xml.sax.saxutils import escape

from envgov.errors import Fault
from envgov.exact import MAX_PLACES, points
from envgov.exchange.records import read_id, read_records
from envgov.facts.duty import CHINA
from envgov.facts.grid import Grid
from envgov.facts.issue import Event, EventKind, Issue, State
from envgov.facts.position import Position
from envgov.readers.requests import Doubtful, Requests, codes_of
from envgov.results.table import Language
from envgov.season_csv.cells import FIRST_YEAR, LAST_YEAR
from envgov.texts import UnreadableError
from envgov.wording.ledger import state_word

SOURCE = "Open311"
"""The source of an issue that came as a service request."""
_OPEN = {"open", "reopen", "for_triage", "investigating", "planned", "action_scheduled", "in_progress"}
_CLOSED = {"closed", "fixed"}
_WITHDRAWN = {
    "duplicate",
    "internal_referral",
    "no_further_action",
    "not_councils_responsibility",
    "not_responsible",
    "unable_to_fix",
}
"""The last two lines of states are mySociety's, who closes with them what nobody will fix."""
STATUSES = (*sorted(_OPEN), *sorted(_CLOSED), *sorted(_WITHDRAWN))
DAY_ENDS = time(23, 59, 59)
_FIRST, _LAST = datetime(FIRST_YEAR, 1, 2, tzinfo=UTC), datetime(LAST_YEAR, 12, 31, tzinfo=UTC)
"""What lies between is within those years in every time zone."""


def read_service_requests(file: str | Path, grid: Grid, *, elsewhere: str, place: str = "") -> Requests:
    """The issues in a saved answer of an Open311 server, in JSON or XML; read its pages one by one.

    A request was found when it was requested; the agency is responsible, and where a day is expected, it was dispatched
    to them until then. A closed one was rectified and accepted: by whom, nobody says, and when, the latest of its notes of type
    `closed`, or else `updated_datetime`. What mySociety's further states close without a repair (duplicate, no further
    action ...), and what is marked as a duplicate, is withdrawn. The category is `service_name`, else `service_code`; the
    description is `description` and `address`; `media_url` is evidence; `lat` and `long` are WGS84, as the standard says.
    Who requested it is not read.

    `place` is the field that names the unit, by its code or a name unique in the grid: "extended_attributes.ward". The
    standard has none; a request without a unit lies at `elsewhere`, which is a doubt where `place` was named.

    Doubtful, besides: a number that other requests have too (each such request, its own number added), closed before it
    was requested (closed then), closed without a moment (open), expected before it was requested (as it says).

    Raises:
        InputError: the file is no list of service requests.
        UnknownUnitError: `elsewhere` is not on the grid.
        OSError: the file cannot be opened.
    """
    grid[elsewhere]
    reading = _Reading(Path(file).name, grid, elsewhere, place)
    records = read_records(file, "service_requests", "request")
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, record in enumerate(records, 1):
        if isinstance(record, Mapping):
            numbers[_text(record.get("service_request_id"))].append(number)
    sound: list[Issue] = []
    doubtful: list[Doubtful] = []
    row_of: dict[str, int] = {}
    for number, record in enumerate(records, 1):
        issue, doubts = reading.read(number, record, numbers)
        if issue is None:
            continue
        row_of[issue.id] = number
        if doubts:
            doubtful.append(Doubtful(issue, tuple(doubts)))
        else:
            sound.append(issue)
    return Requests(tuple(sound), tuple(doubtful), tuple(reading.faults), MappingProxyType(row_of))


class _Reading:
    """One reading of one file."""

    def __init__(self, file: str, grid: Grid, elsewhere: str, place: str) -> None:
        self.file, self.codes, self.elsewhere, self.place = file, codes_of(grid), elsewhere, place
        self.faults: list[Fault] = []

    def read(
        self, number: int, record: object, numbers: Mapping[str, Sequence[int]]
    ) -> tuple[Issue | None, list[Fault]]:
        """The issue of a request and the doubts about it; None, with the faults noted, where it makes none."""
        if not isinstance(record, Mapping):
            self.faults.append(self._fault("this is no service request", "give its fields by their names", number))
            return None, []
        before = len(self.faults)
        id = self._id(number, record, numbers)
        requested = self._moment(number, record, "requested_datetime", needed=True)
        expected = self._moment(number, record, "expected_datetime")
        updated = self._moment(number, record, "updated_datetime")
        position = self._position(number, record)
        status = self._status(number, record)
        closed = self._closed(number, record) or updated
        if requested is None or len(self.faults) > before:
            return None, []

        doubts: list[Fault] = []

        def doubt(problem: str, remedy: str, field: str, value: object) -> None:
            doubts.append(self._fault(problem, remedy, number, field, value))

        if len(alike := numbers[id]) > 1:
            others = ", ".join(str(other) for other in alike if other != number)
            doubt(
                f"this number is also that of request {others}",
                f"keep one; read as {id}#{number}",
                "service_request_id",
                id,
            )
            id = f"{id}#{number}"
        unit = self._unit(record)
        if unit is None and self.place:
            remedy = f"correct it; read as lying at {self.elsewhere}"
            doubt("the place is empty or not on the grid", remedy, self.place, _text(_at(record, self.place)))
        if status != "open" and closed is not None and closed < requested:
            doubt(f"closed before it was requested at {requested}", "read as closed then", "updated_datetime", closed)
            closed = requested
        if status != "open" and closed is None:
            doubt("closed, without a moment", "add updated_datetime; read as open", "status", status)
            status = "open"
        due = None if expected is None else expected.astimezone(requested.tzinfo).date()
        if due is not None and due < requested.date():
            doubt(f"expected before it was requested at {requested}", "read as it says", "expected_datetime", expected)
        events = [_event(EventKind.FOUND, requested, requested, evidence=_texts(record.get("media_url")))]
        agencies = self._agencies(record.get("agency_responsible"))
        if due is not None:
            events.append(_event(EventKind.DISPATCHED, requested, requested, to=agencies, due=due))
        note = _text(record.get("status_notes"))
        if status == "withdrawn":
            events.append(_event(EventKind.WITHDRAWN, closed, requested, note=note or _text(record.get("status"))))
        elif status == "closed":
            events.append(_event(EventKind.RECTIFIED, closed, requested))
            events.append(_event(EventKind.ACCEPTED, closed, requested, note=note))
        category = _text(record.get("service_name")) or _text(record.get("service_code"))
        told = "\n".join(filter(None, (_text(record.get("description")), _text(record.get("address")))))
        where = unit or self.elsewhere
        return Issue(id, where, tuple(events), agencies, (), category, told, SOURCE, position), doubts

    def _id(self, number: int, record: Mapping[str, Any], numbers: Mapping[str, Sequence[int]]) -> str:
        field = "service_request_id"
        id = _text(record.get(field))
        if not id:
            self.faults.append(self._fault("a request without a number", "wait until it has one", number, field))
        try:
            read_id(id if len(numbers[id]) == 1 else f"{id}#{number}")
        except UnreadableError as error:
            self.faults.append(self._fault(error.problem, error.remedy, number, field, id))
        return id

    def _fault(self, problem: str, remedy: str, number: int, field: str = "", value: object = None) -> Fault:
        return Fault(problem, remedy, self.file, number, field, None if value is None else str(value))

    def _moment(self, number: int, record: Mapping[str, Any], name: str, *, needed: bool = False) -> datetime | None:
        written = _text(_at(record, name))
        if not written:
            if needed:
                self.faults.append(self._fault("this field is needed", "add it", number, name))
            return None
        try:
            moment = datetime.fromisoformat(written)
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            remedy = "write it with its time zone, as 2024-05-02T17:00:00+08:00"
            self.faults.append(self._fault("this is no moment", remedy, number, name, written))
            return None
        if not _FIRST <= moment < _LAST:
            problem = f"the year is not within {FIRST_YEAR} to {LAST_YEAR} in every time zone"
            self.faults.append(self._fault(problem, "correct the year", number, name, written))
            return None
        return moment

    def _closed(self, number: int, record: Mapping[str, Any]) -> datetime | None:
        """When it was closed last, as its notes say, in whatever order they stand; None where none says so."""
        told = _at(record, "notes.note") or record.get("notes")
        notes = [note for note in (told if isinstance(told, list) else [told]) if isinstance(note, Mapping)]
        closings = (
            self._moment(number, {"notes": note}, "notes.datetime") for note in notes if note.get("type") == "closed"
        )
        return max(filter(None, closings), default=None)

    def _status(self, number: int, record: Mapping[str, Any]) -> str:
        """What it comes to: open, closed, or withdrawn."""
        status = _text(record.get("status")).lower().replace(" ", "_")
        if _text(_at(record, "extended_attributes.duplicate")).lower() in ("true", "1"):
            return "withdrawn"
        for meaning, words in (("open", _OPEN), ("closed", _CLOSED), ("withdrawn", _WITHDRAWN)):
            if status in words:
                return meaning
        remedy = f"write one of {', '.join(STATUSES)}"
        self.faults.append(self._fault("this status is not known", remedy, number, "status", record.get("status", "")))
        return "open"

    def _position(self, number: int, record: Mapping[str, Any]) -> Position | None:
        lon, lat = _text(record.get("long")), _text(record.get("lat"))
        if not lon and not lat:
            return None
        try:
            return Position(points(lon, MAX_PLACES), points(lat, MAX_PLACES), "WGS84")
        except ValueError as error:
            self.faults.append(self._fault(str(error), "correct lat and long", number, "lat, long", f"{lat}, {lon}"))
            return None

    def _unit(self, record: Mapping[str, Any]) -> str | None:
        return self.codes.get(_text(_at(record, self.place))) if self.place else None

    def _agencies(self, value: object) -> tuple[str, ...]:
        """FixMyStreet lists them as recipients; a unit is told by its code."""
        recipients = value.get("recipient") if isinstance(value, Mapping) else value
        return tuple(dict.fromkeys(self.codes.get(name, name) for name in _texts(recipients)))


def _event(what: EventKind, at: datetime | None, first: datetime, **more: Any) -> Event:
    """In the time zone of the request: a day is a day of one place."""
    assert at is not None, "what has no moment is open"
    local = at.astimezone(first.tzinfo)
    return Event(what, local.date(), at=local, **more)


def _at(record: Mapping[str, Any], path: str) -> object:
    """The field at a path; None where there is none."""
    found: object = record
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def _text(value: object) -> str:
    """A text or a number; "" for what is neither, and for none."""
    return "" if value is None or isinstance(value, Mapping | list) else str(value).strip()


def _texts(value: object) -> tuple[str, ...]:
    return tuple(text for each in (value if isinstance(value, list) else [value]) if (text := _text(each)))


# -- out
def to_service_requests(
    issues: Iterable[Issue],
    grid: Grid,
    on: date,
    *,
    agencies: frozenset[str] = frozenset(),
    language: Language = "zh",
) -> list[dict[str, Any]]:
    """The issues found by the end of a day as Open311 has service requests, as they stood then, in id order: for JSON.

    Open is what is not closed, withdrawn or merged; `status_notes` is the state in words. The service is the category,
    the address the name of the unit. Where the hour is not known, a request was made as its day began, and updated and
    expected as the day ended, in China. `lat` and `long` are there if the position is in WGS84, as the standard demands.
    No person goes out: neither descriptions nor notes, nor who did what; whoever owes it is `agency_responsible` if they
    are a unit of the grid or one of the `agencies`; of the evidence only the first photograph that has an address in the
    web already.
    """
    stood = (then for issue in sorted(issues, key=lambda issue: issue.id) if (then := issue.as_of(on)) is not None)
    return [_request(issue, grid, agencies, language) for issue in stood]


def to_service_requests_xml(requests: Iterable[Mapping[str, Any]]) -> bytes:
    """The same as XML, as the standard has it."""
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<service_requests>"]
    for request in requests:
        fields = (f"<{name}>{escape(_NOT_XML.sub(_MARK, str(value)))}</{name}>" for name, value in request.items())
        lines.append(f"<request>{''.join(fields)}</request>")
    return "\n".join([*lines, "</service_requests>", ""]).encode()


_MARK = "\ufffd"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _request(issue: Issue, grid: Grid, agencies: frozenset[str], language: Language) -> dict[str, Any]:
    first, last, at = issue.events[0], issue.events[-1], issue.position
    owing = [_name(who, grid) for who in issue.owed_by if who in grid or who in agencies]
    media = next((name for name in first.evidence if name.startswith(("https://", "http://"))), None)
    told: dict[str, Any] = {
        "service_request_id": issue.id,
        "status": "closed" if issue.state in (State.CLOSED, State.ENDED) else "open",
        "status_notes": state_word(issue.state, language),
        "service_name": issue.category,
        "service_code": issue.category,
        "agency_responsible": "、".join(owing) or None,
        "requested_datetime": (first.at or datetime.combine(first.day, time(), CHINA)).isoformat(),
        "updated_datetime": (last.at or datetime.combine(last.day, DAY_ENDS, CHINA)).isoformat(),
        "expected_datetime": issue.due and datetime.combine(issue.due, DAY_ENDS, CHINA).isoformat(),
        "address": _name(issue.place, grid),
        "media_url": media,
    }
    if at is not None and at.datum == "WGS84":
        told |= {"lat": float(at.lat), "long": float(at.lon)}
    return {name: value for name, value in told.items() if value is not None}


def _name(code: str, grid: Grid) -> str:
    return grid[code].name if code in grid else code
