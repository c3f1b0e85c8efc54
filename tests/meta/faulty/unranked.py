"""Its ranking leaves out who is last."""

from typing import Any

from attrs import evolve, frozen

import envgov as eg
from meta.town import scheme, town

BREAKS = {"comes_back_from_storage", "accounts_for_every_unit"}


@eg.term("bad.ranking")
@frozen(repr=False)
class Odd(eg.RankBy):
    def rank(self, *given: Any) -> eg.Ranking:
        ranking = super().rank(*given)
        return evolve(ranking, standings=[s for s in ranking.standings if s.behind or not s.ahead])


PLUGIN = town(scheme(ranking=Odd(places=1)), kinds=[Odd])
