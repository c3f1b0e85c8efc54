"""What was checked in a published table, and what does not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Literal

from attrs import frozen

from envgov.published.claim import Claim, Verdict, Why
from envgov.published.figures import Figures
from envgov.published.grammar import quoted
from envgov.published.numerals import has_digit, is_blank, read_numeral
from envgov.published.ranks import RankClaim
from envgov.published.table import PublishedTable
from envgov.results.table import aligned

Language = Literal["zh", "en"]
Origin = Literal["stated", "recognised", "implied"]
_ROUNDED = re.compile(r"\s*[,，、]\s*rounded\s*$")
_WHO = re.compile(r"(单位|行政村|村|社区|村社区|乡镇|街道|镇街|unit|name)(名称?)?|名称", re.IGNORECASE)


@frozen
class Discrepancy:
    """A printed text that a claim contradicts.

    `row` counts as a spreadsheet does (the headings are row 1), and is None where the whole table is meant. `right`
    is what should be printed, as precisely as it was; empty where it cannot be told. The verdict is "wrong", or
    "undecidable": the printed inputs make it `right`, yet numbers that are rounded to them make what is printed, or
    another reading of the table does. `why` says which it may be: numbers were "rounded" before they were printed, a
    "gap" in the ranks shows that the list is printed in part, the rank or score of another is "unread", another "reading"
    holds, or it is "unclaimed" that this is a number.
    """

    claim: Claim
    row: int | None
    column: str
    printed: str
    right: str
    verdict: Verdict
    why: Why = ""

    @property
    def decided_by(self) -> str:
        """The claim that would decide what is undecidable; empty where no claim does."""
        match self.why:
            case "rounded":
                return f"{_ROUNDED.sub('', str(self.claim))}, exact"
            case "gap":
                return f"{self.claim}, whole"
            case "unclaimed":
                return str(self.claim)
        return ""


@frozen
class Checked:
    """A claim, and how many printed texts were compared with it; those that could not be are counted in `skipped`.

    `origin` is "stated" (by the table or the caller), "recognised" from the headings, or "implied": what another
    claim reads as numbers are numbers.
    """

    claim: Claim
    origin: Origin
    compared: int
    skipped: int


@frozen(repr=False)
class Report:
    """What `lint` found: each claim that was checked, and each discrepancy, by row. Its text is a table.

    `unchecked` are sentences that nobody claimed: what the headings say beside the claims that were given, and for a
    total an example of how it may be made of other columns.
    """

    table: PublishedTable
    checked: tuple[Checked, ...]
    discrepancies: tuple[Discrepancy, ...]
    unchecked: tuple[str, ...] = ()

    @property
    def wrong(self) -> tuple[Discrepancy, ...]:
        return tuple(found for found in self.discrepancies if found.verdict == "wrong")

    @property
    def undecidable(self) -> tuple[Discrepancy, ...]:
        return tuple(found for found in self.discrepancies if found.verdict == "undecidable")

    def text(self, language: Language = "zh") -> str:
        """The claims with their counts, and the discrepancies as a table."""
        return "\n".join(self._lines(_WORDS[language]))

    def __repr__(self) -> str:
        return self.text()

    def _lines(self, words: Mapping[str, str]) -> Iterator[str]:
        yield _one_line(self.table.name)
        for entry in self.checked:
            if entry.origin != "implied":
                skipped = words["skipped"].format(entry.skipped) if entry.skipped else ""
                claim = _one_line(str(entry.claim))
                yield words["checked"].format(claim, entry.compared, skipped, words[entry.origin])
                if entry.origin == "recognised" and isinstance(entry.claim, RankClaim):
                    plain = _one_line(f"{quoted(entry.claim.column)} by {quoted(entry.claim.by)}")
                    assumed = (entry.claim.better, entry.claim.method)
                    yield from (words[reading].format(plain) for reading in ("lower", "dense") if reading in assumed)
        if numbers := sum(entry.compared for entry in self.checked if entry.origin == "implied"):
            yield words["implied"].format(numbers)
        yield from (words["unchecked"].format(_one_line(sentence)) for sentence in self.unchecked)
        yield words["result"].format(len(self.wrong), len(self.undecidable))
        if self.discrepancies:
            heads = tuple(words["heads"].split("|"))
            rows = [tuple(_one_line(cell) for cell in self._row(found, words)) for found in self.discrepancies]
            yield from aligned([heads, *rows])
        left: dict[tuple[str, str], list[str]] = {}
        for found in self.undecidable:
            left.setdefault((found.why, _one_line(found.decided_by)), []).append(str(found.row))
        for (why, claim), of in left.items():
            yield words[why].format(words["joint"].join(of), claim)

    def _row(self, found: Discrepancy, words: Mapping[str, str]) -> tuple[str, ...]:
        row = "-" if found.row is None else str(found.row)
        printed, right = found.printed or "-", found.right or "-"
        return row, self._unit(found), found.column, printed, right, words[found.verdict], str(found.claim)

    def _unit(self, found: Discrepancy) -> str:
        """Who stands in the row: what its column of names says, else its first cell that has no number in it."""
        if found.row is None:
            return ""
        cells = self.table.rows[found.row - self.table.first]
        own = cells[self._names]
        if not is_blank(own) and read_numeral(own) is None:
            return own
        return next(filter(_is_name, cells), "")

    @cached_property
    def _names(self) -> int:
        """The column that tells the units apart: of those whose headings say so, or of all, the one with most names.

        A column of groups, merged or not, stands before it and has fewer.
        """
        units = [self.table.rows[row] for row in Figures(self.table).units]

        def names(column: int) -> tuple[bool, int]:
            heading = "".join(self.table.columns[column].split())
            return bool(_WHO.fullmatch(heading)), len({cells[column] for cells in units if _is_name(cells[column])})

        return max(range(len(self.table.columns)), key=names)

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON has it; every number is a text, as it is printed."""
        return {
            "table": self.table.name,
            "source": self.table.source,
            "checked": [
                {"claim": str(c.claim), "origin": c.origin, "compared": c.compared, "skipped": c.skipped}
                for c in self.checked
            ],
            "unchecked": list(self.unchecked),
            "discrepancies": [
                {
                    "claim": str(found.claim),
                    "row": found.row,
                    "column": found.column,
                    "printed": found.printed,
                    "right": found.right,
                    "verdict": found.verdict,
                    "why": found.why,
                    "decided_by": found.decided_by,
                }
                for found in self.discrepancies
            ],
        }


