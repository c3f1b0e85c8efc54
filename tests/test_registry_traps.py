"""What a plugin system falls into, with real distributions: order, defaults, classes made twice, names alike, months.

Beside these: names and codes claimed twice, and what is imported when, in `test_registry.py`; hooks that are misspelt,
wrap others, raise, or return what is no list, in `test_registry_broken.py`.
"""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import envgov as eg
from distributions import HEAD, KIND, Distribution, faulty, plugin_of, scheme_of, sound
from environments import Installed, environment, failure_of


@pytest.fixture
def installed(tmp_path: Path) -> Iterator[Installed]:
    with environment(tmp_path) as put:
        yield put


@pytest.mark.parametrize("option", ["tryfirst", "trylast"])
def test_a_plugin_that_wants_to_be_asked_first_stands_where_its_code_does(installed: Installed, option: str) -> None:
    eager = plugin_of("liuhu").replace("@eg.hookimpl", f"@eg.hookimpl({option}=True)")
    installed(Distribution("envgov-liuhu", "envgov_liuhu", eager, "liuhu"), sound("jimo"), sound("xixian"))
    assert [locality.code for locality in eg.load_registry()] == ["jimo", "liuhu", "xixian"]


def test_an_argument_with_a_default_keeps_it(installed: Installed) -> None:
    text = plugin_of("liuhu").replace("def envgov_localities()", "def envgov_localities(name='柳湖')")
    installed(
        Distribution(
            "envgov-liuhu", "envgov_liuhu", text.replace('"示例镇"', "name").replace("'示例镇'", "name"), "liuhu"
        )
    )
    assert eg.load_registry()["liuhu"].name == "柳湖"


# ---- a slotted class is made twice: attrs builds it again, and the first one lingers as a subclass of its bases
GHOSTS = """
    from attrs import frozen

    class Own:
        pass

    {decorators}
    class always(Own):
        def at(self, place):
            return eg.Reason(self, True, ())

    FOUND = Own.__subclasses__()

    @eg.hookimpl
    def envgov_kinds():
        return FOUND
"""


@pytest.mark.parametrize(
    ("base", "decorators"),
    [
        ("Own", '@eg.term("town.always")\n    @frozen(repr=False)'),
        ("Own", '@frozen(repr=False)\n    @eg.term("town.always")'),
        ("an attrs class", '@eg.term("town.always")\n    @frozen(repr=False)'),
        ("an attrs class", '@frozen(repr=False)\n    @eg.term("town.always")'),
    ],
)
def test_kinds_that_a_plugin_gathers_from_subclasses_are_refused_with_their_ghosts(
    installed: Installed, base: str, decorators: str
) -> None:
    text = GHOSTS.format(decorators=decorators)
    if base != "Own":
        text = text.replace("    class Own:", "    @frozen\n    class Own:")
    installed(faulty(text))
    registry = eg.load_registry()
    assert [cls.__name__ for cls in sys.modules["envgov_liuhu"].FOUND] == ["always", "always"]
    assert failure_of(registry) == (
        "envgov_kinds gave two classes named always: attrs makes a class with slots twice, and __subclasses__() has "
        "both; list the kinds by name"
    )
    assert registry.kinds == {}


def test_the_kinds_of_a_plugin_are_those_it_lists_though_a_ghost_of_each_lingers(installed: Installed) -> None:
    listed = GHOSTS.format(decorators='@eg.term("town.always")\n    @frozen(repr=False)').replace(
        "return FOUND", "return [always]"
    )
    installed(faulty(listed))
    registry = eg.load_registry()
    module = sys.modules["envgov_liuhu"]
    assert len(module.FOUND) == 2
    assert registry.kinds == {"town.always": module.always}
    back = eg.from_dict(eg.to_dict(module.always()), registry.kinds)
    assert type(back) is module.always


# ---- stored under a tag of its own
def test_classes_of_one_name_in_two_plugins_are_stored_and_read_back_apart(installed: Installed) -> None:
    installed(faulty(KIND.format(kind="liuhu.always")), faulty(KIND.format(kind="jimo.always"), "jimo"))
    kinds = eg.load_registry().kinds
    assert sorted(kinds) == ["jimo.always", "liuhu.always"]
    assert {cls.__name__ for cls in kinds.values()} == {"always"}
    for tag, cls in kinds.items():
        assert eg.to_dict(cls())["kind"] == tag
        assert type(eg.from_dict(eg.to_dict(cls()), kinds)) is cls


def test_a_kind_that_is_made_after_loading_is_read_back_once_it_is_named(installed: Installed) -> None:
    installed(faulty(KIND.format(kind="town.always")))
    registry = eg.load_registry()
    late = eg.term("town.late")(sys.modules["envgov_liuhu"].always)
    data = {"schema": 1, "kind": "town.late"}
    with pytest.raises(eg.InputError, match="kind: this kind is not known"):
        eg.from_dict(data, registry.kinds)
    assert type(eg.from_dict(data, {**registry.kinds, "town.late": late})) is late


def test_a_number_of_a_plugins_kind_is_read_back_whole_or_not_at_all(installed: Installed) -> None:
    text = KIND.format(kind="town.always").replace("class always:", "class always:\n        n: int\n")
    installed(faulty(text))
    kinds = eg.load_registry().kinds
    assert eg.from_dict({"schema": 1, "kind": "town.always", "n": 3}, kinds) == kinds["town.always"](3)
    with pytest.raises(eg.InputError, match="n: a whole number is wanted"):
        eg.from_dict({"schema": 1, "kind": "town.always", "n": 3.9}, kinds)


# ---- months
def test_months_of_a_plugins_deadline_are_counted_from_the_day_that_was_given(installed: Installed) -> None:
    """Month by month, 31 January would become 29 February and then 29 March."""
    scheme = scheme_of("liuhu").replace("eg.Scheme(", "eg.Scheme(deadlines=(eg.Limit(eg.months(2)),), ")
    text = f'{HEAD}\n@eg.hookimpl\ndef envgov_localities():\n    return [eg.Locality("liuhu", "柳湖", [{scheme}])]\n'
    installed(Distribution("envgov-liuhu", "envgov_liuhu", text, "liuhu"))
    [edition] = eg.load_registry()["liuhu"].schemes["liuhu"]
    [limit] = edition.deadlines
    assert [due.day for due in limit.deadline.dues(date(2024, 1, 31))] == [date(2024, 3, 31)]
    assert [due.day for due in limit.deadline.dues(date(2023, 12, 31))] == [date(2024, 2, 29)]
