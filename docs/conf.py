"""How Sphinx builds these pages."""

from importlib.metadata import version as version_of

from sphinx.application import Sphinx

project = "envgov"
author = "The envgov authors"
project_copyright = author
version = release = version_of("envgov")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_copybutton"]
default_role = "code"
exclude_patterns = ["_build", "examples/notebooks"]
myst_heading_anchors = 3

autodoc_default_options = {"members": True, "undoc-members": True, "member-order": "bysource"}
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True

html_theme = "furo"
html_title = f"envgov {version}"
copybutton_prompt_text = "$ "


def skip_tuple_field(_app: Sphinx, _what: str, _name: str, member: object, skip: bool, _options: object) -> bool:
    """A named tuple's fields stand in its signature; their own text says nothing."""
    return skip or str(member.__doc__).startswith("Alias for field number")


def setup(app: Sphinx) -> None:
    app.connect("autodoc-skip-member", skip_tuple_field)
