"""The words of a bulletin (通报)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from envgov.results.table import Language

_NUMERALS = "零一二三四五六七八九"
_MONTH = re.compile(r"(\d{4})-(\d{2})")

SAY: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "title": "关于|{label}|{subject}|结果的通报",
        "correction title": "关于更正|{label}|{subject}|结果的通报",
        "opening": "现将{label}（{first}至{last}）{subject}结果通报如下。",
        "correction opening": "{first}至{last}（{label}）{subject}结果的通报（{number}）有误，现予更正。更正原因：{why}。",
        "ranking": "排名",
        "assessed": "本期参评{n}个单位。",
        "not ranked": "本办法不排名，列入本期的单位{n}个。",
        "rates": "有关比率",
        "rate": "{name}{rate}（各单位合计{counted}/{among}，截至{day}）",
        "on board": "{board}：{tier}",
        "nobody": "无",
        "placed": "第{rank}名，{score}分",
        "basis": "依据“{}”",
        "by rule": "依据：{}",
        "deducted": "主要扣分：{}",
        "deduction": "{item}扣{points}分",
        "pending": "待裁定",
        "may be in": "可能列入{}",
        "measures": "拟采取的措施",
        "proposed": "拟{rung}（{to}）：{units}",
        "signed by people": "以上措施由有权机关审签后执行。",
        "absent": "未参评、免评",
        "notes": "说明",
        "moved": "变动情况",
        "withdrawn": "撤销",
        "added": "新增",
        "told": "告知对象",
        "nothing moved": "名次、得分、档次和措施均无变动。",
        "grounds": "依据与核验（SHA-256指纹）",
        "scheme": "{title}（{id}），自{edition}起施行",
        "provided": "，{}",
        "result": "结果：{}",
        "result before": "更正前：{}",
        "head": "台账链首：{}",
        "inputs": "数据：{}",
        "more": "…余{n}项见通报全文",
        "colon": "：",
        "joint": "、",
        "apart": "；",
    },
    "en": {
        "title": "Bulletin: |{subject}, |{label}",
        "correction title": "Correction: |{subject}, |{label}",
        "opening": "The results of {subject} for {label} ({first} to {last}) are as follows.",
        "correction opening": (
            "The bulletin ({number}) on {subject} for {label} ({first} to {last}) is corrected here. Reason: {why}."
        ),
        "ranking": "Ranking",
        "assessed": "Units assessed in this round: {n}.",
        "not ranked": "The scheme ranks nobody; units in this round: {n}.",
        "rates": "Rates",
        "rate": "{name} {rate} ({counted}/{among} over all units, as of {day})",
        "on board": "{board}: {tier}",
        "nobody": "none",
        "placed": "rank {rank}, score {score}",
        "basis": 'by "{}"',
        "by rule": "by {}",
        "deducted": "main deductions: {}",
        "deduction": "{item} {points}",
        "pending": "Waiting for a ruling",
        "may be in": "may end in {}",
        "measures": "Measures proposed",
        "proposed": "{rung} ({to}): {units}",
        "signed by people": "They take effect when those in charge have signed them.",
        "absent": "Not assessed, or exempt",
        "notes": "Notes",
        "moved": "What moved",
        "withdrawn": "Withdrawn",
        "added": "New",
        "told": "Who is told",
        "nothing moved": "Nothing moved: neither ranks, scores, tiers nor measures.",
        "grounds": "Grounds and SHA-256 fingerprints",
        "scheme": "{title} ({id}), in force since {edition}",
        "provided": ", {}",
        "result": "result: {}",
        "result before": "before: {}",
        "head": "head of the ledger: {}",
        "inputs": "data: {}",
        "more": "... {n} more in the whole bulletin",
        "colon": ": ",
        "joint": ", ",
        "apart": "; ",
    },
}


def day_word(day: date, language: Language) -> str:
    """A day as papers write it: 2017年4月5日, without leading zeros."""
    return day.isoformat() if language == "en" else f"{day.year}年{day.month}月{day.day}日"


def label_word(label: str, language: Language) -> str:
    """The label of a round; that of a month as papers write it: 2017年4月."""
    month = _MONTH.fullmatch(label)
    return label if month is None or language == "en" else f"{month[1]}年{int(month[2])}月"


def numeral(n: int) -> str:
    """A whole number from 1 to 99 in Chinese: 十二."""
    tens, ones = divmod(n, 10)
    before = "" if not tens else "十" if tens == 1 else _NUMERALS[tens] + "十"
    return before + (_NUMERALS[ones] if ones else "")
