"""Environments for tests in which only certain plugins are installed, and what became of one."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import envgov as eg
from distributions import Distribution, install

Installed = Callable[..., None]


@contextmanager
def environment(folder: Path) -> Iterator[Installed]:
    """Installs distributions into a folder; no other plugin is on the path, or imported under a name of theirs."""
    others = {name: sys.modules.pop(name) for name in list(sys.modules) if name.startswith("envgov_")}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "path", [p for p in sys.path if not list(Path(p or ".").glob("envgov_*-*.dist-info"))])
        patch.delenv("ENVGOV_PLUGINS", raising=False)
        patch.delenv("ENVGOV_STRICT_PLUGINS", raising=False)

        def put(*given: Distribution) -> None:
            patch.syspath_prepend(install(folder, given))

        yield put
    for name in [name for name in sys.modules if name.startswith("envgov_")]:
        del sys.modules[name]
    sys.modules.update(others)


def failure_of(registry: eg.Registry, name: str = "liuhu") -> str:
    [plugin] = [plugin for plugin in registry.plugins if plugin.name == name]
    assert (plugin.hooks, plugin.localities, plugin.kinds) == ((), (), ())
    assert plugin.failure is not None
    assert str(plugin.failure).startswith(f"plugin {name} ({plugin}): ")
    return str(plugin.failure).partition("): ")[2]
