"""A plugin: how one is found, asked by itself, and held to what the hooks promise."""

from __future__ import annotations

import importlib
import importlib.util
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from importlib.metadata import entry_points
from inspect import getfile
from pathlib import Path
from traceback import extract_tb
from typing import Any, NamedTuple

import attr
import attrs
import pluggy
from attrs import evolve, field, frozen

from envgov.codec.kinds import KINDS, kind_of
from envgov.errors import EnvGovError
from envgov.hookspecs import API, GROUP
from envgov.locality import Locality

Trace = Callable[[str], None]
HOOKS = ("envgov_kinds", "envgov_localities")
_BETWEEN = [Path(__file__).parent, *(Path(getfile(module)).parent for module in (attr, pluggy, importlib))]
"""Where the code is that runs between a plugin and what it did wrong."""


class PluginError(EnvGovError):
    """A plugin that cannot be used: which one, what is wrong with it, and what to do."""


@frozen
class Plugin:
    """A plugin as it was found: the name of its entry point or file, and the distribution that brought it.

    A single file has no distribution. `hooks`, `localities` (their codes) and `kinds` are what it gave; nothing, where
    it has a `failure`.
    """

    name: str
    distribution: str = ""
    version: str = ""
    hooks: tuple[str, ...] = ()
    localities: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    failure: PluginError | None = field(default=None, eq=False)

    def __str__(self) -> str:
        """The stamp on its schemes."""
        return f"{self.distribution} {self.version}" if self.distribution else self.name


class Found(NamedTuple):
    """A plugin that was found and not yet imported."""

    plugin: Plugin
    load: Callable[[], object]


class Contribution(NamedTuple):
    """What a plugin gave: its localities, their schemes stamped with it, and its own kinds."""

    plugin: Plugin
    localities: tuple[Locality, ...] = ()
    kinds: tuple[type, ...] = ()

    def refused(self, problem: str) -> Contribution:
        """Nothing of it, and why; the first failure is kept."""
        if self.plugin.failure is not None:
            return self
        failure = PluginError(f"plugin {self.plugin.name} ({self.plugin}): {problem}")
        return Contribution(evolve(self.plugin, hooks=(), localities=(), kinds=(), failure=failure))


def installed() -> tuple[Found, ...]:
    """The plugins of every installed distribution; importlib.metadata knows them, and imports none."""
    return tuple(
        Found(Plugin(point.name, point.dist.name, point.dist.version), point.load)
        for point in entry_points(group=GROUP)
        if point.dist is not None
    )


def found_in(path: Path) -> Found:
    """A single Python file as a plugin, under the file's name; that of its folder, where it is a package's `__init__`.

    Raises:
        OSError: there is no such file.
    """
    path.stat()
    name = path.resolve().parent.name if path.name == "__init__.py" else path.name
    return Found(Plugin(name), lambda: _import(path))


