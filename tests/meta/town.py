"""The town of the faulty plugins: sound but for what each of them changes."""

from collections.abc import Iterable
from datetime import date
from types import ModuleType
from typing import Any

import envgov as eg

SOURCE = eg.Source("示例办法", document_number="示例〔2024〕1号", assumed=("末位并列由人裁定",))
SCORE = eg.deductions(100, "督导", several="mean")
BASE: dict[str, Any] = {
    "id": "villages",
    "levels": ("村",),
    "cadence": eg.month(),
    "since": date(2024, 1, 1),
    "source": SOURCE,
    "scoring": SCORE,
    "ranking": eg.RankBy(places=1),
}
LAST = eg.bottom(1, ties="decide")


def board(when: eg.Condition, id: str = "榜") -> eg.Board:
    return eg.Board(id, (eg.Tier("黑榜", when, "sanction"),), rest="其他")


def scheme(**changes: Any) -> eg.Scheme:
    return eg.Scheme(**{**BASE, **changes})


def town(*schemes: eg.Scheme, kinds: Iterable[type] = ()) -> ModuleType:
    """A module's worth of a plugin, with both hooks."""

    @eg.hookimpl
    def envgov_localities() -> list[eg.Locality]:
        return [eg.Locality("town", "示例镇", schemes)]

    @eg.hookimpl
    def envgov_kinds() -> list[type]:
        return list(kinds)

    module = ModuleType("town")
    vars(module).update(ENVGOV_API=1, envgov_localities=envgov_localities, envgov_kinds=envgov_kinds)
    return module
