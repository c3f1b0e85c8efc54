"""The localities that are installed: found once, checked, and stamped with the distribution that brought them."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from attrs import field, frozen

from envgov.codec.kinds import KINDS, kind_of
from envgov.errors import EnvGovError
from envgov.locality import Locality
from envgov.plugin import Contribution, Plugin, PluginError, Trace, contribution_of, found_in, installed
from envgov.policy.term import terms_in

ONLY = "ENVGOV_PLUGINS"
STRICT = "ENVGOV_STRICT_PLUGINS"


class UnknownLocalityError(EnvGovError, LookupError):
    """A locality was asked for that no plugin describes."""


@frozen(repr=False)
class Registry:
    """The localities of the installed plugins, by code: a value that is passed on, and nothing global.

    `kinds` are the plugins' own kinds of rule, by the tag under which they are stored: what `from_dict`, `read_scheme`
    and `read_season` take. `plugins` lists every plugin that was found, those that failed too.
    """

    localities: tuple[Locality, ...] = ()
    kinds: Mapping[str, type] = field(default=MappingProxyType({}), hash=False)
    plugins: tuple[Plugin, ...] = ()

    def __getitem__(self, code: str) -> Locality:
        """The locality of that code.

        Raises:
            PluginError: the plugin of that name, or that describes it, failed.
            UnknownLocalityError: no plugin describes it; the message names those there are, and what failed.
        """
        for locality in self.localities:
            if locality.code == code:
                return locality
        for plugin in self.plugins:
            if plugin.failure is not None and code in (plugin.name, *plugin.localities):
                raise plugin.failure
        codes = [locality.code for locality in self.localities]
        near = get_close_matches(code, codes, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]!r}? " if near else ""
        failed = "".join(f"; {failure}" for failure in self.failures)
        raise UnknownLocalityError(
            f"no locality {code!r}: {hint}there is {', '.join(codes) or 'none installed'}{failed}"
        )

    def __iter__(self) -> Iterator[Locality]:
        return iter(self.localities)

    def __len__(self) -> int:
        return len(self.localities)

    def __contains__(self, code: object) -> bool:
        return any(locality.code == code for locality in self.localities)

    @property
    def failures(self) -> tuple[PluginError, ...]:
        return tuple(plugin.failure for plugin in self.plugins if plugin.failure is not None)

    def plugin_of(self, code: str) -> Plugin:
        """Which plugin describes a locality; raises as asking for the locality does."""
        self[code]
        return next(plugin for plugin in self.plugins if code in plugin.localities and plugin.failure is None)

    def __repr__(self) -> str:
        failed = f", {len(self.failures)} plugins failed" if self.failures else ""
        return f"<Registry: {', '.join(locality.code for locality in self.localities) or 'no locality'}{failed}>"


def load_registry(
    *,
    only: Iterable[str] | None = None,
    files: Iterable[str | Path] = (),
    strict: bool | None = None,
    trace: Trace | None = None,
) -> Registry:
    """Find the plugins, ask each by itself, and check what they give.

    `only` names the entry points to load, none where it is empty; without it, the environment's `ENVGOV_PLUGINS` does
    (names with commas between), and without that all are loaded. `files` are Python files that are plugins too, without
    a distribution, always loaded. A plugin that fails is left out whole and listed with its failure; with `strict`, or
    `ENVGOV_STRICT_PLUGINS=1`, nothing is loaded then. What two plugins claim, neither gets. `trace` is told each plugin
    that is imported and each hook that is asked, in one line.

    Raises:
        PluginError: a name in `only` is not installed; with `strict`, every failure.
        OSError: there is no such file.
    """
    names = _names_in(os.environ.get(ONLY)) if only is None else frozenset(only)
    everything = installed()
    wanted = [found for found in everything if names is None or found.plugin.name in names]
    if missing := sorted((names or frozenset()) - {found.plugin.name for found in wanted}):
        here = ", ".join(sorted({found.plugin.name for found in everything})) or "none"
        raise PluginError(f"no plugin is named {', '.join(missing)}: correct {ONLY} or only=; installed are {here}")
    wanted += [found_in(Path(path)) for path in files]
    given = [
        contribution_of(found, trace) for found in sorted(wanted, key=lambda f: (f.plugin.name, f.plugin.distribution))
    ]
    given = _refuse_twice("the name", given, lambda part: (part.plugin.name,))
    given = _refuse_twice("the locality", given, lambda part: part.plugin.localities)
    given = _refuse_twice("the kind", given, lambda part: part.plugin.kinds)
    kinds = {kind_of(kind): kind for part in given for kind in part.kinds}
    given = [_refuse_unknown_kinds(part, kinds) for part in given]
    registry = Registry(
        tuple(sorted(chain.from_iterable(part.localities for part in given), key=lambda locality: locality.code)),
        MappingProxyType({kind_of(kind): kind for part in given for kind in part.kinds}),
        tuple(part.plugin for part in given),
    )
    if registry.failures and (os.environ.get(STRICT, "") not in ("", "0") if strict is None else strict):
        raise PluginError("\n".join(map(str, registry.failures)))
    return registry


def _names_in(listed: str | None) -> frozenset[str] | None:
    return None if listed is None else frozenset(name.strip() for name in listed.split(",") if name.strip())


def _refuse_twice(
    what: str, given: list[Contribution], names_of: Callable[[Contribution], tuple[str, ...]]
) -> list[Contribution]:
    """What several claim is given to none of them: which comes first would depend on how they were installed."""
    claims: dict[str, list[Plugin]] = defaultdict(list)
    for part in given:
        for name in names_of(part):
            claims[name].append(part.plugin)
    out = []
    for part in given:
        for name in names_of(part):
            if len(claims[name]) > 1:
                by = " and ".join(map(str, claims[name]))
                part = part.refused(f"{what} {name!r} is claimed by {by}: uninstall one, or change one")  # noqa: PLW2901
        out.append(part)
    return out


def _refuse_unknown_kinds(part: Contribution, kinds: Mapping[str, type]) -> Contribution:
    """A scheme of a kind that nobody registers could be stored and never read back."""
    for locality in part.localities:
        for term in terms_in(tuple(chain.from_iterable(locality.schemes.values()))):
            known = KINDS.get(kind_of(type(term))), kinds.get(kind_of(type(term)))
            if type(term) not in known:
                return part.refused(f"{term!r} in {locality.code} is of a kind that envgov_kinds does not give: add it")
    return part
