"""The reference says what the code says."""

import re

from docs.reference import PAGE, SECTIONS, page
from envgov.codec.kinds import TERMS


def test_the_reference_is_that_of_the_code() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "rewrite it: python tests/docs/reference.py"


def test_every_term_has_an_entry() -> None:
    shown = set(re.findall(r"^### (\S+)$", page(), re.MULTILINE))
    assert {cls.__name__ for cls in TERMS} <= shown
    assert {cls.__module__ for cls in TERMS} == {module.__name__ for _, module in SECTIONS}
