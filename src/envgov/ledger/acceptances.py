"""Acceptances of whole units (整村验收), as they are entered."""

from __future__ import annotations

from envgov.facts.acceptance import UnitAcceptance

ACCEPTANCE = "acceptance"


def subject_of_acceptance(given: UnitAcceptance) -> str:
    """Under which subject it is entered: entered there again, it is corrected."""
    return f"{ACCEPTANCE}:{given.unit}/{given.day}"
