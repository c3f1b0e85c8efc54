"""The nation's answer by hand in Polars: one lazy plan, streamed. `python -m benchmarks.baselines.polars_hand DATA OUT`."""

import sys
from pathlib import Path

import polars as pl

from benchmarks.baselines import answer as a

Frame = pl.LazyFrame
Expr = pl.Expr
I64 = pl.Int64
col, lit, when = pl.col, pl.lit, pl.when
TOWN, COUNTY = ("month", "town"), ("month", "county")


def half_up(numerator: Expr, denominator: Expr) -> Expr:
    return (2 * numerator + denominator) // (2 * denominator)


def month_of(day: Expr) -> Expr:
    return (day.dt.year().cast(I64) - 2025) * 12 + day.dt.month().cast(I64) - 1


def villages(units: Frame) -> Frame:
    parents = units.select(town="unit", county="parent")
    return units.filter(level="村").select("unit", town="parent").join(parents, on="town")


def scores(inspections: Frame, findings: Frame) -> Frame:
    lost = findings.group_by("inspection").agg(lost=col("deduction").sum())
    marks = inspections.join(lost, left_on="id", right_on="inspection", how="left").select(
        "unit",
        "channel",
        month=month_of(col("day")),
        marks=pl.max_horizontal(10_000 - col("lost").fill_null(0), lit(0, I64)),
    )
    channels = list(enumerate(a.CHANNELS))
    sums = marks.group_by("month", "unit").agg(
        *(when(col("channel") == name).then(col("marks")).otherwise(0).sum().alias(f"sum{i}") for i, name in channels),
        *((col("channel") == name).sum().cast(I64).alias(f"n{i}") for i, name in channels),
    )
    some = [pl.max_horizontal(col(f"n{i}"), lit(1, I64)) for i in range(3)]
    weights = [when(col(f"n{i}") > 0).then(lit(w, I64)).otherwise(0) for i, w in enumerate(a.WEIGHTS)]
    numerator = (
        weights[0] * col("sum0") * some[1] * some[2]
        + weights[1] * col("sum1") * some[0] * some[2]
        + weights[2] * col("sum2") * some[0] * some[1]
    )
    denominator = (weights[0] + weights[1] + weights[2]) * some[0] * some[1] * some[2]
    return sums.select("month", "unit", score=half_up(numerator, denominator))


def ledger(issues: Frame, events: Frame, months: int) -> Frame:
    """Of each village and month: how many were due, of these closed and on time, and how many are overdue at its end.

    The plan goes straight on, for what is read twice is computed twice: places come in as events of their own, and
    each village's months are columns until the end.
    """
    what, never = col("what"), lit(None, pl.Date)
    told = events.select(
        "issue",
        "due",
        rectified=when(what == "rectified").then("day"),
        accepted=when(what == "accepted").then("day"),
        unit=lit(None, I64),
    )
    places = issues.select(issue="id", due=never, rectified=never, accepted=never, unit="place")
    lives = (
        pl.concat([told, places])
        .group_by("issue")
        .agg(pl.all().max())
        .select(
            "unit",
            month=month_of(col("due")).cast(pl.Int8),
            closed=month_of(col("accepted")).cast(pl.Int8),
            on_time=(col("accepted") <= col("due")).fill_null(value=False),
            late=month_of(col("due") + pl.duration(days=1)).cast(pl.Int8),
            done=month_of(col("rectified")).fill_null(months).cast(pl.Int8),
        )
    )
    counted: dict[str, list[Expr]] = {"due": [], "met": [], "on_time": [], "overdue": []}
    for month in range(months):
        due = col("month") == month
        counted["due"].append(due)
        counted["met"].append(due & (col("closed") <= month))
        counted["on_time"].append(due & col("on_time"))
        counted["overdue"].append((col("late") <= month) & (col("done") > month))
    sums = {f"{name}{month}": c.sum().cast(I64) for name, cs in counted.items() for month, c in enumerate(cs)}
    wide = lives.group_by("unit").agg(**sums)
    lists = {name: pl.concat_list([f"{name}{month}" for month in range(months)]) for name in counted}
    return wide.select("unit", month=lit(list(range(months)), pl.List(I64)), **lists).explode("month", *counted)


def with_issues(sheet: Frame, told: Frame) -> Frame:
    due = col("due")
    return sheet.join(told, on=("month", "unit"), how="left").with_columns(
        closed=when(due > 0).then(half_up(10_000 * col("met"), due)),
        on_time=when(due > 0).then(half_up(10_000 * col("on_time"), due)),
        overdue=col("overdue").fill_null(0),
    )


