"""Facts that no scheme reads, most often for a word or a year that is written otherwise in one of the two."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from envgov.results.table import Language

Misfit = Literal[
    "channel", "slip", "category", "source", "item", "return", "owing", "level", "head", "early", "alone", "ruling"
]
SHOWN_PLACES = 5

_TEXTS: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "channel": "{table}.csv：渠道“{found}”（{n}条）没有办法采用，办法采用的是“{asked}”",
        "slip": "{table}.csv：督办单“{found}”（{n}张）没有办法问到，办法问的是“{asked}”",
        "category": "{table}.csv：问题类别“{found}”（{n}个）没有办法问到，办法问的是“{asked}”",
        "source": "{table}.csv：问题来源“{found}”（{n}个）没有办法问到，办法问的是“{asked}”",
        "item": "{table}.csv：扣分项“{found}”（{n}处）办法没有提到，办法提到的是“{asked}”",
        "return": "{table}.csv：报送事项“{found}”（{n}条）没有办法要求，办法要求的是“{asked}”",
        "owing": "{table}.csv：“{asked}”有{n}条由“{found}”报送，办法没有要求其报送",
        "level": "{table}.csv：级别“{found}”（{n}个单位）没有办法考评，办法考评的是“{asked}”",
        "head": "{table}.csv：没有人的职务是办法所称的负责人“{asked}”，现有{n}条，职务为“{found}”",
        "early": "{table}.csv：{n}条（{found}）早于办法施行（自{asked}起），不计入任何一期",
        "alone": "{table}.csv：最近一期{found}只有{n}个单位，上一次有记录是{asked}，其间空缺",
        "ruling": "{table}.csv：办法“{asked}”没有一期含{found}这一天，{n}条裁定未用到",
        "remedy": "如系笔误，请改正该表或办法",
        "remedy owing": "单位请填编码，其他报送人请照办法的写法",
        "remedy head": "请改正该表或办法中的职务",
        "remedy early": "请核对年份，或补上当时施行的办法",
        "remedy alone": "请核对年份",
        "remedy ruling": "请改为所涉期次中的一天",
        "where": "（{}）",
        "more": "{}等{}处",
        "whole": "{text}{where}；{remedy}",
        "joint": "、",
        "several": "”“",
        "to": "至",
    },
    "en": {
        "channel": "{table}.csv: the channel “{found}” (rows: {n}) is read by no scheme; “{asked}” is",
        "slip": "{table}.csv: slips “{found}” ({n}) are asked for by no scheme; “{asked}” is",
        "category": "{table}.csv: the category “{found}” (issues: {n}) is asked for by no scheme; “{asked}” is",
        "source": "{table}.csv: the source “{found}” (issues: {n}) is asked for by no scheme; “{asked}” is",
        "item": "{table}.csv: the item “{found}” (findings: {n}) is named by no scheme; “{asked}” is",
        "return": "{table}.csv: the return “{found}” (rows: {n}) is asked for by no scheme; “{asked}” is",
        "owing": "{table}.csv: “{asked}” is on record (rows: {n}) for “{found}”, and by no scheme owed by them",
        "level": "{table}.csv: the level “{found}” (units: {n}) is assessed by no scheme; “{asked}” is",
        "head": "{table}.csv: nobody has the role “{asked}”, the head of a scheme; the rows ({n}) have “{found}”",
        "early": "{table}.csv: rows ({n}) of {found} are from before any scheme applies ({asked}), and are in no round",
        "alone": "{table}.csv: the newest round, {found}, has {n} unit only; the one before was {asked}",
        "ruling": "{table}.csv: no round of the scheme “{asked}” holds {found}, and rulings ({n}) settle nothing",
        "remedy": "if it is misspelt, correct the table or the scheme",
        "remedy owing": "name units by their codes, and others as the scheme does",
        "remedy head": "correct the role in the table or in the scheme",
        "remedy early": "check the year, or add the edition that applied then",
        "remedy alone": "check the year",
        "remedy ruling": "give a day of the round that they concern",
        "where": " ({})",
        "more": "{} and others, {} in all",
        "whole": "{text}{where}; {remedy}",
        "joint": ", ",
        "several": "”, “",
        "to": " to ",
    },
}


class Unread(NamedTuple):
    """Something in the facts that no scheme asks for, and what the schemes ask for instead.

    `what` says what does not fit: a word that is spelt nearly as another ("channel", "slip", "category", "source",
    "item", "return"), those by whom a return is not "owing", a "level", the role of the "head", days that are too "early", a newest round that stands "alone", or the day
    of a "ruling". `table` is the table of the season in which it stands, `n` how many of its rows or values, `places` the
    codes of the units, or the ids of the issues.
    """

    what: Misfit
    table: str
    found: tuple[str, ...]
    asked: tuple[str, ...]
    n: int
    places: tuple[str, ...]

    def text(self, language: Language = "zh") -> str:
        """What was found, where, and what to do, as a sentence; of many places the first five are named."""
        texts = _TEXTS[language]
        found, asked = (texts["to" if self.what == "early" else "several"].join(w) for w in (self.found, self.asked))
        where = texts["joint"].join(self.places[:SHOWN_PLACES])
        if len(self.places) > SHOWN_PLACES:
            where = texts["more"].format(where, len(self.places))
        return texts["whole"].format(
            text=texts[self.what].format(table=self.table, found=found, asked=asked, n=self.n),
            where=texts["where"].format(where) if where else "",
            remedy=texts.get(f"remedy {self.what}", texts["remedy"]),
        )
