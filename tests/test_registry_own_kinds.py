"""A kind that only a plugin defines: through assess, explain, codec, compare, words and the kit; no decision asks a hook."""

from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

import envgov as eg
from envgov.testing.conformance import conformance

PLUGIN = '''
"""A town whose villages below a line are warned, where the line is the mean of all less a margin."""

from datetime import date
from fractions import Fraction

from attrs import frozen

import envgov as eg

ENVGOV_API = 1
CALLS = []


@eg.term("town.far_below_mean")
@frozen(repr=False)
class far_below_mean:
    """The score is below the mean of the group by more than so many points."""

    points: int
    words = {"zh": "低于均值{points}分以上", "en": "more than {points} points below the mean"}

    def at(self, place: eg.Place) -> eg.Reason:
        standing = place.standing()
        if standing is None:
            return eg.Reason(self, False, ())
        peers = [s.score for s in place.record.standings if s.group == standing.group]
        mean = sum(map(Fraction, peers)) / len(peers)
        return eg.Reason(self, Fraction(standing.score) < mean - self.points, (standing,))


WARNED = far_below_mean(10)
SCHEME = eg.Scheme(
    id="town",
    levels=("村",),
    cadence=eg.month(),
    since=date(2024, 1, 1),
    source=eg.Source("示例办法", assumed=("均值取本期参评各村的平均",)),
    scoring=eg.stated("督导", several="mean"),
    ranking=eg.RankBy(places=1),
    boards=(eg.Board("警示", (eg.Tier("警示", WARNED, "sanction"),), rest="其他"),),
    ladders=(eg.Ladder((eg.Rung("提醒", WARNED, to=("单位",)),), publish="every rung"),),
)


@eg.hookimpl
def envgov_localities():
    CALLS.append("localities")
    return [eg.Locality("town", "示例镇", [SCHEME])]


@eg.hookimpl
def envgov_kinds():
    CALLS.append("kinds")
    return [far_below_mean]
'''
SCORES = {"甲": "90", "乙": "88", "丙": "60"}  # the mean is 79 1/3: only 丙 is more than ten below it


@pytest.fixture
def registry(tmp_path: Path) -> eg.Registry:
    file = tmp_path / "town.py"
    file.write_text(PLUGIN, encoding="utf-8")
    return eg.load_registry(only=(), files=[file], strict=True)


@pytest.fixture
def facts() -> eg.Facts:
    visits = [eg.Inspection(unit, date(2024, 5, 6), "督导", stated=eg.points(n)) for unit, n in SCORES.items()]
    return eg.Facts(eg.Grid([eg.Unit(code, f"{code}村", "村") for code in SCORES]), inspections=visits)


def test_it_decides_and_explains_in_its_own_words(registry: eg.Registry, facts: eg.Facts) -> None:
    latest = eg.assess_season(registry["town"].schemes["town"], facts).latest
    assert {p.unit: p.tier for p in latest.record.placements} == {"甲": "其他", "乙": "其他", "丙": "警示"}
    assert [(m.unit, m.rung) for m in latest.measures] == [("丙", "提醒")]
    assert "低于均值10分以上：符合" in eg.narrate(latest.explain("丙村"))
    assert "more than 10 points below the mean" in eg.describe(registry["town"].schemes["town"][0], "en")


def test_it_is_stored_and_read_back(registry: eg.Registry) -> None:
    [scheme] = registry["town"].schemes["town"]
    assert eg.from_dict(eg.to_dict(scheme), registry.kinds) == scheme
    with pytest.raises(eg.InputError, match=r"town\.far_below_mean"):
        eg.from_dict(eg.to_dict(scheme))


def test_it_is_compared_with_another_margin(registry: eg.Registry, facts: eg.Facts) -> None:
    [scheme] = registry["town"].schemes["town"]
    far_below_mean = registry.kinds["town.far_below_mean"]
    wide = (eg.Board("警示", (eg.Tier("警示", far_below_mean(20), "sanction"),), rest="其他"),)  # 59 1/3 and below
    compared = eg.compare(*(eg.assess_season(s, facts) for s in (scheme, evolve(scheme, id="wide", boards=wide))))
    assert [(move.unit, [b.tier for _, b in move.tiers if b]) for move in compared.movers] == [("丙", ["其他"])]


def test_it_keeps_every_claim_of_the_kit(registry: eg.Registry) -> None:
    for case in conformance(registry["town"], kinds=list(registry.kinds.values())).args[1]:
        locality, check = case.values
        check(locality)


def test_no_decision_asks_a_hook(registry: eg.Registry, facts: eg.Facts) -> None:
    calls = registry.kinds["town.far_below_mean"].at.__globals__["CALLS"]  # type: ignore[attr-defined]
    loaded = list(calls)
    season = eg.assess_season(registry["town"].schemes["town"], facts)
    eg.narrate(eg.compare(season, season).explain("丙"))
    assert loaded == calls == ["localities", "kinds"]