def counts(number: Expr, name: str, group: tuple[str, ...], *, higher: bool = True) -> list[Expr]:
    """How many of the group are ahead, tied and behind."""
    prefix = f"{name}_" if name else ""
    before = number.rank("min", descending=higher).over(group).cast(I64) - 1
    after = number.rank("min", descending=not higher).over(group).cast(I64) - 1
    size = number.count().over(group).cast(I64)
    return [
        before.alias(f"{prefix}ahead"),
        when(number.is_not_null()).then(size - before - after).alias(f"{prefix}tied"),
        after.alias(f"{prefix}behind"),
    ]


def ranked(sheet: Frame) -> Frame:
    key = (10_000 - col("score")) * (1 << 32) + col("overdue")
    return sheet.with_columns(
        *counts(col("score"), "", TOWN),
        *counts(col("closed"), "closed", TOWN),
        *counts(col("on_time"), "on_time", TOWN),
        *counts(col("overdue"), "overdue", TOWN, higher=False),
        *counts(col("score"), "county", COUNTY),
        *counts(key, "key", COUNTY, higher=False),
        dense=col("score").rank("dense", descending=True).over(TOWN).cast(I64),
    ).with_columns(
        rank=col("ahead") + 1,
        county_rank=col("county_ahead") + 1,
        county_before=col("key_ahead") - col("county_ahead"),
        county_level=col("key_tied"),
    )


def placed(sheet: Frame) -> Frame:
    size = col("ahead") + col("tied") + col("behind")
    cut = when(size >= 2 * a.CUT).then(a.CUT).otherwise(a.CUT * size // (2 * a.CUT))
    mixed = col("tied") < size
    black = mixed & (col("behind") < cut) & (col("score") < a.BLACK_BELOW)
    red = mixed & (col("ahead") < cut) & (col("score") >= a.RED_FROM)
    county = col("county_ahead") + col("county_tied") + col("county_behind")
    share = pl.min_horizontal((a.SHARE * county + 99) // 100, county - 1)
    watched = (col("county_tied") < county) & (col("key_behind") < share)
    tier = (
        when(black)
        .then(a.BLACK)
        .when(red)
        .then(a.RED)
        .when(watched & (col("key_behind") + col("county_level") <= share))
        .then(a.YELLOW)
        .when(watched)
        .then(a.PENDING)
        .otherwise(a.GREEN)
    )
    return sheet.with_columns(tier=tier.cast(I64))


def counted(sheet: Frame) -> Frame:
    black = (col("tier") == a.BLACK).cast(I64)
    sheet = sheet.with_columns(
        black=black,
        in_year=black.cum_sum().over("unit", order_by="month"),
        back1=black.shift(1).over("unit", order_by="month").fill_null(0),
        back2=black.shift(2).over("unit", order_by="month").fill_null(0),
    ).with_columns(island=col("month") - col("in_year"))
    run = col("black").cum_sum().over("unit", "island", "black", order_by="month")
    is_black = col("black") == 1
    return sheet.with_columns(
        streak=when(is_black).then(run).otherwise(0),
        in_three=when(is_black).then(1 + col("back1") + col("back2")).otherwise(0),
        in_year=when(is_black).then(col("in_year")).otherwise(0),
    )


def measured(sheet: Frame) -> Frame:
    talked, tier = col("streak") >= 2, col("tier")
    bits = (
        (tier.is_in([a.YELLOW, a.PENDING]), a.WATCHED),
        ((tier == a.BLACK) & ~talked, a.REMINDED),
        (talked, a.TALKED),
        (col("in_three") >= 2, a.SUPERVISED),
        (col("in_year") == 3, a.LISTED),
        (tier == a.RED, a.FLAGGED),
    )
    return sheet.with_columns(measures=pl.sum_horizontal(held.cast(I64) * bit for held, bit in bits))


def plan(folder: Path, months: int = 12, more: tuple[str, ...] = ()) -> Frame:
    units, inspections, findings, issues, events = (
        pl.scan_parquet(folder / name / "*.parquet")
        for name in ("units", "inspections", "findings", "issues", "events")
    )
    sheet = with_issues(scores(inspections, findings).join(villages(units), on="unit"), ledger(issues, events, months))
    return measured(counted(placed(ranked(sheet)))).select(*a.COLUMNS, *more)


if __name__ == "__main__":
    plan(Path(sys.argv[1])).sink_parquet(sys.argv[2], engine="streaming")
