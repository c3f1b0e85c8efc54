"""How Sphinx builds these pages."""

import re
from importlib.metadata import version as version_of
from itertools import pairwise
from typing import Any

from sphinx.application import Sphinx
from sphinx.search.en import SearchEnglish

project = "envgov"
author = "The envgov authors"
project_copyright = author
version = release = version_of("envgov")

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_copybutton"]
default_role = "code"
exclude_patterns = ["_build"]
myst_heading_anchors = 3

nb_execution_mode = "force"
nb_execution_timeout = 600
nb_execution_raise_on_error = True

autodoc_default_options = {"members": True, "undoc-members": True, "member-order": "bysource"}
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True

html_theme = "furo"
html_title = f"envgov {version}"
html_static_path = ["_static"]
html_css_files = ["pages.css"]
copybutton_prompt_text = "$ "


def skip_tuple_field(_app: Sphinx, _what: str, _name: str, member: object, skip: bool, _options: object) -> bool:
    """A named tuple's fields stand in its signature; their own text says nothing."""
    return skip or str(member.__doc__).startswith("Alias for field number")


FENCE = re.compile(r"(^```.*?^```$)", re.DOTALL | re.MULTILINE)
BETWEEN_CHINESE = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef”])\n *(?=[\u2e80-\u9fff\uff00-\uffef“])")


def join_lines(_app: Sphinx, page: str, source: list[str]) -> None:
    """Chinese has no spaces: the end of a line in the source is none either."""
    if page.endswith(".zh"):
        source[0] = "".join(
            part if part.startswith("```") else BETWEEN_CHINESE.sub("", part) for part in FENCE.split(source[0])
        )


def turn_to_reader(_app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: object) -> None:
    """A page says its language, for readers aloud; beside a Chinese page the Chinese ones come first."""
    context["language"] = "zh-CN" if page.endswith(".zh") else "en"
    if page.endswith(".zh"):
        head, *parts = re.split('(?=<p class="caption")', context["furo_navigation_tree"])
        context["furo_navigation_tree"] = "".join([head, *parts[-1:], *parts[:-1]])


CHINESE = re.compile("[㐀-鿿]+")


class SearchBoth(SearchEnglish):
    """English by words; Chinese, which parts none, by every two characters that stand together."""

    lang = "en"
    js_splitter_code = """
function splitQuery(query) {
  const chinese = query.match(/[㐀-鿿]+/g) || [];
  const others = query.replace(/[㐀-鿿]+/g, " ").split(/[^\\p{Letter}\\p{Number}_]+/u);
  const pairs = chinese.flatMap((run) =>
    run.length < 2 ? [run] : Array.from({ length: run.length - 1 }, (_, i) => run.slice(i, i + 2)),
  );
  return [...others, ...pairs].filter((word) => word);
}
"""

    def split(self, input: str) -> list[str]:
        runs = CHINESE.findall(input)
        pairs = [a + b for run in runs for a, b in pairwise(run)]
        return [*super().split(CHINESE.sub(" ", input)), *(run for run in runs if len(run) == 1), *pairs]


def setup(app: Sphinx) -> None:
    app.connect("autodoc-skip-member", skip_tuple_field)
    app.connect("source-read", join_lines)
    app.connect("html-page-context", turn_to_reader, priority=900)  # after furo made its tree
    app.add_search_language(SearchBoth)
