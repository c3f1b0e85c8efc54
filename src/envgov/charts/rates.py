"""Rates with their counts and what chance alone would do to them (整改率、办结率)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any, NamedTuple

import altair as alt

from envgov.charts.style import INK, dressed, grounds_of, labels_of
from envgov.charts.words import CHART_WORDS
from envgov.errors import EnvGovError
from envgov.exact import round_half_up
from envgov.reason import Reason, Tally
from envgov.results.assessment import Assessment
from envgov.results.ranking import SCORE
from envgov.results.table import WORDS, Language
from envgov.scheme import Scheme
from envgov.wording.rates import word_rate

CONFIDENCE = 95
_Z = Decimal("1.959963984540054")
"""The quantile of the normal distribution at 97.5 per cent, which leaves 95 within."""
_ROOTS = Context(prec=40)
PLACES = 2


class Interval(NamedTuple):
    """From `low` to `high`, in per cent with two decimals."""

    low: Decimal
    high: Decimal


def interval_of(tally: Tally) -> Interval | None:
    """Wilson's score interval of a rate at 95 per cent, rounded half up to two decimals; None where nothing counts.

    E. B. Wilson, Probable inference, the law of succession, and statistical inference, Journal of the American
    Statistical Association 22 (1927), 209-212. It stays between 0 and 100, and is wide where there is little to count:
    3 of 4 are anything from 30 to 95 per cent. It has roots in it, and decides nothing.

    Raises:
        ValueError: the tally is a count, and no rate.
    """
    if tally.among is None:
        raise ValueError(f"{tally!r} is a count: an interval is of a rate, of things among others")
    if not tally.among:
        return None
    counted, among = Decimal(tally.counted), Decimal(tally.among)
    square = _ROOTS.multiply(_Z, _Z)
    spread = _ROOTS.divide(counted * (among - counted), among) + square / 4
    half = _ROOTS.multiply(_Z, _ROOTS.sqrt(spread))
    low, high = (
        _ROOTS.divide(100 * (counted + square / 2 + sign * half), among + square) for sign in (-1, 1)
    )  # fmt: skip
    return Interval(round_half_up(Fraction(low), PLACES), round_half_up(Fraction(high), PLACES))


def tallies_of(assessment: Assessment, figure: str = SCORE) -> Mapping[str, Tally]:
    """The counts behind the rate of each unit, by code: asks the rules once more, and reads their reasons.

    `figure` names a further figure of the scheme. A unit for which the rule has no counts, because it is exempt, is
    not among them.

    Raises:
        EnvGovError: the figure is no rate, or the assessment was read back from a file.
    """
    names = [ranking.figure for ranking in assessment.record.rankings]
    if figure not in names:
        raise EnvGovError(f"{assessment.scheme} has no figure {figure!r}; there is {', '.join(names) or 'none'}")
    found: dict[str, Tally] = {}
    for unit in assessment.units:
        why = assessment.explain(unit.code)
        assert isinstance(why.rule, Scheme)
        rule = why.rule.ranked[names.index(figure)].rule
        given = why.because[1 + names.index(figure)]  # the unit, then its numbers in the order of the figures
        if isinstance(given, Reason) and given.rule == rule:  # another says why it has no score
            found.update(
                (unit.code, part) for part in given.because if isinstance(part, Tally) and part.among is not None
            )
    if not found:
        raise EnvGovError(f"the figure {figure!r} of {assessment.scheme} is no rate: there are no counts behind it")
    return found


def draw_rates(assessment: Assessment, figure: str = SCORE, *, language: Language = "zh") -> alt.LayerChart:
    """The rate of each unit as a bar, the best first, with its counts and the interval that `interval_of` gives.

    Where nothing counts there is no bar, and none for who is not assessed or exempt: each says so.

    Raises:
        EnvGovError: what `tallies_of` raises.
    """
    words, texts = CHART_WORDS[language], WORDS[language]
    tallies = tallies_of(assessment, figure)
    listed = assessment.rows()
    names = labels_of(
        (row.unit.code, texts.aside.format(row.unit.name, row.group) if row.group else row.unit.name) for row in listed
    )
    ranked = [s.unit for s in assessment.record.ranking(figure).standings]
    order = dict.fromkeys((*ranked, *(row.unit.code for row in listed)))
    rows = [_row(names[code], tallies.get(code), assessment, code, language) for code in order]
    y = alt.Y("unit:N", sort=[names[code] for code in order], title=None, axis=alt.Axis(ticks=False, domain=False))
    scale = alt.Scale(domain=[0, 100])
    base = alt.Chart(alt.InlineData(values=rows))
    rated = alt.Chart(alt.InlineData(values=[row for row in rows if "rate" in row]))
    x = alt.X("rate:Q", scale=scale, title=words["rate"])
    layers = [
        rated.mark_bar(color="#a9c4dc", size=14).encode(x=x, y=y),
        rated.mark_rule(color=INK, strokeWidth=1.5).encode(x=alt.X("low:Q", scale=scale), x2="high:Q", y=y),
        rated.mark_tick(color=INK, size=8, thickness=1.5).encode(x=alt.X("low:Q", scale=scale), y=y),
        rated.mark_tick(color=INK, size=8, thickness=1.5).encode(x=alt.X("high:Q", scale=scale), y=y),
        base.mark_text(align="left", dx=12, color=INK).encode(x=alt.datum(100), y=y, text="text:N"),
    ]
    as_of = next(iter(tallies.values())).as_of
    said = [*grounds_of([assessment], language), words["interval"].format(CONFIDENCE, as_of)]
    name = figure if figure != SCORE else words["score"]
    title = f"{assessment.title or assessment.scheme}{texts.colon}{name}  {assessment.record.round.label}"
    return dressed(alt.LayerChart(layer=layers, width=420, height=alt.Step(24)), title, said)


def _row(name: str, tally: Tally | None, assessment: Assessment, code: str, language: Language) -> dict[str, Any]:
    if tally is None:
        absence = assessment.record.absence(code)
        assert absence is not None, "whoever has a score has the counts of the rate"
        return {"unit": name, "text": WORDS[language].absent[absence.why]}
    rate = word_rate(tally, "exact", language)
    row = {"unit": name, "text": CHART_WORDS[language]["of"].format(rate, tally.counted, tally.among)}
    interval = interval_of(tally)
    if interval is None:
        return row
    value = Fraction(100 * tally.counted, tally.among or 1)
    return row | {"rate": float(value), "low": float(interval.low), "high": float(interval.high)}
