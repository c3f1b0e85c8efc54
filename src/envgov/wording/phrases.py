"""The words for each term, in Chinese and in English: a phrase, and the details that the scheme declares."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import attrs
from attrs import frozen

from envgov.policy.conditions.places import bottom, top
from envgov.policy.scoring.curves import bands
from envgov.results.ranking import SCORE
from envgov.results.table import Language
from envgov.wording import calendar, conditions, scoring


@frozen
class Words:
    """One language: how terms are phrased, what their choices mean, and the sentences around them."""

    terms: Mapping[str, tuple[str, str]]
    choices: Mapping[str, Mapping[str, str]]
    say: Mapping[str, str]

    def phrase(self, term: Any) -> str:
        """A term in words; one without words of its own is shown as the call that makes it."""
        template = self.terms.get(_kind_of(term))
        return self._fill(template[0], term) if template else repr(term)

    def inner(self, term: Any) -> str:
        """The phrase of a term, to stand in quotation marks."""
        return self.phrase(term).translate(str.maketrans("“”", self.say["inner"]))

    def details(self, term: Any) -> str:
        """What the scheme declares beside the phrase: ties, absences, repeats. Empty where there is nothing."""
        template = self.terms.get(_kind_of(term))
        return self._fill(template[1], term) if template else ""

    def _fill(self, template: str, term: Any) -> str:
        words = {a.name: self._word(_kind_of(term), a.name, getattr(term, a.name)) for a in attrs.fields(type(term))}
        if isinstance(term, top | bottom):
            words["first"] = self.say["first one"] if term.n == 1 else self.say["first"].format(term.n)
            words["last"] = self.say["last one"] if term.n == 1 else self.say["last of"].format(term.n)
        if isinstance(term, bands):
            reaches = self.terms[f"Band.{term.of.better}"][0]
            words["parts"] = self.say["joint"].join(self._fill(reaches, band) for band in term.parts)
        if template.startswith("{of}") and hasattr(term.of, "kind") and self._is_long(words["of"]):
            words["of"] = self.say["bracket"].format(words["of"])
        words["s"] = "" if "1" in (words.get("n"), words.get("days"), words.get("steps")) else "s"
        return template.format_map(words)

    def _is_long(self, phrase: str) -> bool:
        """Whether it has parts, so that what follows would be read as said of the last of them."""
        return any(mark.strip() in phrase for mark in (self.say["joint"], self.say["colon"], self.say["comma"]))

    def _word(self, kind: str, name: str, value: Any) -> str:
        if name == "of" and isinstance(value, str):
            return "" if value == SCORE else self.say["figure"].format(value)
        choices = self.choices.get(f"{kind}.{name}", self.choices.get(name, {}))
        if name in _WITH_NONE and str(value) not in choices:
            return self.say[f"any {name}"] if value is None else self.say[f"that {name}"].format(value)
        if name == "name" and kind in ("total", "weighted"):
            return self.say["named"].format(value) if value else ""
        if name == "times":
            return self.say["times"].format(value) if value > 1 else ""
        if name == "stages":
            return self.say["joint"].join(
                stage.name + self.say["colon"] + self.phrase(stage.deadline) for stage in value
            )
        if name == "parts":
            said = [self.phrase(part) for part in value]
            joint = self.say["joint"]
            nested = [getattr(p, "parts", ()) or joint in text for p, text in zip(value, said, strict=True)]
            return joint.join(self.say["bracket"].format(s) if n else s for n, s in zip(nested, said, strict=True))
        if name == "rubric":
            caps = self.say["joint"].join(self.say["cap"].format(item.name, item.cap) for item in value.items)
            return str(value.full) + (self.say["details"].format(caps) if caps else "")
        if hasattr(value, "kind"):
            return choices.get(value.kind) or self.inner(value)
        return choices.get(str(value), str(value)) if isinstance(value, str | int | Decimal) else repr(value)


_WITH_NONE = ("channel", "item", "board", "low", "high", "what")
"""Fields whose absence has words of its own."""


def _kind_of(term: Any) -> str:
    return getattr(term, "kind", type(term).__name__)


ZH = Words(
    terms={**calendar.ZH, **conditions.ZH, **scoring.ZH},
    choices={**calendar.ZH_CHOICES, **conditions.ZH_CHOICES, **scoring.ZH_CHOICES},
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
        "any item": "问题",
        "that item": "“{}”",
        "any board": "任一榜",
        "that board": "“{}”",
        "any low": "",
        "that low": "，不低于{}",
        "any high": "",
        "that high": "，不高于{}",
        "any what": "各项报送",
        "that what": "{}",
        "times": "{}次以上",
        "that channel": "“{}”",
        "tally": "{counted} ÷ {among} {equals} {value}%（截至{day}）",
        "count": "{counted}个（截至{day}）",
        "empty": "没有可计的（截至{day}）",
        "issue": "问题{id}（{place}，{found}发现）{description}：{state}",
        "issue due": "，时限{due}",
        "survey": "{day}，{channel}：询问{asked}人，答复{answered}人，满意{satisfied}人",
        "stated rank": "{day}，{channel}：第{rank}名，共{of}个单位",
        "output": "{day}，{what} {amount}{measure}",
        "task": "任务“{name}”：进度{progress}%（{day}）",
        "duty": "{what}：{due}前，{came}",
        "came": "{at}报送",
        "not come": "未报送",
        "acceptance": "{day}，整村验收：{passed}{by}",
        "passed": "通过",
        "failed": "未通过",
        "shortened": "本组{size}个单位，名额减为{seats}个",
        "within level": "，各{level}内分别排名",
        "tolerance": "，相差{tolerance}以内视为并列",
        "ordinal": "同分的依次比较，不设并列名次",
        "exempt rule": "免评：{}",
        "small none": "单位不够时不列名单",
        "small fewer": "单位不够时按比例减少名额",
        "small share": "单位不够时名额不超过该组的{share}%",
        "amount": "，{}元",
        "within": "，期限：{}",
        "issue ladder": "针对问题的措施阶梯（{}）：",
        "of weight": "，权重{}",
        "any issue": "各类问题",
        "judged last": "每期按其最后一天所适用的办法考评",
        "deadlines": "整改时限：",
        "weight": "{part}×{weight}",
        "weighted": "{name} ({sum}) ÷ {weights} {equals} {value}",
        "of issue": "问题{}：",
        "issue closed": "（{day}）",
        "more": "另有{}个，略",
        "replaced": "（条件符合，由更高一级的措施代替）",
        "any channel": "各渠道",
        "joint": "；",
        "colon": "：",
        "comma": "，",
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
        "standing": "{label} 第{rank}名，共{size}个单位，{figure}{score}",
        "score figure": "得分",
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
        "gap lacking": "{}未参评，或没有{}",
        "gap edition": "{}按另一版办法考评",
        "gap tier": "{}的榜没有这个档次，当时所在的档次现已取消或改名",
        "gap head": "{}时负责人为他人",
        "gap head unknown": "{}或本期的负责人没有记录",
        "better": "前一名",
        "level": "并列",
        "same number": "同分（依次比较分先后）",
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
        "ranking": "排名：修约到{places}位小数（四舍五入）{rank_on}；{method}",
        "exact": "，按未修约的数排名",
        "competition": "同分同名次，其后名次跳过（1、2、2、4）",
        "dense": "同分同名次，其后名次不跳过（1、2、2、3）",
        "breakers": "并列时依次比较：",
        "figure rule": "另计“{}”：",
        "rest": "其余：{}",
        "ladder": "措施阶梯（{}）：",
        "every rung": "逐级并行",
        "highest": "只用最高一级",
        "supersedes": "（代替{}）",
        "since": "自{}起施行",
        "dash": "——",
        "until": "{}至{}",
        "outside": "不在参评范围",
        "rulings wanted": "待裁定：{}。以下各行（首行为表头）填写是否成立（是或否）、裁定单位和理由后，加入 rulings.csv：",
    },
)

EN = Words(
    terms={**calendar.EN, **conditions.EN, **scoring.EN},
    choices={**calendar.EN_CHOICES, **conditions.EN_CHOICES, **scoring.EN_CHOICES},
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
        "any item": "",
        "that item": " under “{}”",
        "any board": "any board",
        "that board": '"{}"',
        "any low": "",
        "that low": ", not below {}",
        "any high": "",
        "that high": ", not above {}",
        "any what": "a return",
        "that what": "{}",
        "times": " {} times or more",
        "that channel": '"{}"',
        "tally": "{counted} / {among} {equals} {value}% (as of {day})",
        "count": "{counted} (as of {day})",
        "empty": "nothing to count (as of {day})",
        "issue": "issue {id} ({place}, found {found}) {description}: {state}",
        "issue due": ", due {due}",
        "survey": "{day}, {channel}: {asked} asked, {answered} answered, {satisfied} satisfied",
        "stated rank": "{day}, {channel}: rank {rank} of {of}",
        "output": "{day}, {what} {amount} {measure}",
        "task": "task “{name}”: {progress}% done ({day})",
        "duty": "{what}: by {due}, {came}",
        "came": "came {at}",
        "not come": "did not come",
        "acceptance": "{day}, acceptance of the whole unit: {passed}{by}",
        "passed": "passed",
        "failed": "failed",
        "shortened": "{size} units in the group: the list has {seats} seats",
        "within level": ", within each {level}",
        "tolerance": ", numbers within {tolerance} of the best of a tie are level",
        "ordinal": "tie-breakers settle every tie, and no rank is shared",
        "exempt rule": "Exempt: {}",
        "small none": "In a group that is too small: none",
        "small fewer": "In a group that is too small: fewer, in proportion",
        "small share": "In a group that is too small: at most {share} per cent of it",
        "amount": ", {} yuan",
        "within": ", within: {}",
        "issue ladder": "Ladder about issues ({}):",
        "of weight": ", weight {}",
        "any issue": "any issue",
        "judged last": "A round is judged by the edition in force on its last day",
        "deadlines": "Deadlines:",
        "weight": "{part} × {weight}",
        "weighted": "{name} ({sum}) / {weights} {equals} {value}",
        "of issue": "issue {}: ",
        "issue closed": " on {day}",
        "more": "and {} more",
        "replaced": " (its condition holds; a heavier measure takes its place)",
        "any channel": "any channel",
        "joint": "; ",
        "colon": ": ",
        "comma": ", ",
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
        "standing": "{label}: rank {rank} of {size}, {figure}{score}",
        "score figure": "score ",
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
        "gap lacking": "{}: not assessed, or without {}",
        "gap edition": "{}: judged by another edition",
        "gap tier": "{}: the board had no such tier, and it has that in which the unit stood no more",
        "gap head": "{}: under another head",
        "gap head unknown": "{} or now: the head is not on record",
        "better": "Next ahead",
        "level": "Tied with",
        "same number": "The same number, parted by the tie-breakers",
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
        "ranking": "Ranking: rounded half up to {places} decimals{rank_on}; {method}",
        "exact": ", ranked on the unrounded number",
        "competition": "equal numbers share a rank, and the next ranks are skipped (1, 2, 2, 4)",
        "dense": "equal numbers share a rank, and no rank is skipped (1, 2, 2, 3)",
        "breakers": "Tie-breakers, in order:",
        "figure rule": 'Further figure "{}":',
        "rest": "all others: {}",
        "ladder": "Ladder ({}):",
        "every rung": "each rung that is reached",
        "highest": "the highest rung alone",
        "supersedes": " (instead of {})",
        "since": "in force since {}",
        "dash": " - ",
        "until": "{} to {}",
        "outside": "not in the field",
        "rulings wanted": "A person decides: {}. Fill in holds (yes or no), by and why, and add these rows, under this header, to rulings.csv:",
    },
)

LANGUAGES: Mapping[Language, Words] = {"zh": ZH, "en": EN}
