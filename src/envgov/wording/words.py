"""The words for each term, in Chinese and in English: a phrase, and the details that the scheme declares."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import attrs
from attrs import frozen

from envgov.policy.conditions.places import bottom, top
from envgov.policy.scoring.curves import bands
from envgov.results.ranking import SCORE
from envgov.results.table import Language


@frozen
class Words:
    """One language: how terms are phrased, what their choices mean, and the sentences around them."""

    language: Language
    terms: Mapping[str, tuple[str, str]]
    choices: Mapping[str, Mapping[str, str]]
    say: Mapping[str, str]

    def phrase(self, term: Any) -> str:
        """A term in words.

        A locality's own kind brings its words itself, by language, in a class attribute `words`; one without them is
        shown as the call that makes it.
        """
        if template := self.terms.get(_kind_of(term)):
            return self._fill(template[0], term)
        own = getattr(type(term), "words", {}).get(self.language)
        return self._fill(own, term) if own else repr(term)

    def inner(self, term: Any) -> str:
        """The phrase of a term, to stand in quotation marks."""
        return self.phrase(term).translate(str.maketrans("“”", self.say["inner"]))

    def details(self, term: Any) -> str:
        """What the scheme declares beside the phrase: ties, absences, repeats. Empty where there is nothing."""
        template = self.terms.get(_kind_of(term))
        return self._fill(template[1], term) if template else ""

    def _fill(self, template: str, term: Any) -> str:
        words = {a.name: self._word(_kind_of(term), a.name, getattr(term, a.name)) for a in attrs.fields(type(term))}
        if isinstance(term, top | bottom):
            words["first"] = self.say["first one"] if term.n == 1 else self.say["first"].format(term.n)
            words["last"] = self.say["last one"] if term.n == 1 else self.say["last of"].format(term.n)
        if isinstance(term, bands):
            reaches = self.terms[f"Band.{term.of.better}"][0]
            words["parts"] = self.say["joint"].join(self._fill(reaches, band) for band in term.parts)
        if template.startswith("{of}") and hasattr(term.of, "kind") and self._is_long(words["of"]):
            words["of"] = self.say["bracket"].format(words["of"])
        words["s"] = "" if "1" in (words.get("n"), words.get("days"), words.get("steps")) else "s"
        return template.format_map(words)

    def _is_long(self, phrase: str) -> bool:
        """Whether it has parts, so that what follows would be read as said of the last of them."""
        return any(mark.strip() in phrase for mark in (self.say["joint"], self.say["colon"], self.say["comma"]))

    def _word(self, kind: str, name: str, value: Any) -> str:
        if name == "of" and isinstance(value, str):
            return "" if value == SCORE else self.say["figure"].format(value)
        choices = self.choices.get(f"{kind}.{name}", self.choices.get(name, {}))
        if name in _WITH_NONE and str(value) not in choices:
            return self.say[f"any {name}"] if value is None else self.say[f"that {name}"].format(value)
        if name == "name" and kind in ("total", "weighted"):
            return self.say["named"].format(value) if value else ""
        if name == "times":
            return self.say["times"].format(value) if value > 1 else ""
        if name == "stages":
            return self.say["joint"].join(
                stage.name + self.say["colon"] + self.phrase(stage.deadline) for stage in value
            )
        if name == "parts":
            said = [self.phrase(part) for part in value]
            joint = self.say["joint"]
            nested = [getattr(p, "parts", ()) or joint in text for p, text in zip(value, said, strict=True)]
            return joint.join(self.say["bracket"].format(s) if n else s for n, s in zip(nested, said, strict=True))
        if name == "rubric":
            caps = self.say["joint"].join(self.say["cap"].format(item.name, item.cap) for item in value.items)
            return str(value.full) + (self.say["details"].format(caps) if caps else "")
        if hasattr(value, "kind"):
            return choices.get(value.kind) or self.inner(value)
        return choices.get(str(value), str(value)) if isinstance(value, str | int | Decimal) else repr(value)


_WITH_NONE = ("channel", "item", "board", "low", "high", "what")
"""Fields whose absence has words of its own."""


def _kind_of(term: Any) -> str:
    return getattr(term, "kind", type(term).__name__)
