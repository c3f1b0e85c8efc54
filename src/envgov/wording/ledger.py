"""The words around a ledger, for those who keep it."""

from __future__ import annotations

from collections.abc import Mapping

from envgov.facts.issue import EventKind, State
from envgov.results.table import Language
from envgov.wording.phrases import LANGUAGES

SAY: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "entered": "第{seq}条：{id} {what}（{day}，{by}）{to}；{state}{due}",
        "to": "→{}",
        "due": "，时限{}",
        "again": "（此前已录入，未重复录入）",
        "stages": "  阶段时限：{}",
        "calendar": "  工作日历：{}",
        "kept": "第{seq}条：{what}（{by}录入）",
        "grid:units": "网格单位",
        "rules:life": "办理规则",
        "rules:hearing": "核实反馈",
        "roster:duty": "职责分工表",
        "entry": "条",
        "version": "版",
        "day": "日期",
        "what": "事项",
        "by": "办理人",
        "whom": "对象",
        "until": "时限",
        "note": "说明",
        "clerk": "录入人",
        "issue": "编号",
        "place": "位置",
        "owed by": "责任单位",
        "category": "类别",
        "state": "状态",
        "late": "逾期天数",
        "days": "历时{elapsed}天，不计挂账{worked}天",
        "again and again": "返工{rejected}次，反弹{relapsed}次",
        "at version": "第{}版",
        "approved": "{}批准",
        "asked": "{}申请",
        "role": "以{}身份",
        "stage": "阶段“{}”",
        "evidence": "附：{}",
        "source": "来源：{}",
        "supporting": "配合：{}",
        "whistle": "{report_at}到{place}报到；人员：{people}；责任领导：{leader}；任务：{task}",
        "none": "没有问题",
        "colon": "：",
        "joint": "；",
        "comma": "，",
    },
    "en": {
        "entered": "entry {seq}: {id} {what} ({day}, {by}){to}; {state}{due}",
        "to": " to {}",
        "due": ", due {}",
        "again": " (entered before, and not again)",
        "stages": "  stages: {}",
        "calendar": "  work calendar: {}",
        "kept": "entry {seq}: {what} (entered by {by})",
        "grid:units": "the grid",
        "rules:life": "the rules of an issue's life",
        "rules:hearing": "whether units are heard",
        "roster:duty": "the duty roster",
        "entry": "entry",
        "version": "version",
        "day": "day",
        "what": "what",
        "by": "by",
        "whom": "to",
        "until": "due",
        "note": "note",
        "clerk": "entered by",
        "issue": "issue",
        "place": "place",
        "owed by": "owed by",
        "category": "category",
        "state": "state",
        "late": "days overdue",
        "days": "{elapsed} days, {worked} without suspension",
        "again and again": "rejected {rejected}, relapsed {relapsed}",
        "at version": "version {}",
        "approved": "approved by {}",
        "asked": "asked on {}",
        "role": "as {}",
        "stage": "stage {}",
        "evidence": "evidence: {}",
        "source": "source: {}",
        "supporting": "supporting: {}",
        "whistle": "report at {report_at} at {place}; people: {people}; led by {leader}; task: {task}",
        "none": "no issue",
        "colon": ": ",
        "joint": "; ",
        "comma": ", ",
    },
}


def event_word(what: EventKind, language: Language) -> str:
    """What happened to an issue, in a word."""
    return LANGUAGES[language].choices.get("happened.what", {}).get(what.value, what.value)


def state_word(state: State, language: Language) -> str:
    return LANGUAGES[language].choices["state"].get(state.value, state.value)
