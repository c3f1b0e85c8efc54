"""The nation's answer by hand in plain objects and whole numbers; Polars reads and writes the files, nothing more.

`python -m benchmarks.baselines.objects_hand DATA OUT`.
"""

import gc
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import attrs
import polars as pl

from benchmarks.baselines import answer as a


@attrs.define
class Visit:
    month: int
    unit: int
    channel: str
    lost: list[int]


@attrs.define
class Problem:
    unit: int
    due: date
    rectified: date | None = None
    accepted: date | None = None


@attrs.define
class Row:
    """One village in one month."""

    month: int
    unit: int
    town: int
    county: int
    score: int
    closed: int | None = None
    on_time: int | None = None
    overdue: int = 0
    places: dict[str, int] = attrs.Factory(dict)
    tier: int = a.GREEN
    streak: int = 0
    in_three: int = 0
    in_year: int = 0
    measures: int = 0


def month_of(day: date) -> int:
    return (day.year - 2025) * 12 + day.month - 1


def half_up(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)


def scores(visits: Iterable[Visit]) -> dict[tuple[int, int], int]:
    seen: dict[tuple[int, int], dict[str, list[int]]] = defaultdict(dict)
    for visit in visits:
        marks = max(0, 10_000 - sum(visit.lost))
        seen[visit.month, visit.unit].setdefault(visit.channel, []).append(marks)
    weights = dict(zip(a.CHANNELS, a.WEIGHTS, strict=True))
    out = {}
    for key, channels in seen.items():
        numerator, denominator, known = 0, 1, 0
        for channel, given in channels.items():
            numerator = numerator * len(given) + weights[channel] * sum(given) * denominator
            denominator *= len(given)
            known += weights[channel]
        out[key] = half_up(numerator, denominator * known)
    return out


@attrs.define
class Book:
    """What the issues come to, by month and village."""

    due: Counter[tuple[int, int]] = attrs.Factory(Counter)
    closed: Counter[tuple[int, int]] = attrs.Factory(Counter)
    on_time: Counter[tuple[int, int]] = attrs.Factory(Counter)
    more: Counter[tuple[int, int]] = attrs.Factory(Counter)
    """How many more are overdue than the month before."""


def booked(problems: Iterable[Problem], months: int) -> Book:
    book = Book()
    for problem in problems:
        key = month_of(problem.due), problem.unit
        book.due[key] += 1
        if problem.accepted is not None:
            book.closed[key] += month_of(problem.accepted) <= key[0]
            book.on_time[key] += problem.accepted <= problem.due
        late = month_of(problem.due + timedelta(days=1))
        done = months if problem.rectified is None else month_of(problem.rectified)
        if done > late:
            book.more[late, problem.unit] += 1
            book.more[done, problem.unit] -= 1
    return book


def by(rows: Iterable[Row], key: Callable[[Row], int]) -> Iterable[list[Row]]:
    groups: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups.values()


def count(rows: Sequence[Row], name: str, number: Callable[[Row], int | None], *, higher: bool = True) -> None:
    """How many are ahead, tied and behind, and the dense rank."""
    of: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        if (n := number(row)) is not None:
            of[n].append(row)
    size, ahead = sum(map(len, of.values())), 0
    for dense, n in enumerate(sorted(of, reverse=higher), 1):
        tied = len(of[n])
        for row in of[n]:
            row.places |= {
                f"{name}ahead": ahead,
                f"{name}tied": tied,
                f"{name}behind": size - ahead - tied,
                f"{name}dense": dense,
            }
        ahead += tied


def rank(rows: Sequence[Row]) -> None:
    for town in by(rows, lambda row: row.town):
        count(town, "", lambda row: row.score)
        count(town, "closed_", lambda row: row.closed)
        count(town, "on_time_", lambda row: row.on_time)
        count(town, "overdue_", lambda row: row.overdue, higher=False)
    for county in by(rows, lambda row: row.county):
        count(county, "county_", lambda row: row.score)
        count(county, "packed_", lambda row: (10_000 - row.score << 32) + row.overdue, higher=False)


