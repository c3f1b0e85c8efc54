"""What the strategies fit together, where it is too rare to be drawn each time."""

from hypothesis import given

import envgov as eg
from envgov.testing.dates import routines
from envgov.testing.schemes import _in_step

SCORE = eg.stated("督导", several="mean")


def test_what_grows_up_to_date_is_compared_with_no_round_before_it() -> None:
    change, repeats = eg.change(eg.year(), SCORE), eg.count_repeats(eg.year(), "督导")
    assert _in_step(eg.to_date(eg.year(), change), eg.month()) == eg.to_date(eg.year(), SCORE)
    assert _in_step(eg.to_date(eg.year(), repeats), eg.month()) == eg.to_date(
        eg.year(), eg.count_findings(channel="督导")
    )


def test_other_comparisons_are_with_the_round_before() -> None:
    assert _in_step(eg.change(eg.year(), SCORE), eg.month()) == eg.change(eg.month(), SCORE)
    assert _in_step(
        eg.mean_over(eg.month(), eg.change(eg.year(), SCORE), absent="skip", unheld="skip"), eg.quarter()
    ) == (eg.mean_over(eg.month(), eg.change(eg.month(), SCORE), absent="skip", unheld="skip"))


@given(routines())
def test_returns_are_owed_by_every_unit_of_a_level_and_by_others(drawn: tuple[eg.Routine, ...]) -> None:
    of_units, of_others = drawn
    assert of_units.of_level in ("村", "组")
    assert (of_others.of_level, bool(of_others.owed_by)) == ("", True)
