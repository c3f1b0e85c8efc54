"""Results as tables of texts: their words in both languages, and their columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal
from unicodedata import east_asian_width

from attrs import frozen

from envgov.reason import Absent
from envgov.results.measure import Measure
from envgov.results.placement import PENDING

Language = Literal["zh", "en"]


@frozen
class Words:
    """One language: the heads of the tables, and what stands in their cells."""

    heads: tuple[str, ...]
    change_heads: tuple[str, ...]
    absent: Mapping[Absent, str]
    tied: str
    pending: str
    aside: str
    joint: str
    about: str
    comma: str
    overdue: str
    colon: str
    arrow: str
    edition: str
    outside: str
    unranked: str
    up: str
    down: str
    movers: str
    only_in: str
    withdrawn: str
    new: str
    parts: Mapping[str, str]
    yuan: str
    apart: str
    issues: str
    synthetic: str
    addressed: str
    nobody: str
    left_out: str
    size: str
    rounds: str
    newest: str
    ranking_heads: tuple[str, ...]

    def tier(self, tier: str) -> str:
        return self.pending if tier == PENDING else tier

    def measure(self, measure: Measure) -> str:
        name = measure.rung if measure.about == "unit" else self.aside.format(measure.rung, measure.subject)
        return self.aside.format(name, self.pending) if measure.pending else name

    def about_several(self, measures: Sequence[Measure]) -> str:
        """One measure about several issues, of which each is pending, or none."""
        name = self.aside.format(measures[0].rung, self.issues.format(len(measures)))
        return self.aside.format(name, self.pending) if measures[0].pending else name

    def measures(self, measures: Sequence[Measure]) -> str:
        """Those that are called for, then those that are pending: each of these says so, and none before it."""
        held = self.joint.join(self.measure(measure) for measure in measures if not measure.pending)
        pending = self.joint.join(self.measure(measure) for measure in measures if measure.pending)
        return self.apart.join(text for text in (held, pending) if text)

    def owed(self, who: Iterable[str], names: Mapping[str, str]) -> str:
        """Who must put an issue right, by the names that are known."""
        return self.parts["owed_by"] + self.colon + self.joint.join(names.get(code, code) for code in who)

    def change(self, a: str, b: str) -> str:
        """What became what; one text where both are the same."""
        return a if a == b else self.arrow.format(a or "-", b or "-")


WORDS: Mapping[Language, Words] = {
    "zh": Words(
        heads=("名次", "单位", "得分", "档次", "措施（拟）", "备注"),
        change_heads=("单位", "名次", "升降", "得分", "分差", "档次", "措施（拟）"),
        absent={Absent.NOT_ASSESSED: "未参评", Absent.EXEMPT: "免评"},
        tied="并列{}个",
        pending="待定",
        aside="{}（{}）",
        joint="、",
        about="问题{}：拟{}（{}）",
        comma="，",
        overdue="逾期{}天",
        colon="：",
        arrow="{} → {}",
        edition="{}（自{}起施行）",
        outside="不在参评范围",
        unranked="不排名",
        up="升{}",
        down="降{}",
        movers="{}：{}个单位中{}个有变动",
        only_in="仅{}",
        withdrawn="撤销",
        new="新增",
        parts={"to": "对象", "by": "执行", "amount": "金额", "owed_by": "责任单位"},
        yuan="{}元",
        apart="；",
        issues="{}个问题",
        synthetic="虚构数据：{}",
        addressed="{}：{} — {}",
        nobody="无人任{}",
        left_out="……（此处略去{}行）",
        size="参评{}个单位，未排名{}个",
        rounds="共{}期：{}",
        newest="共{}期，以下为最近{}期",
        ranking_heads=("名次", "单位", "组别", "数值", "备注"),
    ),
    "en": Words(
        heads=("Rank", "Unit", "Score", "Tier", "Measures (proposed)", "Notes"),
        change_heads=("Unit", "Rank", "Places", "Score", "Difference", "Tier", "Measures (proposed)"),
        absent={Absent.NOT_ASSESSED: "not assessed", Absent.EXEMPT: "exempt"},
        tied="{} tied",
        pending="pending",
        aside="{} ({})",
        joint=", ",
        about="issue {}: {} proposed ({})",
        comma=", ",
        overdue="days overdue: {}",
        colon=": ",
        arrow="{} -> {}",
        edition="{} (in force since {})",
        outside="not in the field",
        unranked="not ranked",
        up="{} up",
        down="{} down",
        movers="{}: of {} units {} moved",
        only_in="only in {}",
        withdrawn="withdrawn",
        new="new",
        parts={"to": "to", "by": "by", "amount": "amount", "owed_by": "owed by"},
        yuan="{} yuan",
        apart="; ",
        issues="{} issues",
        synthetic="synthetic data: {}",
        addressed="{}: {} - {}",
        nobody="nobody is {}",
        left_out="... ({} rows are left out here)",
        size="{} units assessed, {} without a rank",
        rounds="{} rounds: {}",
        newest="{} rounds, of which these are the newest {}",
        ranking_heads=("Rank", "Unit", "Group", "Number", "Notes"),
    ),
}


def aligned(table: Sequence[tuple[str, ...]]) -> list[str]:
    """The rows as lines, each column as wide as its widest text."""
    widths = [max(map(_width, column)) for column in zip(*table, strict=True)]
    return ["  ".join(map(_pad, line, widths)).rstrip() for line in table]


def _width(text: str) -> int:
    """Columns in a terminal: a Chinese character takes two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
