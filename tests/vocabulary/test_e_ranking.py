"""Section E of docs/vocabulary: places and ties."""

from datetime import date

import pytest

import envgov as eg
import towns
from places import answers, in_order, issue, listed, numbered

MAY = towns.month_of("2024-05")
TIED = {"甲": "95", "乙": "90", "丙": "90", "丁": "85"}


def ranks(assessment: eg.Assessment) -> dict[str, int]:
    return {s.unit: s.rank for s in assessment.record.standings}


def test_e1_competition_1224() -> None:
    """Two are second, and the next is fourth (MT, QZ, MEE)."""
    assert ranks(towns.assess(TIED)) == {"甲": 1, "乙": 2, "丙": 2, "丁": 4}


def test_e2_dense_1223() -> None:
    """Eight are first, and the ninth is second (ZJ23)."""
    scores: dict[str, object] = {**dict.fromkeys(numbered(8), "100"), "009": "99.5", "010": "98"}
    found = ranks(towns.assess(scores, ranking=eg.RankBy(places=1, method="dense")))
    assert [found[unit] for unit in numbered(10)] == [1, 1, 1, 1, 1, 1, 1, 1, 2, 3]


def test_e3_ordinal_no_ties() -> None:
    """Every town has a place of its own (NT, XA20): the breakers decide, or the pair is named."""
    ranking = eg.RankBy(places=1, method="ordinal", breakers=(eg.stated("现场", several="mean"),))
    seen = towns.stated("2024-05", {"乙": "38", "丙": "39"}, "现场")
    facts = towns.facts({"2024-05": TIED}, inspections=seen)
    assert ranks(eg.assess(towns.scheme(ranking=ranking), MAY, facts)) == {"甲": 1, "丙": 2, "乙": 3, "丁": 4}
    with pytest.raises(eg.SchemeError, match="丙 and 乙 are level after every breaker"):
        eg.assess(towns.scheme(ranking=ranking), MAY, towns.facts({"2024-05": TIED}))


def test_e4_tolerance_tie() -> None:
    """0.10 of 9500 points apart is joint first, and the next is third (SS23)."""
    scores: dict[str, object] = {"甲": "9352.60", "乙": "9352.50", "丙": "9348.40"}
    assert ranks(towns.assess(scores, ranking=eg.RankBy(places=2, tolerance="0.10"))) == {"甲": 1, "乙": 1, "丙": 3}


def test_e5_rank_before_rounding() -> None:
    """98.5648 and 98.5612 are both printed 98.56: apart where the unrounded numbers rank (SZ), level elsewhere (MT)."""
    scores: dict[str, object] = {"甲": "98.5648", "乙": "98.5612"}
    assert ranks(towns.assess(scores, ranking=eg.RankBy(places=2, rank_on="exact"))) == {"甲": 1, "乙": 2}
    assert ranks(towns.assess(scores, ranking=eg.RankBy(places=2))) == {"甲": 1, "乙": 1}


def test_e6_tie_break() -> None:
    """Level in the total, and the field score decides who is on the list (NT); the printed rank stays shared."""
    ranking = eg.RankBy(places=1, breakers=(eg.stated("现场", several="mean"),))
    board = eg.Board("红榜", (eg.Tier("红榜", eg.top(2, ties="break")),), rest="其他")
    seen = towns.stated("2024-05", {"乙": "38", "丙": "39"}, "现场")
    assessment = eg.assess(
        towns.scheme(ranking=ranking, boards=(board,)), MAY, towns.facts({"2024-05": TIED}, inspections=seen)
    )
    assert listed(assessment, "红榜") == sorted("甲丙")
    assert ranks(assessment) == {"甲": 1, "乙": 2, "丙": 2, "丁": 4}


def test_e7_reverse_numbering() -> None:
    """The worst is -1, the next -2 (MEE): one more than the units behind. Of those level, both have the better number."""
    standings = towns.assess({**TIED, "戊": "80", "己": "80"}).record.standings
    assert {s.unit: -(s.behind + 1) for s in standings} == {"甲": -6, "乙": -4, "丙": -4, "丁": -3, "戊": -1, "己": -1}


