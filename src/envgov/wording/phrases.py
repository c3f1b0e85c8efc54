"""The languages in which decisions are put into words."""

from __future__ import annotations

from collections.abc import Mapping

from envgov.results.table import Language
from envgov.wording.chinese import ZH
from envgov.wording.english import EN
from envgov.wording.words import Words

LANGUAGES: Mapping[Language, Words] = {"zh": ZH, "en": EN}
