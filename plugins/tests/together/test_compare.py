"""What needs several localities at once: the units of one under the boards and ladders of another."""

from itertools import pairwise
from pathlib import Path

import pytest

import envgov as eg

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"
REGISTRY = eg.load_registry(strict=True)


def compared(code: str, scheme: str, other: str, its: str) -> eg.Comparison:
    """A locality's season as it was decided, and under the newest edition of another's scheme."""
    facts = eg.read_season(EXAMPLES / code)
    own = REGISTRY[code].schemes[scheme]
    under = tuple(eg.under(edition, REGISTRY[other].schemes[its][-1]) for edition in own)
    return eg.compare(eg.assess_season(own, facts), eg.assess_season(under, facts))


def test_the_five_localities_and_louxing_are_installed() -> None:
    codes = ["jimo-tongji", "jingtai", "liuhu", "louxing", "shashi", "xixian"]
    assert [locality.code for locality in REGISTRY] == codes


@pytest.fixture(scope="module")
def liuhu() -> eg.Comparison:
    return compared("liuhu", "liuhu-monthly", "jingtai", "jingtai-weekly")


def test_liuhu_keeps_its_scores_and_ranks_under_the_colours_of_jingtai(liuhu: eg.Comparison) -> None:
    assert {move.rank_change for move in liuhu.latest.moves} == {0}
    assert {move.score_change for move in liuhu.latest.moves} == {0}


def test_lists_of_30_and_30_are_13_and_13_among_26_and_nobody_is_yellow(liuhu: eg.Comparison) -> None:
    """排名前30、排名后30 do not fit; in proportion, 30 * 26 / 60 = 13 (small_field="fewer")."""
    standings, placements = liuhu.latest.b.record.standings, liuhu.latest.b.record.placements
    rank = {standing.unit: standing.rank for standing in standings}
    colour = {placement.unit: placement.tier for placement in placements}
    assert sorted(rank.values()) == list(range(1, 27))  # nobody is level in September
    assert {unit for unit in rank if colour[unit] == "绿色管理"} == {unit for unit in rank if rank[unit] <= 13}
    assert {unit for unit in rank if colour[unit] == "红色管理"} == {unit for unit in rank if rank[unit] > 13}


def test_whoever_is_red_is_talked_to_and_liuhus_own_measures_fall_away(liuhu: eg.Comparison) -> None:
    latest = liuhu.latest
    red = {placement.unit for placement in latest.b.record.placements if placement.tier == "红色管理"}
    assert {measure.unit for measure in latest.b.measures if measure.rung == "红色管理约谈"} == red
    assert not {measure.rung for measure in latest.b.measures} & {measure.rung for measure in latest.a.measures}


@pytest.fixture(scope="module")
def xixian() -> eg.Comparison:
    return compared("xixian", "xixian-monthly", "jimo-tongji", "tongji-villages")


def test_the_last_of_five_streets_is_on_the_black_board_of_tongji(xixian: eg.Comparison) -> None:
    for compared_round in xixian:
        black = {p.unit for p in compared_round.b.record.placements if p.tier == "黑榜"}
        last = max(compared_round.b.record.standings, key=lambda standing: standing.rank)
        assert last.unit in black


def test_two_months_running_on_the_black_board_is_a_talk(xixian: eg.Comparison) -> None:
    """连续2个月列入月度黑榜的，约谈: whoever was black in the round before, which was the month before, and is now."""
    rounds = [compared_round.b for compared_round in xixian]
    for before, now in pairwise(rounds):
        if before.record.round.end != now.record.round.start:
            continue
        black = [{p.unit for p in a.record.placements if p.tier == "黑榜"} for a in (before, now)]
        talked_to = {m.unit for m in now.measures if m.rung.startswith("约谈") and not m.pending}
        assert black[0] & black[1] <= talked_to
