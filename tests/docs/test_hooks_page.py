"""The page on hooks: each hook has a heading with its very signature, and an example that runs (test_pages)."""

import inspect
from pathlib import Path

import pytest

from envgov import hookspecs
from envgov.plugin import HOOKS

PAGE = (Path(__file__).parents[2] / "docs/hooks.md").read_text(encoding="utf-8")


def test_the_hooks_that_plugins_may_implement_are_those_that_are_specified() -> None:
    specified = [name for name, made in vars(hookspecs).items() if hasattr(made, "envgov_spec")]
    assert sorted(specified) == sorted(HOOKS)


@pytest.mark.parametrize("hook", HOOKS)
def test_each_hook_has_its_signature_as_a_heading_and_an_implementation_below(hook: str) -> None:
    signature = str(inspect.signature(getattr(hookspecs, hook))).replace("'", "")
    section = PAGE.split(f"\n## {hook}{signature}\n")[1].split("\n## ")[0]
    assert "```python" in section
    assert f"@eg.hookimpl\ndef {hook}() -> " in PAGE


def test_the_plugin_on_the_page_is_the_example_file() -> None:
    example = (Path(__file__).parents[2] / "docs/examples/single_file.py").read_text(encoding="utf-8")
    assert f"```python\n{example}```" in PAGE