def _import(path: Path) -> object:
    spec = importlib.util.spec_from_file_location(f"envgov_file_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path.name} is no Python file: give one that ends in .py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def contribution_of(found: Found, trace: Trace | None = None) -> Contribution:
    """Import a plugin and ask its hooks. Whatever it does wrong is its failure, and nobody else's."""
    nothing, tell = Contribution(found.plugin), trace or _say_nothing
    try:
        tell(f"{found.plugin.name}: import ({found.plugin})")
        module = found.load()
        hooks = _Hooks(module, found.plugin.name, tell)
        localities, kinds = tuple(hooks.ask("envgov_localities")), tuple(hooks.ask("envgov_kinds"))
        _check(localities, kinds)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a stranger's code may raise anything
        told = str(error) if isinstance(error, PluginError) else f"{type(error).__name__}: {error}{_line_of(error)}"
        refused = nothing.refused(told)
        assert refused.plugin.failure is not None, "it was refused"
        refused.plugin.failure.__cause__ = error
        return refused
    plugin = evolve(
        found.plugin,
        hooks=hooks.names,
        localities=tuple(locality.code for locality in localities),
        kinds=tuple(kind_of(kind) for kind in kinds),
    )
    return Contribution(plugin, tuple(_stamped(locality, plugin) for locality in localities), kinds)


def _line_of(error: BaseException) -> str:
    """The line of the plugin, or of what it imports, at which something was raised; "" where none is known."""
    lines = (
        f" ({Path(frame.filename).name}, line {frame.lineno})"
        for frame in reversed(extract_tb(error.__traceback__))
        if not frame.filename.startswith("<")
        if not any(Path(frame.filename).is_relative_to(folder) for folder in _BETWEEN)
    )
    return next(lines, "")


def _say_nothing(line: str) -> None:
    """Where nobody traces."""


def _stamped(locality: Locality, plugin: Plugin) -> Locality:
    editions = [evolve(edition, provider=str(plugin)) for given in locality.schemes.values() for edition in given]
    return evolve(locality, schemes=editions)


class _Hooks:
    """The hooks of one plugin, in a pluggy of its own: no other plugin can stand before, after or around it."""

    def __init__(self, module: object, name: str, tell: Trace) -> None:
        self._tell = tell
        self._name = name
        self._pluggy = pluggy.PluginManager(GROUP)
        self._pluggy.add_hookspecs(import_module("envgov.hookspecs"))
        marked = tuple(self._marked(module))
        version = getattr(module, "ENVGOV_API", None)
        if version != API:
            raise PluginError(f"ENVGOV_API is {version!r}, and this envgov has hooks of version {API}: {_WAY_OUT}")
        if unknown := sorted({hook for hook, _ in marked} - set(HOOKS)):
            raise PluginError(f"there is no hook {', '.join(unknown)}: there are {' and '.join(HOOKS)}")
        if wrapping := [hook for hook, options in marked if options["wrapper"] or options["hookwrapper"]]:
            raise PluginError(f"{wrapping[0]} is a wrapper: a plugin speaks for itself alone; return its own values")
        if not marked:
            raise PluginError(f"it implements no hook: mark {' or '.join(HOOKS)} with @envgov.hookimpl")
        self.names = tuple(sorted({hook for hook, _ in marked}))
        self._pluggy.register(module, name)

    def _marked(self, module: object) -> Iterator[tuple[str, Any]]:
        for name in dir(module):
            if options := self._pluggy.parse_hookimpl_opts(module, name):
                yield options["specname"] or name, options

    def ask(self, hook: str) -> Iterator[Any]:
        """What the plugin returns for a hook; nothing where it does not implement it."""
        if hook not in self.names:
            return
        answers = getattr(self._pluggy.hook, hook)()
        self._tell(f"{self._name}: {hook}() returned {', '.join(type(answer).__name__ for answer in answers) or None}")
        if len(answers) != 1 or isinstance(answers[0], str) or not isinstance(answers[0], Iterable):
            found = answers[0] if answers else None
            raise PluginError(f"{hook} returned {found!r}: return a list")
        yield from answers[0]


_WAY_OUT = f"write ENVGOV_API = {API} into the plugin once it fits, or install an envgov that it was written for"


def _check(localities: tuple[Any, ...], kinds: tuple[Any, ...]) -> None:
    for locality in localities:
        if not isinstance(locality, Locality):
            raise PluginError(f"envgov_localities gave {locality!r}: give Locality values")
    classes = {id(kind): kind for kind in kinds if isinstance(kind, type)}.values()
    names = Counter((cls.__module__, cls.__qualname__) for cls in classes)
    if ghosts := [name for (_, name), n in names.items() if n > 1]:
        raise PluginError(
            f"envgov_kinds gave two classes named {ghosts[0]}: attrs makes a class with slots twice, and "
            "__subclasses__() has both; list the kinds by name"
        )
    for kind in kinds:
        if not isinstance(kind, type) or not attrs.has(kind) or "kind" not in vars(kind):
            raise PluginError(f"envgov_kinds gave {kind!r}: give frozen attrs classes named with @envgov.term")
        if "." not in kind_of(kind) or kind_of(kind) in KINDS:
            raise PluginError(
                f"the kind {kind_of(kind)!r}: give it a namespace of your own, such as 'town.{kind_of(kind)}'"
            )
    for what, given in (
        ("locality", [place.code for place in localities]),
        ("kind", [kind_of(kind) for kind in kinds]),
    ):
        if twice := [name for name, n in Counter(given).items() if n > 1]:
            raise PluginError(f"it gives the {what} {twice[0]!r} more than once")
