"""A trial of another scheme (what-if) on the facts of one round."""

from __future__ import annotations

from envgov.results.comparison import Move, RoundComparison
from envgov.results.table import WORDS, Language
from envgov.site.names import page_of


class Trial:
    """Who would move, in one language; `code` is its number on the site."""

    def __init__(self, compared: RoundComparison, n: int, language: Language) -> None:
        self.compared, self.code, self.language = compared, str(n), language
        self.scheme, self.label = compared.a.scheme, compared.label
        self.page = page_of("compare", self.code)
        self.title = compared.b.title or compared.b.scheme
        self.heading = compared.heading(language)
        self.heads = WORDS[language].change_heads
        self.remarks = compared.remarks(language)
        self.count, self.moved = len(compared.moves), len(compared.movers)
        self.rows = [self._row(move) for move in compared.movers]
        self._moves = {move.unit: move for move in compared.moves}

    def told(self, code: str) -> tuple[str, ...] | None:
        """A unit's line of the table; None where it would not move."""
        move = self._moves.get(code)
        return self.compared.row(move, self.language) if move and move.moved else None

    def _row(self, move: Move) -> tuple[str, tuple[str, ...]]:
        """The page of a unit, if it is one of the scheme on this site, and its line."""
        own = move.unit in self.compared.fields[0]
        return (page_of("unit", move.unit) if own else "", self.compared.row(move, self.language))
