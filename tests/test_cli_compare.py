"""`envgov compare`: two schemes on one season, or one scheme under another's boards and ladders."""

import json
from pathlib import Path
from shutil import copytree

import pytest
from attrs import evolve
from click.testing import CliRunner, Result

import envgov as eg
from envgov.cli import envgov

ROOT = Path(__file__).parent.parent
LOUXING = ROOT / "docs" / "examples" / "louxing"
TOWNSHIPS = LOUXING / "townships.toml"
PLUGIN = ROOT / "plugins" / "envgov-louxing" / "src" / "envgov_louxing" / "__init__.py"


def run(*args: object) -> Result:
    given = ("--plugin", PLUGIN, "compare", *args, "--season", LOUXING)
    return CliRunner(env={"FORCE_COLOR": None, "ENVGOV_PLUGINS": ""}).invoke(envgov, [str(arg) for arg in given])


def printed(*args: object) -> str:
    result = run(*args)
    assert result.exit_code == 0, result.output
    return result.output


def cells(output: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("│")[1:-1]] for line in output.splitlines() if line.startswith("│")]


@pytest.fixture
def one_decimal(tmp_path: Path) -> Path:
    """The townships' scheme, with its numbers published to one decimal."""
    scheme = evolve(eg.read_scheme(TOWNSHIPS), id="one-decimal", title="一位小数", ranking=eg.RankBy(places=1))
    path = tmp_path / "one-decimal.json"
    path.write_text(eg.to_json(scheme), encoding="utf-8")
    return path


@pytest.fixture
def colours(tmp_path: Path) -> Path:
    """The first is green, the last is red, and whoever is red is talked to."""
    red = eg.Tier("红", eg.bottom(1, ties="decide"), "sanction")
    board = eg.Board("三色", (eg.Tier("绿", eg.top(1, ties="include"), "praise"), red), rest="黄")
    talk = eg.Rung("谈话", eg.placed("三色", "红"), to=("负责人",))
    scheme = evolve(
        eg.read_scheme(TOWNSHIPS),
        id="colours",
        title="三色",
        boards=(board,),
        ladders=(eg.Ladder((talk,), publish="every rung"),),
        source=eg.Source("三色管理办法", assumed=("末位并列的由人裁定",)),
    )
    path = tmp_path / "colours.json"
    path.write_text(eg.to_json(scheme), encoding="utf-8")
    return path


def test_the_movers_of_every_round_stand_in_tables(one_decimal: Path) -> None:
    output = printed("louxing:louxing-townships", one_decimal)
    assert "b：一位小数（自2016-09-01起施行）" in output
    assert [row[:3] for row in cells(output)] == [
        ["万宝", "3 → 2", "升1"],  # 2016-09: 87.36 beside 87.39 before it
        ["万宝", "4 → 3", "升1"],  # 2017-04: 87.01 beside 87.02
        ["石井", "3 → 2", "升1"],  # 2017-05: 86.97 beside 86.99
    ]


def test_one_round_can_be_asked_for(one_decimal: Path) -> None:
    output = printed(TOWNSHIPS, one_decimal, "--round", "2017-05", "--language", "en")
    assert "2017-05: of 6 units 1 moved" in output
    assert [row[0] for row in cells(output)] == ["石井"]


def test_a_round_without_movers_has_no_table(one_decimal: Path) -> None:
    output = printed(one_decimal, one_decimal, "--round", "2017-05")
    assert output.endswith("2017-05：6个单位中0个有变动\n")


def test_a_scheme_is_seen_under_the_boards_and_ladders_of_another(colours: Path) -> None:
    output = printed("louxing:louxing-streets", "--under", colours, "--round", "2017-04")
    assert "b：娄星区环境卫生整建考评（街道） / 三色（自2016-09-01起施行）" in output
    # the bulletin's last of five streets, and nobody else, is proposed a talk; scores and ranks stay
    [row] = [row for row in cells(output) if "谈话" in row[-1]]
    assert row == ["长青", "5", "=", "85.91", "=", "- → 红", "谈话（仅b）"]


