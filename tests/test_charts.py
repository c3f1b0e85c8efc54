"""Charts plot what was decided: the ranks, the tiers, the counts; and who was not assessed is no zero."""

import importlib
import re
import sys
from datetime import date
from decimal import Decimal
from typing import Any

import altair as alt
import pytest

import envgov as eg
import towns
from envgov import charts
from places import event

BOARD = eg.Board(
    "榜",
    (
        eg.Tier("红榜", eg.top(1, ties="include"), "praise"),
        eg.Tier("黑榜", eg.bottom(1, ties="decide"), "sanction"),
    ),
    rest="其他",
)
MONTHS: dict[str, dict[str, object]] = {
    "2024-01": {"甲": "90", "乙": "90", "丙": "70"},
    "2024-03": {"甲": "80", "乙": "90", "丙": None},
    "2024-04": {"甲": "95", "乙": "90", "丙": "60"},
}
HOSTILE = "</script><script>alert(1)</script>"


def season(months: dict[str, dict[str, object]] = MONTHS, **changes: Any) -> eg.Season:
    return eg.assess_season(towns.scheme(title="考评", boards=(BOARD,), **changes), towns.facts(months))


def layers_of(chart: Any) -> list[list[dict[str, Any]]]:
    """The rows of each layer; those of each group one after the other. Altair refuses what is no valid chart."""
    spec = chart.to_dict()
    parts = spec.get("vconcat", [spec])
    given = [layer.get("data", part.get("data", spec.get("data"))) for part in parts for layer in part["layer"]]
    return [data["values"] if "values" in data else spec["datasets"][data["name"]] for data in given]


def subtitle(chart: Any) -> list[str]:
    said: list[str] = chart.to_dict()["title"]["subtitle"]
    return said


def domain(chart: Any, channel: str) -> list[str]:
    spec = chart.to_dict()
    found: list[str] = spec.get("vconcat", [spec])[0]["layer"][0]["encoding"][channel]["scale"]["domain"]
    return found


def cells(chart: Any) -> dict[tuple[str, str], str]:
    return {(row["round"].partition("\n")[0], row["unit"]): row["text"] for row in layers_of(chart)[0]}


# -- ranks
def test_the_ranks_are_those_of_the_results_and_tied_units_share_a_point() -> None:
    _, _, points, *_ = layers_of(charts.draw_ranks(season()))
    assert [(row["round"], row["rank"], row["units"], row["n"]) for row in points] == [
        ("2024-01\n3个单位", "1", "乙、甲", 2),
        ("2024-01\n3个单位", "3", "丙", 1),
        ("2024-03\n2个单位", "1", "乙", 1),
        ("2024-03\n2个单位", "2", "甲", 1),
        ("2024-04\n3个单位", "1", "甲", 1),
        ("2024-04\n3个单位", "2", "乙", 1),
        ("2024-04\n3个单位", "3", "丙", 1),
    ]


def test_a_line_is_dashed_over_rounds_that_were_not_held_and_broken_where_a_unit_was_not_assessed() -> None:
    _, lines, *_ = layers_of(charts.draw_ranks(season()))
    pieces = {(row["unit"], row["round"][:7], row["rank"], row["dashed"]) for row in lines}
    assert pieces == {
        ("甲", "2024-01", "1", True),
        ("甲", "2024-03", "2", True),
        ("甲", "2024-03", "2", False),
        ("甲", "2024-04", "1", False),
        ("乙", "2024-01", "1", True),
        ("乙", "2024-03", "1", True),
        ("乙", "2024-03", "1", False),
        ("乙", "2024-04", "2", False),
    }


def test_rounds_that_were_not_held_are_seen_as_a_gap_and_said_so() -> None:
    chart = charts.draw_ranks(season())
    assert domain(chart, "x") == ["2024-01\n3个单位", "⋯\n", "2024-03\n2个单位", "2024-04\n3个单位"]
    assert "虚线：其间有未考评的期次" in subtitle(chart)


def test_two_gaps_are_two_places_along_the_axis() -> None:
    months = {f"2024-0{month}": MONTHS["2024-01"] for month in (1, 3, 5)}
    assert domain(charts.draw_ranks(season(months)), "x")[1::2] == ["⋯\n", "⋯\n "]


