"""Published tables for tests: written as lines, checked against sentences."""

import envgov as eg


def table_of(text: str, *claims: str) -> eg.PublishedTable:
    """Cells are parted by a bar, for commas and spaces stand in them."""
    columns, *rows = (tuple(cell.strip() for cell in line.split("|")) for line in text.strip().splitlines())
    return eg.PublishedTable("表", columns, tuple(rows), claims)


def found(text: str, *claims: str) -> list[tuple[int | None, str, str, str, str]]:
    """Row, column, printed, right, verdict of each discrepancy."""
    report = eg.lint(table_of(text), claims)
    return [(d.row, d.column, d.printed, d.right, d.verdict) for d in report.discrepancies]


def counted(text: str, *claims: str) -> dict[str, tuple[int, int]]:
    """How many printed texts each claim was compared with, and how many it could not be."""
    report = eg.lint(table_of(text), claims)
    return {str(c.claim): (c.compared, c.skipped) for c in report.checked if c.origin != "implied"}
