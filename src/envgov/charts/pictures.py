"""Charts as pictures, without a browser and without the network."""

from __future__ import annotations

import re

import altair as alt
import vl_convert

from envgov.charts.style import FONTS
from envgov.errors import EnvGovError

_CHINESE = re.compile(r"[\u3400-\u9fff]")
LETTER = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><text y="32" font-size="32" font-family="{}">{}</text></svg>'


class FontError(EnvGovError):
    """The machine has no font with the Chinese characters of a chart: a picture would show boxes."""


def render_svg(chart: alt.TopLevelMixin) -> str:
    """The chart as SVG; its letters are text, which whoever opens it sees in a font of theirs."""
    # a chart of envgov's names no address; one that somebody else made may, and nothing is fetched from it
    return vl_convert.vegalite_to_svg(chart.to_dict(), vl_version=_version(), allowed_base_urls=[])


def render_png(chart: alt.TopLevelMixin, *, ppi: int = 144) -> bytes:
    """The chart as PNG; at 72 points per inch (`ppi`) a point is a dot, and for print 300 are usual.

    Raises:
        FontError: it shows Chinese, and the machine has no font for it.
    """
    if _CHINESE.search(str(chart.to_dict())) and not _has_chinese():
        raise FontError(
            "no font has the Chinese characters of this chart: install one (Debian: apt install fonts-noto-cjk; Windows "
            "and macOS have one), or name its folder: vl_convert.register_font_directory(...)"
        )
    return vl_convert.vegalite_to_png(chart.to_dict(), vl_version=_version(), ppi=ppi, allowed_base_urls=[])


def _version() -> str:
    """That of Vega-Lite for which altair writes."""
    return ".".join(alt.SCHEMA_VERSION.lstrip("v").split(".")[:2])


def _has_chinese() -> bool:
    """Two characters that look alike are boxes, or nothing."""
    one, other = (vl_convert.svg_to_png(LETTER.format(FONTS, letter)) for letter in "村镇")
    return one != other