def test_why_is_told_under_both(colours: Path) -> None:
    output = printed("louxing:louxing-streets", "--under", colours, "--explain", "长青", "--language", "en")
    assert "\na: 娄星区环境卫生整建考评（街道）" in output
    assert "\nb: 娄星区环境卫生整建考评（街道） / 三色" in output
    assert "末位并列的由人裁定" in output


def test_a_channel_that_is_nearly_one_that_is_asked_for_is_told_beside_the_comparison(tmp_path: Path) -> None:
    season = tmp_path / "season"
    copytree(LOUXING, season)
    visits = (season / "inspections.csv").read_text(encoding="utf-8-sig")
    (season / "inspections.csv").write_text(visits.replace(",城管,", ",城管局,", 1), encoding="utf-8")
    streets = LOUXING / "streets.toml"
    args = ["compare", str(streets), "--under", str(TOWNSHIPS), "--season", str(season)]
    result = CliRunner(env={"ENVGOV_PLUGINS": ""}).invoke(envgov, args)
    assert result.exit_code == 0
    assert "城管局" in result.stderr
    assert "城管局" not in result.stdout


def test_programs_read_the_movers(one_decimal: Path) -> None:
    [round] = json.loads(printed(TOWNSHIPS, one_decimal, "--round", "2017-05", "--json"))["rounds"]
    assert round == {
        "round": "2017-05",
        "a": "louxing-townships",
        "b": "one-decimal",
        "synthetic": "",
        "units": 6,
        "movers": [
            {
                "unit": "石井",
                "rank": [3, 2],
                "score": ["86.97", "87.0"],
                "tiers": [],
                "kept": [],
                "dropped": [],
                "added": [],
            }
        ],
    }


def test_programs_read_what_only_one_proposes_and_both_tiers(colours: Path) -> None:
    output = printed("louxing:louxing-townships", "--under", colours, "--round", "2017-05", "--json")
    [round] = json.loads(output)["rounds"]
    [last] = [move for move in round["movers"] if move["unit"] == "蛇形山"]
    assert (last["tiers"], last["kept"]) == ([[None, "红"]], [])
    assert (last["dropped"], last["added"]) == (["通报批评", "约谈"], ["谈话"])


def test_programs_read_both_reasons(one_decimal: Path) -> None:
    read = json.loads(printed(TOWNSHIPS, one_decimal, "--explain", "石井", "--json"))
    assert read["round"] == "2017-05"
    assert [reason["rule"]["id"] for reason in read["reasons"]] == ["louxing-townships", "one-decimal"]


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("louxing:louxing-streets",), "say with what A is compared: B, or --under B"),
        (("louxing:louxing-streets", "louxing:louxing-townships", "--under", "louxing"), "give one of the two"),
        (("louxing", TOWNSHIPS), "'louxing' is no scheme: write louxing:louxing-streets, louxing:louxing-townships"),
        (("louxing:streets", TOWNSHIPS), "'louxing:streets' is no scheme: write louxing:louxing-streets"),
        ((TOWNSHIPS, TOWNSHIPS, "--round", "2018-01"), "no round '2018-01' in both: 2016-09, 2017-04, 2017-05"),
        ((TOWNSHIPS, TOWNSHIPS, "--explain", "无此镇"), "no unit '无此镇' in the field of louxing-townships"),
    ],
)
def test_what_cannot_be_compared_is_said_with_the_way_out(args: tuple[object, ...], told: str) -> None:
    result = run(*args)
    assert result.exit_code == 2
    assert told in " ".join(result.output.split())


def test_a_locality_with_one_scheme_is_named_by_its_code(tmp_path: Path, one_decimal: Path) -> None:
    source = PLUGIN.read_text(encoding="utf-8").replace('"娄星区", (STREETS, TOWNSHIPS)', '"娄星区", (TOWNSHIPS,)')
    source = source.replace('eg.Locality("louxing"', 'eg.Locality("lx"')
    plugin = tmp_path / "lx.py"
    plugin.write_text(source, encoding="utf-8")
    args = ("--plugin", plugin, "compare", "lx", one_decimal, "--season", LOUXING, "--round", "2017-05")
    result = CliRunner(env={"ENVGOV_PLUGINS": ""}).invoke(envgov, [str(arg) for arg in args])
    assert [row[0] for row in cells(result.output)] == ["石井"]


