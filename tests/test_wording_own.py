"""The words of a locality's own kinds."""

from typing import ClassVar

from attrs import frozen

import envgov as eg
import towns
from envgov.results.table import Language


@eg.term("town.far_below")
@frozen(repr=False)
class far_below:
    words: ClassVar = {"zh": "低于{by}分很多", "en": "far below {by}"}

    by: int

    def at(self, place: eg.Place) -> eg.Reason:
        return eg.Reason(self, place.unit == "乙", ())


@eg.term("town.silent")
@frozen(repr=False)
class silent:
    words: ClassVar = {"zh": "未说明"}

    def at(self, place: eg.Place) -> eg.Reason:
        return eg.Reason(self, False, (place.unit,))


def said(when: eg.Condition, language: Language) -> str:
    ladder = eg.Ladder((eg.Rung("约谈", when, ("村主任",)),), publish="every rung")
    return eg.describe(towns.scheme(ladders=(ladder,)), language)


def test_a_kind_of_ones_own_is_said_in_its_own_words() -> None:
    assert "低于60分很多" in said(far_below(60), "zh")
    assert "far below 60" in said(far_below(60), "en")
    assert "同时符合：低于60分很多；未说明" in said(eg.all_of(far_below(60), silent()), "zh")


def test_without_words_in_a_language_it_is_the_call_that_makes_it() -> None:
    assert "town.silent()" in said(silent(), "en")
