"""A refusal (不予办理): what may not be done, by which rule, and what to do instead."""

from __future__ import annotations

from collections.abc import Iterator

from envgov.errors import EnvGovError


class RefusedError(EnvGovError):
    """Something was refused, and nothing changed.

    `rule` is the rule that refused it, always in the same words; `told` is what was found; `remedy` is what to do.
    """

    def __init__(self, rule: str, told: str, remedy: str) -> None:
        self.rule, self.told, self.remedy = rule, told, remedy
        super().__init__(rule, told, remedy)

    def __str__(self) -> str:
        return f"{self.told}; {self.remedy} (rule: {self.rule})"


def unsigned(who: str, persons: frozenset[str], told: str) -> Iterator[RefusedError]:
    """What only people decide, decided by nobody, by a body or by a program."""
    if who not in persons:
        yield RefusedError("people sign", f"{told}: {who or 'nobody'} is no person of the roster", "let a person do it")
