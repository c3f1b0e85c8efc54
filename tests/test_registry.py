"""The registry: what is installed is found, asked alone, checked, stamped; what two claim, neither gets."""

import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest

import envgov as eg
from distributions import KIND, Distribution, faulty, plugin_of, scheme_of, sound
from environments import Installed, environment, failure_of


@pytest.fixture
def installed(tmp_path: Path) -> Iterator[Installed]:
    with environment(tmp_path) as put:
        yield put


# ---- what is found
def test_localities_are_found_by_code_in_code_order_and_stamped(installed: Installed) -> None:
    installed(sound("xixian"), sound("liuhu"))
    registry = eg.load_registry()
    assert [locality.code for locality in registry] == ["liuhu", "xixian"]
    assert (len(registry), "liuhu" in registry, "jimo" in registry) == (2, True, False)
    [edition] = registry["liuhu"].schemes["liuhu"]
    assert edition.provider == "envgov-liuhu 1.0" == str(registry.plugin_of("liuhu"))
    assert registry.plugin_of("liuhu") == eg.Plugin(
        "liuhu", "envgov-liuhu", "1.0", ("envgov_localities",), ("liuhu",), ()
    )
    assert repr(registry) == "<Registry: liuhu, xixian>"


def test_importing_envgov_loads_no_plugin_and_neither_does_a_decision(installed: Installed) -> None:
    installed(sound("liuhu"))
    assert "envgov_liuhu" not in sys.modules
    registry = eg.load_registry()
    assert "envgov_liuhu" in sys.modules
    facts = eg.Facts(eg.Grid([eg.Unit("甲", "甲村", "村")]))
    assert len(eg.assess_season(registry["liuhu"].schemes["liuhu"], facts)) == 0


def test_without_a_plugin_the_registry_is_empty(installed: Installed) -> None:
    installed(Distribution("other", "other", "", "other"))
    registry = eg.load_registry(only=())
    assert (list(registry), registry.plugins, repr(registry)) == ([], (), "<Registry: no locality>")
    with pytest.raises(eg.UnknownLocalityError, match="no locality 'liuhu': there is none installed"):
        registry["liuhu"]


def test_a_locality_that_is_spelt_otherwise_is_asked_for_by_a_near_code(installed: Installed) -> None:
    installed(sound("liuhu"))
    with pytest.raises(eg.UnknownLocalityError, match="no locality 'liuhuu': did you mean 'liuhu'\\? there is liuhu"):
        eg.load_registry()["liuhuu"]


