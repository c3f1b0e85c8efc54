"""Sentences about a table, read as claims."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Literal, NamedTuple, NoReturn, cast

from attrs import evolve

from envgov.errors import Fault, InputError
from envgov.exact import points
from envgov.published.bands import Band, BandClaim, NumberClaim, SizeClaim
from envgov.published.claim import Claim, Inputs
from envgov.published.formula import ONE, Formula, Operand, added, constant_of, divided, folded, multiplied, weighted
from envgov.published.ranks import OrderClaim, RankClaim
from envgov.published.sums import FormulaClaim, RowClaim

LONGEST, DEEPEST = 2000, 30
_OTHER_SPELLINGS = {"＝": "=", "＋": "+", "−": "-", "×": "*", "÷": "/", "，": ",", "、": ",", "：": ":"} | {
    "≥": ">=",
    "≤": "<=",
    "＞": ">",
    "＜": "<",
}
_SIGNS = r"+*/()<>=,:" + "".join(_OTHER_SPELLINGS) + "-"
_TOKEN = re.compile(
    r"\s*(?:\"(?P<straight>[^\"]+)\"|“(?P<curly>[^“”]+)”"
    rf"|(?P<sign>>=|<=|[{_SIGNS}])|(?P<word>[^\s\"“”{_SIGNS}]+)|(?P<strange>\S))"
)
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?%?", re.ASCII)
_STRUCTURE = frozenset(("by", "from", "rows", "row", "numbers", "in", "listed", "where", "within"))
_CHOICES = frozenset(("lower", "dense", "exact", "whole", "rounded", "none", "sum", "mean", "count"))
_KEYWORDS = _STRUCTURE | _CHOICES
REMEDY = (
    "write a sentence such as: 排名 by 得分; 合计 = A + B; 整改率 = 整改数 / 发现数; 档次 from 得分: 优秀 >= 90, 其他; "
    "rows = 25; row 合计 = sum; rows by 得分; numbers in 得分. A name with signs or spaces in it, or of digits alone, stands in quotation marks"
)


def read_claim(text: str) -> Claim:
    """A sentence about a table, as a claim that `lint` can check.

    `排名 by 得分`: each rank follows from the score (after commas: lower is better, dense, within 组别, exact,
    whole: no row of the list is left out).
    `合计 = A + B`: each number is what + - * / and brackets make of columns, numbers, `90%`, and `mean(A, B)`; or of
    the list in a cell, by `mean(村)`, `sum(村)`, `count(村)` (after a comma: exact or rounded).
    `档次 from 得分: 优秀 >= 90, 良好 >= 80, 其他`: each label is that of the first band that holds; `none` where
    nothing is printed (after a comma: exact).
    `row 合计 = sum` or `mean`, `row 受理 = 自行处理 + 派单 in 件数`: a row follows from the others.
    `rows = 25`, `rows = 5 where 榜 = 红`: how many rows there are. `rows by 得分`: they stand best first.
    `numbers in 得分`, `numbers listed in 村`: what is printed are numbers.

    A name with signs or spaces in it, or one that is a number or a word of these sentences, stands in quotation marks.

    Raises:
        InputError: the sentence cannot be read; the fault holds it, and says at which character.
    """
    return _Reader(text).claim()


def quoted(name: str) -> str:
    """A name as it stands in a sentence."""
    found = _TOKEN.fullmatch(name)
    if found is not None and found["word"] == name and not _NUMBER.fullmatch(name) and name not in _KEYWORDS:
        return name
    return f"“{name}”" if '"' in name else f'"{name}"'


class _Token(NamedTuple):
    at: int
    kind: Literal["sign", "word", "name", "end"]
    text: str


class _Reader:
    """One reading of one sentence, from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text.strip()
        self.next = 0
        self.depth = 0
        self.numbers: list[str] = []
        self.tokens: list[_Token] = []
        if len(self.text) > LONGEST:
            self._fail(f"a sentence of more than {LONGEST} characters", 0)
        for found in _TOKEN.finditer(self.text):
            kind = cast("str", found.lastgroup)
            token, at = found[kind], found.start(kind)
            if kind == "strange":
                self._fail("this quotation mark is not closed", at)
            elif kind in ("sign", "word"):
                self.tokens.append(
                    _Token(at, cast("Literal['sign', 'word']", kind), _OTHER_SPELLINGS.get(token, token))
                )
            else:
                self.tokens.append(_Token(at, "name", token))
        self.tokens.append(_Token(len(self.text), "end", ""))

    def claim(self) -> Claim:
        claim = self._claim()
        if self._token.kind != "end":
            self._fail("nothing is expected here")
        return claim

    # -- sentences
    def _claim(self) -> Claim:
        if self._takes("rows"):
            return self._rows()
        if self._takes("row"):
            return self._row()
        if self._takes("numbers"):
            listed = self._takes("listed")
            self._expect("in")
            return NumberClaim(self.text, self._name("a column"), listed)
        column = self._name("a column")
        if self._takes("by"):
            return self._ranks(column)
        if self._takes("from"):
            return self._bands(column)
        if not self._takes("="):
            self._fail("'by', 'from' or '=' is expected here")
        formula = self._formula()
        return FormulaClaim(self.text, column, formula, self._inputs(), tuple(self.numbers))

    def _rows(self) -> Claim:
        if self._takes("by"):
            order = OrderClaim(self.text, self._name("a column"))
            while self._takes(","):
                if self._takes("within"):
                    order = evolve(order, within=self._name("a column"))
                else:
                    order = evolve(order, better=self._lower("'lower is better' or 'within'"))
            return order
        self._expect("=")
        at, size = self._token.at, self._number()
        if size.denominator > 1:
            self._fail("a whole number is expected here", at)
        column = label = ""
        if self._takes("where"):
            column = self._name("a column")
            self._expect("=")
            label = self._name("a label")
        return SizeClaim(self.text, int(size), column, label)

    def _row(self) -> Claim:
        label = self._name("the label of a row")
        self._expect("=")
        formula: Formula | Literal["sum", "mean"]
        if self._is("sum") or self._is("mean"):
            formula = cast("Literal['sum', 'mean']", self._step().text)
        else:
            at = self._token.at
            formula = self._formula()
            if any(operand.how for operand in formula.operands):
                self._fail("a row holds no list: sum and mean stand alone here", at)
        columns = self._names() if self._takes("in") else ()
        # beside a row that is named, a number is one
        numbers = tuple(self.numbers) if isinstance(formula, Formula) and formula.is_number else ()
        return RowClaim(self.text, label, formula, columns, self._inputs(), numbers)

    def _ranks(self, column: str) -> Claim:
        claim = RankClaim(self.text, column, self._name("a column"))
        while self._takes(","):
            if self._takes("within"):
                claim = evolve(claim, within=self._name("a column"))
            elif self._takes("dense"):
                claim = evolve(claim, method="dense")
            elif self._takes("exact"):
                claim = evolve(claim, exact=True)
            elif self._takes("whole"):
                claim = evolve(claim, whole=True)
            else:
                claim = evolve(claim, better=self._lower("'lower is better', 'dense', 'within', 'exact' or 'whole'"))
        return claim

    def _lower(self, choices: str) -> Literal["lower"]:
        if not self._is("lower"):
            self._fail(f"{choices} is expected here")
        self._expect("lower", "is", "better")
        return "lower"

    def _bands(self, column: str) -> Claim:
        by = self._name("a column")
        self._expect(":")
        bands: list[Band] = []
        rest, exact = "", False
        while True:
            if self._takes("exact"):
                exact = True
                break
            label = "" if self._takes("none") else self._name("a label")
            if self._token.text not in (">=", ">", "<=", "<") or self._token.kind != "sign":
                rest = label
                if self._takes(","):
                    self._expect("exact")
                    exact = True
                break
            sign = cast("Literal['>=', '>', '<=', '<']", self._step().text)
            threshold = self._signed()
            bands.append(Band(label, sign, threshold, self.tokens[self.next - 1].text.endswith("%")))
            if not self._takes(","):
                break
        if not bands:
            self._fail("a band such as 优秀 >= 90 is expected here")
        return BandClaim(self.text, column, by, tuple(bands), rest, exact)

    def _inputs(self) -> Inputs:
        if not self._takes(","):
            return ""
        if self._takes("exact"):
            return "exact"
        if not self._takes("rounded"):
            self._fail("'exact' or 'rounded' is expected here")
        return "rounded"

    # -- arithmetic
    def _formula(self) -> Formula:
        self.depth += 1
        if self.depth > DEEPEST:
            self._fail(f"more than {DEEPEST} brackets within each other")
        result = self._negated() if self._takes("-") else self._product()
        while self._is("+") or self._is("-"):
            at, minus = self._token.at, self._step().text == "-"
            term = self._product()
            result = self._kept(added(result, term.scaled(Fraction(-1 if minus else 1))), at)
        self.depth -= 1
        return result

    def _negated(self) -> Formula:
        return self._product().scaled(Fraction(-1))

    def _product(self) -> Formula:
        result = self._factor()
        while self._is("*") or self._is("/"):
            at, times = self._token.at, self._step().text == "*"
            factor = self._factor()
            if not times and factor.is_number and not constant_of(factor):
                self._fail("zero divides nothing", at)
            result = self._kept((multiplied if times else divided)(result, factor), at)
        return result

    def _kept(self, formula: Formula | None, at: int) -> Formula:
        if formula is None:
            self._fail("only sums of columns, times numbers, and one such sum by another can be checked", at)
        return formula

    def _factor(self) -> Formula:
        if self._takes("("):
            formula = self._formula()
            self._expect(")")
            return formula
        token = self._token
        if token.kind == "word" and _NUMBER.fullmatch(token.text):
            self.numbers.append(token.text)
            return Formula(weighted((ONE, self._number())))
        if token.text in ("mean", "sum", "count") and token.kind == "word":
            return self._call()
        return _column(self._name("a column or a number"))

    def _call(self) -> Formula:
        at, how = self._token.at, self._step().text
        self._expect("(")
        parts = [self._formula()]
        while self._takes(","):
            parts.append(self._formula())
        self._expect(")")
        if how == "mean" and len(parts) > 1:
            return self._kept(folded(parts, added), at).scaled(Fraction(1, len(parts)))
        name = parts[0].operands[0].name if len(parts) == 1 and parts[0].operands else ""
        if not name or parts != [_column(name)]:
            self._fail(f"{how} takes the name of one column, with a list in each cell", at)
        over, under = _column(name, "sum" if how == "mean" else how), _column(name, "count")
        return Formula(over.over, under.over) if how == "mean" else over

    def _signed(self) -> Fraction:
        sign = -1 if self._takes("-") else 1
        return self._number() * sign

    def _number(self) -> Fraction:
        token = self._token
        if token.kind != "word" or not _NUMBER.fullmatch(token.text):
            self._fail("a number is expected here")
        try:
            number = Fraction(points(token.text.rstrip("%")))
        except ValueError as error:
            self._fail(str(error))
        self._step()
        return number / 100 if token.text.endswith("%") else number

    # -- tokens
    @property
    def _token(self) -> _Token:
        return self.tokens[self.next]

    def _step(self) -> _Token:
        token = self._token
        self.next += 1
        return token

    def _is(self, text: str) -> bool:
        return self._token.text == text and self._token.kind in ("sign", "word")

    def _takes(self, text: str) -> bool:
        found = self._is(text)
        self.next += found
        return found

    def _expect(self, *texts: str) -> None:
        for text in texts:
            if not self._takes(text):
                self._fail(f"'{' '.join(texts)}' is expected here")

    def _name(self, what: str) -> str:
        token = self._token
        if token.kind in ("sign", "end") or (token.kind == "word" and token.text in _KEYWORDS):
            self._fail(f"{what} is expected here")
        return self._step().text

    def _names(self) -> tuple[str, ...]:
        names = [self._name("a column")]
        while self._is(",") and self.tokens[self.next + 1].text not in ("exact", "rounded"):
            self._step()
            names.append(self._name("a column"))
        return tuple(names)

    def _fail(self, problem: str, at: int | None = None) -> NoReturn:
        place = self._token.at if at is None else at
        where = f"character {place + 1}" if place < len(self.text) else "at the end"
        raise InputError([Fault(f"claim, {where}: {problem}", REMEDY, value=self.text)])


def _column(name: str, how: str = "") -> Formula:
    return Formula(weighted((Operand(name, how), Fraction(1))))
