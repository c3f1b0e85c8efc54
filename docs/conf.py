"""How Sphinx builds these pages."""

from importlib.metadata import version as version_of

project = "envgov"
author = "The envgov authors"
project_copyright = author
version = release = version_of("envgov")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_copybutton"]
default_role = "code"
exclude_patterns = ["_build"]
myst_heading_anchors = 3

autodoc_default_options = {"members": True, "member-order": "bysource"}
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True

html_theme = "furo"
html_title = f"envgov {version}"
copybutton_prompt_text = "$ "
