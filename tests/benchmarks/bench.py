"""What things cost, as ratios within one run: `nox -s bench`. Nothing here is a test; no time is asserted."""

import csv
import gzip
import io
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import envgov as eg

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "cn_divisions_village"
LEVELS = (
    ("provinces.csv", "省", ""),
    ("cities.csv", "市", "provinceCode"),
    ("areas.csv", "县", "cityCode"),
    ("streets.csv.gz", "乡镇", "areaCode"),
    ("villages.csv.gz", "村", "streetCode"),
)


def best(work: Callable[[], object], times: int = 5) -> float:
    """The shortest of several runs, in seconds."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return min(taken)


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


def in_a_process(code: str, *arguments: str) -> str:
    return subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True).stdout


def bench_import() -> None:
    bare = best(lambda: in_a_process("pass"), 9)
    needs = best(lambda: in_a_process("import attrs, pluggy, dateutil.relativedelta"), 9) - bare
    ours = best(lambda: in_a_process("import envgov"), 9) - bare
    used = best(lambda: in_a_process("import envgov; envgov.assess"), 9) - bare
    print(f"import: attrs, pluggy and dateutil {needs * 1000:.0f} ms")
    print(f"  import envgov {ours / needs:.2f} times that; with its first name used {used / needs:.2f} times")


def bench_china() -> None:
    if not DATA.is_dir():
        print(f"the grid of China: not run, there is no {DATA.name} beside the checkout")
        return
    with tempfile.TemporaryDirectory() as folder:
        count = write_china(Path(folder))
        reading = in_a_process(
            "import csv, sys, time; t = time.perf_counter()\n"
            "rows = list(csv.DictReader(open(sys.argv[1] + '/grid.csv', encoding='utf-8')))\n"
            "print(time.perf_counter() - t)",
            folder,
        )
        loading, peak, units = in_a_process(
            "import resource, sys, time, envgov as eg; t = time.perf_counter()\n"
            "grid = eg.read_season(sys.argv[1]).grid; t = time.perf_counter() - t\n"
            "print(t, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, len(grid.units))",
            folder,
        ).split()
    print(f"the grid of China: {units} of {count} units loaded and validated")
    print(
        f"  {float(loading):.1f} s, {float(loading) / float(reading):.1f} times csv.DictReader alone; {peak} MiB at most"
    )


def season(units: int, findings: int) -> eg.Facts:
    draw = random.Random(units)  # noqa: S311 - the same season each time
    grid = eg.Grid(eg.Unit(f"v{i}", f"v{i}", "村") for i in range(units))
    seen = [
        eg.Inspection(
            f"v{i}",
            date(2024, 5, draw.randint(1, 28)),
            "督导",
            findings=tuple(
                eg.Finding(f"item {draw.randint(1, 20)}", eg.points(f"{draw.randint(1, 30) / 10:.1f}"))
                for _ in range(findings)
            ),
        )
        for i in range(units)
    ]
    return eg.Facts(grid, inspections=seen)


def bench_assess() -> None:
    cut = eg.bottom(3, ties="include")
    scheme = eg.Scheme(
        id="bench",
        levels=("村",),
        cadence=eg.month(),
        since=date(2024, 1, 1),
        source=eg.Source("bench"),
        scoring=eg.deductions(100, "督导", several="mean"),
        ranking=eg.RankBy(places=1),
        boards=(eg.Board("list", (eg.Tier("red", eg.top(5, ties="include")), eg.Tier("black", cut)), rest="none"),),
        ladders=(eg.Ladder((eg.Rung("talk", cut, ("head",)),), publish="every rung"),),
    )
    round_ = eg.month().round_of(date(2024, 5, 1))
    print("one round of deductions, 40 findings a unit, one board, one rung:")
    first = 0.0
    for units in (26, 500, 5000):
        facts = season(units, 40)
        taken = best(lambda facts=facts: eg.assess(scheme, round_, facts)) / units  # type: ignore[misc]
        first = first or taken
        print(f"  {units:>5} units: {taken * 1e6:.0f} us a unit, {taken / first:.2f} times the smallest field's")


if __name__ == "__main__":
    bench_import()
    bench_assess()
    bench_china()
