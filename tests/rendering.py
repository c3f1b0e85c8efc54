"""Papers as LibreOffice prints them, and where on the page their characters stand, in millimetres."""

import os
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

FONTS = Path(__file__).parent / "documents" / "fonts.conf"
MM = 25.4 / 72


def printed(paper: bytes, folder: Path, suffix: str = ".docx") -> Any:
    """The PDF that LibreOffice makes of a Word document, or of a workbook."""
    office = shutil.which("soffice")
    if office is None:
        missing = "no LibreOffice here: no soffice on the PATH"
        assert not os.environ.get("CI"), missing
        pytest.skip(missing)
    document = folder / f"paper{suffix}"
    document.write_bytes(paper)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(document)],
        check=True,
        capture_output=True,
        timeout=300,
        env={**os.environ, "FONTCONFIG_FILE": str(FONTS)},
    )
    return pdfplumber.open(BytesIO(document.with_suffix(".pdf").read_bytes()))


def lines_of(page: Any) -> list[tuple[str, float, float, float]]:
    """Each line of text: what it says without blanks, where its foot is, its left and its right edge."""
    return [
        (line["text"].replace(" ", ""), line["bottom"] * MM, line["x0"] * MM, line["x1"] * MM)
        for line in page.extract_text_lines()
    ]


def rules_of(page: Any) -> list[tuple[float, float, float, Any]]:
    """Each line that is drawn across the page: its left and right edge, its height, its colour."""
    return [(line["x0"] * MM, line["x1"] * MM, line["top"] * MM, line["stroking_color"]) for line in page.lines]
