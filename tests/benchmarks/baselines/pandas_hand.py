"""The nation's answer by hand in pandas, month by month where tables are large. `python -m benchmarks.baselines.pandas_hand DATA OUT`."""

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.baselines import answer as a

Frame = Any
Column = Any  # pandas has no types of its own
KEY = ["month", "unit"]


def month_of(days: Column) -> Column:
    """Null where there is no day."""
    return (days.dt.year - 2025) * 12 + days.dt.month - 1


def half_up(numerator: Column, denominator: Column) -> Column:
    return (2 * numerator + denominator) // (2 * denominator)


def read(folder: Path, table: str, columns: list[str]) -> Frame:
    return pd.read_parquet(folder / table, columns=columns)


def days(column: Column) -> Column:
    return column.astype("datetime64[s]")


def scores(folder: Path) -> Frame:
    parts = []
    for file in sorted((folder / "inspections").iterdir()):
        findings = pd.read_parquet(folder / "findings" / file.name, columns=["inspection", "deduction"])
        lost = findings.groupby("inspection", sort=False).deduction.sum()
        visits = pd.read_parquet(file, columns=["id", "unit", "day", "channel"])
        marks = np.maximum(10_000 - visits.id.map(lost).fillna(0).astype("int64"), 0)
        month = month_of(days(visits.day)).astype("int64")
        each = marks.groupby([month.rename("month"), visits.unit, visits.channel.astype("category")], observed=True)
        parts.append(each.agg(["sum", "count"]).unstack("channel", fill_value=0))  # noqa: PD010
    sums = pd.concat(parts).fillna(0).astype("int64")
    some = [sums["count", c].clip(lower=1) for c in a.CHANNELS]
    weights = [(sums["count", c] > 0) * w for c, w in zip(a.CHANNELS, a.WEIGHTS, strict=True)]
    totals = [sums["sum", c] for c in a.CHANNELS]
    numerator = (
        weights[0] * totals[0] * some[1] * some[2]
        + weights[1] * totals[1] * some[0] * some[2]
        + weights[2] * totals[2] * some[0] * some[1]
    )
    denominator = (weights[0] + weights[1] + weights[2]) * some[0] * some[1] * some[2]
    return half_up(numerator, denominator).rename("score").reset_index()


def ledger(folder: Path, villages: Column, months: int) -> Frame:
    """Of every village and month: how many were due, of these closed and on time, and how many are overdue."""
    events = read(folder, "events", ["issue", "day", "what", "due"])
    found = events[events.what == "found"].set_index("issue").due
    lives = read(folder, "issues", ["id", "place"]).set_index("id").rename(columns={"place": "unit"})
    lives["due"] = days(found.reindex(lives.index))
    for what in ("rectified", "accepted"):
        lives[what] = days(events[events.what == what].set_index("issue").day.reindex(lives.index))
    del events, found
    month, accepted = month_of(lives.due).astype("int64"), month_of(lives.accepted)
    told = pd.DataFrame({"unit": lives.unit, "month": month, "due": 1, "met": accepted <= month})
    told["on_time"] = lives.accepted <= lives.due
    book = told.groupby(["unit", "month"])[["due", "met", "on_time"]].sum()
    late = month_of(lives.due + pd.Timedelta(days=1)).astype("int64")
    done = month_of(lives.rectified).fillna(months).astype("int64")
    overdue = done > late
    for name, when in (("began", late), ("ended", done)):
        of = pd.DataFrame({"unit": lives.unit[overdue], "month": when[overdue]})
        book = book.join(of.groupby(["unit", "month"]).size().rename(name), how="outer")
    every = pd.MultiIndex.from_product([villages, range(months)], names=["unit", "month"])
    book = book.reindex(every).fillna(0).astype("int64").reset_index()
    book["overdue"] = (book.began - book.ended).groupby(book.unit, sort=False).cumsum()
    known, due = book.due > 0, book.due.clip(lower=1)
    book["closed"] = half_up(10_000 * book.met, due).where(known).astype("Int64")
    book["on_time"] = half_up(10_000 * book.on_time, due).where(known).astype("Int64")
    return book[[*KEY, "closed", "on_time", "overdue"]]


