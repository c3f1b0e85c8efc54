"""Its rounds overlap."""

from datetime import date, timedelta

from attrs import frozen

import envgov as eg
from meta.town import scheme, town

BREAKS = {"parts_the_days", "raises_nothing"}


@eg.term("bad.fortnight")
@frozen(repr=False)
class fortnight:
    def round_of(self, day: date) -> eg.Round:
        return eg.Round(day, day + timedelta(14), day.isoformat())


PLUGIN = town(scheme(cadence=fortnight()), kinds=[fortnight])
