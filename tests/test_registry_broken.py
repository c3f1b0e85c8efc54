"""Plugins that break a promise of the hooks: each is left out with its reason, and no other is."""

from collections.abc import Iterator

import pytest

import envgov as eg
from distributions import KIND, faulty, sound
from environments import environment, failure_of

BROKEN = [
    ("raise RuntimeError('no such file')", "RuntimeError: no such file (envgov_town0.py, line 4)"),
    (
        "eg.Scheme('town', ('村',), cadence='quarter', since=0, source=0)",
        "SchemeError: Scheme: cadence='quarter': this is a text: write the call, quarter(...) (envgov_town1.py, line 4)",
    ),
    ("import sys; sys.exit('bye')", "SystemExit: bye"),
    ("x = ", "SyntaxError: "),
    ("import nothing_of_the_sort", "ModuleNotFoundError: No module named 'nothing_of_the_sort'"),
    (
        "ENVGOV_API = 2",
        "ENVGOV_API is 2, and this envgov has hooks of version 1: write ENVGOV_API = 1 into the plugin once it fits",
    ),
    ("del ENVGOV_API", "ENVGOV_API is None"),
    (
        "def envgov_localities(): return []",
        "it implements no hook: mark envgov_kinds or envgov_localities with @envgov.hookimpl",
    ),
    (
        "@eg.hookimpl\ndef envgov_localites(): return []",
        "there is no hook envgov_localites: there are envgov_kinds and envgov_localities",
    ),
    ("@eg.hookimpl(optionalhook=True)\ndef envgov_town(): return []", "there is no hook envgov_town"),
    (
        "@eg.hookimpl(wrapper=True)\ndef envgov_localities():\n    return (yield)",
        "envgov_localities is a wrapper: a plugin",
    ),
    ("@eg.hookimpl(hookwrapper=True)\ndef envgov_localities():\n    yield", "envgov_localities is a wrapper"),
    ("@eg.hookimpl\ndef envgov_localities(day): return []", "PluginValidationError: "),
    ("@eg.hookimpl\ndef envgov_localities(): return None", "envgov_localities returned None: return a list"),
    ("@eg.hookimpl\ndef envgov_localities(): return 0", "envgov_localities returned 0: return a list"),
    ("@eg.hookimpl\ndef envgov_localities(): return 'liuhu'", "envgov_localities returned 'liuhu': return a list"),
    ("@eg.hookimpl\ndef envgov_localities(): return ['liuhu']", "envgov_localities gave 'liuhu': give Locality values"),
    ("@eg.hookimpl\ndef envgov_localities():\n    yield 1 / 0", "ZeroDivisionError: division by zero"),
    (
        "@eg.hookimpl\ndef envgov_kinds(): return ['town.always']",
        "envgov_kinds gave 'town.always': give frozen attrs classes",
    ),
    ("@eg.hookimpl\ndef envgov_kinds(): return [int]", "envgov_kinds gave <class 'int'>: give frozen attrs classes"),
    (KIND.format(kind="always"), "the kind 'always': give it a namespace of your own, such as 'town.always'"),
    (
        KIND.format(kind="town.twice").replace("return [always]", "return [always, always]"),
        "it gives the kind 'town.twice' more than once",
    ),
]


@pytest.fixture(scope="module")
def with_all_broken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[eg.Registry]:
    """Every broken plugin and a sound one in one environment."""
    with environment(tmp_path_factory.mktemp("broken")) as put:
        put(sound("jimo"), *(faulty(text, f"town{n}") for n, (text, _) in enumerate(BROKEN)))
        yield eg.load_registry()


@pytest.mark.parametrize("n", range(len(BROKEN)), ids=[problem[:40] for _, problem in BROKEN])
def test_a_plugin_that_is_broken_is_left_out_with_its_reason_and_no_other_is(
    with_all_broken: eg.Registry, n: int
) -> None:
    assert [locality.code for locality in with_all_broken] == ["jimo"]
    assert failure_of(with_all_broken, f"town{n}").startswith(BROKEN[n][1])
    with pytest.raises(eg.PluginError):
        with_all_broken[f"town{n}"]
