"""A refusal (不予办理): what may not be done, by which rule, and what to do instead."""

from __future__ import annotations

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
