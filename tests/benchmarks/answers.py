"""The answer as the reference gives it, and whether a baseline wrote the same."""

from collections import defaultdict
from pathlib import Path

import polars as pl

import envgov as eg
from benchmarks.baselines import answer as a
from benchmarks.national_scheme import ROUNDS


def read_answer(path: Path) -> pl.DataFrame:
    """What a baseline or frames wrote, in the order of months and villages."""
    if (path / "standings.parquet").exists():
        return _read_result(path)
    files = path / "*.parquet" if path.is_dir() else path  # Spark writes a folder
    return pl.read_parquet(files).select(pl.col(a.COLUMNS).cast(pl.Int64)).sort("month", "unit")


def read_table(folder: Path, name: str) -> pl.DataFrame:
    """One of the tables of frames."""
    path = folder / f"{name}.parquet"
    return pl.read_parquet(path / "*.parquet" if path.is_dir() else path)


def is_same(one: pl.DataFrame, other: pl.DataFrame) -> bool:
    """Whether two tables have the same rows, in whatever order."""
    return one.sort(pl.all()).equals(other.sort(pl.all()))


def _read_result(folder: Path) -> pl.DataFrame:
    """The tables of frames side by side; the counters are counted here from its placements."""
    tables = {name: read_table(folder, name) for name in ("standings", "placements", "measures")}
    standings, key = tables["standings"], ["round", "unit"]
    counts = ("ahead", "tied", "behind")
    taken = {
        "score": {"score": "score", "rank": "rank", **{c: c for c in counts}},
        "dense": {"rank": "dense"},
        "county": {
            "rank": "county_rank",
            "before": "county_before",
            "level": "county_level",
            **{c: f"county_{c}" for c in counts},
        },
        **{f: {"score": f, **{c: f"{f}_{c}" for c in counts}} for f in ("closed", "on_time", "overdue")},
    }
    sheet: pl.DataFrame | None = None
    for figure, columns in taken.items():
        part = standings.filter(figure=figure).select(*key, **{new: old for old, new in columns.items()})
        sheet = part if sheet is None else sheet.join(part, on=key, how="left")
    assert sheet is not None
    bits = pl.col("rung").replace_strict(a.MEASURES, return_dtype=pl.Int64).sum()
    tiers = pl.col("tier").replace_strict(a.TIERS, return_dtype=pl.Int64)
    sheet = sheet.join(tables["measures"].group_by(key).agg(measures=bits), on=key, how="left")
    sheet = sheet.join(tables["placements"].select(*key, tier=tiers), on=key, how="left").sort("unit", "round")
    listed: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    runs = []
    for unit, month, tier in sheet.select("unit", "round", "tier").iter_rows():
        listed[unit].append((month, tier == a.BLACK))
        runs.append(_runs(listed[unit]))
    sheet = sheet.hstack(pl.DataFrame(runs)).with_columns(pl.col("measures").fill_null(0)).rename({"round": "month"})
    return sheet.select(pl.col(a.COLUMNS).cast(pl.Int64)).sort("month", "unit")


def answer_of(season: eg.Season) -> pl.DataFrame:
    """The same from the reference; the counters are counted here from its placements alone."""
    rows: list[dict[str, int | None]] = []
    listed: dict[str, list[tuple[int, bool]]] = defaultdict(list)
    for assessment in season.assessments:
        record = assessment.record
        month = ROUNDS.index(record.round)
        measures: dict[str, int] = defaultdict(int)
        for measure in assessment.measures:
            measures[measure.unit] |= a.MEASURES[measure.rung]
        for standing in record.standings:
            unit = standing.unit
            placement = record.tier("三色榜", unit)
            assert placement is not None
            dense, county = record.standing(unit, "dense"), record.standing(unit, "county")
            assert dense is not None
            assert county is not None
            row: dict[str, int | None] = {"month": month, "unit": int(unit), "rank": standing.rank, "dense": dense.rank}
            row |= _counts("", standing) | _counts("county_", county)
            row |= {"score": int(standing.score * 100), "county_rank": county.rank}
            row |= {"county_before": county.before, "county_level": county.level}
            for figure, scale in (("closed", 100), ("on_time", 100), ("overdue", 1)):
                s = record.standing(unit, figure)
                row |= {figure: None if s is None else int(s.score * scale), **_counts(f"{figure}_", s)}
            listed[unit].append((month, placement.tier == "黑榜"))
            row |= _runs(listed[unit])
            row |= {"tier": a.TIERS[placement.tier], "measures": measures[unit]}
            rows.append(row)
    return pl.DataFrame(rows, schema=dict.fromkeys(a.COLUMNS, pl.Int64)).sort("month", "unit")


def _counts(prefix: str, s: eg.Standing | None) -> dict[str, int | None]:
    names = ("ahead", "tied", "behind")
    return {prefix + name: None if s is None else getattr(s, name) for name in names}


def _runs(listed: list[tuple[int, bool]]) -> dict[str, int]:
    """How long, and how often, a village was on the black list; oldest month first."""
    last, on = listed[-1]
    if not on:
        return dict.fromkeys(("streak", "in_three", "in_year"), 0)
    run = 0
    for month, held in reversed(listed):
        if not held or month != last - run:
            break
        run += 1
    return {"streak": run, "in_three": sum(h for _, h in listed[-3:]), "in_year": sum(h for _, h in listed)}
