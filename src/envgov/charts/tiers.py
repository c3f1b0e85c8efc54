"""The tiers of a board, unit by round (档次一览)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import altair as alt

from envgov.charts.style import (
    ABSENT_SHADE,
    DARK,
    INK,
    PALE,
    PAPER,
    PENDING_SHADE,
    SHADES,
    dressed,
    grounds_of,
    labels_of,
    told,
)
from envgov.charts.timeline import Timeline, timeline_of
from envgov.charts.words import CHART_WORDS
from envgov.errors import EnvGovError
from envgov.reason import Absent
from envgov.results.assessment import Season
from envgov.results.placement import PENDING, Placement, Side
from envgov.results.table import WORDS, Language


def draw_tiers(season: Season, board: str, *, language: Language = "zh") -> alt.LayerChart:
    """In which tier of a board each unit stood in each round, in shades and in words.

    The units stand in the order of the newest round. Who was not assessed stands in a white cell that says so, or a
    dash where there is no room; where a unit was not in the field, there is no cell. Of more than twelve rounds a cell
    has the first character of the tier.

    Raises:
        EnvGovError: the season is empty, or has no such board.
    """
    words, newest = CHART_WORDS[language], season.latest
    line = timeline_of(season, language)
    shades = shades_of(season, board, language)
    order = dict.fromkeys((row.unit.code, row.unit.name) for a in reversed(season.assessments) for row in a.rows())
    names = labels_of(dict(reversed(order)).items())
    cells = list(_cells(season, board, names, line, shades))
    x, y = line.axis(), alt.Y("unit:N", sort=list(dict.fromkeys(names[code] for code, _ in order)), title=None)
    base = alt.Chart(alt.InlineData(values=cells)).encode(x=x, y=y)
    color = alt.Color(
        "tier:N",
        scale=alt.Scale(domain=list(shades), range=list(shades.values())),
        title=told(board),
        legend=alt.Legend(orient="top"),
    )
    tips = [alt.Tooltip(f"{field}:N", title=words[field]) for field in ("unit", "round", "tier")]
    boxes = base.mark_rect(stroke=PALE, strokeWidth=0.5).encode(color=color, tooltip=tips)
    letters = base.mark_text(fontSize=12).encode(text="text:N", color=alt.Color("ink:N", scale=None))
    size = 78 if line.is_short else 18
    said = [*grounds_of(season, language), *line.sizes(season)]
    title = f"{newest.title or newest.scheme}{WORDS[language].colon}{board}"
    chart = alt.LayerChart(layer=[boxes, letters], width=size * len(line.places), height=alt.Step(22))
    return dressed(chart, title, said)


def shades_of(season: Season, board: str, language: Language) -> Mapping[str, str]:
    """The shade of each tier that somebody is in, in the board's order, then of those pending and not assessed."""
    words = WORDS[language]
    records = [assessment.record for assessment in season]
    tiers = dict.fromkeys(tier for record in reversed(records) for tier in record.tiers_of(board))
    if not tiers:
        known = ", ".join(dict.fromkeys(of.board for record in records for of in record.boards)) or "none"
        raise EnvGovError(f"no board {board!r} in this season; there is {known}")
    placed = [p for record in records for p in record.placements if p.board == board]
    sides: dict[str, Side | None] = {p.tier: p.side for p in placed}
    shades: dict[str, str] = {}
    for side, of in SHADES.items():
        alike = [tier for tier in tiers if tier in sides and sides[tier] == side]
        shades |= {tier: of[i % len(of)] for i, tier in enumerate(alike)}
    found = {told(tier): shades[tier] for tier in tiers if tier in shades}
    if PENDING in sides:
        found[words.pending] = PENDING_SHADE
    whys = dict.fromkeys(absence.why for record in records for absence in record.absences)
    return found | {words.absent[why]: ABSENT_SHADE for why in whys}


def _cells(
    season: Season, board: str, names: Mapping[str, str], line: Timeline, shades: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    words = WORDS[line.language]
    for assessment in season:
        record = assessment.record
        for unit in assessment.units:
            stood: Placement | Absent | None = record.tier(board, unit.code)
            if (absence := record.absence(unit.code)) is not None:
                stood = absence.why
            if stood is None:
                continue
            tier = words.absent[stood] if isinstance(stood, Absent) else told(words.tier(stood.tier))
            short = "–" if isinstance(stood, Absent) else tier[:1]
            yield {
                "round": line.of[record.round],
                "unit": names[unit.code],
                "tier": tier,
                "text": tier if line.is_short else short,
                "ink": PAPER if shades[tier] in DARK else INK,
            }
