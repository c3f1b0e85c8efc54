"""A number as it is printed, and what it may stand for."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from attrs import evolve, frozen

from envgov.exact import points, round_half_up

_BEFORE = {
    "超过": "more than",
    "超": "more than",
    "逾": "more than",
    "突破": "more than",
    "高达": "",
    "达到": "",
    "达": "",
    "接近": "nearly",
    "近": "nearly",
    "大约": "about",
    "约": "about",
    "低于": "less than",
    "不足": "less than",
}
_AFTER = {"以上": "at least", "以下": "at most", "左右": "about", "多": "some more", "余": "some more"}
_TIED = r"(?:[(（]?并列[)）]?|[=＝])?"
_NOTED = r"(?:[*＊※†#]+|[①-⑳]|[\[〔【]注?[0-9]{1,2}[\]〕】]|[(（]注[0-9]{0,2}[)）])?"
_SHAPE = re.compile(
    rf"{_TIED}第?(?P<before>{'|'.join(_BEFORE)})?(?P<sign>[+-]?)"
    r"(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
    r"(?P<more>[多余])?\s?(?P<percent>[%％])?[分名位个件户处条次元人吨]?"
    rf"(?P<after>{'|'.join(_AFTER)})?\s?{_TIED}{_NOTED}"
)
# 一 by itself may be a dash
_ORDINAL = re.compile(
    rf"{_TIED}(?:第(?P<after>[一二三四五六七八九十]+)[名位]?|(?P<before>[一二三四五六七八九十]+)[名位]){_TIED}{_NOTED}"
)
_ONES = ("", *"一二三四五六七八九")
_CHINESE = {
    f"{'' if tens == '一' else tens}{'十' if tens else ''}{ones}": 10 * i + j
    for i, tens in enumerate(_ONES)
    for j, ones in enumerate(_ONES)
}
_WIDE = str.maketrans("０１２３４５６７８９．", "0123456789.")
_SIGNS = str.maketrans("−–－＋", "--++")
_DOTS = re.compile(r"(?<=[0-9])[.。]{2,}(?=[0-9])|(?<=[0-9])。(?=[0-9])")
_LIST = re.compile(r"[、，,;；\n]")
_ITEM = re.compile(r"[+-]?[0-9.。０-９．]*[0-9０-９]")
_BLANK = frozenset({"", "-", "--", "—", "——", "－", "/", "\\", "无"})
LONGEST = 60


class Interval(NamedTuple):
    """From `low` to `high`, None where it has no end; whether the ends belong to it."""

    low: Fraction | None
    high: Fraction | None
    low_in: bool
    high_in: bool

    @classmethod
    def at(cls, x: Fraction) -> Interval:
        return cls(x, x, low_in=True, high_in=True)

    def __contains__(self, x: object) -> bool:
        assert isinstance(x, Fraction)
        above = self.low is None or x > self.low or (x == self.low and self.low_in)
        return above and (self.high is None or x < self.high or (x == self.high and self.high_in))


@frozen
class Numeral:
    """A printed number: its value (99.5% is 0.995), how many decimals of the value it shows, and its wording.

    `wording` is empty, or what the words around it say: at least (92%以上), more than (超过), some more (140多),
    nearly (近), about (约), less than, at most. `amended` is how it should be spelt, where digits or points are
    mistyped.
    """

    value: Fraction
    places: int
    percent: bool = False
    mark: str = ""
    wording: str = ""
    amended: str = ""

    def span(self, places: int) -> Interval:
        """What may have been rounded half up to it, in a column that shows so many decimals."""
        unit = Fraction(1, 10**places)
        v, coarse = self.value, self._coarse()
        match self.wording:
            case "at least" | "more than":
                return Interval(v, None, self.wording == "at least", high_in=False)
            case "at most" | "less than":
                return Interval(None, v, low_in=False, high_in=self.wording == "at most")
            case "some more":
                return Interval(v, v + coarse, low_in=False, high_in=False)
            case "nearly":
                return Interval(v - coarse, v, low_in=False, high_in=False)
            case "about":
                return Interval(v - coarse / 2, v + coarse / 2, low_in=True, high_in=True)
        return Interval(v - unit / 2, v + unit / 2, v > 0, v < 0)

    def _coarse(self) -> Fraction:
        """One in the last digit that is not an idle zero: 10 for 140, 1% for 92%."""
        unit = Fraction(1, 10**self.places)
        if self.places == (2 if self.percent else 0):
            while self.value and self.value % (unit * 10) == 0:
                unit *= 10
        return unit

    def as_percent(self) -> Numeral:
        """The same digits, read as a percentage that is printed without its sign."""
        return evolve(self, value=self.value / 100, places=self.places + 2, percent=True)

    def rounded(self, x: Fraction, places: int) -> Fraction:
        return Fraction(round_half_up(x, places))

    def spell(self, x: Fraction, places: int) -> str:
        """Another value with so many decimals, as it would have been printed here."""
        if self.percent:
            return f"{round_half_up(x * 100, places - 2):f}{self.mark}"
        return f"{round_half_up(x, places):f}"


def is_blank(cell: str) -> bool:
    """Nothing is printed: an empty cell, a dash, 无."""
    return cell.strip() in _BLANK


def has_digit(cell: str) -> bool:
    return any(character.isdecimal() for character in cell)


def read_numeral(cell: str) -> Numeral | None:
    """The number in a cell, with what its words say; None where there is none, or several."""
    text = cell.strip().translate(_SIGNS)
    if len(text) > LONGEST:
        return None
    mended = _DOTS.sub(".", text.translate(_WIDE))
    if ordinal := _ORDINAL.fullmatch(text):
        number = _CHINESE.get(ordinal["after"] or ordinal["before"])
        return None if number is None else Numeral(Fraction(number), 0)
    found = _SHAPE.fullmatch(mended)
    if found is None:
        return None
    digits = found["digits"].replace(",", "")
    try:
        value = Fraction(points(found["sign"] + digits))
    except ValueError:
        return None
    places = len(digits.partition(".")[2])
    wording = _AFTER.get(found["more"] or found["after"] or "", "") or _BEFORE.get(found["before"] or "", "")
    amended = mended if mended != text else ""
    numeral = Numeral(value, places, wording=wording, amended=amended)
    return evolve(numeral.as_percent(), mark=found["percent"]) if found["percent"] else numeral


def read_items(cell: str) -> tuple[tuple[str, Numeral | None], ...] | None:
    """The items of a list in one cell (农新87.4、天壶87.6), each with the last number in it.

    None: the list breaks off (……, 等), or is no list of numbers.
    """
    text = cell.strip()
    if is_blank(text) or text.endswith(("…", "...", "等")):
        return None
    items = tuple(item.strip() for item in _LIST.split(text) if item.strip())
    numbers = [_ITEM.findall(item.translate(_SIGNS)) for item in items]
    if not all(numbers):
        return None
    return tuple((item, read_numeral(found[-1])) for item, found in zip(items, numbers, strict=True))
