"""The words on charts, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from envgov.results.table import Language

CHART_WORDS: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "rank": "名次",
        "round": "期次",
        "unit": "单位",
        "units": "{}个单位",
        "field": "每期参评{}个单位",
        "fields": "每期参评{}至{}个单位",
        "gap": "虚线：其间有未考评的期次",
        "tier": "档次",
        "score": "得分",
        "several": "{}个",
        "rate": "比率（%）",
        "interval": "横线为Wilson {}%区间；括号内为分子/分母；截至{}",
        "of": "{}（{}/{}）",
        "as of": "截至{}，未销号{}件",
        "age": "发现至今",
        "issues": "件数",
        "state": "状态",
        "days": "{}至{}天",
        "longer": "超过{}天",
        "overdue": "逾期",
        "in time": "未到期",
        "undated": "未定期限",
        "rectified": "已整改待验收",
        "suspended": "挂账",
        "no shape": "图上没有：{}",
        "white": "白底虚线：{}",
    },
    "en": {
        "rank": "rank",
        "round": "round",
        "unit": "unit",
        "units": "{} units",
        "field": "{} units assessed in each round",
        "fields": "{} to {} units assessed in a round",
        "gap": "dashed: rounds between were not held",
        "tier": "tier",
        "score": "score",
        "several": "{}",
        "rate": "rate (%)",
        "interval": "lines: Wilson {}% intervals; in brackets the counts; as of {}",
        "of": "{} ({}/{})",
        "as of": "as of {}, {} issues are not closed",
        "age": "since found",
        "issues": "issues",
        "state": "state",
        "days": "{} to {} days",
        "longer": "over {} days",
        "overdue": "overdue",
        "in time": "not yet due",
        "undated": "without a date",
        "rectified": "rectified, not accepted",
        "suspended": "suspended",
        "no shape": "not on the map: {}",
        "white": "white with a dashed outline: {}",
    },
}
"""By language."""
