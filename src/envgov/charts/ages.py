"""How long what is not closed has been open (未销号问题的时长)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

import altair as alt

from envgov.charts.style import INK, PALE, dressed
from envgov.charts.words import CHART_WORDS
from envgov.facts.issue import Issue, State
from envgov.results.table import Language

BANDS = (7, 15, 30, 90)
"""The last day of each band of days since found; what is older stands in one more."""
_SHADES = {
    "overdue": "#333333",
    "in time": "#6ea8d0",
    "undated": "#c4e0f3",
    "rectified": "#dddddd",
    "suspended": "#ffffff",
}


def draw_ages(issues: Iterable[Issue], day: date, title: str = "", *, language: Language = "zh") -> alt.LayerChart:
    """The issues that are not closed at the end of a day, by the calendar days since they were found.

    Open ones are overdue, not yet due, or without a date; what is rectified and not accepted, and what is suspended
    (挂账), is told apart. Withdrawn and merged ones count no more. Bands without an issue stay, with a 0.
    """
    words = CHART_WORDS[language]
    bands = [
        words["days"].format(first, last) for first, last in zip((0, *(n + 1 for n in BANDS)), BANDS, strict=False)
    ]
    bands.append(words["longer"].format(BANDS[-1]))
    counts: Counter[tuple[str, str]] = Counter()
    for issue in issues:
        then = issue.as_of(day)
        if then is not None and then.state not in (State.CLOSED, State.ENDED):
            band = sum(then.elapsed(day) > last for last in BANDS)
            counts[bands[band], _state(then, day)] += 1
    rows = [
        {"age": band, "state": words[state], "n": counts[band, state], "order": i}
        for band in bands
        for i, state in enumerate(_SHADES)
        if counts[band, state]
    ]
    heights = [sum(counts[band, state] for state in _SHADES) for band in bands]
    sums = [{"age": band, "n": height} for band, height in zip(bands, heights, strict=True)]
    states = [state for state in _SHADES if any(counts[band, state] for band in bands)]
    color = alt.Color(
        "state:N",
        scale=alt.Scale(domain=[words[state] for state in states], range=[_SHADES[state] for state in states]),
        title=None,
        legend=alt.Legend(orient="top") if states else None,  # one of nothing is infinitely large
    )
    x = alt.X("age:O", scale=alt.Scale(domain=bands), title=words["age"], axis=alt.Axis(labelAngle=0, ticks=False))
    y = alt.Y(
        "n:Q",
        scale=alt.Scale(domain=[0, max(1, *heights)]),
        title=words["issues"],
        axis=alt.Axis(tickMinStep=1, format="d"),
    )
    bars = alt.Chart(alt.InlineData(values=rows)).mark_bar(stroke=PALE, strokeWidth=0.8)
    tops = alt.Chart(alt.InlineData(values=sums)).mark_text(dy=-8, color=INK)
    layers = [
        bars.encode(x=x, y=y, color=color, order="order:Q", tooltip=["age:N", "state:N", "n:Q"]),
        tops.encode(x=x, y=y, text="n:Q"),
    ]
    said = words["as of"].format(day, counts.total())
    return dressed(
        alt.LayerChart(layer=layers, width=90 * len(bands), height=240), title or said, [said] if title else []
    )


def _state(issue: Issue, day: date) -> str:
    if issue.state is not State.OPEN:
        return "rectified" if issue.state is State.RECTIFIED else "suspended"
    if issue.due is None:
        return "undated"
    return "overdue" if issue.is_overdue(day) else "in time"
