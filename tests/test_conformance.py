"""The conformance kit as a plugin's tests run it: what may be given, and failures that are expected."""

import os
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import envgov as eg
from envgov.scaffold import write_plugin
from envgov.testing import conformance as kit
from envgov.testing.conformance import CLAIMS, conformance
from envgov.testing.fitted import drawn_for
from envgov.testing.outside import Look, looks, note
from envgov.testing.trials import leaves_of, told
from meta import sound
from meta.town import board, scheme, town
from test_pytest_plugin import TOWN, run

PAGE = (Path(__file__).parents[1] / "docs" / "conformance.md").read_text(encoding="utf-8")
LOCALITY = eg.Locality("town", "示例镇", [scheme()])


def names(mark: pytest.MarkDecorator) -> list[str]:
    return [str(case.id) for case in mark.args[1]]


def test_each_claim_is_a_test_of_its_own() -> None:
    assert names(conformance(LOCALITY)) == [f"town-{name}" for name in CLAIMS]


def test_a_locality_is_checked_with_its_own_kinds() -> None:
    own = eg.Locality("town", "示例镇", [sound.VILLAGES])
    case = next(case for case in conformance(own).args[1] if case.id == "town-comes_back_from_storage")
    with pytest.raises(kit.ConformanceError, match="cannot be stored and read back: 3 faults"):
        case.values[1](own)
    again = next(
        case
        for case in conformance(own, kinds=sound.envgov_kinds()).args[1]
        if case.id == "town-comes_back_from_storage"
    )
    again.values[1](own)


def test_a_scheme_may_ask_for_the_class_by_which_it_groups() -> None:
    """Each unit of the seasons has one of the groups, and no second one because a condition names it."""
    counties = eg.all_of(eg.designated("县"), eg.bottom(1, ties="decide"))
    grouped = scheme(groups=("区", "县"), boards=(board(counties),))
    units = [unit for facts in drawn_for((grouped,)) for unit in facts.grid.at_levels(("村",))]
    assert {len({"区", "县"} & unit.designations) for unit in units} == {1}


def test_a_file_is_checked_as_users_load_it(tmp_path: Path) -> None:
    file = tmp_path / "town.py"
    file.write_text(TOWN, encoding="utf-8")
    assert names(conformance(file)) == [f"town-{name}" for name in CLAIMS]
    file.write_text("x = 1", encoding="utf-8")
    with pytest.raises(eg.PluginError, match=r"town\.py"):
        conformance(file)


def test_a_code_names_an_installed_locality(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kit, "load_registry", lambda: eg.Registry((LOCALITY,)))
    assert names(conformance("town")) == [f"town-{name}" for name in CLAIMS]
    with pytest.raises(eg.EnvGovError, match="no locality 'city'"):
        conformance("city")


def test_a_module_that_is_no_plugin_is_refused() -> None:
    with pytest.raises(eg.PluginError, match="ENVGOV_API"):
        conformance(sys)


def test_an_expected_failure_has_a_reason_and_the_name_of_a_claim() -> None:
    with pytest.raises(ValueError, match="expected_failures: there is no claim 'is_fair'; say why 'reads_no_clock'"):
        conformance(LOCALITY, expected_failures={"is_fair": "x", "reads_no_clock": " "})


def test_an_expected_failure_must_fail(pytester: pytest.Pytester) -> None:
    (pytester.path / "town.py").write_text(
        TOWN.replace("assumed", "document_number='1', assumed").replace('("末位并列由人裁定",)', "()"), encoding="utf-8"
    )
    pytester.makepyfile(
        """
from pathlib import Path

from envgov.testing.conformance import conformance

EXPECTED = {"hides_no_assumption": "ties are settled by custom", "names_its_source": "it is on paper"}


@conformance(Path(__file__).parent / "town.py", expected_failures=EXPECTED)
def test_conformance(locality, check):
    check(locality)
"""
    )
    result = run(pytester, "-k", "source or assumption or apart")
    result.assert_outcomes(passed=1, xfailed=1, failed=1)
    result.stdout.fnmatch_lines(["*XPASS(strict)*it is on paper*"])


def test_words_that_name_no_field_are_told_with_the_fields_that_there_are() -> None:
    plugin = import_module("meta.faulty.unworded")
    [case] = [case for case in conformance(plugin.PLUGIN).args[1] if case.id == "town-can_be_put_into_words"]
    locality, check = case.values
    with pytest.raises(kit.ConformanceError, match=r"cannot be worded in 'zh': KeyError: 'score'; .* braces: points$"):
        check(locality)


def test_every_text_of_the_scaffolds_example_is_seen_by_its_mark(tmp_path: Path) -> None:
    module = write_plugin("liuhu", "柳湖街道", tmp_path) / "src" / "envgov_liuhu" / "__init__.py"
    [locality] = eg.load_registry(only=(), files=[module], strict=True)
    marked = [text for _, text in leaves_of(locality) if isinstance(text, str) and "示例" in text]
    assert len(marked) == 7
    with pytest.raises(kit.ConformanceError) as caught:
        CLAIMS["keeps_no_example"](locality)
    assert all(repr(text) in str(caught.value) for text in marked)
    for text in marked:
        with pytest.raises(kit.ConformanceError, match="write what the document says"):
            CLAIMS["keeps_no_example"](eg.Locality("town", text, [scheme()]))


