"""What engines do differently: whole numbers, division, small tables beside large ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import narwhals.stable.v2 as nw

Expr = nw.Expr
Frame = nw.LazyFrame[Any]
INT = nw.Int64
"""The one type of numbers."""
EPOCH = date(1970, 1, 1)
EXACT = 2**50
"""Whole numbers divided as doubles, both rounded, and the quotient too, are less than a half off up to here."""
SHOWN = 5
"""Rows in a message."""
_SPARK = {bool: "boolean", int: "bigint", str: "string", date: "date"}
_SQL = {bool: "BOOLEAN", int: "BIGINT", str: "VARCHAR", date: "DATE"}


def whole(n: int) -> Expr:
    """A whole number in a column of its type: engines take small ones for narrower."""
    return nw.lit(n, dtype=INT)


def one(condition: Expr) -> Expr:
    """1 where it holds, else 0, where it is pending too."""
    return nw.when(condition).then(whole(1)).otherwise(whole(0))


def least(first: Expr, *others: Expr) -> Expr:
    """The least of one or more; Spark compares two at least."""
    return nw.min_horizontal(first, *others) if others else first


def greatest(first: Expr, *others: Expr) -> Expr:
    """The greatest of one or more."""
    return nw.max_horizontal(first, *others) if others else first


def floor_div(x: Expr, by: Expr, *, spark: bool, most: int = EXACT) -> Expr:
    """The quotient rounded down, from -`most` to `most`; `by` is above 0.

    Spark divides in doubles: of what is divisible they round to the very quotient if it is small, and else miss it by so
    little that what is left over tells how much.
    """
    if not spark:
        return x // by
    divisible = x - x % by
    near = (divisible / by).round().cast(INT)
    return near if most <= EXACT else near + ((divisible - near * by) / by).round().cast(INT)


def without_last(word: Expr, bits: int) -> Expr:
    """A whole number from 0 up, below 2**53, without its last bits: a double halves it exactly, and no engine divides."""
    return (word * nw.lit(2.0**-bits)).floor().cast(INT) if bits else word


def half_up(x: Expr, by: Expr, *, spark: bool, most: int = EXACT) -> Expr:
    """The quotient rounded, halves away from zero, from -`most` to `most`; `by` is above 0, nothing above 2**62 doubled."""
    up = floor_div(whole(2) * x.abs() + by, whole(2) * by, spark=spark, most=most)
    return nw.when(x < whole(0)).then(whole(0) - up).otherwise(up)


def days_of(day: Expr, of: Frame) -> Expr:
    """Days of a frame as whole numbers, as `date.toordinal` counts them: Polars casts them, others take the difference."""
    numbered = day if of.implementation.is_polars() else day - nw.lit(EPOCH)
    return numbered.cast(INT) + whole(EPOCH.toordinal())


def gather(rows: Frame, keys: tuple[str, ...], how: Mapping[str, str]) -> Frame:
    """The "sum", "max" or "min" of columns for each key, as whole numbers."""
    made: dict[str, Any] = {"sum": lambda c: c.sum(), "max": lambda c: c.max(), "min": lambda c: c.min()}
    grouped = rows.group_by(*keys).agg(**{name: made[kind](nw.col(name)) for name, kind in how.items()})
    return grouped.with_columns(*(nw.col(name).cast(INT) for name in how))


def is_spark(frame: Frame) -> bool:
    return frame.implementation.is_spark_like()


def are_joined(one: Frame, other: Frame) -> bool:
    """Whether two frames of one engine can stand in one plan: DuckDB joins no relations of different connections."""
    if not one.implementation.is_duckdb():
        return True
    import duckdb

    native: Any = one.to_native()
    try:
        native.select("1").union(other.to_native().select("1"))
    except duckdb.InvalidInputException:
        return False
    return True


def frame_of(native: Any) -> Frame:
    """A table as a lazy frame; what lies in memory and is not of Polars goes to Polars."""
    if hasattr(native, "__arrow_c_stream__") and type(native).__module__.split(".")[0] in {"pandas", "pyarrow"}:
        import polars as pl

        native = pl.DataFrame(native)
    frame: Frame = nw.from_native(native).lazy()
    return frame


def emptied(frame: Frame) -> Frame:
    """The same columns without rows, in Polars."""
    import polars as pl

    return frame_of(pl.DataFrame(schema=frame.collect_schema().to_polars()))


def kind_of_codes(frame: Frame, column: str) -> type:
    """Codes and ids are text or whole numbers."""
    return int if frame.collect_schema()[column].is_integer() else str


def small_table(beside: Frame, columns: Mapping[str, type], rows: Sequence[tuple[Any, ...]]) -> Frame:
    """A few rows made at the edge, as a frame of the same engine and session as another."""
    native: Any = beside.to_native()
    if beside.implementation.is_duckdb():
        return frame_of(native.query("beside", _values(columns, rows)))
    if is_spark(beside):
        schema = ", ".join(f"`{name}` {_SPARK[kind]}" for name, kind in columns.items())
        return frame_of(native.sparkSession.createDataFrame(_in_polars(columns, rows).to_arrow(), schema))
    return frame_of(_in_polars(columns, rows))


def rows_of(frames: Sequence[Frame]) -> list[Sequence[Any]]:
    """Of several frames of one row of whole numbers each, that row; what they share is read once, by one job of Spark."""
    if is_spark(frames[0]):
        return _by_one_job(frames)
    if frames[0].implementation.is_polars():
        import polars as pl

        collected = pl.collect_all([frame.to_native() for frame in frames], engine="streaming")
        return [frame.row(0) for frame in collected]
    return [frame.collect("polars").row(0) for frame in frames]


def _by_one_job(frames: Sequence[Frame]) -> list[Sequence[Any]]:
    names = [frame.collect_schema().names() for frame in frames]
    most = max(map(len, names))
    rows = nw.concat(
        [
            frame.select(
                whole(n).alias("frame"),
                *(nw.col(name).cast(INT).alias(f"c{at}") for at, name in enumerate(own)),
                *(whole(0).alias(f"c{at}") for at in range(len(own), most)),
            )
            for n, (frame, own) in enumerate(zip(frames, names, strict=True))
        ]
    )
    return [row[1 : 1 + len(names[row[0]])] for row in sorted(rows.collect("polars").rows(), key=lambda row: row[0])]


def sample(rows: Frame) -> str:
    """The first of the rows, in their own order, as a message shows them; empty where there are none."""
    schema = rows.collect_schema()
    days = {name: nw.col(name).cast(nw.String) for name, kind in schema.items() if kind == nw.Date}
    first = rows.sort(*schema.names()).head(SHOWN)
    shown = (first.with_columns(**days) if days else first).collect("polars").rows()  # Python has few years
    return "; ".join(", ".join(str(cell) or "''" for cell in row) for row in shown)


def _in_polars(columns: Mapping[str, type], rows: Sequence[tuple[Any, ...]]) -> Any:
    import polars as pl

    kinds: dict[type, Any] = {bool: pl.Boolean, int: pl.Int64, str: pl.String, date: pl.Date}
    return pl.DataFrame(rows, {name: kinds[kind] for name, kind in columns.items()}, orient="row")


def _values(columns: Mapping[str, type], rows: Sequence[tuple[Any, ...]]) -> str:
    """The query that gives these rows."""
    kinds = list(columns.values())
    shown = [
        "(" + ", ".join(f"CAST({_quoted(value)} AS {_SQL[kind]})" for value, kind in zip(row, kinds, strict=True)) + ")"
        for row in rows
    ] or ["(" + ", ".join(f"CAST(NULL AS {_SQL[kind]})" for kind in kinds) + ")"]
    names = ", ".join(f'"{name}"' for name in columns)
    return f"SELECT * FROM (VALUES {', '.join(shown)}) AS given({names}){'' if rows else ' WHERE false'}"  # noqa: S608 - every value is quoted


def _quoted(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool | int):
        return str(value)
    text = str(value).replace("'", "''")
    return f"'{text}'"
