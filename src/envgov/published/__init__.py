"""Lint of published tables: wrong ranks, sums, means, rates, bands, ties and sizes, with what they should be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from envgov.errors import Fault, InputError, shorten
from envgov.published.bands import NumberClaim
from envgov.published.claim import Claim, Error
from envgov.published.figures import Figures
from envgov.published.grammar import REMEDY, quoted, read_claim
from envgov.published.headings import left_out, recognise
from envgov.published.report import Checked, Discrepancy, Origin, Report
from envgov.published.table import PublishedTable, read_table

__all__ = ["Checked", "Claim", "Discrepancy", "PublishedTable", "Report", "lint", "read_claim", "read_table"]


def lint(table: PublishedTable, claims: Iterable[Claim | str] | None = None) -> Report:
    """Check a published table against what it says of itself.

    Checked are the `claims` given and those of the table; where there is neither, what the headings commonly mean
    (a rank beside one score, a total row, a rate beside its two counts), in the reading that makes the fewest ranks
    wrong, and whether columns of numbers hold numbers. The report lists each claim that was checked, and how often,
    and what the headings say beyond them.

    A printed number is what is rounded half up to its last decimal. What is not what the printed inputs make of it,
    but could be with inputs before they were rounded, or in another reading, is undecidable and not wrong. Columns
    have one precision: 58 beside 57.84 is 58.00.

    Raises:
        InputError: a claim cannot be read, or names a column or row that the table does not have (or not once), or
            holds a bare number that is a heading; or nothing in the table could be checked.
        TypeError: one sentence alone, where several are meant.
    """
    if isinstance(claims, str):
        raise TypeError(f"claims={shorten(claims)}: give a sequence of sentences, such as [{shorten(claims)}]")
    figures = Figures(table)
    given = [*_read(table), *(read_claim(claim) if isinstance(claim, str) else claim for claim in claims or ())]
    refuse_unknown(given, table)
    recognised = recognise(figures)
    origin: Origin = "stated" if given else "recognised"
    found = [(claim, origin) for claim in given or recognised]
    entries: dict[Claim, Origin] = dict(found)
    for claim in _numbers(figures, found):
        entries.setdefault(claim, "implied")
    checked, discrepancies = [], []
    for claim, origin in entries.items():
        result = claim.check(figures)
        checked.append(Checked(claim, origin, result.checked, result.skipped))
        for error in result.errors:
            row = None if error.row is None else figures.number_of(error.row)
            discrepancies.append(_discrepancy(claim, row, _judged(error, origin)))
    if not discrepancies and not any(entry.compared for entry in checked if entry.origin != "implied"):
        problem = "nothing in this table could be checked" if given else "the headings say nothing that can be checked"
        raise InputError([Fault(problem, f"claim something: {REMEDY}", table.file or table.name)])
    discrepancies.sort(key=lambda found: (found.row is not None, found.row or 0))
    unchecked = left_out(figures, recognised, [claim for claim, _ in found])
    return Report(table, tuple(checked), tuple(discrepancies), tuple(unchecked))


def _judged(error: Error, origin: Origin) -> Error:
    """What nobody called a number, and what is none that can be told, may be meant as it stands: 2-3, 1.5万元."""
    return error._replace(why="unclaimed") if origin == "implied" and not error.right else error


def _discrepancy(claim: Claim, row: int | None, error: Error) -> Discrepancy:
    return Discrepancy(claim, row, error.column, error.printed, error.right, error.verdict, error.why)


def _read(table: PublishedTable) -> Iterator[Claim]:
    """The table's own claims; all their faults at once."""
    faults: list[Fault] = []
    for text in table.claims:
        try:
            yield read_claim(text)
        except InputError as error:
            faults += (
                Fault(f.problem, f.remedy, table.file or table.name, None, "claims", f.value) for f in error.faults
            )
    if faults:
        raise InputError(faults)


def refuse_unknown(claims: Iterable[Claim], table: PublishedTable) -> None:
    """A claim names columns of the table, and rows by a text that one row alone has; its numbers are no such names.

    Raises:
        InputError: every name that it does not have, and every number that may be one.
    """
    if faults := [fault for claim in claims for fault in _unknown(claim, table)]:
        raise InputError(faults)


def _unknown(claim: Claim, table: PublishedTable) -> Iterator[Fault]:
    file = table.file or table.name
    sentence = shorten(str(claim))
    columns = [column for column in table.columns if column]
    for column in dict.fromkeys(claim.columns):
        if column not in columns:
            near = get_close_matches(column[:40], columns, n=1, cutoff=0.5)
            hint = f"did you mean {near[0]!r}? " if near else ""
            known = ", ".join(map(quoted, columns))
            yield Fault(
                f"no column has this heading, in the claim {sentence}", f"{hint}known: {known:.400}", file, value=column
            )
    for number in dict.fromkeys(claim.numbers):
        what, names = ("row", [cells[0] for cells in table.rows]) if claim.labels else ("column", columns)
        if number in names:
            problem = f"a {what} has this name, and in the claim {sentence} it is a number"
            remedy = f'write "{number}" in quotation marks for the {what}, or {_other(number)} for the number'
            yield Fault(problem, remedy, file, value=number)
    for label in dict.fromkeys(claim.labels):
        found = len(Figures(table).rows_named(label))
        if found != 1:
            problem = f"{found or 'no'} rows have this text, in the claim {sentence}"
            yield Fault(problem, "name a row by a text that it has alone", file, value=label)


def _other(number: str) -> str:
    """The same number, written so that it is not the heading: 2022.0, 90.0%."""
    digits, percent, _ = number.partition("%")
    return f"{digits}{'0' if '.' in digits else '.0'}{percent}"


def _numbers(figures: Figures, found: list[tuple[Claim, Origin]]) -> Iterator[Claim]:
    """That the columns which are read as numbers hold numbers; without claims, the columns that mostly do."""
    read = [column for claim, _ in found for column in claim.numeric]
    if all(origin == "recognised" for _, origin in found):
        read += ((column, False) for column in figures.table.columns if column and figures.is_numeric(column))
    for column, listed in dict.fromkeys(read):
        yield NumberClaim(f"numbers {'listed ' if listed else ''}in {quoted(column)}", column, listed)
