"""The nation's answer by hand in Polars, in the tables that frames write: `python -m benchmarks.baselines.polars_tables_hand DATA OUT`."""

import sys
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from benchmarks.baselines import answer as a
from benchmarks.baselines.polars_hand import Expr, Frame, col, lit, plan, when

KEY = {"round": "month", "unit": "unit"}
ZERO = lit(0, pl.Int64)
OUTCOMES = 0b1100
"""Where those that are pending may end: a bit for each tier of the board, and the last for the rest."""


def standings(sheet: Frame) -> Frame:
    def of(figure: str, score: str, prefix: str, group: str, places: int = 2, **more: Expr) -> Frame:
        counts = {count: col(prefix + count) for count in ("ahead", "tied", "behind")}
        told = {"rank": counts["ahead"] + 1, **counts, "before": ZERO, "level": counts["tied"], **more}
        return sheet.filter(col(score).is_not_null()).select(
            **KEY, figure=lit(figure), score=score, places=lit(places, pl.Int64), group=group, **told
        )

    return pl.concat(
        [
            of("score", "score", "", "town_name"),
            of("dense", "score", "", "town_name", rank=col("dense")),
            of("county", "score", "county_", "county_name", before=col("county_before"), level=col("county_level")),
            of("closed", "closed", "closed_", "town_name"),
            of("on_time", "on_time", "on_time_", "town_name"),
            of("overdue", "overdue", "overdue_", "town_name", places=0),
        ]
    )


def placements(sheet: Frame) -> Frame:
    tier, names = col("tier"), {number: name for name, number in a.TIERS.items()}
    side = when(tier == a.BLACK).then(lit("sanction")).when(tier == a.RED).then(lit("praise"))
    outcomes = when(tier == a.PENDING).then(lit(OUTCOMES, pl.Int64)).otherwise(ZERO)
    return sheet.select(
        **KEY,
        board=lit("三色榜"),
        tier=tier.replace_strict(names, return_dtype=pl.String),
        side=side,
        outcomes=outcomes,
    )


def measures(sheet: Frame) -> Frame:
    pending, none = col("tier") == a.PENDING, lit(None, pl.String)
    return pl.concat(
        [
            sheet.filter(col("measures") & bit != 0).select(
                **KEY, rung=lit(rung), pending=pending & lit(bit == a.WATCHED), issue=none
            )
            for rung, bit in a.MEASURES.items()
        ]
    )


def absences(sheet: Frame, units: Frame) -> Frame:
    every = units.filter(level="村").select("unit").join(pl.LazyFrame({"month": range(12)}), how="cross")
    lacking = every.join(sheet.select("unit", "month"), on=("unit", "month"), how="anti")
    return lacking.select(**KEY, group=lit(""), is_exempt=lit(value=False))


def tables(folder: Path) -> Iterator[tuple[str, Frame]]:
    units = pl.scan_parquet(folder / "units" / "*.parquet")
    sheet = plan(folder, more=("town", "county")).collect(engine="streaming").lazy()
    for level in ("town", "county"):
        sheet = sheet.join(units.select("name", **{level: "unit"}).rename({"name": f"{level}_name"}), on=level)
    yield "standings", standings(sheet)
    yield "placements", placements(sheet)
    yield "measures", measures(sheet)
    yield "absences", absences(sheet, units)


if __name__ == "__main__":
    out = Path(sys.argv[2])
    out.mkdir(exist_ok=True)
    for name, table in tables(Path(sys.argv[1])):
        table.sink_parquet(out / f"{name}.parquet", engine="streaming")
