"""The same two decisions written by hand in Polars, in whole hundredths: what `bench.py` measures against."""

import polars as pl

Frame = pl.LazyFrame


def one_board(findings: Frame, before: Frame, seats: int) -> pl.DataFrame:
    """Deductions from full marks, their mean over a unit's visits, a board of two tiers, and two rungs."""
    visits = findings.group_by("visit", "unit").agg(pl.col("deduction").sum())
    marks = visits.with_columns(marks=pl.max_horizontal(10000 - pl.col("deduction"), pl.lit(0, pl.Int64)))
    means = marks.group_by("unit").agg(total=pl.col("marks").sum(), count=pl.len().cast(pl.Int64))
    return _decide(_half_up(means, pl.col("total"), pl.col("count")), before, seats)


def three_channels(findings: Frame, before: Frame, seats: int) -> pl.DataFrame:
    """The same, of three channels weighted 5 to 3 to 2; a channel without a visit leaves its weight to the others."""
    visits = findings.group_by("visit", "unit", "channel").agg(pl.col("deduction").sum())
    marks = visits.with_columns(marks=pl.max_horizontal(10000 - pl.col("deduction"), pl.lit(0, pl.Int64)))
    means = marks.group_by("unit").agg(
        *(pl.col("marks").filter(pl.col("channel") == c).sum().alias(f"total{c}") for c in range(3)),
        *((pl.col("channel") == c).sum().cast(pl.Int64).alias(f"count{c}") for c in range(3)),
    )
    counts = [pl.max_horizontal(pl.col(f"count{c}"), pl.lit(1, pl.Int64)) for c in range(3)]
    weights = [pl.when(pl.col(f"count{c}") > 0).then(weight).otherwise(0) for c, weight in enumerate((5, 3, 2))]
    numerator = (
        weights[0] * pl.col("total0") * counts[1] * counts[2]
        + weights[1] * pl.col("total1") * counts[0] * counts[2]
        + weights[2] * pl.col("total2") * counts[0] * counts[1]
    )
    denominator = (weights[0] + weights[1] + weights[2]) * counts[0] * counts[1] * counts[2]
    return _decide(_half_up(means, numerator, denominator), before, seats)


def _half_up(frame: Frame, numerator: pl.Expr, denominator: pl.Expr) -> Frame:
    return frame.with_columns(score=(2 * numerator + denominator) // (2 * denominator))


def _decide(scores: Frame, before: Frame, seats: int) -> pl.DataFrame:
    score = pl.col("score")
    ranked = scores.select(
        "unit",
        "score",
        rank=score.rank("min", descending=True).cast(pl.Int64),
        behind=score.rank("min").cast(pl.Int64) - 1,
        size=pl.len(),
    ).join(before, on="unit", how="left")
    ahead, last = pl.col("rank") - 1, pl.col("behind") < seats
    tier = pl.when(ahead < seats).then(pl.lit("red")).when(last).then(pl.lit("black")).otherwise(pl.lit("-"))
    decided = ranked.with_columns(
        ahead=ahead,
        tied=pl.col("size") - ahead - pl.col("behind"),
        tier=tier,
        slip=last,
        talk=last & pl.col("was_last"),
    )
    return decided.select("unit", "score", "rank", "ahead", "tied", "behind", "tier", "slip", "talk").collect()
