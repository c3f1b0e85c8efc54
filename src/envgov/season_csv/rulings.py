"""The rows of rulings.csv that wait for an answer."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import UTC
from io import StringIO

from envgov.codec.inline import to_inline
from envgov.results.question import Question
from envgov.results.table import Language
from envgov.season_csv.tables import columns_in


def unanswered_rows(questions: Iterable[Question], language: Language = "zh") -> tuple[str, ...]:
    """The header of rulings.csv, and a row for each question: the answer, who gave it, and why are left empty."""
    columns = [column for column in columns_in(UTC)["rulings"] if column.required]
    text = StringIO(newline="")
    table = csv.writer(text, lineterminator="\n")
    table.writerow(column.name if language == "en" else column.chinese[0] for column in columns)
    for question in questions:
        row = {
            "unit": question.unit,
            "concerns": question.round.start.isoformat(),
            "condition": to_inline(question.condition),
            "scheme": question.scheme,
        }
        table.writerow(row.get(column.name, "") for column in columns)
    return tuple(text.getvalue().split("\n")[:-1])