# ---- which are loaded
def test_the_environment_says_which_plugins_are_loaded(installed: Installed, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(sound("xixian"), sound("liuhu"), sound("shashi"))
    monkeypatch.setenv("ENVGOV_PLUGINS", "xixian, shashi")
    assert [locality.code for locality in eg.load_registry()] == ["shashi", "xixian"]
    assert "envgov_liuhu" not in sys.modules
    monkeypatch.setenv("ENVGOV_PLUGINS", "")
    assert list(eg.load_registry()) == []
    assert [locality.code for locality in eg.load_registry(only=["liuhu"])] == ["liuhu"]


def test_a_plugin_that_is_named_and_not_installed_is_an_error(installed: Installed) -> None:
    installed(sound("liuhu"))
    with pytest.raises(eg.PluginError, match="no plugin is named lihu: correct ENVGOV_PLUGINS or only=; installed are"):
        eg.load_registry(only=["lihu"])


def test_a_single_file_is_a_plugin_too(installed: Installed, tmp_path: Path) -> None:
    installed(sound("liuhu"))
    town = tmp_path / "town.py"
    town.write_text(plugin_of("town"), encoding="utf-8")
    registry = eg.load_registry(files=[town])
    assert [locality.code for locality in registry] == ["liuhu", "town"]
    assert registry["town"].schemes["town"][0].provider == "town.py"
    with pytest.raises(OSError, match=r"nowhere\.py"):
        eg.load_registry(files=[tmp_path / "nowhere.py"])


def test_a_file_that_is_no_python_is_a_plugin_that_failed(installed: Installed, tmp_path: Path) -> None:
    installed(sound("liuhu"))
    text = tmp_path / "town.txt"
    text.write_text("town", encoding="utf-8")
    failure = failure_of(eg.load_registry(files=[text]), "town.txt")
    assert failure == "ImportError: town.txt is no Python file: give one that ends in .py"


# ---- traps: duplicates
def test_two_distributions_with_one_entry_point_are_both_refused_by_name(installed: Installed) -> None:
    """Pluggy would load the one that is listed first and skip the other without a word."""
    installed(
        sound("liuhu"), Distribution("envgov-liuhu-fork", "envgov_fork", plugin_of("fork"), "liuhu"), sound("jimo")
    )
    registry = eg.load_registry()
    assert [locality.code for locality in registry] == ["jimo"]
    with pytest.raises(eg.PluginError) as caught:
        registry["liuhu"]
    claimed = "the name 'liuhu' is claimed by envgov-liuhu 1.0 and envgov-liuhu-fork 1.0: uninstall one, or change one"
    assert str(caught.value) == f"plugin liuhu (envgov-liuhu 1.0): {claimed}"


def test_a_plugin_that_failed_keeps_its_own_failure_beside_a_namesake(installed: Installed) -> None:
    installed(
        faulty("raise RuntimeError('one')"), Distribution("envgov-fork", "envgov_fork", plugin_of("fork"), "liuhu")
    )
    first, second = eg.load_registry().failures
    assert str(first).startswith(
        "plugin liuhu (envgov-fork 1.0): the name 'liuhu' is claimed by envgov-fork 1.0 and envgov-"
    )
    assert str(second) == "plugin liuhu (envgov-liuhu 1.0): RuntimeError: one (envgov_liuhu.py, line 4)"


def test_two_plugins_that_describe_one_locality_are_both_refused(installed: Installed) -> None:
    installed(sound("liuhu"), Distribution("envgov-anhui", "envgov_anhui", plugin_of("liuhu"), "anhui"))
    registry = eg.load_registry()
    assert list(registry) == []
    claimed = "the locality 'liuhu' is claimed by envgov-anhui 1.0 and envgov-liuhu 1.0: uninstall one, or change one"
    assert [failure_of(registry, name) for name in ("anhui", "liuhu")] == [claimed, claimed]
    assert repr(registry) == "<Registry: no locality, 2 plugins failed>"


def test_two_plugins_with_one_kind_are_both_refused(installed: Installed) -> None:
    installed(faulty(KIND.format(kind="town.always")), faulty(KIND.format(kind="town.always"), "jimo"))
    registry = eg.load_registry()
    assert registry.kinds == {}
    assert "the kind 'town.always' is claimed by envgov-jimo 1.0 and envgov-liuhu 1.0" in failure_of(registry)


def test_a_locality_whose_plugin_failed_before_it_gave_its_code_is_told_with_the_failure(installed: Installed) -> None:
    installed(faulty("raise RuntimeError('one')", "town"))
    with pytest.raises(eg.UnknownLocalityError) as caught:
        eg.load_registry()["jimo"]
    failure = "plugin town (envgov-town 1.0): RuntimeError: one (envgov_town.py, line 4)"
    expected = f"no locality 'jimo': there is none installed; {failure}"
    assert str(caught.value) == expected


def test_the_failure_of_a_plugin_bears_its_cause(installed: Installed) -> None:
    installed(faulty("raise RuntimeError('no such file')"))
    [failure] = eg.load_registry().failures
    assert isinstance(failure.__cause__, RuntimeError)


@pytest.mark.parametrize(("value", "is_strict"), [("1", True), ("0", False), ("", False)])
def test_strict_loading_ends_with_every_failure(
    installed: Installed, monkeypatch: pytest.MonkeyPatch, value: str, is_strict: bool
) -> None:
    installed(faulty("raise RuntimeError('one')"), faulty("raise RuntimeError('two')", "jimo"), sound("xixian"))
    monkeypatch.setenv("ENVGOV_STRICT_PLUGINS", value)
    if not is_strict:
        assert len(eg.load_registry()) == 1
    with pytest.raises(eg.PluginError) as caught:
        eg.load_registry(strict=None if is_strict else True)
    assert str(caught.value).splitlines() == [
        "plugin jimo (envgov-jimo 1.0): RuntimeError: two (envgov_jimo.py, line 4)",
        "plugin liuhu (envgov-liuhu 1.0): RuntimeError: one (envgov_liuhu.py, line 4)",
    ]


# ---- a plugin's own kinds
OWN = f"""
    @eg.hookimpl
    def envgov_localities():
        return [eg.Locality("liuhu", "柳湖街道", [eg.evolve({scheme_of("liuhu")}, ladders=(
            eg.Ladder((eg.Rung("提醒", always(), ("书记",)),), publish="every rung"),))])]
"""


def test_a_scheme_of_a_kind_that_no_plugin_gives_is_refused(installed: Installed) -> None:
    text = dedent(KIND.format(kind="town.always")) + dedent(OWN).replace("eg.evolve", "attrs.evolve")
    hidden = text.replace("@eg.hookimpl\ndef envgov_kinds", "def own_kinds")
    installed(faulty("import attrs\n" + hidden))
    failure = failure_of(eg.load_registry())
    assert failure == "town.always() in liuhu is of a kind that envgov_kinds does not give: add it"


def test_a_kind_of_a_plugin_is_decided_explained_stored_and_compared(installed: Installed) -> None:
    text = dedent(KIND.format(kind="town.always")) + dedent(OWN).replace("eg.evolve", "attrs.evolve")
    installed(faulty("import attrs\n" + text))
    registry = eg.load_registry()
    assert list(registry.kinds) == ["town.always"]
    [scheme] = registry["liuhu"].schemes["liuhu"]
    assert eg.from_dict(eg.to_dict(scheme), registry.kinds) == scheme
    grid = eg.Grid([eg.Unit(name, name, "村") for name in "甲乙"])
    seen = [eg.Inspection(name, scheme.since, "督导", stated=80) for name in "甲乙"]
    season = eg.assess_season(scheme, eg.Facts(grid, inspections=seen))
    assert [measure.rung for measure in season.latest.measures] == ["提醒", "提醒"]
    assert "规则来自：envgov-liuhu 1.0（liuhu，2024-01-01版）" in eg.narrate(season.latest.explain("甲"))
    assert eg.from_dict(eg.to_dict(season.latest), registry.kinds) == season.latest
    assert season.latest.provider == "envgov-liuhu 1.0"
    assert not list(eg.compare(season, season).movers)


def test_the_module_of_a_package_bears_the_name_of_its_folder(tmp_path: Path) -> None:
    package = tmp_path / "envgov_town"
    package.mkdir()
    module = package / "__init__.py"
    module.write_text(plugin_of("town"), encoding="utf-8")
    [plugin] = eg.load_registry(only=(), files=[module]).plugins
    assert plugin.name == "envgov_town"