def _is_name(cell: str) -> bool:
    return bool(cell) and not has_digit(cell) and read_numeral(cell) is None


def _one_line(text: str) -> str:
    return " ".join(text.split())


_WORDS: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "checked": "已核对 {0}：{1}处{2}{3}",
        "skipped": "，另有{}处无从核对",
        "stated": "",
        "recognised": "（由表头认出）",
        "lower": "  按低者为先核对，只因印的如此；要按高者为先核对，请写明 {}",
        "dense": "  按名次连排（1、2、2、3）核对，只因印的如此；要按1、2、2、4核对，请写明 {}",
        "implied": "已核对数字的写法：{}处",
        "unchecked": "未核对；要核对，请写明如 {}",
        "result": "有误{0}处，无法判定{1}处",
        "heads": "行|单位|列|印为|应为|结论|依据",
        "wrong": "有误",
        "undecidable": "无法判定",
        "joint": "、",
        "rounded": "  第{0}行无法判定：印出的数可能经过四舍五入；未经舍入的，请写明 {1}",
        "gap": "  第{0}行无法判定：前面缺号，名单可能未全部列出；已全部列出的，请写明 {1}",
        "unread": "  第{0}行无法判定：有的单位未印名次或得分，可能排在前面",
        "reading": "  第{0}行无法判定：按另一种读法（百分数或小数）成立；是百分数的，请在表中写明%",
        "unclaimed": "  第{0}行无法判定：未写明这一列是数；确是数的，请写明 {1}",
    },
    "en": {
        "checked": "checked {0}: {1} printed{2}{3}",
        "skipped": ", {} more could not be",
        "stated": "",
        "recognised": " (recognised from the headings)",
        "lower": "  taken as lower is better only because the ranks print so; to check the highest first claim {}",
        "dense": "  taken as 1, 2, 2, 3 only because the ranks print so; to check 1, 2, 2, 4 claim {}",
        "implied": "checked how numbers are written: {} printed",
        "unchecked": "not checked; to check it claim, for example, {}",
        "result": "{0} wrong, {1} undecidable",
        "heads": "Row|Unit|Column|Printed|Right|Verdict|Claim",
        "wrong": "wrong",
        "undecidable": "undecidable",
        "joint": ", ",
        "rounded": "  row {0} undecidable: numbers may have been rounded before they were printed; if none was, claim {1}",
        "gap": "  row {0} undecidable: ranks before it are left out, as where a part is printed; if it is all, claim {1}",
        "unread": "  row {0} undecidable: somebody whose rank or score is not printed may stand before it",
        "reading": "  row {0} undecidable: it holds as a percentage, or as a fraction; print the sign of a percentage",
        "unclaimed": "  row {0} undecidable: nothing says that these are numbers; if they are, claim {1}",
    },
}
