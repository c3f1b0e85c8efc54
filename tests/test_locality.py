"""A locality: its schemes by id, each in its editions."""

from datetime import date
from typing import Any

import pytest
from attrs import evolve

import envgov as eg
import towns

OLD, NEW = towns.scheme(), towns.scheme(since=date(2024, 5, 1))
OTHER = towns.scheme(id="county")


def test_schemes_are_read_by_id_with_their_editions_oldest_first() -> None:
    locality = eg.Locality("town", "示例镇", [OTHER, NEW, OLD])
    assert list(locality.schemes) == ["county", "town"]
    assert locality.schemes["town"] == (OLD, NEW)
    assert locality == eg.Locality("town", "示例镇", (OLD, NEW, OTHER))


def test_a_scheme_that_is_not_there_is_told_beside_those_that_are() -> None:
    locality = eg.Locality("town", "示例镇", [OTHER, OLD])
    with pytest.raises(KeyError, match="no scheme 'village': the locality has county, town"):
        locality.schemes["village"]
    assert "village" not in locality.schemes
    assert locality.schemes.get("village") is None


def test_a_locality_is_varied_without_its_schemes() -> None:
    locality = eg.Locality("town", "示例镇", [OLD, NEW])
    assert evolve(locality, name="另一镇").schemes == locality.schemes


def test_the_editions_of_a_scheme_go_into_a_season_as_they_are() -> None:
    locality = eg.Locality("town", "示例镇", [NEW, OLD])
    season = eg.assess_season(locality.schemes["town"], towns.facts({"2024-04": {"甲": "80"}, "2024-05": {"甲": "80"}}))
    assert [assessment.edition for assessment in season] == ["2024-01-01", "2024-05-01"]


def test_a_locality_has_a_scheme_and_its_editions_have_days_of_their_own() -> None:
    with pytest.raises(eg.SchemeError, match="locality town: give one scheme at least"):
        eg.Locality("town", "示例镇", [])
    with pytest.raises(eg.SchemeError, match="two editions of town apply since one day: 2024-01-01, 2024-01-01"):
        eg.Locality("town", "示例镇", [OLD, OLD])


def test_one_scheme_without_brackets_is_refused_with_what_to_write() -> None:
    alone: Any = OLD
    with pytest.raises(eg.SchemeError, match="schemes: town alone is given: write a list of schemes"):
        eg.Locality("town", "示例镇", alone)


def test_schemes_cannot_be_changed_through_the_mapping() -> None:
    locality = eg.Locality("town", "示例镇", [OLD])
    with pytest.raises(TypeError):
        locality.schemes["town"] = ()  # type: ignore[index]


def test_who_provides_a_scheme_decides_nothing_and_is_stored() -> None:
    stamped = evolve(OLD, provider="envgov-town 1.0")
    assert stamped == OLD
    assert eg.from_dict(eg.to_dict(stamped)).provider == "envgov-town 1.0"