def test_who_is_not_assessed_stands_in_a_lane_of_its_own_and_has_no_rank() -> None:
    chart = charts.draw_ranks(season())
    assert domain(chart, "y") == ["1", "2", "3", "未参评"]
    [absent] = layers_of(chart)[4]
    assert (absent["rank"], absent["text"], absent["units"]) == ("未参评", "1个", "丙")


def test_each_line_is_named_at_its_last_point_and_those_not_assessed_now_in_their_lane() -> None:
    ends = layers_of(charts.draw_ranks(season()))[-1]
    assert [(row["rank"], row["text"]) for row in ends] == [("1", "甲"), ("2", "乙"), ("3", "丙")]
    *_, ends = layers_of(charts.draw_ranks(eg.Season(season().assessments[:2])))
    assert [(row["rank"], row["text"]) for row in ends] == [("1", "乙"), ("2", "甲"), ("未参评", "丙")]


def test_many_that_are_not_assessed_now_are_counted_and_not_named() -> None:
    months: dict[str, dict[str, object]] = {
        "2024-01": dict.fromkeys("甲乙丙丁戊己", "90"),
        "2024-02": {"甲": "1", "乙": "2"},
    }
    *_, ends = layers_of(charts.draw_ranks(season(months)))
    assert {row["text"] for row in ends} == {"甲", "乙"}


def test_in_a_large_field_the_first_and_the_last_three_stand_out_or_whoever_is_asked_for() -> None:
    months: dict[str, dict[str, object]] = {
        label: {f"村{n:02}": str(60 + n) for n in range(13)} for label in ("2024-01", "2024-02")
    }
    large = season(months)
    weak, strong, *_ = layers_of(charts.draw_ranks(large))
    assert {row["unit"] for row in strong} == {"村00", "村01", "村02", "村10", "村11", "村12"}
    assert len({row["unit"] for row in weak}) == 7
    _, strong, points, *_ = layers_of(charts.draw_ranks(large, units={"村05"}))
    assert {row["unit"] for row in strong} == {"村05"}
    assert len({row["ink"] for row in points}) == 2
    assert {row["units"] for row in points if row["ink"] == "#1a1a1a"} == {"村05"}


def test_each_group_has_ranks_of_its_own() -> None:
    units = (
        eg.Unit("甲", "甲", "村", designations=frozenset({"城"})),
        eg.Unit("乙", "乙", "村", designations=frozenset({"乡"})),
    )
    facts = eg.Facts(eg.Grid(units), inspections=towns.stated("2024-01", {"甲": "1", "乙": "2"}))
    chart = charts.draw_ranks(eg.assess_season(towns.scheme(groups=("城", "乡")), facts))
    parts = chart.to_dict()["vconcat"]
    assert sorted(part["layer"][0]["encoding"]["y"]["title"] for part in parts) == ["乡", "城"]
    assert [[row["rank"] for row in rows] for rows in layers_of(chart)[2::8]] == [["1"], ["1"]]


def test_many_rounds_are_labelled_upright_and_the_sizes_stand_in_the_title() -> None:
    months: dict[str, dict[str, object]] = {f"2024-{n:02}": {"甲": "1", "乙": "2"} for n in range(1, 13)}
    months["2025-01"] = {"甲": "1"}
    chart = charts.draw_ranks(season(months))
    assert domain(chart, "x")[-1] == "2025-01"
    assert "每期参评1至2个单位" in subtitle(chart)
    del months["2024-01"]
    months["2025-01"] = {"甲": "1", "乙": "2"}
    months["2025-02"] = {"甲": "1", "乙": "2"}
    assert "2 units assessed in each round" in subtitle(charts.draw_ranks(season(months), language="en"))


def test_a_code_that_nobody_has_is_told_and_so_is_a_scheme_that_ranks_nobody() -> None:
    with pytest.raises(eg.UnknownUnitError, match="no unit has the code '丁', '戊' in this season: give codes"):
        charts.draw_ranks(season(), units={"甲", "戊", "丁"})
    unranked = eg.assess_season(towns.scheme(scoring=None, ranking=None), towns.facts(MONTHS))
    with pytest.raises(eg.EnvGovError, match="town ranks nobody: there are no ranks to draw"):
        charts.draw_ranks(unranked)


