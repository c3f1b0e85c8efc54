"""The words for each term, in Chinese and in English: a phrase, and the details that the scheme declares."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal

import attrs
from attrs import frozen

from envgov.policy.conditions import bottom, top
from envgov.results.ranking import SCORE

Language = Literal["zh", "en"]


@frozen
class Words:
    """One language: how terms are phrased, what their choices mean, and the sentences around them."""

    terms: Mapping[str, tuple[str, str]]
    choices: Mapping[str, Mapping[str, str]]
    say: Mapping[str, str]

    def phrase(self, term: Any) -> str:
        """A term in words; one without words of its own is shown as the call that makes it."""
        template = self.terms.get(getattr(term, "kind", ""))
        return self._fill(template[0], term) if template else repr(term)

    def details(self, term: Any) -> str:
        """What the scheme declares beside the phrase: ties, absences, repeats. Empty where there is nothing."""
        template = self.terms.get(getattr(term, "kind", ""))
        return self._fill(template[1], term) if template else ""

    def _fill(self, template: str, term: Any) -> str:
        words = {a.name: self._word(a.name, getattr(term, a.name)) for a in attrs.fields(type(term))}
        if isinstance(term, top | bottom):
            words["first"] = self.say["first one"] if term.n == 1 else self.say["first"].format(term.n)
            words["last"] = self.say["last one"] if term.n == 1 else self.say["last of"].format(term.n)
        return template.format_map(words)

    def _word(self, name: str, value: Any) -> str:
        if name == "of" and isinstance(value, str):
            return "" if value == SCORE else self.say["figure"].format(value)
        if name == "channel":
            return self.say["channel"].format(value) if value else self.say["any channel"]
        if name == "name":
            return self.say["named"].format(value) if value else ""
        if name in self.choices:
            return self.choices[name].get(str(value), str(value))
        if name == "parts":
            nested = [self.say["bracket"] if getattr(part, "parts", ()) else "{}" for part in value]
            return self.say["joint"].join(b.format(self.phrase(p)) for b, p in zip(nested, value, strict=True))
        if name == "rubric":
            caps = self.say["joint"].join(self.say["cap"].format(item.name, item.cap) for item in value.items)
            return str(value.full) + (self.say["details"].format(caps) if caps else "")
        if hasattr(value, "kind"):
            return self.phrase(value).translate(str.maketrans("“”", self.say["inner"]))
        return str(value) if isinstance(value, str | int | Decimal) else repr(value)


ZH = Words(
    terms={
        "month": ("每月", ""),
        "stated": ("{channel}公布的得分", "同期多次的{several}；{better}"),
        "deductions": ("满分{rubric}，减去{channel}的扣分，扣完为止", "同期多次的{several}"),
        "total": ("{name}各部分之和", "有缺项时{absent}"),
        "mean_of_children": ("已评下级单位得分的平均", "取未修约的得分；没有下级单位参评的，不参评"),
        "stated_else": ("有{channel}公布得分的用公布得分，没有的用：{of}", ""),
        "top": ("{of}{first}", "并列跨过界线时{ties}"),
        "bottom": ("{of}{last}", "并列跨过界线时{ties}"),
        "at_least": ("{of}{x}以上（含{x}）", ""),
        "below": ("{of}低于{x}（不含{x}）", ""),
        "placed": ("列入“{board}”的“{tier}”", ""),
        "all_of": ("同时符合：{parts}", ""),
        "any_of": ("符合其一：{parts}", ""),
        "streak": (
            "连续{k}次“{when}”",
            "中间有期次未开展的{unheld}；某期未参评的{absent}；{repeat}；办法换版的{editions}；负责人更换的{heads}",
        ),
    },
    choices={
        "several": {"mean": "取平均", "latest": "取最近一次", "worst": "取最差", "best": "取最好"},
        "better": {"higher": "高者为优", "lower": "低者为优"},
        "ties": {"include": "并列者全部列入", "exclude": "并列者全不列入", "break": "依次比较", "decide": "由人裁定"},
        "unheld": {"break": "重新计数", "skip": "不影响计数", "decide": "由人裁定"},
        "absent": {
            "break": "重新计数",
            "skip": "不影响计数",
            "decide": "由人裁定",
            "not assessed": "整体不参评",
            "zero": "该项计零分",
        },
        "repeat": {"once": "满次数当期提出一次", "each": "满次数后每期提出", "every k": "每满一轮次数提出一次"},
        "editions": {"carry": "继续计数", "restart": "重新计数"},
        "heads": {"carry": "继续计数", "restart": "重新计数"},
    },
    say={
        "figure": "“{}”",
        "named": "{}：",
        "cap": "{}最多扣{}",
        "bracket": "（{}）",
        "head": "负责人：{}",
        "praise": "（表扬）",
        "sanction": "（惩戒）",
        "ranked exactly": "得分 {exact}，公布为 {shown}，按未修约的数排名",
        "figure absent": "“{name}” {why}",
        "channel": "“{}”",
        "any channel": "各渠道",
        "joint": "；",
        "colon": "：",
        "details": "（{}）",
        "True": "符合",
        "False": "不符合",
        "None": "待定，须由人裁定",
        "not assessed": "未参评",
        "exempt": "免评",
        "rank": "第{rank}名，共{size}个单位{group}",
        "group": "（{}）",
        "tied": "，并列{tied}个",
        "last": "，末位",
        "scored": "，得分{score}",
        "score": "得分 {shown}",
        "decided": "得分 {exact}，修约为 {shown}",
        "figure score": "“{name}” {shown}",
        "mean": "{sum} ÷ {n} {equals} {value}，{phrase}",
        "marks": "{channel}：满分{full}，扣{lost}，得{value}",
        "no marks": "{channel}：满分{full}，扣{lost}，扣完为止，得{value}",
        "several visits": "{value}，{n}次，{several}",
        "inspection": "{day}，{channel}",
        "stated score": "公布得分{stated}",
        "no finding": "未发现问题",
        "deducted": "扣{deduction}",
        "by": "，{inspector}",
        "note": "（{note}）",
        "nothing seen": "本期没有记录",
        "unused": "按已录入的记录另算（未采用）：",
        "unused none": "没有可供另算的记录",
        "standing": "{label} 第{rank}名，共{size}个单位，得分{score}",
        "all tied": "全部并列，没有首末之分",
        "ruling": "裁定：{by}认为{held}，理由：{why}",
        "first one": "首位",
        "first": "前{}名",
        "last one": "末位",
        "last of": "后{}名",
        "inner": "‘’",
        "placement": "列入“{board}”的“{tier}”",
        "board": "榜“{board}”：{tier}",
        "pending": "待定",
        "measures": "拟采取的措施（仅为建议，由人签发）：",
        "no measures": "未提出的措施：",
        "gap unheld": "{}之后有期次未开展",
        "gap absent": "{}未参评",
        "gap edition": "{}按另一版办法考评",
        "gap head": "{}时负责人为他人",
        "gap head unknown": "{}或本期的负责人没有记录",
        "better": "前一名",
        "level": "并列",
        "worse": "后一名",
        "apart": "{name} {score}（差{apart}）",
        "alike": "{name}",
        "sum": "{name} {sum} = {value}",
        "plus": " + ",
        "measure": "{measure} → {to}",
        "measure by": "（由{by}执行）",
        "measure pending": "（待定）",
        "because": "因为：",
        "cite": "原文：“{}”",
        "no cite": "（未引原文）",
        "assumed": "原文未规定、此处采用的理解：",
        "source": "依据：{}",
        "field": "范围：{levels}{among}",
        "among": "中的“{}”",
        "groups": "分组：{}",
        "cadence": "周期：{}",
        "scoring": "计分：",
        "no scoring": "不计分，不排名。",
        "ranking": "排名：修约到{places}位小数（四舍五入）{rank_on}；同分同名次，{method}",
        "exact": "，按未修约的数排名",
        "competition": "其后名次跳过（1、2、2、4）",
        "dense": "其后名次不跳过（1、2、2、3）",
        "breakers": "并列时依次比较：{}",
        "figure rule": "另计“{}”：",
        "rest": "其余：{}",
        "ladder": "措施阶梯（{}）：",
        "every rung": "逐级并行",
        "highest": "只用最高一级",
        "supersedes": "（代替{}）",
        "since": "自{}起施行",
        "dash": "——",
        "until": "{}至{}",
    },
)

EN = Words(
    terms={
        "month": ("every month", ""),
        "stated": ("the score stated by {channel}", "of several in a round, {several}; {better}"),
        "deductions": (
            "{rubric} full marks less the deductions of {channel}, not below zero",
            "of several visits in a round, {several}",
        ),
        "total": ("{name}the sum of the parts", "a missing part means {absent}"),
        "mean_of_children": (
            "the mean of the units below that were assessed",
            "of their unrounded scores; without one, not assessed",
        ),
        "stated_else": ("the score stated by {channel} where there is one, else: {of}", ""),
        "top": ("{of}{first}", "a tie across the cut: {ties}"),
        "bottom": ("{of}{last}", "a tie across the cut: {ties}"),
        "at_least": ("{of}at least {x}", ""),
        "below": ("{of}below {x}", ""),
        "placed": ('"{tier}" on the board "{board}"', ""),
        "all_of": ("all of: {parts}", ""),
        "any_of": ("any of: {parts}", ""),
        "streak": (
            "{k} times running: {when}",
            "a round not held: {unheld}; a unit not assessed: {absent}; {repeat}; a new edition: {editions}; a new head: {heads}",
        ),
    },
    choices={
        "several": {"mean": "their mean", "latest": "the latest", "worst": "the worst", "best": "the best"},
        "better": {"higher": "higher is better", "lower": "lower is better"},
        "ties": {
            "include": "all of the tied are in",
            "exclude": "none of the tied is in",
            "break": "the tie-breakers decide",
            "decide": "a person decides",
        },
        "unheld": {"break": "the count restarts", "skip": "the count goes on", "decide": "a person decides"},
        "absent": {
            "break": "the count restarts",
            "skip": "the count goes on",
            "decide": "a person decides",
            "not assessed": "not assessed",
            "zero": "zero for that part",
        },
        "repeat": {
            "once": "proposed once, when the count is reached",
            "each": "proposed in each round from then on",
            "every k": "proposed at each multiple of the count",
        },
        "editions": {"carry": "the count goes on", "restart": "the count restarts"},
        "heads": {"carry": "the count goes on", "restart": "the count restarts"},
    },
    say={
        "figure": '"{}" ',
        "named": "{}: ",
        "cap": "{} loses at most {}",
        "bracket": "({})",
        "head": "Head: {}",
        "praise": " (praise)",
        "sanction": " (sanction)",
        "ranked exactly": "Score {exact}, published as {shown}, ranked unrounded",
        "figure absent": '"{name}" {why}',
        "channel": '"{}"',
        "any channel": "any channel",
        "joint": "; ",
        "colon": ": ",
        "details": " ({})",
        "True": "holds",
        "False": "does not hold",
        "None": "pending: a person decides",
        "not assessed": "not assessed",
        "exempt": "exempt",
        "rank": "rank {rank} of {size}{group}",
        "group": " in {}",
        "tied": ", {tied} tied",
        "last": ", last",
        "scored": ", score {score}",
        "score": "Score {shown}",
        "decided": "Score {exact}, rounded to {shown}",
        "figure score": '"{name}" {shown}',
        "mean": "{sum} / {n} {equals} {value}, {phrase}",
        "marks": "{channel}: {full} less {lost} is {value}",
        "no marks": "{channel}: {full} less {lost} is {value}, not below zero",
        "several visits": "{value}, of {n} visits {several}",
        "inspection": "{day}, {channel}",
        "stated score": "stated score {stated}",
        "no finding": "nothing found",
        "deducted": "{deduction} off",
        "by": ", {inspector}",
        "note": " ({note})",
        "nothing seen": "no record in this round",
        "unused": "from the records on file (not used):",
        "unused none": "no records on file to compute from",
        "standing": "{label}: rank {rank} of {size}, score {score}",
        "all tied": "all are tied: there is neither first nor last",
        "ruling": "ruling: {by} decided that it {held}, because {why}",
        "first one": "first",
        "first": "among the first {}",
        "last one": "last",
        "last of": "among the last {}",
        "inner": "“”",
        "placement": '"{tier}" on the board "{board}"',
        "board": 'Board "{board}": {tier}',
        "pending": "pending",
        "measures": "Measures (proposed only; people sign):",
        "no measures": "Measures that are not proposed:",
        "gap unheld": "rounds are missing after {}",
        "gap absent": "{}: not assessed",
        "gap edition": "{}: judged by another edition",
        "gap head": "{}: under another head",
        "gap head unknown": "{} or now: the head is not on record",
        "better": "Next ahead",
        "level": "Tied with",
        "worse": "Next behind",
        "apart": "{name} {score} ({apart} apart)",
        "alike": "{name}",
        "sum": "{name} {sum} = {value}",
        "plus": " + ",
        "measure": "{measure} -> {to}",
        "measure by": " (by {by})",
        "measure pending": " (pending)",
        "because": "because: ",
        "cite": "text: “{}”",
        "no cite": " (no clause quoted)",
        "assumed": "Not settled by the text; this scheme reads it so:",
        "source": "Source: {}",
        "field": "Field: {levels}{among}",
        "among": " that are “{}”",
        "groups": "Groups: {}",
        "cadence": "Rounds: {}",
        "scoring": "Scoring:",
        "no scoring": "No scoring and no ranking.",
        "ranking": "Ranking: rounded half up to {places} decimals{rank_on}; equal numbers share a rank, {method}",
        "exact": ", ranked on the unrounded number",
        "competition": "and the next ranks are skipped (1, 2, 2, 4)",
        "dense": "and no rank is skipped (1, 2, 2, 3)",
        "breakers": "Tie-breakers, in order: {}",
        "figure rule": 'Further figure "{}":',
        "rest": "all others: {}",
        "ladder": "Ladder ({}):",
        "every rung": "each rung that is reached",
        "highest": "the highest rung alone",
        "supersedes": " (instead of {})",
        "since": "in force since {}",
        "dash": " - ",
        "until": "{} to {}",
    },
)

LANGUAGES: Mapping[Language, Words] = {"zh": ZH, "en": EN}