def place(row: Row) -> int:
    p = row.places
    size, county = (p[f"{of}ahead"] + p[f"{of}tied"] + p[f"{of}behind"] for of in ("", "county_"))
    seats = a.CUT if size >= 2 * a.CUT else a.CUT * size // (2 * a.CUT)
    if p["tied"] < size and p["behind"] < seats and row.score < a.BLACK_BELOW:
        return a.BLACK
    if p["tied"] < size and p["ahead"] < seats and row.score >= a.RED_FROM:
        return a.RED
    share = min((a.SHARE * county + 99) // 100, county - 1)
    if p["county_tied"] == county or p["packed_behind"] >= share:
        return a.GREEN
    return a.YELLOW if p["packed_behind"] + p["packed_tied"] <= share else a.PENDING


def look_back(row: Row, earlier: Sequence[Row]) -> None:
    if row.tier != a.BLACK:
        return
    last = earlier[-1] if earlier else None
    row.streak = 1 + (last.streak if last is not None and last.month == row.month - 1 else 0)
    row.in_three = 1 + sum(then.tier == a.BLACK for then in earlier[-2:])
    row.in_year = 1 + sum(then.tier == a.BLACK for then in earlier)


def measures(row: Row) -> int:
    bits = (
        (row.tier in {a.YELLOW, a.PENDING}, a.WATCHED),
        (row.tier == a.BLACK and row.streak < 2, a.REMINDED),
        (row.streak >= 2, a.TALKED),
        (row.in_three >= 2, a.SUPERVISED),
        (row.in_year == 3, a.LISTED),
        (row.tier == a.RED, a.FLAGGED),
    )
    return sum(bit for held, bit in bits if held)


def assess(
    villages: Mapping[int, tuple[int, int]], visits: Iterable[Visit], problems: Iterable[Problem], months: int = 12
) -> list[Row]:
    book, score = booked(problems, months), scores(visits)
    overdue: Counter[int] = Counter()
    history: dict[int, list[Row]] = defaultdict(list)
    out: list[Row] = []
    for month in range(months):
        rows = []
        for unit, above in villages.items():
            key = month, unit
            overdue[unit] += book.more[key]
            if key not in score:
                continue
            row = Row(month, unit, *above, score[key], overdue=overdue[unit])
            if due := book.due[key]:
                row.closed = half_up(10_000 * book.closed[key], due)
                row.on_time = half_up(10_000 * book.on_time[key], due)
            rows.append(row)
        rank(rows)
        for row in rows:
            row.tier = place(row)
            look_back(row, history[row.unit])
            row.measures = measures(row)
            history[row.unit].append(row)
        out += rows
    return out


def cells(row: Row) -> list[int | None]:
    p = row.places
    further = {
        "rank": p["ahead"] + 1,
        "county_rank": p["county_ahead"] + 1,
        "county_before": p["packed_ahead"] - p["county_ahead"],
        "county_level": p["packed_tied"],
    }
    return [further[name] if name in further else p.get(name, getattr(row, name, None)) for name in a.COLUMNS]


def read(folder: Path) -> tuple[dict[int, tuple[int, int]], list[Visit], list[Problem]]:
    units = pl.read_parquet(folder / "units/*.parquet")
    above = dict(units.select("unit", "parent").iter_rows())
    villages = {code: (above[code], above[above[code]]) for code in units.filter(level="村")["unit"].to_list()}
    lost: dict[int, list[int]] = defaultdict(list)
    for file in sorted((folder / "findings").iterdir()):
        for inspection, deduction in pl.read_parquet(file, columns=["inspection", "deduction"]).iter_rows():
            lost[inspection].append(deduction)
    visits = [
        Visit(month_of(day), unit, channel, lost[id_])
        for id_, unit, day, channel in pl.read_parquet(
            folder / "inspections/*.parquet", columns=["id", "unit", "day", "channel"]
        ).iter_rows()
    ]
    place = dict(pl.read_parquet(folder / "issues/*.parquet", columns=["id", "place"]).iter_rows())
    problems: dict[int, Problem] = {}
    for file in sorted((folder / "events").iterdir()):
        for issue, day, what, due in pl.read_parquet(file, columns=["issue", "day", "what", "due"]).iter_rows():
            if what == "found":
                problems[issue] = Problem(place[issue], due)
            else:
                setattr(problems[issue], what, day)
    return villages, visits, list(problems.values())


def write_answer(folder: Path, out: Path) -> None:
    given = read(folder)
    gc.freeze()
    rows = assess(*given)
    pl.DataFrame(map(cells, rows), schema=dict.fromkeys(a.COLUMNS, pl.Int64), orient="row").write_parquet(out)


if __name__ == "__main__":
    write_answer(Path(sys.argv[1]), Path(sys.argv[2]))