def test_an_empty_season_has_no_chart() -> None:
    with pytest.raises(eg.EnvGovError, match="the season is empty"):
        charts.draw_ranks(eg.Season(()))


# -- what every chart says
def test_editions_plugins_and_what_is_made_up_stand_below_the_title() -> None:
    facts = towns.facts({"2024-01": {"甲": "1", "乙": "2"}}, synthetic="试用" * 30)
    decided = towns.scheme(title="考评", provider="envgov-town 1.0")
    said = subtitle(charts.draw_ranks(eg.assess_season(decided, facts)))
    assert said == [
        "考评（自2024-01-01起施行），envgov-town 1.0",
        "虚构数据：" + "试用" * 16 + "试",
        "用" + "试用" * 13,
    ]


def test_two_units_of_one_name_are_told_apart_by_their_codes() -> None:
    grid = eg.Grid((eg.Unit("1", "和平村", "村"), eg.Unit("2", "和平村", "村"), eg.Unit("3", "新村", "村")))
    facts = eg.Facts(grid, inspections=towns.stated("2024-01", {"1": "80", "2": "90", "3": "70"}))
    _, _, points, *_ = layers_of(charts.draw_ranks(eg.assess_season(towns.scheme(), facts)))
    assert [row["units"] for row in points] == ["和平村 [2]", "和平村 [1]", "新村"]


def hostile() -> eg.Season:
    """A stranger typed what would end a script into every text that a chart shows."""
    unit = eg.Unit("1" + HOSTILE, HOSTILE, "村", designations=frozenset({HOSTILE}))
    twin = eg.Unit("2" + HOSTILE, HOSTILE + "\n\u202e", "村", designations=frozenset({HOSTILE}))
    facts = eg.Facts(
        eg.Grid((unit, twin)),
        inspections=tuple(
            eg.Inspection(u.code, date(2024, month, 1), "督导", stated=Decimal(n))
            for n, u in enumerate((unit, twin))
            for month in (1, 2)
        ),
        synthetic=HOSTILE,
    )
    board = eg.Board(HOSTILE, (eg.Tier(HOSTILE, eg.top(1, ties="include"), "praise"),), rest=HOSTILE + "2")
    decided = towns.scheme(title=HOSTILE, provider=HOSTILE, groups=(HOSTILE,), boards=(board,))
    return eg.assess_season(decided, facts)


SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]]]}


def hostile_charts() -> list[Any]:
    decided = hostile()
    shape = {"type": "Feature", "properties": {"id": "1" + HOSTILE, "note": HOSTILE}, "geometry": SQUARE}
    geojson = {"type": "FeatureCollection", "features": [shape]}
    issues = (eg.Issue("1", "甲", (event("found", "2024-01-01"),)),)
    return [
        charts.draw_ranks(decided),
        charts.draw_tiers(decided, HOSTILE),
        charts.draw_map(decided.latest, geojson, "id", board=HOSTILE),
        charts.draw_ages(issues, date(2024, 1, 2), HOSTILE),
    ]


@pytest.mark.parametrize("n", range(4))
def test_what_a_stranger_typed_ends_no_script_on_a_page(n: int) -> None:
    chart = hostile_charts()[n]
    assert "<" not in chart.to_json()
    assert "＜/script>＜script>alert(1)＜/script>" in chart.to_json(ensure_ascii=False)


# -- tiers
def test_the_tiers_are_those_of_the_results_and_who_was_not_assessed_is_said_to_be_so() -> None:
    assert cells(charts.draw_tiers(season(), "榜")) == {
        ("2024-01", "甲"): "红榜",
        ("2024-01", "乙"): "红榜",
        ("2024-01", "丙"): "黑榜",
        ("2024-03", "甲"): "黑榜",
        ("2024-03", "乙"): "红榜",
        ("2024-03", "丙"): "未参评",
        ("2024-04", "甲"): "红榜",
        ("2024-04", "乙"): "其他",
        ("2024-04", "丙"): "黑榜",
    }


def test_what_is_pending_is_seen_as_pending() -> None:
    tied = season({"2024-01": {"甲": "90", "乙": "80", "丙": "80"}})
    assert cells(charts.draw_tiers(tied, "榜", language="en"))["2024-01", "乙"] == "pending"


