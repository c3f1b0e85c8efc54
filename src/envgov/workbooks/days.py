"""How clerks write a day, and a deadline that is no day."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple
from unicodedata import normalize

from envgov.workbooks.row import FIRST_DAY, LAST_DAY, Term

_BY = "(?:之前|以前|前)?"
_FULL = re.compile(
    rf"([0-9]{{4}}|[0-9]{{2}})([-/.年])([0-9]{{1,2}})[-/.月]([0-9]{{1,2}})[日号]?(?:[T ]?0{{1,2}}:00(?::00)?)?{_BY}"
)
_DIGITS = re.compile(rf"(20[0-9]{{2}})([01][0-9])([0-3][0-9]){_BY}")
_OF_A_YEAR = re.compile(rf"([0-9]{{1,2}})[月./-]([0-9]{{1,2}})[日号]?{_BY}")
_MONTH_END = re.compile(rf"(?:([0-9]{{4}})年)?([0-9]{{1,2}})月(?:底|末){_BY}")
_WITHIN = re.compile(r"([0-9]{1,3})[日天](?:之?内|以内)")
_SERIAL = re.compile(r"[0-9]{5}(?:\.0)?")
_AT_ONCE = re.compile("(?:立行立改|立知立改|即知即改|即查即改|边查边改|立即整改|立即)")
_STANDING = re.compile("(?:长期坚持|坚持长期|长期|持续坚持|常态化|常态长效)")


class Unreadable(NamedTuple):
    """Why no day was read: a key of the problems."""

    what: str


class Read(NamedTuple):
    """A day as it was read; `guessed` where the cell does not say all of it."""

    day: date
    guessed: bool = False


def read_day(value: object, *, after: date | None = None, since_1904: bool = False) -> Read | Unreadable:
    """A day as a cell has it: a date, the number by which a spreadsheet counts it, or a text.

    A text without a year is the first such day from `after` on; 10月底 is the last day of the month; 3日内 is counted
    from `after`. 前 includes the day itself. A number with a fraction is no day: 4.10 and 4.1 are one number.
    """
    if isinstance(value, datetime):
        return _within(value.date())
    if isinstance(value, date):
        return _within(value)
    if isinstance(value, float) and not value.is_integer():  # 4.10 typed as a number is 4.1 by now
        return Unreadable("no day")
    text = re.sub(r"\s+", " ", normalize("NFKC", str(value))).strip()
    if _SERIAL.fullmatch(text):
        start = date(1904, 1, 1) if since_1904 else date(1899, 12, 30)
        return _within(start + timedelta(days=int(float(text))), guessed=True)
    text = text if " 0" in text else text.replace(" ", "")
    if found := _FULL.fullmatch(text) or _DIGITS.fullmatch(text):
        year, *_, month, day = found.groups()
        return _made(int(year) + 2000 * (len(year) == 2), int(month), int(day), guessed=len(year) == 2)
    if found := _OF_A_YEAR.fullmatch(text):
        return _next(int(found[1]), int(found[2]), after)
    if found := _MONTH_END.fullmatch(text):
        return _month_end(found[1], int(found[2]), after)
    if (found := _WITHIN.fullmatch(text)) and after is not None:
        return _within(after + timedelta(days=int(found[1])), guessed=True)
    return Unreadable("no day")


def read_due(value: object, *, after: date | None = None, since_1904: bool = False) -> Read | Term | Unreadable:
    """A deadline: a day, or one of the words that stand for none."""
    text = re.sub(r"[\s。；;，,]", "", normalize("NFKC", str(value)))
    if _AT_ONCE.fullmatch(text):
        return Term.AT_ONCE
    if _STANDING.fullmatch(text):
        return Term.STANDING
    read = read_day(value, after=after, since_1904=since_1904)
    return Unreadable("no term") if read == Unreadable("no day") else read


def _within(day: date, *, guessed: bool = False) -> Read | Unreadable:
    return Read(day, guessed) if FIRST_DAY <= day <= LAST_DAY else Unreadable("no such day")


def _made(year: int, month: int, day: int, *, guessed: bool) -> Read | Unreadable:
    try:
        return _within(date(year, month, day), guessed=guessed)
    except ValueError:
        return Unreadable("no such day")


def _next(month: int, day: int, after: date | None) -> Read | Unreadable:
    """The first such day from `after` on; 29 February waits for its year."""
    if after is None:
        return Unreadable("no year")
    coming = (_made(year, month, day, guessed=True) for year in range(after.year, after.year + 9))
    return next((read for read in _reads(coming) if read.day >= after), Unreadable("no such day"))


def _month_end(year: str | None, month: int, after: date | None) -> Read | Unreadable:
    if not 1 <= month <= 12:
        return Unreadable("no such day")
    if year is not None:
        return _made(int(year), month, monthrange(int(year), month)[1], guessed=True)
    if after is None:
        return Unreadable("no year")
    ahead = after.year + (month < after.month)
    return _made(ahead, month, monthrange(ahead, month)[1], guessed=True)


def _reads(found: Iterator[Read | Unreadable]) -> Iterator[Read]:
    return (read for read in found if isinstance(read, Read))
