"""Published tables and the localities' seasons: frames decide them as objects do, on Polars and on DuckDB."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import envgov as eg
from envgov.frames import FramesError
from frames.witness import decide_again

ROOT = Path(__file__).parents[2]
LAST = 60
"""Rounds of each season, the last of them: what came before is known of issues and events all the same."""
CODES = ("liuhu", "jimo-tongji", "xixian", "shashi", "jingtai")


def test_published_tables_are_decided_by_frames_too() -> None:
    paths = [str(ROOT / "src"), str(ROOT / "tests"), os.environ.get("PYTHONPATH", "")]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "frames.witness", "-q", "-p", "no:cacheprovider", "tests/published"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-3000:]
    assert int(run.stdout.partition(" seasons were decided by frames too")[0].split()[-1]) > 20


REFUSED = re.compile("has no columnar form|possible overflow")


def schemes() -> list[Any]:
    files = [ROOT / "plugins" / f"envgov-{c}" / "src" / f"envgov_{c.replace('-', '_')}" / "__init__.py" for c in CODES]
    registry = eg.load_registry(only=(), files=files, strict=True)
    return [
        pytest.param(code, editions, id=f"{code}-{name}")
        for code in CODES
        for name, editions in registry[code].schemes.items()
    ]


@pytest.mark.parametrize(("code", "editions"), schemes())
def test_a_localitys_season_is_decided_by_frames_too(code: str, editions: Any) -> None:
    facts = eg.read_season(ROOT / "docs" / "examples" / code)
    try:
        decide_again(editions, facts, eg.rounds_of(editions, facts)[-LAST:])
    except FramesError as refused:
        assert REFUSED.search(str(refused))  # noqa: PT017 - a locality's own kinds, and long lists of ranks