def test_the_legend_has_the_tiers_in_the_order_of_the_board_then_pending_then_absent() -> None:
    months: dict[str, dict[str, object]] = {**MONTHS, "2024-05": {"甲": "90", "乙": "80", "丙": "80"}}
    assert domain(charts.draw_tiers(season(months), "榜"), "color") == ["红榜", "黑榜", "其他", "待定", "未参评"]


def test_where_the_board_changed_the_tiers_stand_as_on_the_newest() -> None:
    turned = eg.Board("榜", BOARD.tiers[::-1], rest="其他")
    newest = eg.assess_season(towns.scheme(boards=(turned,)), towns.facts(MONTHS)).assessments[2]
    both = eg.Season((season().assessments[0], newest))
    assert domain(charts.draw_tiers(both, "榜"), "color") == ["黑榜", "红榜", "其他"]


def luminance(shade: str) -> float:
    red, green, blue = (int(shade[i : i + 2], 16) for i in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_sanctions_praise_and_the_rest_differ_without_colours() -> None:
    scale = charts.draw_tiers(season(), "榜").to_dict()["layer"][0]["encoding"]["color"]["scale"]
    shades = dict(zip(scale["domain"], map(luminance, scale["range"]), strict=True))
    assert shades["黑榜"] + 100 < shades["红榜"]
    assert shades["红榜"] + 30 < shades["其他"]


def test_letters_are_white_on_dark_cells_alone() -> None:
    [rows, *_] = layers_of(charts.draw_tiers(season(), "榜"))
    assert {(row["tier"], row["ink"]) for row in rows} == {
        ("红榜", "#1a1a1a"), ("黑榜", "#ffffff"), ("其他", "#1a1a1a"), ("未参评", "#1a1a1a")
    }  # fmt: skip


def test_units_stand_in_the_order_of_the_newest_round() -> None:
    assert charts.draw_tiers(season(), "榜").to_dict()["layer"][0]["encoding"]["y"]["sort"] == ["甲", "乙", "丙"]


def test_of_many_rounds_a_cell_has_the_first_character_and_a_dash_where_nobody_was_assessed() -> None:
    months = {f"{year}-{n:02}": MONTHS["2024-01"] for year in (2024, 2025) for n in range(1, 13)}
    months["2025-12"] = MONTHS["2024-03"]
    found = cells(charts.draw_tiers(season(months), "榜"))
    assert {found["2024-01", unit] for unit in "甲乙丙"} == {"红", "黑"}
    assert found["2025-12", "丙"] == "–"


def test_where_a_unit_was_not_in_the_field_there_is_no_cell() -> None:
    grid = eg.Grid(
        (eg.Unit("甲", "甲", "村"), eg.Unit("丙", "丙", "村"), eg.Unit("乙", "乙", "村", since=date(2024, 2, 1)))
    )
    visits = (
        *towns.stated("2024-01", {"甲": "80", "丙": "70"}),
        *towns.stated("2024-02", {"甲": "80", "乙": "90", "丙": "1"}),
    )
    decided = towns.scheme(boards=(eg.Board("榜", (eg.Tier("红", eg.top(1, ties="include"), "praise"),), rest="其他"),))
    found = cells(charts.draw_tiers(eg.assess_season(decided, eg.Facts(grid, inspections=visits)), "榜"))
    assert {unit for label, unit in found if label == "2024-01"} == {"甲", "丙"}


def test_a_board_that_is_new_has_no_cells_in_the_rounds_before_it() -> None:
    older = season().assessments[0]
    plain = eg.assess_season(towns.scheme(title="考评"), towns.facts(MONTHS)).assessments[0]
    assert plain.record.round == older.record.round
    found = cells(charts.draw_tiers(eg.Season((plain, *season().assessments[1:])), "榜"))
    assert {label for label, _ in found} == {"2024-03", "2024-04"}


def test_a_board_that_there_is_not_is_told_with_those_that_there_are() -> None:
    with pytest.raises(eg.EnvGovError, match=r"no board '三色' in this season; there is 榜"):
        charts.draw_tiers(season(), "三色")
    with pytest.raises(eg.EnvGovError, match="there is none"):
        charts.draw_tiers(eg.assess_season(towns.scheme(), towns.facts(MONTHS)), "三色")


# -- rates
@pytest.mark.parametrize(
    ("counted", "among", "low", "high"),
    [(81, 263, "25.53", "36.62"), (15, 148, "6.24", "16.05"), (0, 20, "0.00", "16.11"), (1, 29, "0.61", "17.18")],
)
def test_the_interval_is_the_published_one(counted: int, among: int, low: str, high: str) -> None:
    """R. G. Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17 (1998), table I."""
    interval = charts.interval_of(eg.Tally(counted, among, date(2024, 1, 1)))
    assert interval == charts.Interval(Decimal(low), Decimal(high))


def test_the_interval_of_all_ends_at_a_hundred() -> None:
    """By the mirror of 0 of 20."""
    assert charts.interval_of(eg.Tally(20, 20, date(2024, 1, 1))) == (Decimal("83.89"), Decimal(100))


def test_where_nothing_counts_there_is_no_interval_and_a_count_has_none() -> None:
    assert charts.interval_of(eg.Tally(0, 0, date(2024, 1, 1))) is None
    with pytest.raises(ValueError, match="is a count: an interval is of a rate"):
        charts.interval_of(eg.Tally(3, None, date(2024, 1, 1)))


CLOSED = eg.rate(eg.in_state("closed"), eg.not_(eg.in_state("ended")), by="place", empty="not assessed")


def rated(**changes: Any) -> eg.Assessment:
    """Of four villages: 3 of 4 closed, 1 of 1, none to close, and one that is exempt."""

    def closed(n: int, unit: str, *, done: bool) -> eg.Issue:
        ends = (event("rectified", "2024-05-02"), event("accepted", "2024-05-03")) if done else ()
        return eg.Issue(f"{unit}{n}", unit, (event("found", "2024-05-01"), *ends))

    grid = eg.Grid(
        (*(eg.Unit(name, name, "村") for name in "甲乙丙"), eg.Unit("丁", "丁", "村", designations=frozenset({"免评"})))
    )
    issues = (*(closed(n, "甲", done=n < 3) for n in range(4)), closed(0, "乙", done=True), closed(0, "丁", done=True))
    decided = towns.scheme(
        **{
            "title": "考评",
            "scoring": CLOSED,
            "ranking": eg.RankBy(places=2),
            "exempt": eg.designated("免评"),
            **changes,
        }
    )
    return eg.assess(decided, towns.month_of("2024-05"), eg.Facts(grid, issues=issues))


def test_rates_stand_with_their_counts_and_intervals_the_best_first() -> None:
    """3 of 4: (0.75 + z²/8 ± z √(0.75·0.25/4 + z²/64)) / (1 + z²/4), z = 1.96: 0.3006 and 0.9544; 1 of 1: from 1/(1+z²)."""
    bars, *_, texts = layers_of(charts.draw_rates(rated()))
    assert [(row["unit"], row["rate"], row["low"], row["high"]) for row in bars] == [
        ("乙", 100.0, 20.65, 100.0),
        ("甲", 75.0, 30.06, 95.44),
    ]
    assert [row["text"] for row in texts] == ["100.00%（1/1）", "75.00%（3/4）", "免评", "无（0/0）"]


def test_units_of_groups_bear_them_and_stand_group_by_group() -> None:
    grid = eg.Grid(tuple(eg.Unit(n, n, "村", designations=frozenset({g})) for n, g in (("甲", "城"), ("乙", "乡"))))
    decided = towns.scheme(scoring=CLOSED, ranking=eg.RankBy(places=2), groups=("城", "乡"))
    facts = eg.Facts(grid, issues=tuple(eg.Issue(n, n, (event("found", "2024-05-01"),)) for n in "甲乙"))
    *_, texts = layers_of(charts.draw_rates(eg.assess(decided, towns.month_of("2024-05"), facts)))
    assert [row["unit"] for row in texts] == ["乙（乡）", "甲（城）"]


def test_the_chart_of_rates_says_what_its_lines_are_and_as_of_which_day() -> None:
    assert subtitle(charts.draw_rates(rated(), language="en"))[-1] == (
        "lines: Wilson 95% intervals; in brackets the counts; as of 2024-05-31"
    )


def test_the_counts_of_a_further_figure_are_those_of_that_figure() -> None:
    reworked = eg.rate(eg.rejected(1), eg.not_(eg.in_state("ended")), by="place", empty="zero", better="lower")
    assessment = rated(figures=(eg.Figure("返工率", reworked, eg.RankBy(places=0)),))
    assert charts.tallies_of(assessment, "返工率") == {
        "甲": eg.Tally(0, 4, date(2024, 5, 31)), "乙": eg.Tally(0, 1, date(2024, 5, 31))
    }  # fmt: skip
    assert "返工率" in charts.draw_rates(assessment, "返工率").to_dict()["title"]["text"]


def test_a_figure_that_is_no_rate_or_is_not_there_is_refused() -> None:
    with pytest.raises(eg.EnvGovError, match=r"town has no figure '返工率'; there is score"):
        charts.tallies_of(rated(), "返工率")
    with pytest.raises(eg.EnvGovError, match="'score' of town is no rate: there are no counts behind it"):
        charts.draw_rates(season().latest)
    with pytest.raises(eg.EnvGovError, match="there is none"):
        charts.draw_rates(rated(scoring=None, ranking=None, exempt=None))


# -- ages
def issue(id: str, *events: eg.Event) -> eg.Issue:
    return eg.Issue(id, "甲", events)


def test_issues_are_counted_by_their_days_and_how_they_stand() -> None:
    day = date(2024, 5, 31)
    issues = (
        issue("1", event("found", "2024-05-31")),
        issue("2", event("found", "2024-05-24")),
        issue("3", event("found", "2024-05-23"), event("dispatched", "2024-05-23", due="2024-05-30")),
        issue("4", event("found", "2024-05-23"), event("dispatched", "2024-05-23", due="2024-05-31")),
        issue("5", event("found", "2024-05-01"), event("rectified", "2024-05-02")),
        issue("6", event("found", "2024-03-02"), event("suspended", "2024-03-03")),
        issue("7", event("found", "2024-03-01")),
        issue("8", event("found", "2024-01-01"), event("rectified", "2024-05-02"), event("accepted", "2024-06-01")),
        issue("9", event("found", "2024-05-01"), event("fixed on the spot", "2024-05-01")),
        issue("10", event("found", "2024-05-01"), event("withdrawn", "2024-05-01")),
        issue("11", event("found", "2024-06-01")),
    )
    chart = charts.draw_ages(issues, day, "时长")
    bars, tops = layers_of(chart)
    assert [(row["age"], row["state"], row["n"]) for row in bars] == [
        ("0至7天", "未定期限", 2),
        ("8至15天", "逾期", 1),
        ("8至15天", "未到期", 1),
        ("16至30天", "已整改待验收", 1),
        ("31至90天", "挂账", 1),
        ("超过90天", "未定期限", 1),
        ("超过90天", "已整改待验收", 1),
    ]
    assert [row["n"] for row in tops] == [2, 2, 1, 1, 2]
    assert (chart.to_dict()["title"]["text"], subtitle(chart)) == ("时长", ["截至2024-05-31，未销号8件"])


def test_without_an_open_issue_each_band_has_a_zero() -> None:
    chart = charts.draw_ages((), date(2024, 5, 31), language="en")
    bars, tops = layers_of(chart)
    assert (bars, [row["n"] for row in tops]) == ([], [0, 0, 0, 0, 0])
    assert chart.to_dict()["title"]["text"] == "as of 2024-05-31, 0 issues are not closed"


# -- maps
def feature(code: object, geometry: object = SQUARE) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"id": code, "note": "x"}, "geometry": geometry}