def test_the_page_tells_every_claim_in_the_words_of_the_code() -> None:
    for name, check in CLAIMS.items():
        assert f"| `{name}` | {told(check)} |" in PAGE, f"add | `{name}` | {told(check)} |"
    assert PAGE.count("\n| `") >= len(CLAIMS)


def test_looks_at_the_world_are_seen_with_who_looked() -> None:
    def act() -> None:
        date.today()  # noqa: DTZ011
        datetime.now()  # noqa: DTZ005
        time.time()
        random.random()  # noqa: S311
        random.Random()  # noqa: S311
        random.Random(3).random()  # noqa: S311
        os.listdir()  # noqa: PTH208
        Path("nowhere").exists()
        os.environ.get("HOME")

    with looks() as seen:
        act()
    assert [look.at for look in seen] == [
        "date.today",
        "datetime.now",
        "time.time",
        "random.random",
        "random.Random()",
        "os.listdir",
        "os.stat",
        "os.environ",
    ]
    assert seen[0].by.endswith("act")


def test_the_watch_leaves_the_collector_and_the_profile_as_they_were() -> None:
    import gc

    gc.disable()
    try:
        with looks():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
    assert sys.getprofile() is None


def test_an_event_of_the_interpreter_is_a_look_or_none() -> None:
    """Told by hand too: inside a profile function no line is counted."""
    seen: list[Look] = []
    frame = sys._getframe()
    functions: list[Any] = [date.today, time.time, random.random, random.SystemRandom().random, len, frame.clear]
    for arg in functions:
        note(seen, frame, "c_call", arg)
    note(seen, frame, "call", None)
    note(seen, frame, "return", None)
    assert [look.at for look in seen] == ["date.today", "time.time", "random.random", "random.random"]

    seeding = _frame_of(lambda frame: frame.f_code is random.Random.seed.__code__, random.Random)
    note(seen, seeding, "call", None)
    assert seen[-1].at == "random.Random()"


def _frame_of(wanted: Callable[[FrameType], bool], act: Callable[[], object]) -> FrameType:
    """The frame of a call, caught while it runs."""
    found: list[FrameType] = []
    sys.setprofile(lambda frame, event, _arg: found.append(frame) if event == "call" and wanted(frame) else None)
    try:
        act()
    finally:
        sys.setprofile(None)
    return found[0]


def test_a_scheme_whose_lists_fit_no_group_is_tried_on_small_ones() -> None:
    both = [share("60", rounding="up", ties="include") for share in (eg.top_share, eg.bottom_share)]
    crowded = scheme(boards=tuple(board(list_, name) for list_, name in zip(both, ("红榜", "黑榜"), strict=True)))
    sizes = {len(facts.grid.units) - 1 for facts in drawn_for((crowded,))}
    assert max(sizes) == 5


@pytest.mark.parametrize("lists", [("督察",), ("督察", "无人机", "满意度")])
def test_of_several_lists_some_season_ranks_each_unit_in_all_and_some_in_one(lists: tuple[str, ...]) -> None:
    """A mean of ranks may need every list of a unit, and may do with one."""
    ranks = eg.mean_rank(*(eg.stated_rank(name, several="latest") for name in lists), absent="not assessed")
    complete = []
    for facts in drawn_for((scheme(scoring=ranks),)):
        of: dict[tuple[str, int], set[str]] = defaultdict(set)
        for rank in facts.stated_ranks:
            of[rank.unit, rank.day.month].add(rank.channel)
        complete += [all(channels == set(lists) for channels in of.values())] if of else []
    assert set(complete) == ({True} if len(lists) == 1 else {True, False})


def test_slips_of_the_level_that_a_condition_asks_for_go_to_the_units_of_its_seasons() -> None:
    yellow = eg.Ladder((eg.Rung("约谈", eg.unit_slipped("黄单", within=eg.year()), ("单位",)),), publish="every rung")
    slips = [slip for facts in drawn_for((scheme(ladders=(yellow,)),)) for slip in facts.slips]
    assert {slip.slip for slip in slips} == {"黄单"}
    assert len({slip.unit for slip in slips}) > 1


def test_what_is_held_twice_is_walked_once() -> None:
    round = eg.month().round_of(date(2024, 5, 1))
    assert len(list(leaves_of((round, round)))) == 3
    assert list(leaves_of({"a": {"b"}})) == [("['a'][1]", "b")]


def test_a_faulty_plugin_is_refused_before_its_claims_are_tried() -> None:
    module = import_module("meta.faulty.clock").PLUGIN
    module_without = town(scheme())
    del module_without.ENVGOV_API
    with pytest.raises(eg.PluginError):
        conformance(module_without)
    assert names(conformance(module)) == [f"town-{name}" for name in CLAIMS]