def test_e8_order_only_no_values() -> None:
    """Only the order is received (AY, WH): a rank and the length of its list; lists are cut by it all the same."""
    received = (
        eg.StatedRank(unit, date(2024, 5, 9), "县排名", rank, 4)
        for unit, rank in {"甲": 3, "乙": 1, "丙": 4, "丁": 2}.items()
    )
    facts = eg.Facts(eg.Grid([eg.Unit(u, u, "村") for u in "甲乙丙丁"]), stated_ranks=received)
    board = eg.Board("黑榜", (eg.Tier("黑榜", eg.bottom(1, ties="include")),), rest="其他")
    order = eg.stated_rank("县排名", several="latest")
    scheme = towns.scheme(scoring=order, ranking=eg.RankBy(places=2), boards=(board,))
    assessment = eg.assess(scheme, MAY, facts)
    assert ranks(assessment) == {"乙": 1, "丁": 2, "甲": 3, "丙": 4}
    assert listed(assessment, "黑榜") == ["丙"]


def test_e9_tie_at_the_cut_keeps_list_size() -> None:
    """第1名至并列第19名 are 20 entries (MEE); where three are joint 19th the list keeps its size, or takes all."""
    scores = in_order(numbered(25))
    scores["020"] = scores["019"]
    cuts = (eg.top(20, ties="include"), eg.top(20, ties="exclude"), eg.top(20, ties="decide"))
    for cut in cuts:
        assert answers(cut, scores) == "".join(numbered(20))
    scores["021"] = scores["019"]
    assert answers(eg.top(20, ties="exclude"), scores) == "".join(numbered(18))
    assert answers(eg.top(20, ties="include"), scores) == "".join(numbered(21))
    ranking = eg.RankBy(places=1, breakers=(eg.stated("优良天数", several="mean"),))
    seen = towns.stated("2024-05", {"019": "25", "020": "26", "021": "27"}, "优良天数")
    board = eg.Board("前二十", (eg.Tier("前二十", eg.top(20, ties="break")),), rest="其他")
    facts = towns.facts({"2024-05": scores}, inspections=seen)
    broken = listed(eg.assess(towns.scheme(ranking=ranking, boards=(board,)), MAY, facts), "前二十")
    assert broken == [*numbered(18), "020", "021"]


def test_e10_separate_rank_per_indicator() -> None:
    """Each indicator has a ranking, and a unit may be the last of two (ZZ)."""
    pm10, pm25 = (
        eg.Figure(name, eg.stated(name, several="mean", better="lower"), eg.RankBy(places=0))
        for name in ("PM10", "PM2.5")
    )
    calls = eg.Ladder(
        tuple(eg.Rung(f"{f.name}末位约谈", eg.bottom(1, of=f.name, ties="include"), ("乡镇长",)) for f in (pm10, pm25)),
        publish="every rung",
    )
    seen = towns.stated("2024-05", {"甲": "80", "乙": "95", "丙": "70"}, "PM10")
    seen += towns.stated("2024-05", {"甲": "40", "乙": "55", "丙": "50"}, "PM2.5")
    facts = towns.facts({"2024-05": {"甲": "90", "乙": "85", "丙": "80"}}, inspections=seen)
    assessment = eg.assess(towns.scheme(figures=(pm10, pm25), ladders=(calls,)), MAY, facts)
    assert towns.proposed(assessment) == [("乙", "PM10末位约谈"), ("乙", "PM2.5末位约谈")]
    assert [s.unit for s in assessment.record.ranking("PM2.5").standings] == ["甲", "丙", "乙"]


def test_e11_order_by_volume_not_score() -> None:
    """The table is in the order of the cases received (PJ): 3, 1 and none."""
    volume = eg.count_issues(eg.happened("found", during="round"), by="place")
    places = {"1": "乙", "2": "乙", "3": "乙", "4": "甲"}
    ledger = [*(issue(id_, place) for id_, place in places.items()), issue("5", "丙", found="2024-04-30")]
    facts = eg.Facts(eg.Grid([eg.Unit(u, u, "村") for u in "甲乙丙"]), issues=ledger)
    fewest_first = eg.assess(towns.scheme(scoring=volume, ranking=eg.RankBy(places=0)), MAY, facts).record.standings
    assert [(s.unit, int(s.score)) for s in reversed(fewest_first)] == [("乙", 3), ("甲", 1), ("丙", 0)]