def collection(*features: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


THREE = collection(feature("甲"), feature("乙"), feature("丙"), feature("戊"))


def march() -> eg.Assessment:
    return season()["2024-03"]


def test_a_map_has_the_scores_and_who_was_not_assessed_has_the_word_and_no_number() -> None:
    other, absent, valued, *letters = layers_of(charts.draw_map(march(), THREE, "id"))
    assert [(shape["unit"], shape["value"], shape["text"]) for shape in valued] == [
        ("甲", 80.0, "80.0"),
        ("乙", 90.0, "90.0"),
    ]
    assert [(shape["unit"], shape["text"], "value" in shape) for shape in absent] == [("丙", "未参评", False)]
    assert len(other) == 1
    assert [row["label"] for row in letters[0]] == ["甲\n80.0", "乙\n90.0", "丙\n未参评"]


def test_a_map_of_a_board_has_its_tiers() -> None:
    chart = charts.draw_map(march(), THREE, "id", board="榜")
    assert {shape["unit"]: shape["value"] for shape in layers_of(chart)[2]} == {"甲": "黑榜", "乙": "红榜"}
    assert chart.to_dict()["layer"][2]["encoding"]["color"]["scale"]["domain"] == ["红榜", "黑榜"]


def test_a_map_says_how_many_were_assessed_what_is_white_and_who_is_not_on_it() -> None:
    assert subtitle(charts.draw_map(march(), THREE, "id"))[1:] == ["参评2个单位，未排名1个", "白底虚线：未参评"]
    assert subtitle(charts.draw_map(march(), collection(feature("甲")), "id"))[1:] == [
        "参评2个单位，未排名1个",
        "图上没有：丙、乙",
    ]


def test_of_many_units_without_a_shape_ten_are_named() -> None:
    scores: dict[str, object] = {f"村{n:02}": str(n) for n in range(12)}
    many = season({"2024-01": scores}).latest
    *_, said = subtitle(charts.draw_map(many, collection(feature("村00")), "id"))
    assert said.endswith("…")
    assert said.count("村") == 10


def test_a_map_of_a_scheme_that_ranks_nobody_wants_a_board() -> None:
    board = eg.Board("示范", (eg.Tier("示范村", eg.ruled("示范", by="镇")),), rest="其他")
    decided = towns.scheme(scoring=None, ranking=None, boards=(board,))
    assessment = eg.assess(decided, towns.month_of("2024-05"), towns.facts(MONTHS))
    with pytest.raises(eg.EnvGovError, match="ranks nobody, and there are no scores to map: name a board"):
        charts.draw_map(assessment, THREE, "id")
    chart = charts.draw_map(assessment, THREE, "id", board="示范")
    assert {shape["value"] for shape in layers_of(chart)[2]} == {"其他"}
    assert subtitle(chart) == ["town（自2024-01-01起施行）"]


@pytest.mark.parametrize("turned", [False, True])
def test_rings_are_turned_so_that_a_globe_does_not_show_all_the_rest(turned: bool) -> None:
    outer = [[0, 0], [0, 3], [3, 3], [3, 0], [0, 0]]  # clockwise
    hole = [[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]]  # the other way round
    rings = [outer[::-1], hole[::-1]] if turned else [outer, hole]
    shapes = layers_of(
        charts.draw_map(march(), collection(feature("甲", {"type": "Polygon", "coordinates": rings})), "id")
    )[2]
    assert shapes[0]["geometry"]["coordinates"] == [[[tuple(at) for at in ring] for ring in (outer, hole)]]
    assert (shapes[0]["longitude"], shapes[0]["latitude"]) == (1.5, 1.5)


def test_the_label_stands_on_the_largest_part() -> None:
    small = [[[9, 9], [9, 9.5], [9.5, 9.5], [9, 9]]]
    geometry = {"type": "MultiPolygon", "coordinates": [small, SQUARE["coordinates"]]}
    shapes = layers_of(charts.draw_map(march(), collection(feature("甲", geometry)), "id"))[2]
    assert (shapes[0]["longitude"], shapes[0]["latitude"]) == (0.5, 0.5)


def test_on_a_map_of_more_than_forty_shapes_there_is_no_room_for_names() -> None:
    many = collection(*(feature(code) for code in ("甲", *range(40))))
    assert len(layers_of(charts.draw_map(march(), many, "id"))) == 3


@pytest.mark.parametrize(
    ("geojson", "problem"),
    [
        ({"type": "Feature"}, "type: this is no GeoJSON FeatureCollection; give one, as a dict"),
        ({"type": "FeatureCollection", "features": "x"}, "this is no GeoJSON FeatureCollection"),
        (
            collection(feature("甲", {"type": "Point", "coordinates": [0, 0]})),
            "row 1, geometry: a unit's shape is no polygon",
        ),
        (collection(feature("甲", {"type": "Polygon", "coordinates": [[["x", 0]]]})), "a unit's shape is no polygon"),
        (
            collection(feature("甲", {"type": "Polygon", "coordinates": [[[float("inf"), 0]]]})),
            "a unit's shape is no polygon",
        ),
        (collection(feature("甲", {"type": "Polygon", "coordinates": []})), "a unit's shape is no polygon"),
        (collection(feature("甲", None)), "a unit's shape is no polygon"),
        (collection(feature("甲"), feature("甲")), r"id: several features are of one unit \(found '甲'\)"),
        (
            collection(feature("子")),
            "id: no feature has the code of a unit in this property; name another; there is id, note",
        ),
        (collection("x", {"properties": None, "geometry": SQUARE}), "there is none"),
    ],
)
def test_what_is_no_map_of_the_units_is_refused(geojson: dict[str, Any], problem: str) -> None:
    with pytest.raises(eg.InputError, match=problem):
        charts.draw_map(march(), geojson, "id")


def test_a_shape_of_no_unit_need_not_be_a_polygon() -> None:
    point = {"type": "Point", "coordinates": [0, 0]}
    assert layers_of(charts.draw_map(march(), collection(feature("甲"), feature("子", point)), "id"))[0] == []


# -- pictures
def test_an_svg_has_the_chinese_as_text_in_a_font_that_has_it() -> None:
    svg = charts.render_svg(charts.draw_tiers(season(), "榜"))
    for text in ("考评：榜", "未参评", "红榜", "甲", "2024-03", "2个单位"):
        assert f">{text}</text>" in svg or f">{text}</tspan>" in svg, text
    assert "Noto Sans CJK SC" in svg


def test_an_svg_has_what_a_stranger_typed_as_text() -> None:
    svg = charts.render_svg(charts.draw_tiers(hostile(), HOSTILE))
    assert "<script" not in svg
    assert "＜script&gt;alert(1)" in svg


def test_a_png_is_a_picture_or_says_which_font_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    chart = charts.draw_ages((), date(2024, 5, 31))
    monkeypatch.setattr("vl_convert.svg_to_png", lambda svg: svg.encode())
    assert charts.render_png(chart).startswith(b"\x89PNG")
    monkeypatch.setattr("vl_convert.svg_to_png", lambda _: b"a box")
    with pytest.raises(charts.FontError, match="apt install fonts-noto-cjk"):
        charts.render_png(chart)


def test_a_chart_without_chinese_needs_no_such_font(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vl_convert.svg_to_png", lambda _: b"a box")
    chart = charts.draw_ages((), date(2024, 5, 31), language="en")
    assert charts.render_png(chart, ppi=36) != charts.render_png(chart, ppi=72)


def test_the_letters_that_are_tried_are_drawn() -> None:
    from envgov.charts.pictures import LETTER

    assert importlib.import_module("vl_convert").svg_to_png(LETTER.format("sans-serif", "A")).startswith(b"\x89PNG")


def bare() -> list[Any]:
    """Charts on which there is next to nothing."""
    nothing = eg.rate(eg.in_state("closed"), eg.overdue(), by="place", empty="not assessed")
    return [
        charts.draw_ages((), date(2024, 5, 31)),
        charts.draw_map(march(), collection(feature("丙")), "id"),
        charts.draw_map(march(), collection(feature("丙")), "id", board="榜"),
        charts.draw_rates(rated(scoring=nothing)),
        charts.draw_ranks(eg.assess_season(towns.scheme(), towns.facts({"2024-01": {"甲": "1"}}))),
    ]


@pytest.mark.parametrize("n", range(5))
def test_a_chart_with_next_to_nothing_on_it_is_a_picture_of_some_size(n: int) -> None:
    size = re.search(r'width="(\d+)" height="(\d+)"', charts.render_svg(bare()[n]))
    assert size is not None
    assert all(50 < int(length) < 1500 for length in size.groups())


def test_nothing_is_fetched_for_a_picture() -> None:
    chart = alt.Chart(alt.UrlData("https://example.org/rows.csv")).mark_point().encode(x="a:Q")
    with pytest.raises(ValueError, match=r"example\.org"):
        charts.render_svg(chart)


def test_without_the_extra_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in [name for name in sys.modules if name.startswith("envgov.charts")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "altair", None)
    with pytest.raises(
        ModuleNotFoundError, match=r"charts need their extra: python3 -m pip install 'envgov\[charts\]'"
    ):
        importlib.import_module("envgov.charts")
