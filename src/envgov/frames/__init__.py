"""The same decisions over very many rows: one columnar plan, run by Polars, DuckDB or Spark, exactly as by objects."""

from importlib.util import find_spec

if find_spec("narwhals") is None or find_spec("polars") is None:
    message = "frames need their extra: python3 -m pip install 'envgov[frames]'"
    raise ModuleNotFoundError(message, name="narwhals")

from envgov.frames.assessment import assess
from envgov.frames.closed import ClosedRounds, read_state
from envgov.frames.folder import read_parquet, write_parquet
from envgov.frames.intake import read_tables
from envgov.frames.refusal import FramesError
from envgov.frames.results import Result
from envgov.frames.table import Table
from envgov.frames.tables import Maxima, Tables
from envgov.frames.transcript import tables_of

__all__ = [
    "ClosedRounds",
    "FramesError",
    "Maxima",
    "Result",
    "Table",
    "Tables",
    "assess",
    "read_parquet",
    "read_state",
    "read_tables",
    "tables_of",
    "write_parquet",
]
