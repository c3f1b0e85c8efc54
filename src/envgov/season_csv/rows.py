"""A row of a table, and the facts that are not theirs cell by cell: a duty of two moments, a task."""

from __future__ import annotations

from typing import Any

from envgov.facts.duty import Duty, Submission
from envgov.facts.task import Task

Row = dict[str, Any]
"""The cells of a row by their columns, without those that are empty."""


def duty_of(row: Row) -> Duty:
    came = Submission(row["what"], row["owed_by"], row["submitted"]) if "submitted" in row else None
    return Duty(row["what"], row["owed_by"], row["due"], came)


def task_of(row: Row) -> Task:
    return Task(**{"leader": "", "department": "", **row})
