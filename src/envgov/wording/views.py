"""Words as a notebook shows them."""

from __future__ import annotations

from envgov.reason import Reason
from envgov.results.table import Language
from envgov.results.view import View
from envgov.scheme import Scheme
from envgov.wording import describe, narrate


def view_of(said: Reason | Scheme, language: Language) -> View:
    """The first line of the words as a title, the others as they stand."""
    words = describe(said, language) if isinstance(said, Scheme) else narrate(said, language)
    title, _, rest = words.partition("\n")
    return View(title, (rest,) if rest else (), language)