def count(sheet: Frame, number: Column, prefix: str, groups: list[Column], *, higher: bool = True) -> None:
    """How many of the group are ahead, tied and behind. Ranks of pandas are floats: no number may exceed 2**53."""
    of = number.groupby(groups)
    sheet[f"{prefix}ahead"] = (of.rank("min", ascending=not higher) - 1).astype("Int64")
    sheet[f"{prefix}behind"] = (of.rank("min", ascending=higher) - 1).astype("Int64")
    size = of.transform("count").where(number.notna())
    sheet[f"{prefix}tied"] = size.astype("Int64") - sheet[f"{prefix}ahead"] - sheet[f"{prefix}behind"]


def rank(sheet: Frame) -> None:
    town, county = [sheet.month, sheet.town], [sheet.month, sheet.county]
    count(sheet, sheet.score, "", town)
    count(sheet, sheet.closed, "closed_", town)
    count(sheet, sheet.on_time, "on_time_", town)
    count(sheet, sheet.overdue, "overdue_", town, higher=False)
    sheet["dense"] = sheet.score.groupby(town).rank("dense", ascending=False).astype("int64")
    count(sheet, sheet.score, "county_", county)
    packed = (10_000 - sheet.score) * (1 << 32) + sheet.overdue
    count(sheet, packed, "packed_", county, higher=False)
    sheet["rank"], sheet["county_rank"] = sheet.ahead + 1, sheet.county_ahead + 1
    sheet["county_before"], sheet["county_level"] = sheet.packed_ahead - sheet.county_ahead, sheet.packed_tied


def place(sheet: Frame) -> Column:
    size = sheet.ahead + sheet.tied + sheet.behind
    seats = (a.CUT * size // (2 * a.CUT)).where(size < 2 * a.CUT, a.CUT)
    county = sheet.county_ahead + sheet.county_tied + sheet.county_behind
    share = np.minimum((a.SHARE * county + 99) // 100, county - 1)
    mixed = sheet.tied < size
    watched = (sheet.county_tied < county) & (sheet.packed_behind < share)
    cases = [
        (mixed & (sheet.behind < seats) & (sheet.score < a.BLACK_BELOW), a.BLACK),
        (mixed & (sheet.ahead < seats) & (sheet.score >= a.RED_FROM), a.RED),
        (watched & (sheet.packed_behind + sheet.packed_tied <= share), a.YELLOW),
        (watched, a.PENDING),
    ]
    return np.select([case.to_numpy(bool) for case, _ in cases], [tier for _, tier in cases], a.GREEN)


def look_back(sheet: Frame) -> None:
    """Of rows by village and month."""
    black = (sheet.tier == a.BLACK).astype("int64")
    of = black.groupby(sheet.unit, sort=False)
    listings = of.cumsum()
    run = black.groupby([sheet.unit, sheet.month - listings, black], sort=False).cumsum()
    before = sum(of.shift(n).fillna(0).astype("int64") for n in (1, 2))
    sheet["streak"], sheet["in_three"], sheet["in_year"] = black * run, black * (1 + before), black * listings


def measures(sheet: Frame) -> Column:
    return (
        sheet.tier.isin([a.YELLOW, a.PENDING]) * a.WATCHED
        + ((sheet.tier == a.BLACK) & (sheet.streak < 2)) * a.REMINDED
        + (sheet.streak >= 2) * a.TALKED
        + (sheet.in_three >= 2) * a.SUPERVISED
        + (sheet.in_year == 3) * a.LISTED
        + (sheet.tier == a.RED) * a.FLAGGED
    )


def write_answer(folder: Path, out: Path, months: int = 12) -> None:
    units = read(folder, "units", ["unit", "level", "parent"])
    above = units.set_index("unit").parent
    villages = units[units.level == "村"].unit
    sheet = scores(folder).merge(ledger(folder, villages, months), on=KEY)
    sheet = sheet.sort_values(["unit", "month"], ignore_index=True)
    sheet["town"] = sheet.unit.map(above).astype("int64")
    sheet["county"] = sheet.town.map(above).astype("int64")
    rank(sheet)
    sheet["tier"] = place(sheet)
    look_back(sheet)
    sheet["measures"] = measures(sheet)
    sheet[list(a.COLUMNS)].to_parquet(out, index=False)


if __name__ == "__main__":
    write_answer(Path(sys.argv[1]), Path(sys.argv[2]))
