"""Workbooks go into files that are new, also where somebody writes one while they are made."""

from collections.abc import Callable
from pathlib import Path

import pytest

import envgov as eg
from clerks_workbooks import D1, GRID
from envgov.workbooks import write_problems, write_workbook


@pytest.mark.parametrize(
    "write",
    [
        lambda file: write_workbook((), file, GRID, on=D1),
        lambda file: write_problems((), file, file),
    ],
)
def test_a_file_that_somebody_made_meanwhile_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path], None]
) -> None:
    file = tmp_path / "出.xlsx"
    file.write_bytes(b"theirs")
    monkeypatch.setattr(Path, "exists", lambda _: False)  # as it was when it was looked for
    with pytest.raises(eg.InputError, match="there is such a file already"):
        write(file)
    assert (file.read_bytes(), list(tmp_path.iterdir())) == (b"theirs", [file])
