"""The conformance kit: what a locality's plugin must keep, tried on seasons that are made for its schemes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType, ModuleType

import pytest

from envgov.api import Locality, Plugin, load_registry
from envgov.codec.kinds import kind_of
from envgov.plugin import Found, contribution_of
from envgov.testing.claims import answers, columns, purity, values, words
from envgov.testing.trials import Check, ConformanceError, Kinds, name_of, told

__all__ = ["CLAIMS", "ConformanceError", "conformance", "told"]

CLAIMS: Mapping[str, Check] = MappingProxyType(
    {
        name_of(check): check
        for module in (purity, answers, values, words, columns)
        for name, check in vars(module).items()
        if name.startswith("check_")
    }
)
"""Every claim by its name: a function of a locality and of the plugin's own kinds, which raises ConformanceError."""


def conformance(
    what: str | Path | ModuleType | Locality,
    *,
    kinds: Iterable[type] = (),
    expected_failures: Mapping[str, str] = MappingProxyType({}),
) -> pytest.MarkDecorator:
    """Run a test function `(locality, check)` once for each claim and each locality of a plugin.

    `what` is the code of an installed locality, a module or a Python file that is a plugin, or a Locality itself, with
    its own `kinds` beside it. `expected_failures` says of claims that do not hold why not: such a check must fail, and
    when it no longer does, its test fails.

    Raises:
        ValueError: an expected failure has no reason, or there is no such claim.
        PluginError, UnknownLocalityError: as `load_registry` raises them.
    """
    _refuse_expected(expected_failures)
    localities, own = _found(what, kinds)
    return pytest.mark.parametrize(
        ("locality", "check"),
        [
            pytest.param(
                locality,
                partial(check, kinds=own),
                id=f"{locality.code}-{name}",
                marks=_marks(expected_failures.get(name)),
            )
            for locality in localities
            for name, check in CLAIMS.items()
        ],
    )


def _marks(reason: str | None) -> tuple[pytest.MarkDecorator, ...]:
    return () if reason is None else (pytest.mark.xfail(reason=reason, raises=ConformanceError, strict=True),)


def _refuse_expected(expected: Mapping[str, str]) -> None:
    wrong = [f"there is no claim {name!r}" for name in expected if name not in CLAIMS]
    wrong += [f"say why {name!r} does not hold" for name, reason in expected.items() if not reason.strip()]
    if wrong:
        raise ValueError(f"expected_failures: {'; '.join(wrong)}; the claims are {', '.join(CLAIMS)}")


def _found(what: str | Path | ModuleType | Locality, kinds: Iterable[type]) -> tuple[tuple[Locality, ...], Kinds]:
    """The localities that are meant, as users load them, with the kinds that are read back."""
    if isinstance(what, Locality):
        return (what,), {kind_of(kind): kind for kind in kinds}
    if isinstance(what, Path):
        registry = load_registry(only=(), files=[what], strict=True)
        return registry.localities, registry.kinds
    if isinstance(what, str):
        registry = load_registry()
        return (registry[what],), registry.kinds
    given = contribution_of(Found(Plugin(what.__name__), lambda: what))
    if given.plugin.failure is not None:
        raise given.plugin.failure
    return given.localities, {kind_of(kind): kind for kind in given.kinds}
