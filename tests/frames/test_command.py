"""`envgov assess --frames`: a season in, a folder of tables out."""

from pathlib import Path

import polars as pl
from attrs import evolve
from click.testing import CliRunner, Result

import envgov as eg
from envgov.cli import envgov
from envgov.codec import to_json
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
