"""How one cell is read: what a spreadsheet writes, and what is wrong with anything else."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, tzinfo
from decimal import Decimal

from envgov.codec.inline import from_inline
from envgov.exact import points
from envgov.facts.inspection import Mode
from envgov.facts.issue import EventKind, StageDue
from envgov.facts.position import NAMES, Datum
from envgov.policy.conditions.condition import Condition
from envgov.texts import UnreadableError

FIRST_YEAR, LAST_YEAR = 1900, 2199
_DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
_WIDE = re.compile("[\uff10-\uff19]")
_MOMENT = re.compile(
    r"(.{1,20}?)[T ]+([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}(?:\.[0-9]{1,6})?))?(Z|[+-][0-9]{2}:[0-9]{2})?"
)
_COUNT = re.compile(r"[0-9]{1,12}")
_SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?E\+[0-9]+", re.IGNORECASE)
_LIST = re.compile(r"[;；、|]")
_MODES = {"open": Mode.OPEN, "covert": Mode.COVERT, "明查": Mode.OPEN, "暗访": Mode.COVERT}
_WORDS: Mapping[EventKind, tuple[str, ...]] = {
    EventKind.FIXED_ON_THE_SPOT: ("立行立改",),
    EventKind.DISPATCHED: ("交办",),
    EventKind.WHISTLED: ("吹哨",),
    EventKind.ATTENDED: ("报到",),
    EventKind.CLAIMED: ("认领",),
    EventKind.COMPLETED: ("完成",),
    EventKind.DECLINED: ("退单",),
    EventKind.REASSIGNED: ("改派",),
    EventKind.REFERRED_UP: ("上报", "提级"),
    EventKind.EXTENDED: ("延期",),
    EventKind.SUSPENDED: ("挂账",),
    EventKind.RESUMED: ("恢复",),
    EventKind.RECTIFIED: ("整改",),
    EventKind.PASSED: ("初验",),
    EventKind.ACCEPTED: ("验收", "销号"),
    EventKind.REJECTED: ("返工",),
    EventKind.RECHECKED: ("回头看",),
    EventKind.RELAPSED: ("反弹",),
    EventKind.MERGED: ("合并",),
    EventKind.ABSORBED: ("并入",),
    EventKind.WITHDRAWN: ("撤销",),
    EventKind.LISTED: ("挂牌督办",),
    EventKind.REWARDED: ("奖励", "有奖举报"),
}
EVENTS: Mapping[str, EventKind] = {word: kind for kind, words in _WORDS.items() for word in (kind.value, *words)}
"""What may happen to an issue, in both languages; when it was found, and its slips, stand in tables of their own."""
_IN_ORDER: Mapping[str, EventKind] = {
    word: kind
    for kind, words in ((EventKind.FOUND, ("发现",)), (EventKind.SLIPPED, ("发单",)))
    for word in (kind.value, *words)
}
"""What is an event of events.csv too, where the events of an issue are numbered."""
ELSEWHERE = "when it was found stands in issues.csv, and slips in slips.csv"
EVENT_WORDS: Mapping[EventKind, str] = {
    kind: word for word, kind in reversed({**EVENTS, **_IN_ORDER}.items()) if not word.isascii()
}
"""The first Chinese word of each."""
_ANSWERS = {"yes": True, "no": False, "是": True, "否": False, "通过": True, "未通过": False}


def read_code(cell: str) -> str:
    if "+" in cell and _SCIENTIFIC.fullmatch(cell):
        raise UnreadableError(
            "the spreadsheet made a rounded number of this code", "format the column as text and enter the code again"
        )
    return cell


def read_list(cell: str) -> tuple[str, ...]:
    """Texts with a separator between them, or, where one of them holds a separator, as JSON has a list of texts."""
    if cell.startswith('["'):
        try:
            return tuple(map(str, json.loads(cell)))
        except ValueError:
            raise UnreadableError("this is no list of JSON", 'write it as ["a", "b"], or as a；b') from None
    return tuple(read_code(part) for part in map(str.strip, _LIST.split(cell)) if part)


def read_set(cell: str) -> frozenset[str]:
    return frozenset(read_list(cell))


def read_day(cell: str) -> date:
    found = _DAY.fullmatch(cell)
    if not found:
        half = ", in half-width digits" if _WIDE.search(cell) else ""
        raise UnreadableError("this is not a day", f"write it as 2017-05-31{half}")
    year, month, day = map(int, found.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UnreadableError(f"the year is not within {FIRST_YEAR} to {LAST_YEAR}", "correct the year")
    try:
        return date(year, month, day)
    except ValueError:
        raise UnreadableError("there is no such day", "correct the month or the day") from None


def moment_reader(zone: tzinfo) -> Callable[[str], datetime]:
    """Reads a day with an hour; one that names no time zone of its own is in `zone`."""

    def read_moment(cell: str) -> datetime:
        found = _MOMENT.fullmatch(cell)
        if not found:
            raise UnreadableError("this is not a moment", "write it as 2017-05-31 17:00")
        day, hour, minute, second, own = found.groups()
        try:
            moment = datetime.fromisoformat(f"{read_day(day)}T{int(hour):02}:{minute}:{second or '00'}{own or ''}")
        except UnreadableError:
            raise
        except ValueError:
            raise UnreadableError("there is no such hour", "correct the hour, or the zone such as +08:00") from None
        return moment if own else moment.replace(tzinfo=zone)

    return read_moment


def read_count(cell: str) -> int:
    if not _COUNT.fullmatch(cell):
        raise UnreadableError("this is not a whole number", "write digits only, such as 151")
    return int(cell)


def read_points(cell: str) -> Decimal:
    try:
        return points(cell)
    except ValueError as error:
        if not cell.isascii():
            raise UnreadableError("this is not a number of points", "write half-width digits, such as 85.5") from None
        raise UnreadableError(str(error), "write digits with a decimal point, such as 85.5") from None


def read_datum(cell: str) -> Datum:
    if cell.upper() not in NAMES:
        raise UnreadableError("this is no datum", f"write one of {', '.join(NAMES)}")
    return NAMES[cell.upper()]


def read_mode(cell: str) -> Mode:
    if cell not in _MODES:
        raise UnreadableError("this is no way of inspecting", f"write one of {', '.join(_MODES)}")
    return _MODES[cell]


def read_event(cell: str) -> EventKind:
    known = {**EVENTS, **_IN_ORDER}
    if cell.lower() not in known:
        raise UnreadableError("this is no event of events.csv", f"write one of {', '.join(EVENTS)}; {ELSEWHERE}")
    return known[cell.lower()]


def stages_reader(zone: tzinfo) -> Callable[[str], tuple[StageDue, ...]]:
    """Reads a list of stages, each with its last day, or its last moment: 围挡=2017-05-31；恢复=2017-06-05 17:00."""
    read_moment = moment_reader(zone)

    def read_stages(cell: str) -> tuple[StageDue, ...]:
        found = []
        for part in read_list(cell):
            stage, _, until = map(str.strip, part.rpartition("="))
            if not stage:
                raise UnreadableError("this is no stage with its date", "write it as 围挡=2017-05-31")
            if ":" in until:
                at = read_moment(until)
                found.append(StageDue(stage, at.date(), at))
            else:
                found.append(StageDue(stage, read_day(until)))
        return tuple(found)

    return read_stages


def read_answer(cell: str) -> bool:
    if cell.lower() not in _ANSWERS:  # a spreadsheet may make a capital of the first letter
        raise UnreadableError("this is neither yes nor no", f"write one of {', '.join(_ANSWERS)}")
    return _ANSWERS[cell.lower()]


def condition_reader(kinds: Mapping[str, type] | None) -> Callable[[str], Condition]:
    """Reads a condition as scheme files have it; `kinds` are those of a locality."""

    def read_condition(cell: str) -> Condition:
        return from_inline(cell, kinds)

    return read_condition
