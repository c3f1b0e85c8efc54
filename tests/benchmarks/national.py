"""A made-up nation, of any size and the same each time: villages, inspections, findings and issues of 2025, as Parquet.

`python -m benchmarks.national FOLDER UNITS`. Each village is in a town of 26, each town in a county of 10. It is inspected
twice a month, once by the town or the supervision, once by the supervision or a drone; one village in a hundred is
not, in each month. A sheet has twenty lines, most without a deduction; deductions are whole or half points, and each
village has a rate of its own, so that some are last again and again. Six issues are found in a village and month; some
are closed on the very day on which they were due, or a day off it. Files of inspections, findings and events hold one
month each, so that a month can be closed without the others.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

import envgov as eg
from benchmarks.baselines.answer import CHANNELS
from benchmarks.national_scheme import MONTHS, PLACES, ROUNDS

EVENTS = ("found", "rectified", "accepted")
DEDUCTIONS = np.array([50, 100, 150, 200, 300, 500], np.int64)
LINES = np.array([f"{n:02}" for n in range(1, 21)])
STARTS = np.array([(r.start - date(1970, 1, 1)).days for r in (*ROUNDS, eg.month().round_of(ROUNDS[-1].end))])
"""The first day of each month, and of the January after, in days since 1970."""

_INT, _TEXT, _DAY = pa.int64(), pa.string(), pa.date32()
SCHEMAS = {
    "units": {"unit": _INT, "name": _TEXT, "level": _TEXT, "parent": _INT, "since": _DAY, "until": _DAY},
    "inspections": {"id": _INT, "unit": _INT, "day": _DAY, "channel": _TEXT, "stated": _INT},
    "findings": {"inspection": _INT, "item": _TEXT, "deduction": _INT},
    "issues": {"id": _INT, "place": _INT, "category": _TEXT, "source": _TEXT},
    "events": dict(
        zip(
            ("issue", "position", "day", "what", "by", "due", "slip"),
            (_INT, _INT, _DAY, _TEXT, _TEXT, _DAY, _TEXT),
            strict=True,
        )
    ),
}
"""The columns of each table, as `envgov.frames` reads them; codes and ids are whole numbers."""
BATCH = 50_000


def write_nation(folder: Path, units: int) -> None:
    """All five tables below the folder: `units/`, `inspections/`, `findings/`, `issues/`, `events/`."""
    for table in SCHEMAS:
        (folder / table).mkdir(parents=True, exist_ok=True)
    villages = _write_units(folder, units)
    rate = np.random.default_rng(units).beta(2, 14, units).astype(np.float32)
    first = 0
    for month in range(MONTHS):
        first += _write_inspections(folder, month, first, villages, rate)
    _write_issues(folder, villages)


def _file(folder: Path, table: str, month: int) -> Path:
    return folder / table / f"m{month + 1:02}.parquet"


def _write(writer: pq.ParquetWriter, **columns: Any) -> None:
    """A part of a table; of columns that are not given there is nothing to tell."""
    size = len(next(iter(columns.values())))
    absent = {_TEXT: pa.repeat("", size), _DAY: pa.nulls(size, _DAY), _INT: pa.nulls(size, _INT)}
    given = {field.name: columns.get(field.name, absent[field.type]) for field in writer.schema}
    writer.write_table(pa.table(given, schema=writer.schema))


def _writer(path: Path) -> pq.ParquetWriter:
    return pq.ParquetWriter(path, pa.schema(SCHEMAS[path.parent.name]), compression="zstd")


def _write_units(folder: Path, units: int) -> np.ndarray:
    index = np.arange(units, dtype=np.int64)
    county, town = 100_000 + index // 260, index // 26
    town = county * 1000 + town % 10 + 1
    village = town * 1000 + index % 26 + 1
    codes: list[np.ndarray] = []
    levels: list[str] = []
    parents: list[int | None] = []
    for level, code, parent in (("县", county, None), ("镇", town, county), ("村", village, town)):
        seen, at = np.unique(code, return_index=True)
        codes.append(seen)
        levels += [level] * len(seen)
        parents += [None] * len(seen) if parent is None else parent[at].tolist()
    code = np.concatenate(codes)
    names = [f"{code}{level}" for code, level in zip(code.tolist(), levels, strict=True)]
    with _writer(folder / "units" / "units.parquet") as writer:
        _write(writer, unit=code, name=names, level=levels, parent=pa.array(parents, pa.int64()))
    return village


def _write_inspections(folder: Path, month: int, first: int, villages: np.ndarray, rate: np.ndarray) -> int:
    """The month's inspections, in no order; their ids begin at `first`. How many there were."""
    draw = np.random.default_rng((len(villages), month))
    [present] = np.nonzero(draw.random(len(villages)) > 0.01)
    n = len(present)
    channel = np.concatenate([draw.random(n) < 0.2, 1 + (draw.random(n) < 0.5)]).astype(np.int8)
    shuffled = draw.permutation(2 * n)
    unit, channel = np.concatenate([present, present])[shuffled], channel[shuffled]
    day = draw.integers(STARTS[month], STARTS[month + 1], 2 * n).astype(np.int32)
    ids = np.arange(first, first + 2 * n)
    with _writer(_file(folder, "inspections", month)) as visits, _writer(_file(folder, "findings", month)) as findings:
        for begin in range(0, 2 * n, BATCH):
            part = slice(begin, begin + BATCH)
            names = _words(channel[part], CHANNELS)
            _write(visits, id=ids[part], unit=villages[unit[part]], day=pa.array(day[part], pa.date32()), channel=names)
            filed = ids[part][ids[part] % 64 != 0]  # of some nothing is filed but the visit
            of = unit[part][ids[part] % 64 != 0]
            found = draw.random((len(filed), 20), np.float32) < rate[of, None]
            deduction = np.where(found, DEDUCTIONS[draw.integers(0, 6, found.shape)], 0)
            items = _words(np.tile(np.arange(20, dtype=np.int8), len(filed)), LINES)
            _write(findings, inspection=np.repeat(filed, 20), item=items, deduction=deduction.ravel())
    return 2 * n


