"""娄星区环境卫生整建工作考评通报, 2016-09, 2017-04 and 2017-05, from the local portal ldlx.com: to the digit."""

from decimal import Decimal
from pathlib import Path
from runpy import run_path

import pytest

import envgov as eg

LOUXING = Path(__file__).parents[2] / "docs" / "examples" / "louxing"
FACTS = eg.read_season(LOUXING)
STREETS = eg.assess_season(eg.read_scheme(LOUXING / "streets.toml"), FACTS)
TOWNSHIPS = eg.assess_season(eg.read_scheme(LOUXING / "townships.toml"), FACTS)

# rank order and scores as the bulletins print them; the source prints 蛇形山 in 2017-04 as "86..67"
PUBLISHED_STREETS = {
    "2016-09": "乐坪 86.94 黄泥塘 86.82 大科 86.31 花山 85.53 长青 85.06",
    "2017-04": "花山 86.98 大科 86.76 黄泥塘 86.26 乐坪 86.08 长青 85.91",
    "2017-05": "乐坪 85.84 黄泥塘 85.56 长青 85.32 花山 85.2 大科 85.19",
}
PUBLISHED_TOWNSHIPS = {
    "2016-09": "双江 87.62 杉山 87.4 万宝 87.36 石井 87.33",
    "2017-04": "石井 87.56 双江 87.22 水洞底 87.02 万宝 87.01 杉山 86.83 蛇形山 86.67",
    "2017-05": "双江 87.28 杉山 86.99 石井 86.97 水洞底 86.66 万宝 86.62 蛇形山 86.31",
}


@pytest.mark.parametrize(
    ("season", "month", "printed"),
    [(STREETS, month, line) for month, line in PUBLISHED_STREETS.items()]
    + [(TOWNSHIPS, month, line) for month, line in PUBLISHED_TOWNSHIPS.items()],
)
def test_scores_and_ranks_are_those_of_the_bulletin(season: eg.Season, month: str, printed: str) -> None:
    words = printed.split()
    expected = [
        (unit, Decimal(score), rank) for rank, (unit, score) in enumerate(zip(*[iter(words)] * 2, strict=True), 1)
    ]
    assert [(s.unit, s.score, s.rank) for s in season[month].record.standings] == expected


def test_every_printed_figure_comes_out_to_the_digit() -> None:
    compared, wrong = run_path(str(LOUXING / "compare.py"))["differences"]()
    # 15 street rows with 4 parts, total and rank; 16 township rows with score and rank
    assert (compared, wrong) == (15 * 6 + 16 * 2, [])


def test_only_what_the_bulletin_printed_without_inputs_is_stated() -> None:
    stated = [i for i in FACTS.inspections if i.stated is not None]
    villages = [i for i in stated if FACTS.grid[i.unit].level == "村"]
    others = [i for i in stated if FACTS.grid[i.unit].level != "村"]
    # the villages' own scores are the inputs: 4 + 6 townships of nine, then 5 of nine and 蛇形山 with four
    assert len(villages) == 10 * 9 + 5 * 9 + 4
    assert [i.unit for i in others if i.channel != "城管"] == ["蛇形山"]
    assert sum(i.channel == "城管" for i in others) == 3 * 5


def test_the_two_townships_that_were_not_assessed_in_2016_have_no_rank() -> None:
    absent = TOWNSHIPS["2016-09"].record.absences
    assert [(a.unit, a.why) for a in absent] == [("水洞底", eg.Absent.NOT_ASSESSED), ("蛇形山", eg.Absent.NOT_ASSESSED)]


def test_the_township_that_was_last_twice_running_goes_up_the_ladder_once() -> None:
    proposed = [(a.record.round.label, m.subject, m.rung) for a in TOWNSHIPS for m in a.measures]
    assert proposed == [
        ("2016-09", "石井", "通报批评"),
        ("2017-04", "蛇形山", "通报批评"),
        ("2017-05", "蛇形山", "通报批评"),
        ("2017-05", "蛇形山", "约谈"),
    ]


def test_the_ladder_is_marked_as_assumed() -> None:
    scheme = eg.read_scheme(LOUXING / "townships.toml")
    assert "措施阶梯" in scheme.source.assumed[0]
    assert scheme.source.assumed[0] in eg.narrate(TOWNSHIPS.latest.explain("蛇形山"))


def test_the_explanation_of_the_last_township_names_score_rank_and_both_months() -> None:
    why = eg.narrate(TOWNSHIPS.latest.explain("蛇形山"))
    for said in (
        "第6名，共6个单位，末位，得分86.31",
        "通报：公布得分86.31",
        "按已录入的记录另算（未采用）",
        "344.6 ÷ 4 = 86.15",  # 86.3 + 86.1 + 86.8 + 85.4
        "前一名：万宝 86.62（差0.31）",
        "连续2次“末位”：符合",
        "2017-05 第6名，共6个单位，得分86.31",
        "2017-04 第6名，共6个单位，得分86.67",
    ):
        assert said in why


def test_the_explanation_of_a_computed_township_lists_its_nine_villages() -> None:
    why = eg.narrate(TOWNSHIPS["2017-04"].explain("蛇形山"))
    for village, score in {"丁祝": "86.2", "新连": "87.5", "高和": "86.3"}.items():
        assert f"{village}：2017-04-01至2017-04-30，抽查：公布得分{score}" in why
    assert "780 ÷ 9 ≈ 86.6667" in why


def test_the_explanation_of_a_street_shows_each_part_as_the_bulletin_does() -> None:
    why = eg.narrate(STREETS["2017-05"].explain("花山"), "en")
    assert '"物业公司": 40 less 4 is 36' in why
    assert '"街道社区": 30 less 8.4 is 21.6' in why
    assert "环境卫生得分 36 + 21.6 = 57.6" in why
    assert "合计得分 57.6 + 27.6 = 85.2" in why
    assert "城管: stated score 27.6" in why
