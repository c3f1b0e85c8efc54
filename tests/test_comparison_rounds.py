"""Comparisons of seasons: which round of one meets which of the other."""

from datetime import date, timedelta

import pytest
from attrs import frozen

import envgov as eg
import towns


@frozen
class spans:
    """Rounds of so many days, counted from a first one."""

    days: int
    first: date

    def round_of(self, day: date) -> eg.Round:
        start = self.first + (day - self.first) // timedelta(self.days) * timedelta(self.days)
        return eg.Round(start, start + timedelta(self.days), f"自{start}")


WEEKS = spans(7, date(2024, 1, 1))
DAYS = (date(2024, 4, 24), date(2024, 5, 2), date(2024, 5, 22), date(2024, 5, 29))


def season_of(cadence: eg.Cadence, days: tuple[date, ...] = DAYS) -> eg.Season:
    units = [eg.Unit("甲", "甲", "村"), eg.Unit("乙", "乙", "村")]
    seen = [eg.Inspection(u, day, towns.CHANNEL, stated=eg.points(day.day)) for u in "甲乙" for day in days]
    return eg.assess_season(towns.scheme(cadence=cadence), eg.Facts(eg.Grid(units), inspections=seen))


def labels(assessments: tuple[eg.Assessment, ...]) -> list[str]:
    return [assessment.record.round.label for assessment in assessments]


def test_a_coarser_round_meets_the_last_finer_one_that_ends_in_it() -> None:
    """The weeks begin on Mondays: that of 29 April ends in May, and that of 27 May ends in June."""
    monthly, weekly = season_of(eg.month()), season_of(WEEKS)
    compared = eg.compare(monthly, weekly)
    assert [round.label for round in compared] == ["2024-04 / 自2024-04-22", "2024-05 / 自2024-05-20"]
    assert compared.only_in_a == ()
    assert labels(compared.only_in_b) == ["自2024-04-29", "自2024-05-27"]
    mirrored = eg.compare(weekly, monthly)
    assert [(round.b, round.a) for round in mirrored] == [(round.a, round.b) for round in compared]
    assert mirrored.only_in_a == compared.only_in_b


def test_a_finer_round_that_ends_with_the_coarser_is_its_last() -> None:
    ends = spans(7, date(2024, 5, 25))  # the first of these weeks is the last seven days of May
    compared = eg.compare(season_of(eg.month(), DAYS[3:]), season_of(ends, DAYS[3:]))
    assert [round.label for round in compared] == ["2024-05 / 自2024-05-25"]


def test_a_finer_round_that_ends_where_the_coarser_begins_is_not_its_own() -> None:
    last_of_april = season_of(spans(7, date(2024, 4, 24)), DAYS[:1])
    assert len(eg.compare(season_of(eg.month(), DAYS[3:]), last_of_april)) == 0


def test_a_coarser_round_in_which_no_finer_one_ends_is_listed_apart() -> None:
    compared = eg.compare(season_of(eg.month(), DAYS[3:]), season_of(WEEKS, DAYS[3:]))
    assert (len(compared), labels(compared.only_in_a), labels(compared.only_in_b)) == (0, ["2024-05"], ["自2024-05-27"])


def test_rounds_of_the_same_days_meet_and_the_others_are_listed_apart() -> None:
    a = eg.assess_season(towns.scheme(), towns.facts({"2024-03": {"甲": "1"}, "2024-04": {"甲": "1"}}))
    b = eg.assess_season(towns.scheme(), towns.facts({"2024-04": {"甲": "1"}, "2024-05": {"甲": "1"}}))
    compared = eg.compare(a, b)
    assert [round.label for round in compared] == ["2024-04"]
    assert (labels(compared.only_in_a), labels(compared.only_in_b)) == (["2024-03"], ["2024-05"])
    assert repr(compared).splitlines()[3:] == ["2024-04：1个单位中0个有变动", "", "仅a：2024-03", "", "仅b：2024-05"]


def test_rounds_as_long_as_each_other_on_other_days_do_not_meet() -> None:
    compared = eg.compare(season_of(WEEKS), season_of(spans(7, date(2024, 1, 3))))
    assert len(compared) == 0


def test_months_that_are_counted_from_another_day_do_not_meet_by_chance() -> None:
    """Thirty days from 26 April end in May, which has one day more; the next thirty end in June, which has as many."""
    thirty = season_of(spans(30, date(2024, 4, 26)), (date(2024, 5, 2), date(2024, 6, 2)))
    months = season_of(eg.month(), (date(2024, 5, 2), date(2024, 6, 2)))
    assert len(eg.compare(months, thirty)) == len(eg.compare(thirty, months)) == 0


def test_an_empty_season_has_no_counterparts() -> None:
    empty, season = eg.Season(()), season_of(eg.month())
    assert eg.compare(season, empty).only_in_a == season.assessments
    assert eg.compare(empty, season).only_in_b == season.assessments
    assert repr(eg.compare(empty, empty)) == ""
    with pytest.raises(eg.EnvGovError, match="no round of a has a counterpart in b"):
        eg.compare(empty, season).explain("甲")


def test_two_assessments_are_compared_whatever_their_rounds() -> None:
    facts = towns.facts({"2024-04": {"甲": "90", "乙": "80"}, "2024-05": {"甲": "70", "乙": "80"}})
    april, may = eg.assess_season(towns.scheme(), facts)
    compared = eg.compare(april, may)
    assert [move.unit for move in compared.movers] == ["乙", "甲"]
    assert compared.latest.label == "2024-04 / 2024-05"
    assert not compared.latest.corrects


def test_a_round_is_found_by_its_label_in_either() -> None:
    compared = eg.compare(season_of(eg.month()), season_of(WEEKS))
    for label in ("2024-04", "自2024-04-22", "2024-04 / 自2024-04-22"):
        assert compared[label] is compared.rounds[0]
    with pytest.raises(KeyError, match="no round '2024-06' in both: 2024-04 / 自2024-04-22, 2024-05 / 自2024-05-20"):
        compared["2024-06"]


def test_a_season_and_an_assessment_are_not_compared() -> None:
    season = season_of(eg.month())
    with pytest.raises(TypeError, match="compare two seasons or two assessments, not Season and Assessment"):
        eg.compare(season, season.latest)  # type: ignore[call-overload]
