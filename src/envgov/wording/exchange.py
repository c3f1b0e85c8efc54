"""The words in files that other programs read."""

from __future__ import annotations

from collections.abc import Mapping

from envgov.results.table import Language

EXCHANGE: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "issue": "{place}：{what}（{id}）",
        "problem": "问题整改",
        "stage": "{issue} {stage}",
        "answer": "{measure}{number}：{subject}答复",
        "owed by": "责任单位：{}",
        "suspended": "挂账中，不计时限",
        "comma": "、",
    },
    "en": {
        "issue": "{place}: {what} ({id})",
        "problem": "problem to be fixed",
        "stage": "{issue} {stage}",
        "answer": "{measure} {number}: answer of {subject}",
        "owed by": "owed by {}",
        "suspended": "suspended; its time stands still",
        "comma": ", ",
    },
}
"""By language."""
