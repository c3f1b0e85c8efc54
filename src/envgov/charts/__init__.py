"""Charts of results (图表), for notebooks, pages and papers: altair draws them, vl-convert makes pictures of them.

What is decided stays exact up to here; only the place of a mark in a picture is a float.
"""

try:
    import altair as alt  # noqa: F401 - an extra that is missing is told here
    import vl_convert  # noqa: F401 - an extra that is missing is told here
except ModuleNotFoundError as error:
    message = "charts need their extra: python3 -m pip install 'envgov[charts]'"
    raise ModuleNotFoundError(message, name=error.name) from None

from envgov.charts.ages import draw_ages
from envgov.charts.maps import draw_map
from envgov.charts.pictures import FontError, render_png, render_svg
from envgov.charts.ranks import draw_ranks
from envgov.charts.rates import Interval, draw_rates, interval_of, tallies_of
from envgov.charts.tiers import draw_tiers

__all__ = [
    "FontError",
    "Interval",
    "draw_ages",
    "draw_map",
    "draw_ranks",
    "draw_rates",
    "draw_tiers",
    "interval_of",
    "render_png",
    "render_svg",
    "tallies_of",
]
