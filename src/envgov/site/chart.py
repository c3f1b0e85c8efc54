"""A unit's ranks, round by round, as a line: small, in the page itself, and readable without colour."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from markupsafe import Markup

WIDTH, HEIGHT = 480, 180
LEFT, RIGHT, TOP, BOTTOM = 44, 24, 24, 30
SHOWN_RANKS = 8


def draw_ranks(ranks: Sequence[tuple[str, int | None]], size: int, title: str) -> Markup:
    """The ranks by the labels of their rounds, oldest first, among `size` units at most; first is at the top.

    None is a round without a rank: the line is broken there. Of more than eight rounds the dots bear no numbers.
    """
    step = (WIDTH - LEFT - RIGHT) / max(len(ranks) - 1, 1)
    scale = (HEIGHT - TOP - BOTTOM) / max(size - 1, 1)
    parts: list[str] = []
    runs: list[list[str]] = [[]]
    for i, (_, rank) in enumerate(ranks):
        if rank is None:
            runs.append([])
            continue
        x, y = LEFT + i * step, TOP + (rank - 1) * scale
        runs[-1].append(f"{x:.1f},{y:.1f}")
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4"/>')
        if len(ranks) <= SHOWN_RANKS:
            parts.append(_text(x, y - 8, "middle", rank))
    lines = [f'<polyline points="{" ".join(run)}"/>' for run in runs if len(run) > 1]
    parts += [_text(LEFT - 12, TOP + 5, "end", 1), _text(LEFT, HEIGHT - 8, "start", ranks[0][0])]
    if size > 1:
        parts.append(_text(LEFT - 12, HEIGHT - BOTTOM + 5, "end", size))
    if len(ranks) > 1:
        parts.append(_text(WIDTH, HEIGHT - 8, "end", ranks[-1][0]))
    axes = f'<path d="M{LEFT} {TOP}V{HEIGHT - BOTTOM}H{WIDTH - RIGHT}"/>'
    drawn = "".join((axes, *lines, *parts))
    named = f'viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}"'
    return Markup(f'<svg class="ranks" {named}>{drawn}</svg>')  # noqa: S704 - its texts were escaped


def _text(x: float, y: float, anchor: str, text: object) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(str(text))}</text>'
