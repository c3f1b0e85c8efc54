"""A locality's own kinds: with a columnar form, frames decide what objects decide; without one, they refuse by name."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal

import narwhals.stable.v2 as nw
import pytest
from attrs import frozen

import envgov as eg
from envgov.frames import FramesError, assess, tables_of
from envgov.frames.engine import whole
from envgov.frames.number import number
from envgov.testing.claims import columns
from envgov.testing.trials import ConformanceError, trials_of
from meta.town import BASE, board


@eg.term("town.last_of_all")
@frozen(repr=False)
class last_of_all:
    """Nobody is behind."""

    def at(self, place: eg.Place) -> eg.Reason:
        standing = place.standing()
        return eg.Reason(self, standing is not None and standing.behind == 0, (standing,) if standing else ())

    def columns(self, places: Any) -> Any:
        standings = places.standings["score"]
        return standings.known & (standings.behind == 0)


@eg.term("town.visited")
@frozen(repr=False)
class visited:
    """Ten points for whoever was inspected, and none for others."""

    better: Literal["higher", "lower"] = "higher"

    def scores(self, units: Sequence[str], evidence: eg.Evidence) -> Mapping[str, eg.Reason]:
        return {unit: eg.Reason(self, Fraction(10 * bool(evidence.inspections(unit))), ()) for unit in units}

    def column(self, sheet: Any) -> Any:
        seen = sheet.rounds.place(sheet.tables["inspections"].select("unit", "day", seen=whole(10)))
        seen = sheet.rounds.spread(seen).select("round", "unit", "seen").unique()
        name = sheet.plan.name("seen")
        sheet.join(seen.rename({"seen": name}), {name: 0})
        return number(sheet, self, nw.col(name), whole(0), (0, 10))


@eg.term("town.at_odds")
@frozen(repr=False)
class at_odds:
    """A condition that objects decide, and its columnar form does not."""

    def at(self, place: eg.Place) -> eg.Reason:
        return eg.Reason(self, place.standing() is None, ())

    def columns(self, places: Any) -> Any:
        raise eg.SchemeError(f"{len(places.rounds)} rounds are too few")


@eg.term("town.formless")
@frozen(repr=False)
class formless:
    """A condition that has no columnar form."""

    def at(self, place: eg.Place) -> eg.Reason:
        return eg.Reason(self, place.standing() is None, ())


def locality(**changes: Any) -> eg.Locality:
    return eg.Locality("town", "示例镇", (eg.Scheme(**BASE | changes),))


SOUND = locality(
    scoring=eg.total(eg.stated("督导", several="mean"), visited(), absent="zero"), boards=(board(last_of_all()),)
)


def test_own_kinds_that_agree_with_their_columnar_forms_keep_the_claim() -> None:
    columns.check_decides_the_same_in_columns(SOUND)


def test_a_kind_without_a_columnar_form_is_refused_by_name_before_any_work() -> None:
    odd = locality(boards=(board(formless()),))
    [scheme] = odd.schemes["villages"]
    trial = trials_of(odd)[0]
    with pytest.raises(FramesError, match=r"the kind 'town.formless' has no columnar form"):
        assess(scheme, [eg.month().round_of(scheme.since)], tables_of(trial.facts))
    columns.check_decides_the_same_in_columns(odd)


def test_what_frames_refuse_by_name_is_forgiven_to_a_kind_that_has_a_columnar_form() -> None:
    columns.check_decides_the_same_in_columns(
        locality(ranking=eg.RankBy(1, tolerance="0.5"), boards=(board(last_of_all()),))
    )


def test_a_columnar_form_that_does_not_decide_what_objects_decide_breaks_the_claim() -> None:
    with pytest.raises(ConformanceError, match=r"SchemeError: .* rounds? .*decide in columns whatever is decided"):
        columns.check_decides_the_same_in_columns(locality(boards=(board(at_odds()),)))
