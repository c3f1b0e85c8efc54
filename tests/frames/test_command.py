"""`envgov assess --frames`: a season in, a folder of tables out."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from attrs import evolve
from click.testing import CliRunner, Result

import envgov as eg
from envgov.cli import envgov
from envgov.codec import to_json
from envgov.frames import Table, tables_of, write_parquet
from envgov.frames.happenings import days_on_record
from envgov.season_csv import read_season
from frames.test_kinds_of_tables import RANKED, SCHEME, SHOWN, folder_of

LOUXING = Path(__file__).parents[2] / "docs" / "examples" / "louxing"


def run(season: Path, out: Path, *more: str) -> Result:
    return CliRunner().invoke(envgov, ["assess", "--season", str(season), "--frames", str(out), *more])


def parquet(path: Path, **columns: list[object]) -> Path:
    (path / "scheme.json").write_text(to_json(SCHEME), encoding="utf-8")
    return folder_of(path, **columns)


def test_a_season_of_csv_is_decided_as_without_frames(tmp_path: Path) -> None:
    done = run(LOUXING, tmp_path / "out")
    assert done.exit_code == 0, done.output
    found = pl.read_parquet(tmp_path / "out" / "louxing-townships" / "standings.parquet")
    last = found.filter(found["round"] == found["round"].max()).sort("rank")
    assert last["score"].to_list() == [8728, 8699, 8697, 8666, 8662, 8631]


def test_a_season_of_parquet_is_decided(tmp_path: Path) -> None:
    done = run(parquet(tmp_path), tmp_path / "out", "--places", "1")
    assert done.exit_code == 0, done.output
    assert f"{tmp_path / 'out' / 'monthly' / 'standings'}.parquet  2" in done.output.splitlines()
    written = pl.read_parquet(tmp_path / "out" / "monthly" / "standings.parquet")
    assert set(written.select(SHOWN).rows()) == RANKED


def test_rounds_end_with_the_one_that_is_named(tmp_path: Path) -> None:
    done = run(LOUXING, tmp_path / "out", "--round", "2017-04")
    assert done.exit_code == 0, done.output
    rounds = pl.read_parquet(tmp_path / "out" / "louxing-townships" / "rounds.parquet")
    assert max(rounds["label"]) == "2017-04"


def test_a_round_that_there_is_not_is_refused_with_those_there_are(tmp_path: Path) -> None:
    done = run(LOUXING, tmp_path / "out", "--round", "2018-04")
    assert done.exit_code == 1
    assert "no round to assess; there is 2016-09" in done.output


def test_a_folder_in_which_nothing_happened_has_no_round(tmp_path: Path) -> None:
    pl.DataFrame({"unit": ["甲"], "level": ["村"]}).write_parquet(tmp_path / "units.parquet")
    (tmp_path / "scheme.json").write_text(to_json(SCHEME), encoding="utf-8")
    done = run(tmp_path, tmp_path / "out", "--places", "1")
    assert (done.exit_code, done.output) == (1, f"Error: {tmp_path}: no round to assess; there is none\n")


def test_a_file_that_is_damaged_inside_is_one_message(tmp_path: Path) -> None:
    file = parquet(tmp_path) / "inspections.parquet" / "0.parquet"
    written = file.read_bytes()
    file.write_bytes(written[:10] + bytes(100) + written[110:])
    done = run(tmp_path, tmp_path / "out", "--places", "1")
    assert (done.exit_code, isinstance(done.exception, SystemExit)) == (1, True)
    assert "a table is not read to its end: " in done.output
    assert not (tmp_path / "out").exists()


def test_days_that_no_season_has_are_told_though_no_round_holds_them(tmp_path: Path) -> None:
    done = run(parquet(tmp_path, day=[date(1, 1, 1)] * 2), tmp_path / "out", "--places", "1")
    assert done.exit_code == 1
    assert "inspections, day: a day before the year 1900 or after 2199, in 2 rows" in done.output
    assert not (tmp_path / "out").exists()


def test_a_season_of_which_no_scheme_reads_anything_says_why(tmp_path: Path) -> None:
    done = run(parquet(tmp_path, channel=["督察"] * 2), tmp_path / "out", "--places", "1")
    assert done.exit_code == 1
    assert (
        "the schemes rank 村, and the grid has 村; they read 督导, and 2 inspections have channels 督察" in done.output
    )
    assert not (tmp_path / "out").exists()


def test_a_season_of_csv_tells_what_nobody_reads_as_without_frames(tmp_path: Path) -> None:
    (tmp_path / "scheme.json").write_text(to_json(SCHEME), encoding="utf-8")
    (tmp_path / "grid.csv").write_text(GRID, encoding="utf-8")
    (tmp_path / "inspections.csv").write_text(INSPECTIONS + "甲,2024-01-06,督寻,70\n", encoding="utf-8")
    plain = CliRunner().invoke(envgov, ["assess", "--season", str(tmp_path)])
    done = run(tmp_path, tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert "督寻" in done.stderr
    assert done.stderr == plain.stderr


def test_a_scheme_that_ranks_nothing_may_have_nothing_to_say(tmp_path: Path) -> None:
    parquet(tmp_path)
    rung = eg.Rung("督办", eg.overdue(), ("村支书",))
    about = (eg.Ladder((rung,), publish="every rung", subject="issue"),)
    scheme = evolve(SCHEME, scoring=None, ranking=None, boards=(), ladders=about)
    (tmp_path / "scheme.json").write_text(to_json(scheme), encoding="utf-8")
    done = run(tmp_path, tmp_path / "out", "--places", "1")
    assert done.exit_code == 0, done.output
    assert pl.read_parquet(tmp_path / "out" / "monthly" / "measures.parquet").height == 0


def test_rulings_on_a_scheme_that_is_not_there_are_told(tmp_path: Path) -> None:
    ruled = {"unit": ["甲"], "concerns": [day(1)], "condition": ["{ kind = 'top', n = 1, ties = 'decide' }"]}
    parquet(tmp_path)
    pl.DataFrame({**ruled, "holds": [True], "scheme": ["montly"]}).write_parquet(tmp_path / "rulings.parquet")
    done = run(tmp_path, tmp_path / "out", "--places", "1")
    assert done.exit_code == 0, done.output
    assert "note: 1 rulings are on the scheme 'montly', which is not in the folder; monthly is" in done.stderr


def test_rulings_on_another_scheme_are_no_matter_of_one_that_was_named(tmp_path: Path) -> None:
    ruled = {"unit": ["甲"], "concerns": [day(1)], "condition": ["{ kind = 'top', n = 1, ties = 'decide' }"]}
    parquet(tmp_path)
    pl.DataFrame({**ruled, "holds": [True], "scheme": ["weekly"]}).write_parquet(tmp_path / "rulings.parquet")
    done = run(tmp_path, tmp_path / "out", "--places", "1", "--scheme", str(tmp_path / "scheme.json"))
    assert (done.exit_code, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (["assess", "--places", "1"], "--places says how to read Parquet"),
        (["assess"], "is a season of Parquet: envgov assess --frames OUT decides it"),
        (["explain", "甲"], "is a season of Parquet: envgov assess --frames OUT decides it"),
        (
            ["assess", "--frames", "out", "--places", "1", "--json"],
            "--json prints what is decided, and --frames writes",
        ),
    ],
)
def test_options_that_do_not_go_together_are_refused(command: list[str], told: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(envgov, [*command, "--season", str(parquet(tmp_path))])
    assert done.exit_code == 2
    assert told in " ".join(done.output.split())


def test_a_season_of_csv_needs_no_decimals(tmp_path: Path) -> None:
    done = run(LOUXING, tmp_path / "out", "--places", "1")
    assert done.exit_code == 2
    assert "is a season of CSV: leave it out" in " ".join(done.output.split())


def test_the_decimals_of_parquet_are_asked_for(tmp_path: Path) -> None:
    done = run(parquet(tmp_path), tmp_path / "out")
    assert done.exit_code == 2
    assert "say with --places how many decimals points have" in done.output


def test_unsound_tables_are_one_message_and_nothing_is_written(tmp_path: Path) -> None:
    done = run(parquet(tmp_path, unit=["甲", "丁"]), tmp_path / "out", "--places", "1")
    assert done.exit_code == 1
    assert "inspections, unit: the units have no such code (found '丁')" in done.output
    assert not (tmp_path / "out").exists()


def test_what_frames_refuse_is_told_by_name(tmp_path: Path) -> None:
    near = evolve(SCHEME, ranking=eg.RankBy(1, tolerance="0.5"))
    parquet(tmp_path)
    (tmp_path / "scheme.json").write_text(to_json(near), encoding="utf-8")
    done = run(tmp_path, tmp_path / "out", "--places", "1")
    assert "ties within a tolerance have no columnar form" in done.output


def day(month: int, n: int = 5) -> date:
    return date(2024, month, n)


def issue(*events: tuple[str, date, date | None]) -> eg.Issue:
    return eg.Issue("一", "甲", tuple(eg.Event(eg.EventKind(what), on, due=due) for what, on, due in events))


def duty(month: int, came: date | None = None) -> eg.Duty:
    at = None if came is None else datetime(came.year, came.month, came.day, 9, tzinfo=UTC)
    due = datetime(2024, month, 5, 18, tzinfo=UTC)
    return eg.Duty("月报", "甲", due, None if at is None else eg.Submission("月报", "甲", at))


JANUARY: dict[str, Any] = {"inspections": [eg.Inspection("甲", day(1), "督导", stated="80")]}
FOUND = ("found", day(1), day(2))
SHAPES: dict[str, dict[str, Any]] = {
    "nothing between": {"stated_ranks": [eg.StatedRank("甲", day(3), "通报", 1, 2)]},
    "a survey": {"surveys": [eg.Survey("甲", day(4), "电话", 9, 8, 7)]},
    "an output": {"outputs": [eg.Output("甲", day(4), "垃圾", "3", "吨")]},
    "a task": {"tasks": [eg.Task(name="改厕", unit="甲", leader="", department="", progress="50", day=day(4))]},
    "an acceptance": {"acceptances": [eg.UnitAcceptance("甲", day(4), passed=True)]},
    "a slip": {"slips": [eg.Slip("甲", "白单", day(4), "督导组")]},
    "a return that is owed later": {"duties": [duty(4)]},
    "a return that was owed before": {"duties": [duty(4, day(6))]},
    "a return owed before anything happened": {"duties": [evolve(duty(1), due=datetime(2023, 11, 5, 18, tzinfo=UTC))]},
    "an issue that is overdue": {"issues": [issue(FOUND, ("listed for supervision", day(6), None))]},
    "an issue that was closed in time": {
        "issues": [issue(FOUND, ("fixed on the spot", day(1, 6), None), ("rewarded", day(6), None))]
    },
    "an issue that was closed too late": {"issues": [issue(FOUND, ("fixed on the spot", day(6), None))]},
    "an issue with a later date": {
        "issues": [issue(FOUND, ("extended", day(1, 9), day(4)), ("listed for supervision", day(6), None))]
    },
    "an issue that was suspended": {
        "issues": [issue(FOUND, ("suspended", day(1, 9), None), ("resumed", day(6), None))]
    },
    "an issue that came back without a date": {
        "issues": [
            issue(
                FOUND,
                ("fixed on the spot", day(1), None),
                ("relapsed", day(1, 6), None),
                ("listed for supervision", day(6), None),
            )
        ]
    },
    "an issue that falls due later": {"issues": [issue(FOUND)]},
}


@pytest.mark.parametrize("shape", SHAPES)
def test_tables_hold_the_days_that_facts_hold(shape: str) -> None:
    facts = eg.Facts(eg.Grid([eg.Unit("甲", "甲村", "村")]), **JANUARY, **SHAPES[shape])
    assert days_on_record(tables_of(facts)) == facts.days()


GRID = "code,name,level\n甲,甲村,村\n"
INSPECTIONS = "unit,day,channel,stated\n甲,2024-01-05,督导,80\n"


@pytest.mark.parametrize(
    ("table", "rows", "labels"),
    [
        ("tasks", "name,unit,day,progress\n改厕,甲,2024-04-05,100\n", {"2024-01", "2024-04"}),
        ("acceptances", "unit,day,passed\n甲,2024-03-05,yes\n", {"2024-01", "2024-03"}),
        ("duties", "what,owed_by,due,submitted\n月报,甲,2024-03-05 18:00,2024-06-05 18:00\n", {"2024-01", "2024-03"}),
        (
            "issues",
            "id,place,found,due,rectified,accepted\n一,甲,2024-01-06,2024-03-05,2024-06-07,2024-06-07\n",
            {"2024-01", "2024-03", "2024-06"},
        ),
    ],
)
def test_the_rounds_of_parquet_are_those_of_csv(table: str, rows: str, labels: set[str], tmp_path: Path) -> None:
    counted = to_json(evolve(SCHEME, scoring=eg.count_inspections(), boards=()))
    (tmp_path / "csv").mkdir()
    for name, text in {"grid": GRID, "inspections": INSPECTIONS, table: rows}.items():
        (tmp_path / "csv" / f"{name}.csv").write_text(text, encoding="utf-8")
    tables = tables_of(read_season(tmp_path / "csv"))
    write_parquet({name: Table(frame) for name, frame in tables.frames.items()}, tmp_path / "parquet")
    told = []
    for season, more in (("csv", list[str]()), ("parquet", ["--places", str(tables.places)])):
        (tmp_path / season / "scheme.json").write_text(counted, encoding="utf-8")
        done = run(tmp_path / season, tmp_path / "out" / season, *more)
        assert done.exit_code == 0, done.output
        folder = tmp_path / "out" / season / "monthly"
        told.append({path.name: set(pl.read_parquet(path).rows()) for path in sorted(folder.iterdir())})
    assert told[0] == told[1]
    assert {label for *_, label in told[1]["rounds.parquet"]} == labels


def test_a_folder_that_is_there_is_told_before_any_work(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    done = run(parquet(tmp_path, unit=["甲", "丁"]), tmp_path / "out", "--places", "1")
    assert done.exit_code == 1
    assert "out is there already: remove it, or name another folder" in done.output


@pytest.mark.parametrize("id_", ["..", ".", "../beside", "a\\b"])
def test_a_scheme_whose_id_cannot_name_a_folder_is_refused(id_: str, tmp_path: Path) -> None:
    parquet(tmp_path)
    (tmp_path / "scheme.json").write_text(to_json(evolve(SCHEME, id=id_)), encoding="utf-8")
    done = run(tmp_path, tmp_path / "out", "--places", "1")
    assert done.exit_code == 1
    assert "a folder of tables cannot be called" in done.output
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "beside").exists()
