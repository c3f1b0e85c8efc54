"""Tables as they are handed back: in the kind in which the facts were given, or in another."""

from __future__ import annotations

from typing import Any, Literal

from attrs import frozen

from envgov.frames.engine import Frame

Kind = Literal["native", "polars", "pandas", "pyarrow"]
"""What tables were given: a lazy frame or a relation as it is, or a table in memory."""


def kind_of(native: Any) -> Kind:
    made_by, _, _ = type(native).__module__.partition(".")
    if made_by == "polars":
        return "native" if type(native).__name__ == "LazyFrame" else "polars"
    kinds: dict[str, Kind] = {"pandas": "pandas", "pyarrow": "pyarrow"}
    return kinds.get(made_by, "native")


@frozen(eq=False, repr=False)
class Table:
    """One table of a result. Whatever speaks Arrow takes it as it is: `polars.DataFrame(table)`."""

    frame: Frame
    kind: Kind = "polars"

    @property
    def native(self) -> Any:
        """In the kind in which the facts were given; of Polars, DuckDB and Spark lazy where these were."""
        if self.kind == "native":
            return self.frame.to_native()
        if self.kind == "pandas":
            return self.to_pandas()
        return self.to_polars() if self.kind == "polars" else self.to_polars().to_arrow()

    def to_polars(self) -> Any:
        """A polars.DataFrame."""
        return self.frame.collect("polars").to_native()

    def to_pandas(self) -> Any:
        """A pandas.DataFrame; pandas and pyarrow must be installed."""
        return self.to_polars().to_pandas()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> Any:
        return self.to_polars().__arrow_c_stream__(requested_schema)
