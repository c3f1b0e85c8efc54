"""What pages are called: by the code of what they are about, so that their addresses stay when others come and go."""

from __future__ import annotations

import re
from hashlib import sha256

_PLAIN = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


def page_of(what: str, code: str, sheet: int = 1) -> str:
    """The name of a page: of the code as it is, where that is short, in small letters; else of its fingerprint.

    `sheet` is that of a table of several pages.
    """
    plain = _PLAIN.fullmatch(code) is not None
    name = code if plain else "_" + sha256(code.encode(errors="surrogatepass")).hexdigest()[:16]
    return f"{what}-{name}.html" if sheet == 1 else f"{what}-{name}_{sheet}.html"