def test_boards_bring_the_figures_that_they_ask_for(tmp_path: Path) -> None:
    figures = tuple(eg.Figure(name, eg.constant(1), eg.RankBy(places=0)) for name in ("满意率", "另一项"))
    red = eg.Tier("红", eg.at_least(1, of="满意率"), "sanction")
    path = tmp_path / "x.json"
    boards = (eg.Board("三色", (red,), rest="黄"),)
    path.write_text(eg.to_json(evolve(eg.read_scheme(TOWNSHIPS), id="x", figures=figures, boards=boards)), "utf-8")
    output = printed("louxing:louxing-streets", "--under", path, "--round", "2017-04")
    assert {row[5] for row in cells(output)} == {"- → 红"}
    assert eg.under(eg.read_scheme(TOWNSHIPS), eg.read_scheme(path)).figures == figures[:1]


def test_a_scheme_that_ranks_nobody_has_nothing_for_boards_that_ask_for_ranks() -> None:
    """And the figure that the board would bring has nothing beside it: that is told in the same words."""
    ranked = eg.read_scheme(TOWNSHIPS)
    figure = eg.Figure("满意率", eg.constant(1), eg.RankBy(places=0))
    tiers = (eg.Tier("红", eg.at_least(1, of="满意率")), eg.Tier("黑", eg.bottom(1, ties="decide")))
    boards = evolve(ranked, figures=(figure,), boards=(eg.Board("榜", tiers, rest="其他"),), ladders=())
    unranked = evolve(ranked, id="ledger", scoring=None, ranking=None, boards=(), ladders=())
    with pytest.raises(eg.SchemeError) as refused:
        eg.under(unranked, boards)
    told = str(refused.value).split("; ")
    assert [fault.split(": ", 1)[1] for fault in told[1:]] == [
        "nothing is ranked there: give scoring and ranking, or leave it out"
    ]
    assert told[0].startswith("scheme ledger / louxing-townships: at_least(1, of='满意率'): nothing is ranked there")
    assert eg.under(unranked, evolve(boards, boards=())).ranked == ()


def test_a_list_that_is_shortened_for_a_small_field_is_told(tmp_path: Path) -> None:
    """Of five streets, three and three: 3 * 5 / 6 is two and two."""
    tiers = (
        eg.Tier("绿", eg.top(3, ties="include"), "praise"),
        eg.Tier("红", eg.bottom(3, ties="include"), "sanction"),
    )
    boards = (eg.Board("三色", tiers, rest="黄", small_field="fewer"),)
    path = tmp_path / "x.json"
    path.write_text(eg.to_json(evolve(eg.read_scheme(TOWNSHIPS), id="x", boards=boards, ladders=())), "utf-8")
    asked = ("louxing:louxing-streets", "--under", path, "--round", "2017-04")
    assert printed(*asked).endswith(
        "b：“三色”的“绿”：本组只有5个单位参评，名额减为2个\nb：“三色”的“红”：本组只有5个单位参评，名额减为2个\n"
    )
    facts, streets = eg.read_season(LOUXING), eg.read_scheme(LOUXING / "streets.toml")
    seasons = (eg.assess_season(one, facts) for one in (streets, eg.under(streets, eg.read_scheme(path))))
    assert repr(eg.compare(*seasons)["2017-04"]).endswith("“三色”的“红”：本组只有5个单位参评，名额减为2个")


def test_breakers_that_the_other_scheme_lacks_are_an_error(tmp_path: Path) -> None:
    ranking = eg.RankBy(places=2, breakers=(eg.stated("督导", several="mean"),))
    last = eg.Tier("红", eg.bottom(1, ties="break"), "sanction")
    scheme = evolve(eg.read_scheme(TOWNSHIPS), id="x", ranking=ranking, boards=(eg.Board("三色", (last,), rest="黄"),))
    path = tmp_path / "x.json"
    path.write_text(eg.to_json(scheme), encoding="utf-8")
    result = run("louxing:louxing-streets", "--under", path)
    assert result.exit_code == 1
    assert "the ranking of 'score' has no breakers" in result.output
