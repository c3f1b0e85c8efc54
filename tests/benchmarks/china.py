"""The grid of China as a season's grid.csv: how long it takes to read, beside csv alone."""

import csv
import gzip
import io
from pathlib import Path

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "cn_divisions_village"
LEVELS = (
    ("provinces.csv", "省", ""),
    ("cities.csv", "市", "provinceCode"),
    ("areas.csv", "县", "cityCode"),
    ("streets.csv.gz", "乡镇", "areaCode"),
    ("villages.csv.gz", "村", "streetCode"),
)


def write_china(folder: Path) -> int:
    """All units of China, five levels, as the grid.csv of a season; how many there are."""
    count = 0
    with (folder / "grid.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(("code", "name", "level", "parent"))
        for name, level, parent in LEVELS:
            raw = (DATA / name).read_bytes()
            text = (gzip.decompress(raw) if name.endswith(".gz") else raw).decode()
            for row in csv.DictReader(io.StringIO(text)):
                out.writerow((row["code"], row["name"], level, row[parent] if parent else ""))
                count += 1
    return count
