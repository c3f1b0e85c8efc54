"""The board site (公示网站): static pages that say who stands where, and why; nothing of persons is on them."""

from importlib.util import find_spec

if find_spec("jinja2") is None:
    message = "the board site needs its extra: python3 -m pip install 'envgov[site]'"
    raise ModuleNotFoundError(message, name="jinja2")

from envgov.site.folder import write_site
from envgov.site.pages import Site, pages_of

__all__ = ["Site", "pages_of", "write_site"]
