"""Chicago's sanitation complaints as a small table: of each ward and month how many were due, and were closed in time.

    python docs/examples/notebooks/chicago.py sanitation_code_complaints.csv.gz > docs/examples/notebooks/chicago.csv

The list is the City of Chicago's "311 Service Requests - Sanitation Code Complaints", from 2011 to 2014. The deadline of
five calendar days is ours: the city promised none.
"""

import csv
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import envgov as eg
from envgov.readers import read_layout, read_requests

WARDS = 50
LAYOUT = Path(__file__).parents[1] / "requests" / "chicago.toml"
ON_TIME = eg.rate(eg.on_time("closed"), eg.due(during="round"), by="place", empty="not assessed")
MONTHS = [eg.month().round_of(date(year, month, 1)) for year in range(2011, 2015) for month in range(1, 13)]


def counts(file: Path) -> Iterator[tuple[str, str, int, int]]:
    """Month, ward, closed in time, due."""
    wards = [str(n) for n in range(1, WARDS + 1)]
    grid = eg.Grid((eg.Unit("chicago", "Chicago", "city"), *(eg.Unit(n, n, "ward", "chicago") for n in wards)))
    requests = read_requests(file, read_layout(LAYOUT), grid, limits=(eg.Limit(eg.calendar_days(5)),))
    facts = eg.Facts(grid, issues=requests.every)
    for month in MONTHS:
        for ward, reason in ON_TIME.scores(wards, facts.during(month)).items():
            tally = reason.because[0]
            if isinstance(tally, eg.Tally) and tally.among:
                yield month.label, ward, tally.counted, tally.among


if __name__ == "__main__":
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(("month", "ward", "closed_on_time", "due"))
    table.writerows(counts(Path(sys.argv[1])))
