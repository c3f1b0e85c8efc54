"""The columnar forms of scoring rules."""

from envgov.frames.scoring import combined, curves, inspected, ledger, periods, ranks
from envgov.frames.scoring.rule import column_of, is_lone

FORMS = (combined, curves, inspected, ledger, periods, ranks)
"""The modules in which each of the core's kinds has its form."""

__all__ = ["FORMS", "column_of", "is_lone"]
