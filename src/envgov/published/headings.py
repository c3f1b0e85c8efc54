"""Claims that the headings of a table make, where they can mean one thing only."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from envgov.published.claim import Claim, Result
from envgov.published.figures import Figures
from envgov.published.grammar import quoted, read_claim
from envgov.published.sums import FormulaClaim

_RANK = re.compile(r"排名|名次|位次|排序|rank(ing)?", re.IGNORECASE)
_OTHER_RANK = re.compile(r"倒|上[年季月旬周期次]|去年|变化|升降")
_SCORE = re.compile(r"得分|总分|成绩|分数|合计|score", re.IGNORECASE)
_WHOLE = re.compile(r"总|合计|综合|total", re.IGNORECASE)
_RATE = re.compile(r"(.+)率([(（][%％][)）])?")
_NOT_ADDED = re.compile(
    r"率|比|[%％]|均|分|成绩|指数|名|位次|序号|排|rank|score|no\.?|度|标准|单价|进展|系数|幅|变化|每|[/／]|质量|中位",
    re.IGNORECASE,
)
_ADDED = re.compile(
    r"金额|总额|余额|资金|奖励?金|罚[款金]|[补扣]款|经费|费用|(?<![含容流])量|面积|[(（][万千]?[件处吨元户人个条次亩][)）]"
)
_SUM = re.compile(r"(全[省市县区镇乡街村])?\s*([合总共]\s*计)([(（].*[)）])?[:：]?")
LONGEST = 200


def recognise(figures: Figures) -> tuple[Claim, ...]:
    """What is claimed by a rank beside one score, a total row, a rate beside its two counts."""
    columns = [column for column in figures.table.columns if _can_be_quoted(column)]
    return tuple(map(read_claim, (*_ranks(figures, columns), *_totals(figures, columns), *_rates(figures, columns))))


def left_out(figures: Figures, recognised: Collection[Claim], claims: Collection[Claim]) -> Iterator[str]:
    """What of the `recognised` no claim is about, and how a total could be claimed, as sentences.

    A total is named and not checked: of which columns it is made is not seen from the headings.
    """
    for claim in recognised:
        about = (type(claim), claim.columns[:1], claim.labels[:1])
        if about not in {(type(given), given.columns[:1], given.labels[:1]) for given in claims}:
            yield str(claim)
    named = [c for c in figures.table.columns if _can_be_quoted(c) and not _RANK.search(c) and "序号" not in c]
    numeric = [column for column in named if figures.is_numeric(column)]
    claimed = {claim.columns[0] for claim in claims if isinstance(claim, FormulaClaim)}
    for i, column in enumerate(numeric):
        if i > 1 and _WHOLE.search(column) and column not in claimed:
            sign = "-" if "扣" in numeric[i - 1] else "+"
            yield f"{quoted(column)} = {quoted(numeric[i - 2])} {sign} {quoted(numeric[i - 1])}"


def _can_be_quoted(column: str) -> bool:
    return 0 < len(column) <= LONGEST and ('"' not in column or not set("“”") & set(column))


def _ranks(figures: Figures, columns: list[str]) -> Iterator[str]:
    """The reading that makes the fewest ranks wrong."""
    ranks = [column for column in columns if _RANK.search(column)]
    scores = [column for column in columns if _SCORE.search(column) and column not in ranks]
    scores = [column for column in scores if figures.is_numeric(column) and "扣" not in column]
    wholes = [column for column in scores if _WHOLE.search(column)]
    [score] = scores if len(scores) == 1 else wholes if len(wholes) == 1 else [""]
    if len(ranks) != 1 or not score or _OTHER_RANK.search(ranks[0]):
        return
    text = f"{quoted(ranks[0])} by {quoted(score)}"
    groups = [f", within {quoted(column)}" for column in columns if _begins_anew(figures, ranks[0], column)]
    readings = [text + way + ending for way in ("", ", lower is better") for ending in ("", ", dense", *groups)]
    results = {reading: read_claim(reading).check(figures) for reading in readings}
    best = min(readings, key=lambda reading: (results[reading].wrong, len(results[reading].errors)))
    if _is_meant(results[best]):
        yield best


def _is_meant(result: Result) -> bool:
    """Whether the headings mean the claim: not where most of the printed contradict it, and more than two that are swapped."""
    return 2 * result.wrong <= max(4, result.checked)


def _begins_anew(figures: Figures, rank: str, column: str) -> bool:
    """Whether each group of the column has a first rank; a column of names, with a group for each, is none."""
    groups = figures.grouped(column)
    firsts = {row for row in figures.units if (n := figures.numeral(row, rank)) is not None and n.value == 1}
    return len(groups) < len(figures.units) and all(not firsts.isdisjoint(group) for group in groups)


def _totals(figures: Figures, columns: list[str]) -> Iterator[str]:
    """The sum of the units in each column of whole counts and amounts, where one row is the total of them all."""
    found = [(row, label) for row in figures.rows for label in figures.labels(row) if _SUM.fullmatch(label)]
    if len(found) != 1:
        return
    [(total, label)] = found
    added = [
        quoted(column)
        for column in columns
        if (figures.names_count(column) or _ADDED.search(column))
        and not _NOT_ADDED.search(column)
        and figures.is_numeric(column)
        and _can_be_sum(figures, total, column)
    ]
    if added and _stands_beside_all(figures, total) and len(figures.rows_named(label)) == 1:
        yield f"row {quoted(label)} = sum in {', '.join(added)}"


def _can_be_sum(figures: Figures, total: int, column: str) -> bool:
    """Whether the total's number can be a sum: one within its parts is rather what each of them has, or a mean.

    Where the parts make twice the total, some rows are totals of others.
    """
    whole = figures.numeral(total, column)
    if whole is None or any(number.percent or number.wording for number in figures.numerals(column)):
        return False
    parts = [number.value for row in figures.units if (number := figures.numeral(row, column)) is not None]
    return whole.value == sum(parts) or (whole.value > max(parts, default=0) and 2 * whole.value != sum(parts))


def _stands_beside_all(figures: Figures, total: int) -> bool:
    """Whether all units stand on one side of the row: in their midst it is the total of some."""
    return len({row < total for row in figures.units}) == 1


def _rates(figures: Figures, columns: list[str]) -> Iterator[str]:
    """整改率 beside 整改数 and one other column of counts."""
    counts = [column for column in columns if figures.names_count(column) and figures.is_numeric(column)]
    for column in columns:
        found = _RATE.fullmatch(column)
        if found and len(counts) == 2:
            over = [c for c in counts if c.startswith((found[1], f"已{found[1]}"))]
            if len(over) == 1:
                [under] = set(counts) - set(over)
                rate = f"{quoted(column)} = {quoted(over[0])} / {quoted(under)}"
                if _is_meant(read_claim(rate).check(figures)):
                    yield rate
