"""What things cost, as ratios within one run: `nox -s bench`. Nothing here is a test; no time is asserted."""

import gc
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
from attrs import evolve

import envgov as eg
from benchmarks import by_hand
from benchmarks.china import DATA, write_china
from benchmarks.ledgers import bench_ledger
from benchmarks.site import bench_site
from benchmarks.workbooks import bench_workbooks
from distributions import install, sound


def best(work: Callable[[], object], times: int = 5) -> float:
    """The shortest of several runs, in seconds."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return min(taken)


def in_a_process(code: str, *arguments: str) -> str:
    return subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True).stdout


def bench_import() -> None:
    bare = best(lambda: in_a_process("pass"), 9)
    needs = best(lambda: in_a_process("import attrs, pluggy, dateutil.relativedelta"), 9) - bare
    ours = best(lambda: in_a_process("import envgov"), 9) - bare
    used = best(lambda: in_a_process("import envgov; envgov.assess"), 9) - bare
    print(f"import: attrs, pluggy and dateutil {needs * 1000:.0f} ms")
    print(f"  import envgov {ours / needs:.2f} times that; with its first name used {used / needs:.2f} times")


def bench_registry() -> None:
    """Twenty plugins, which are imported beforehand: what finding, asking and checking them costs beyond that."""
    codes = [f"bench{n}" for n in range(20)]
    with tempfile.TemporaryDirectory() as folder:
        site = install(Path(folder), [sound(code) for code in codes])
        finding, loading = (
            in_a_process(
                f"import sys, time; sys.path.insert(0, sys.argv[1]); import envgov as eg; eg.load_registry\n"
                f"for code in {codes}: __import__('envgov_' + code)\n"
                f"t = time.perf_counter(); eg.load_registry(only={only}); print(time.perf_counter() - t)",
                str(site),
            )
            for only in ([], codes)
        )
    print(f"a registry of {len(codes)} plugins: {float(loading) * 1000:.0f} ms beyond their own import")
    print(f"  of these {float(finding) * 1000:.0f} ms to find what is installed")


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


CHANNELS = ("township", "supervision", "drone")
MAY = eg.month().round_of(date(2024, 5, 3))
Row = tuple[int, str, int, int]
"""A finding: its visit, unit, channel and deduction in hundredths."""


def draw_findings(units: int, findings: int) -> list[Row]:
    """Two visits to each unit, the same each time."""
    draw = random.Random(units)  # noqa: S311 - no secret
    each = findings // (2 * units)
    return [
        (visit, f"v{visit // 2}", visit % 3, draw.choice((50, 100, 150, 200)))
        for visit in range(2 * units)
        for _ in range(each)
    ]


def facts_of(rows: list[Row]) -> eg.Facts:
    visits: dict[tuple[int, str, int], list[eg.Finding]] = {}
    for visit, unit, channel, deduction in rows:
        visits.setdefault((visit, unit, channel), []).append(eg.Finding("item", eg.points(deduction / 100, places=2)))
    return eg.Facts(
        eg.Grid(eg.Unit(unit, unit, "村") for unit in sorted({row[1] for row in rows})),
        inspections=(
            eg.Inspection(unit, date(2024, 5, 3 + 10 * (visit % 2)), CHANNELS[channel], tuple(findings))
            for (visit, unit, channel), findings in visits.items()
        ),
    )


def scheme_of(scoring: eg.ScoringRule, seats: int) -> eg.Scheme:
    last = eg.bottom(seats, ties="include")
    twice = eg.streak(last, 2, unheld="skip", absent="skip", repeat="each", editions="carry", heads="carry")
    tiers = (eg.Tier("red", eg.top(seats, ties="include"), "praise"), eg.Tier("black", last, "sanction"))
    return eg.Scheme(
        id="bench",
        levels=("村",),
        cadence=eg.month(),
        since=date(2024, 1, 1),
        source=eg.Source("bench"),
        scoring=scoring,
        ranking=eg.RankBy(places=2),
        boards=(eg.Board("list", tiers, rest="-"),),
        ladders=(
            eg.Ladder((eg.Rung("slip", last, ("head",)), eg.Rung("talk", twice, ("head",))), publish="every rung"),
        ),
    )


ONE = eg.deductions(100, several="mean")
THREE = eg.weighted(
    *(eg.Part(w, eg.deductions(100, c, several="mean")) for c, w in zip(CHANNELS, (5, 3, 2), strict=True)),
    absent="renormalise",
)


def bench_against_polars(units: int, findings: int, scoring: eg.ScoringRule, by_hand: Callable[..., Any]) -> None:
    """One round from facts to tiers and measures; both must say the same of every unit."""
    rows, seats = draw_findings(units, findings), max(1, units // 8)
    facts, scheme = facts_of(rows), scheme_of(scoring, seats)
    april = evolve(eg.assess(scheme, MAY, facts).record, round=eg.month().round_of(date(2024, 4, 1)))
    history = eg.History((april,))
    frame = pl.DataFrame(rows, schema=["visit", "unit", "channel", "deduction"], orient="row").lazy()
    was_last = [s.behind < seats for s in april.standings]
    before = pl.DataFrame({"unit": [s.unit for s in april.standings], "was_last": was_last}).lazy()
    gc.collect()
    gc.freeze()
    assessment = eg.assess(scheme, MAY, facts, history)
    talks = {m.subject for m in assessment.measures if m.rung == "talk"}
    expected = {row["unit"]: row for row in by_hand(frame, before, seats).iter_rows(named=True)}
    for row in assessment.rows():
        s, other = row.standing, expected[row.unit.code]
        assert s is not None
        assert (int(s.score * 100), s.rank, s.ahead, s.tied, s.behind, row.tiers) == (
            *(other[name] for name in ("score", "rank", "ahead", "tied", "behind")),
            (other["tier"],),
        )
        assert (s.unit in talks) == other["talk"]
    ours, theirs = alternately(
        lambda: eg.assess(scheme, MAY, facts, history), lambda: by_hand(frame, before, seats), 15
    )
    gc.unfreeze()
    print(f"  {units} units, {len(rows)} findings, {by_hand.__name__}: {ours * 1000:.1f} ms, ", end="")
    print(f"{ours / theirs:.2f} times Polars by hand ({theirs * 1000:.1f} ms)")


def alternately(one: Callable[[], object], other: Callable[[], object], times: int) -> tuple[float, float]:
    """The shortest run of each, taken in turn, so that both meet the same machine."""
    pairs = [(best(one, 1), best(other, 1)) for _ in range(times)]
    return min(a for a, _ in pairs), min(b for _, b in pairs)


def bench_assess() -> None:
    print("one round, from facts to tiers and measures:")
    bench_against_polars(26, 1040, ONE, by_hand.one_board)
    bench_against_polars(5000, 200_000, ONE, by_hand.one_board)
    bench_against_polars(5000, 200_000, THREE, by_hand.three_channels)
    print("cost against units, 40 findings each:")
    first = 0.0
    for units in (26, 500, 5000):
        facts = facts_of(draw_findings(units, 40 * units))
        scheme = scheme_of(ONE, max(1, units // 8))
        gc.collect()
        gc.freeze()
        taken = best(lambda: eg.assess(scheme, MAY, facts), 9) / units  # noqa: B023 - called at once
        gc.unfreeze()
        first = first or taken
        print(f"  {units:>5} units: {taken * 1e6:.0f} us a unit, {taken / first:.2f} times the smallest field's")


if __name__ == "__main__":
    bench_import()
    bench_assess()
    bench_registry()
    bench_china()
    bench_workbooks()
    bench_site()
    bench_ledger()
