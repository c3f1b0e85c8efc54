"""The nation's answer by hand in Polars, in the tables that frames write.

`python -m benchmarks.baselines.polars_tables_hand [looked_through] DATA OUT`: with the word, wrong rows are refused first.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from benchmarks.baselines import answer as a
from benchmarks.baselines.national_sql import TABLES
from benchmarks.baselines.polars_hand import Expr, Frame, col, lit, plan, when
from benchmarks.baselines.tables_sql import OUTCOMES
from benchmarks.baselines.wrong_rows_sql import refuse

KEY = {"round": "month", "unit": "unit"}
ZERO = lit(0, pl.Int64)


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


def wrong_rows(folder: Path) -> dict[str, Frame]:
    """What `wrong_rows_sql` counts."""
    units, inspections, findings, issues, events = (pl.scan_parquet(folder / name / "*.parquet") for name in TABLES)
    position = col("position")
    lists = events.group_by("issue").agg(
        n=pl.len().cast(pl.Int64),
        latest=position.max(),
        positions=position.sum(),
        found=position.filter(col("what") == "found").min(),
    )
    is_list = (
        (col("latest") == col("n") - 1) & (2 * col("positions") == col("n") * (col("n") - 1)) & (col("found") == 0)
    )

    def lacking(rows: Frame, *columns: str) -> Frame:
        return rows.filter(pl.any_horizontal(col(*columns).is_null()))

    def twice(rows: Frame, key: str) -> Frame:
        return rows.select(n=pl.len() - col(key).n_unique())

    def lost(rows: Frame, key: str, known: Frame, of: str) -> Frame:
        return rows.join(known, left_on=key, right_on=of, how="anti")

    kinds, whole = ("found", "rectified", "accepted"), col("deduction").is_between(0, 10_000).fill_null(value=False)
    return {
        "unit without code or level": lacking(units, "unit", "level").select(n=pl.len()),
        "unit given twice": twice(units, "unit"),
        "unit below an unknown one": lost(units.drop_nulls("parent"), "parent", units, "unit").select(n=pl.len()),
        "inspection without what it needs": lacking(inspections, "id", "unit", "day", "channel").select(n=pl.len()),
        "inspection given twice": twice(inspections, "id"),
        "inspection of no unit": lost(inspections, "unit", units, "unit").select(n=pl.len()),
        "finding without what it needs": findings.filter(col("inspection").is_null() | ~whole).select(n=pl.len()),
        "finding of no inspection": lost(findings, "inspection", inspections, "id").select(n=pl.len()),
        "issue without what it needs": lacking(issues, "id", "place").select(n=pl.len()),
        "issue given twice": twice(issues, "id"),
        "issue at no unit": lost(issues, "place", units, "unit").select(n=pl.len()),
        "event without what it needs": events.filter(
            pl.any_horizontal(col("issue", "position", "day").is_null())
            | ~col("what").is_in(kinds).fill_null(value=False)
        ).select(n=pl.len()),
        "event of no issue": lost(events, "issue", issues, "id").select(n=pl.len()),
        "events that are no list that begins with the finding": lists.select(n=(~is_list.fill_null(value=False)).sum()),
    }


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
    *words, data, answer = sys.argv[1:]
    if words == ["looked_through"]:
        asked = wrong_rows(Path(data))
        refuse(
            {what: n.item() for what, n in zip(asked, pl.collect_all(asked.values(), engine="streaming"), strict=True)}
        )
    out = Path(answer)
    out.mkdir(exist_ok=True)
    for name, table in tables(Path(data)):
        table.sink_parquet(out / f"{name}.parquet", engine="streaming")
