"""The public names: complete, sorted, lazily loaded, documented."""

import ast
import inspect
import pkgutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import envgov as eg
from envgov import api

ROOT = Path(api.__file__).parent
NAMES = api.__all__


def test_every_name_that_is_imported_is_public_and_the_list_is_sorted() -> None:
    tree = ast.parse(Path(api.__file__).read_text(encoding="utf-8"))
    imported = {alias.name for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert set(NAMES) == imported
    assert len(NAMES) == len(imported)
    assert set(NAMES) <= set(dir(eg))


def test_no_module_bears_a_public_name() -> None:
    modules = {module.name for module in pkgutil.iter_modules([str(ROOT)])}
    assert not modules & set(NAMES)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'envgov' has no attribute 'asses'"):
        eg.asses  # type: ignore[attr-defined] # noqa: B018


@pytest.mark.parametrize("name", NAMES)
def test_every_public_class_and_function_says_what_it_means(name: str) -> None:
    value: Any = getattr(eg, name)
    if inspect.isclass(value) or inspect.isfunction(value):
        documented = value.__doc__ or ""
        assert documented or name in {"Cadence", "EventKind"}, name
        assert not documented.startswith(f"{name}("), f"{name} has only a made-up docstring"


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_importing_envgov_loads_neither_its_modules_nor_an_extra() -> None:
    code = "import sys, envgov; print(sorted(m for m in sys.modules if m.startswith('envgov')))"
    assert run(code) == "['envgov']"


def test_the_whole_core_needs_no_extra() -> None:
    code = "import sys, envgov; envgov.assess; print({'altair', 'click', 'rich', 'hypothesis', 'polars'} & set(sys.modules))"
    assert run(code) == "set()"


def test_no_module_reads_a_clock_a_setting_or_draws_at_random() -> None:
    """But for the registry, which the environment may tell what to load, and the clerk's commands, which have a clock."""
    for path in set(ROOT.rglob("*.py")) - {ROOT / "registry.py", ROOT / "cli" / "ledger" / "clock.py"}:
        text = path.read_text(encoding="utf-8")
        if path == ROOT / "testing" / "outside.py":  # it knows the clock by name, to see who asks it
            continue
        for reading in (".today(", ".now(", "\nimport time", "\nimport random", "\nimport os", "from random import"):
            assert reading not in text, f"{path.name} has {reading}"


def test_no_module_has_four_hundred_lines() -> None:
    sizes = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in ROOT.rglob("*.py")}
    assert {name: size for name, size in sizes.items() if size >= 400} == {}
