"""Rates as bulletins write them (整改率达到92%以上)."""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import Literal, get_args

from envgov.exact import round_half_up
from envgov.reason import Tally
from envgov.results.table import Language
from envgov.wording.grounds import RATE_PLACES
from envgov.wording.phrases import LANGUAGES

RateWords = Literal["rounded", "at least", "exact"]


def word_rate(tally: Tally, how: RateWords, language: Language = "zh") -> str:
    """The rate of a tally in per cent, in the words of a bulletin.

    "rounded" is the nearest whole per cent, halves up: 1057 of 1188 is 89%. "at least" is the whole per cent that was
    reached, and never says more than is: 1017 of 1104 is 92%以上, as is 92 of 100, for 以上 includes. "exact" has two
    decimals, rounded half up: 88.97%. Where there was nothing to count, there is no rate: 无.

    Raises:
        ValueError: the tally is a count, and no rate; or there is no such way to word one.
    """
    if tally.among is None:
        raise ValueError(f"{tally!r} is a count: a rate has a number of things among which they are counted")
    if how not in get_args(RateWords):
        raise ValueError(f"how={how!r}: choose one of {', '.join(map(repr, get_args(RateWords)))}")
    say = LANGUAGES[language].say
    if not tally.among:
        return say["no rate"]
    per_cent = Fraction(100 * tally.counted, tally.among)
    if how == "at least":
        return say["rate at least"].format(floor(per_cent))
    return say["rate"].format(round_half_up(per_cent, 0 if how == "rounded" else RATE_PLACES))
