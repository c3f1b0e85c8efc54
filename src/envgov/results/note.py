"""What the reader of a list must know: ties at its cut, lists that were shortened, what settled or counted nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple, get_args

from envgov.results.table import Language

AboutLists = Literal[
    "tie included",
    "tie excluded",
    "tie at the cut",
    "too many ruled in",
    "nobody",
    "all tied",
    "overlap",
    "shortened",
    "superseded if ruled",
]
"""Notes that name nobody but units."""
What = Literal[AboutLists, "exempt", "off the grid", "ruling unused", "role there"]

_TEXTS: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "tie included": "{where}：名额{seats}个，界线上并列者全部列入：{units}",
        "tie excluded": "{where}：名额{seats}个，界线上并列者全不列入：{units}",
        "tie at the cut": "{where}：名额{seats}个，界线上并列：{units}",
        "too many ruled in": "{where}：名额{seats}个，界线上并列者经裁定列入的超出名额：{units}",
        "nobody": "{where}：端点上并列的多于名额{seats}个，并列者全不列入，没有单位上榜：{units}",
        "all tied": "{where}：全部并列，没有首末之分，没有单位上榜",
        "overlap": "{where}：也符合后列档次的条件，按先列的档次：{units}",
        "shortened": "{where}：本组只有{size}个单位参评，名额减为{seats}个",
        "superseded if ruled": "{measure}待定：裁定成立的，不再提“{tier}”：{units}",
        "exempt": "免评{where}：{units}",
        "off the grid": "本期网格上没有的地点有未销号问题{size}个，按地点不计入任何单位：{units}",
        "ruling unused": "裁定未用到，规则没有把这一条留待裁定：{where}，{units}",
        "role there": "检查人在受检单位有职责：{where}",
        "meant": "；是否指“{}”？请照办法的原文填写",
        "group": "{text}（{group}）",
        "joint": "、",
        "tier": "“{}”的“{}”",
        "list": "“{}”",
    },
    "en": {
        "tie included": "{where}: {seats} seats, and all who are level across the cut are in: {units}",
        "tie excluded": "{where}: {seats} seats, and none who is level across the cut is in: {units}",
        "tie at the cut": "{where}: {seats} seats, and level across the cut are {units}",
        "too many ruled in": "{where}: {seats} seats, and more of those level across the cut were ruled in: {units}",
        "nobody": "{where}: more than {seats} share the end of the list, none of them is in, so nobody is: {units}",
        "all tied": "{where}: all are level, there is neither first nor last, and nobody is on the list",
        "overlap": "{where}: these meet the condition of a later tier too, and the first tier counts: {units}",
        "shortened": "{where}: only {size} units of the group were assessed, and the list has {seats} seats",
        "superseded if ruled": '{measure} is pending: where it is ruled to hold, "{tier}" is not proposed: {units}',
        "exempt": "exempt, {where}: {units}",
        "off the grid": (
            "issues not closed at places that the round's grid does not have, which count by place for no unit: "
            "{size}, at {units}"
        ),
        "ruling unused": "a ruling settles nothing, for the rules do not leave this open: {where}, {units}",
        "role there": "inspectors who hold a role at the unit that they inspected: {where}",
        "meant": '; did you mean "{}"? Write it as the scheme does',
        "group": "{text} ({group})",
        "joint": ", ",
        "tier": '"{1}" on "{0}"',
        "list": '"{}"',
    },
}


class Note(NamedTuple):
    """One thing to say below a table.

    `where` is a board or a measure, a condition that was ruled on, why units are exempt, or who holds a role at a unit
    that they inspected; `tier` that of a board, or the lighter measure that a pending one would supersede. `english` is
    `where` in English, if words of envgov's are in it: what localities call their own has one name. `meant` is the
    clause of the scheme that is spelt nearly as one that was ruled on in vain.

    `units` are codes; `seats` is how many the list had to give in the group, which has `size` assessed units. Of places
    that are off the grid, `size` is how many issues there are.
    """

    what: What
    where: str
    tier: str
    group: str
    units: tuple[str, ...]
    seats: int
    size: int
    english: str = ""
    meant: str = ""

    def text(self, language: Language, names: Mapping[str, str]) -> str:
        """The note as a sentence; `names` gives the units' names."""
        texts = _TEXTS[language]
        named = self.english if self.english and language == "en" else self.where
        where = texts["tier"].format(named, self.tier) if self.tier else texts["list"].format(named)
        units = texts["joint"].join(names.get(unit, unit) for unit in self.units)
        measure = texts["list"].format(named)
        text = texts[self.what].format(
            where=where, measure=measure, tier=self.tier, units=units, seats=self.seats, size=self.size
        )
        if self.meant:
            text += texts["meant"].format(self.meant)
        return texts["group"].format(text=text, group=self.group) if self.group else text


def disclosed_notes(notes: Iterable[Note]) -> Iterator[Note]:
    """Those about lists, which everybody may read; others may name inspectors, or quote why somebody is exempt."""
    return (note for note in notes if note.what in get_args(AboutLists))
