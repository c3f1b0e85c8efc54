"""The tables that frames read, and the declared maxima that prove that no column overflows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import narwhals.stable.v2 as nw
from attrs import evolve, field, frozen

from envgov.checks import is_count
from envgov.frames.engine import Frame, emptied
from envgov.frames.table import Kind

COLUMNS: Mapping[str, Mapping[str, type]] = {
    "units": {"unit": str, "name": str, "level": str, "parent": str, "since": date, "until": date},
    "designations": {"unit": str, "designation": str},
    "inspections": {"id": str, "unit": str, "day": date, "channel": str, "stated": int},
    "findings": {"inspection": str, "item": str, "deduction": int},
    "issues": {"id": str, "place": str, "category": str, "source": str},
    "responsible": {"issue": str, "who": str},
    "events": {"issue": str, "position": int, "day": date, "what": str, "by": str, "due": date, "slip": str},
    "handed": {"issue": str, "position": int, "who": str},
    "surveys": {"unit": str, "day": date, "channel": str, "asked": int, "answered": int, "satisfied": int},
    "stated_ranks": {"unit": str, "day": date, "channel": str, "rank": int, "of": int},
    "outputs": {"unit": str, "day": date, "what": str, "amount": int},
    "tasks": {"name": str, "unit": str, "progress": int, "day": date},
    "acceptances": {"unit": str, "day": date, "passed": bool},
    "slips": {"unit": str, "slip": str, "day": date},
    "duties": {"what": str, "owed_by": str, "due": date, "came": date, "late": bool},
    "rulings": {"unit": str, "concerns": date, "condition": str, "holds": bool, "scheme": str, "issue": str},
    "assignments": {"who": str, "role": str, "place": str, "since": date, "until": date},
}
"""Each table with its columns and what they hold; points are in units of the last place (`Tables.places`).

A return `came` on the first day at the beginning of which it was there, in the time zone of its cut-off.
"""

POINTS = frozenset({("inspections", "stated"), ("findings", "deduction"), ("outputs", "amount"), ("tasks", "progress")})
OPTIONAL = frozenset(
    {
        *(("units", name) for name in ("name", "parent", "since", "until")),
        *(("inspections", name) for name in ("id", "stated")),
        *(("issues", name) for name in ("category", "source")),
        *(("events", name) for name in ("by", "due", "slip")),
        ("duties", "came"),
        ("rulings", "issue"),
        *(("assignments", name) for name in ("since", "until")),
    }
)
"""Columns that a table may lack: text is empty then, but for parents, and all else null."""


@frozen
class Maxima:
    """What the tables never exceed: from these it is proved, before any work, that no column overflows.

    `points`: the greatest score, deduction or amount, in units of the last place. `units`: units of the grid; `depth`:
    its levels; `children`, the units right below one. In one of the spans that a scheme asks about: `visits`, inspections of one unit; `findings`, of one inspection; `lists`, lengths of
    the lists in which one unit has stated ranks, and `listed`, the longest; `counted`, anything else of one unit (issues,
    returns, residents asked, outputs, tasks). Tables that exceed one are refused.
    """

    points: int = field(default=100_000, validator=is_count)
    units: int = field(default=1_000_000, validator=is_count)
    depth: int = field(default=8, validator=is_count)
    children: int = field(default=1_000, validator=is_count)
    visits: int = field(default=12, validator=is_count)
    findings: int = field(default=1_000, validator=is_count)
    lists: int = field(default=2, validator=is_count)
    listed: int = field(default=10_000, validator=is_count)
    counted: int = field(default=1_000_000, validator=is_count)


@frozen(repr=False, eq=False)
class Tables:
    """Lazy frames of one engine, by name; what is not given is empty.

    `places`: the decimals of points, which are whole numbers in units of the last of them. `kind`: that in which
    results are handed back. `sound`: whether the tables were made of facts, and need not be looked through.
    """

    frames: Mapping[str, Frame]
    places: int = field(kw_only=True)
    maxima: Maxima = field(default=Maxima(), kw_only=True)
    kind: Kind = field(default="native", kw_only=True)
    sound: bool = field(default=False, kw_only=True)

    def __getitem__(self, name: str) -> Frame:
        return self.frames[name]

    def without_rows(self) -> Tables:
        """The same columns, in Polars: what can be told of a plan without any fact is told by these."""
        return evolve(self, frames={name: emptied(frame) for name, frame in self.frames.items()})

    def after(self, earlier: Mapping[str, Frame]) -> Tables:
        """These tables, with what closed rounds leave to them."""
        both = {name: nw.concat([rows, self[name]]) for name, rows in earlier.items()}
        return evolve(self, frames={**self.frames, **both})

    @property
    def scale(self) -> int:
        return int(10**self.places)

    @property
    def units(self) -> Frame:
        return self.frames["units"]
