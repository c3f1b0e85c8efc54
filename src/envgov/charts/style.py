"""How charts look: a font that has Chinese, shades that differ on a black and white printer too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar
from unicodedata import east_asian_width

import altair as alt

from envgov.results.assessment import Assessment, made_up_in
from envgov.results.placement import Side
from envgov.results.table import WORDS, Language
from envgov.texts import visible

FONTS = (
    "Noto Sans CJK SC, Noto Sans SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, WenQuanYi Micro Hei, "
    "WenQuanYi Zen Hei, SimHei, sans-serif"
)
INK, PALE, PAPER = "#1a1a1a", "#9aa3ab", "#ffffff"
STRONG = ("#0b3c5d", "#d1495b", "#2e933c", "#8d5a97", "#b7791f", "#17a2b8")
"""Lines beside each other; whoever sees no colours has the names at their ends."""
SHADES: Mapping[Side | None, tuple[str, ...]] = {
    "praise": ("#9cc9e8", "#6ea8d0", "#c4e0f3"),
    None: ("#f2f2f2", "#dddddd", "#e8e8e8"),
    "sanction": ("#333333", "#6b6b6b", "#111111"),
}
"""For the tiers of a side one after the other: sanctions dark, praise blue, the others nearly white.

No red and no green: a red list praises in one place, and red is the worst of three colours in another.
"""
PENDING_SHADE, ABSENT_SHADE = "#f2c14e", PAPER
DARK = frozenset(SHADES["sanction"])
"""Shades on which letters are white."""
_CONFIG: Mapping[str, Any] = {
    "font": FONTS,
    "background": PAPER,
    "view": {"stroke": None},
    "title": {"anchor": "start", "fontSize": 16, "subtitleFontSize": 12, "subtitleColor": "#444444", "offset": 12},
    "axis": {"labelFontSize": 12, "titleFontSize": 12, "gridColor": "#e3e3e3", "domainColor": PALE, "labelLimit": 200},
    "legend": {"labelFontSize": 12, "titleFontSize": 12, "labelLimit": 200, "symbolStrokeColor": PALE},
}
LINE = 76
"""Columns of a line below the title, of which a Chinese character takes two."""
_C = TypeVar("_C", alt.LayerChart, alt.VConcatChart)


def told(text: str) -> str:
    """A stranger's text as it stands in a chart.

    Altair writes a chart's data into the script of a page as they are: what would end the script there gets the
    full-width sign.
    """
    return visible(text).replace("<", "＜")


def labels_of(units: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Of codes with their names, what each is called: the name; with the code, where another bears the name too."""
    named = {code: told(name) for code, name in units}
    often = Counter(named.values())
    return {code: f"{name} [{told(code)}]" if often[name] > 1 else name for code, name in named.items()}


def dressed(chart: _C, title: str, subtitle: Iterable[str]) -> _C:
    """With its title, and the style in itself, so that no setting of the session is changed."""
    head = alt.TitleParams(told(title), subtitle=[part for line in subtitle for part in _folded(told(line))])
    dressed: _C = chart.properties(title=head).configure(**_CONFIG)
    return dressed


def _folded(line: str) -> Iterator[str]:
    """A line in parts that are no wider than the charts."""
    part, width = "", 0
    for letter in line:
        width += 2 if east_asian_width(letter) in "WF" else 1
        if width > LINE:
            yield part
            part, width = "", 0
        part += letter
    yield part


def named(base: alt.Chart, **mark: Any) -> tuple[alt.Chart, alt.Chart]:
    """Letters that stay readable where lines run behind them."""
    return base.mark_text(stroke=PAPER, strokeWidth=4, strokeJoin="round", **mark), base.mark_text(color=INK, **mark)


def grounds_of(assessments: Iterable[Assessment], language: Language) -> list[str]:
    """What stands below the title: which editions decided, by which plugins, and what is made up."""
    rounds = list(assessments)
    words = WORDS[language]
    editions = dict.fromkeys((a.title or a.scheme, a.edition, a.provider) for a in rounds)
    said = [
        words.comma.join(part for part in (words.edition.format(title, edition), provider) if part)
        for title, edition, provider in editions
    ]
    return [*said, *map(words.synthetic.format, made_up_in(rounds))]
