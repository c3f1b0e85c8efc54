"""Louxing's schemes decide as its bulletins print, and are those of the TOML files beside the season."""

import csv
from decimal import Decimal
from pathlib import Path
from typing import Literal

import pytest
from attrs import evolve

import envgov as eg
import envgov_louxing

EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "louxing"
FACTS = eg.read_season(EXAMPLE)
LOUXING = eg.load_registry(only=(), files=[envgov_louxing.__file__], strict=True)["louxing"]
SUBJECTS = ("streets", "townships")


def season(subject: str) -> eg.Season:
    return eg.assess_season(LOUXING.schemes[f"louxing-{subject}"], FACTS)


def test_the_locality_bears_its_name_and_has_two_schemes_of_one_edition_each() -> None:
    assert LOUXING.name == "娄星区"
    assert {id_: len(editions) for id_, editions in LOUXING.schemes.items()} == {
        "louxing-streets": 1,
        "louxing-townships": 1,
    }


@pytest.mark.parametrize(("subject", "unit", "score"), [("streets", "街道", "合计得分"), ("townships", "乡镇", "得分")])
def test_every_printed_score_and_rank_comes_out_to_the_digit(subject: str, unit: str, score: str) -> None:
    with (EXAMPLE / "published" / f"{subject}.csv").open(encoding="utf-8", newline="") as file:
        printed = {(row["期次"], row[unit], Decimal(row[score]), int(row["排名"])) for row in csv.DictReader(file)}
    decided = {(a.record.round.label, s.unit, s.score, s.rank) for a in season(subject) for s in a.record.standings}
    assert decided == printed


def test_nothing_but_the_assumed_ladder_proposes_and_it_says_so() -> None:
    [streets], [townships] = LOUXING.schemes.values()
    assert streets.ladders == ()
    assert "措施阶梯" in townships.source.assumed[0]
    assert "通报未作规定" in townships.source.assumed[0]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_toml_file_beside_the_season_says_the_same(subject: str) -> None:
    assert LOUXING.schemes[f"louxing-{subject}"] == (eg.read_scheme(EXAMPLE / f"{subject}.toml"),)


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_round_reads_as_with_the_toml_file(subject: str, language: Literal["zh", "en"]) -> None:
    provider = LOUXING.schemes[f"louxing-{subject}"][0].provider
    before = eg.assess_season(evolve(eg.read_scheme(EXAMPLE / f"{subject}.toml"), provider=provider), FACTS)
    for old, new in zip(before, season(subject), strict=True):
        assert new.table(language) == old.table(language)
        assert new.remarks(language) == old.remarks(language)
        for unit in old.units:
            assert eg.narrate(new.explain(unit.code), language) == eg.narrate(old.explain(unit.code), language)
