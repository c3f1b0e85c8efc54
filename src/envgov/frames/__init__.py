"""The same decisions over very many rows: one columnar plan, run by Polars, DuckDB or Spark, exactly as by objects."""

try:
    import narwhals  # noqa: F401
    import polars  # noqa: F401
except ModuleNotFoundError:
    message = "frames need their extra: python3 -m pip install 'envgov[frames]'"
    raise ModuleNotFoundError(message, name="narwhals") from None

from envgov.frames.intake import read_tables
from envgov.frames.refusal import FramesError
from envgov.frames.tables import Maxima, Tables
from envgov.frames.transcript import tables_of

__all__ = ["FramesError", "Maxima", "Tables", "read_tables", "tables_of"]