def _words(index: np.ndarray, words: object) -> pa.Array:
    return pa.DictionaryArray.from_arrays(index, pa.array(words, pa.string())).cast(pa.string())


def _write_issues(folder: Path, villages: np.ndarray) -> None:
    """Issues by the month in which they were found; events by the month in which they happened."""
    n = 6 * len(villages)
    with ExitStack() as stack:
        events = [stack.enter_context(_writer(_file(folder, "events", month))) for month in range(MONTHS)]
        for month in range(MONTHS):
            draw = np.random.default_rng((len(villages), MONTHS + month))
            ids = np.arange(month * n, (month + 1) * n)
            with _writer(_file(folder, "issues", month)) as issues:
                _write(issues, id=ids, place=villages[draw.integers(0, len(villages), n)])
            found = draw.integers(STARTS[month], STARTS[month + 1], n)
            due = found + np.array([1, 3, 7, 15])[draw.integers(0, 4, n)]
            close = draw.random(n) < 0.15  # done on the day that it was due, or a day off it
            taken = np.where(close, due + draw.integers(-1, 2, n) - found, draw.exponential(5, n).astype(np.int64))
            rectified = np.where(draw.random(n) < 0.05, STARTS[-1], found + taken)
            accepted = rectified + np.where(close, 0, np.array([0, 0, 1, 2])[draw.integers(0, 4, n)])
            for later in range(month, MONTHS):
                for position, (what, days) in enumerate(zip(EVENTS, (found, rectified, accepted), strict=True)):
                    [now] = np.nonzero((days >= STARTS[later]) & (days < STARTS[later + 1]))
                    dates = due[now] if what == "found" else [None] * len(now)
                    _write(
                        events[later],
                        issue=ids[now],
                        position=np.full(len(now), position),
                        day=pa.array(days[now].astype(np.int32), pa.date32()),
                        what=_words(np.zeros(len(now), np.int8), [what]),
                        due=pa.array(dates, pa.int32()).cast(pa.date32()),
                    )


def _rows(folder: Path, table: str, *columns: str) -> Iterator[tuple[Any, ...]]:
    for file in sorted((folder / table).iterdir()):
        read = pq.read_table(file, columns=list(columns))
        yield from zip(*(read[name].to_pylist() for name in columns), strict=True)


def read_facts(folder: Path) -> eg.Facts:
    """The same nation as objects, for the reference."""
    findings: dict[int, list[eg.Finding]] = defaultdict(list)
    for inspection, item, deduction in _rows(folder, "findings", "inspection", "item", "deduction"):
        findings[inspection].append(_finding(item, deduction))
    events: dict[int, list[tuple[int, eg.Event]]] = defaultdict(list)
    for issue, position, day, what, due in _rows(folder, "events", "issue", "position", "day", "what", "due"):
        events[issue].append((position, eg.Event(eg.EventKind(what), day, due=due)))
    return eg.Facts(
        eg.Grid(
            eg.Unit(str(unit), name, level, None if parent is None else str(parent))
            for unit, name, level, parent in _rows(folder, "units", "unit", "name", "level", "parent")
        ),
        inspections=(
            eg.Inspection(str(unit), day, channel, tuple(findings[id_]), id=str(id_))
            for id_, unit, day, channel in _rows(folder, "inspections", "id", "unit", "day", "channel")
        ),
        issues=(
            eg.Issue(str(id_), str(place), tuple(event for _, event in sorted(events[id_], key=itemgetter(0))))
            for id_, place in _rows(folder, "issues", "id", "place")
        ),
        synthetic="每个村、每次检查、每个问题均为虚构",
    )


@cache
def _finding(item: str, deduction: int) -> eg.Finding:
    return eg.Finding(item, Decimal(deduction).scaleb(-PLACES))


if __name__ == "__main__":
    write_nation(Path(sys.argv[1]), int(sys.argv[2]))
