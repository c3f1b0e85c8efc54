"""What a site costs beside writing its files and assessing its season: a part of `nox -s bench`."""

import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import envgov as eg
import towns
from envgov.site import Site, pages_of, write_site

MONTHS = [f"2024-{month:02}" for month in range(1, 7)]


def taken(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def large_facts(units: int) -> eg.Facts:
    """Villages that lose points for three things, every month."""
    chance = random.Random(0)  # noqa: S311 - no secret
    visits = tuple(
        eg.Inspection(
            f"v{n}",
            towns.first_of(label),
            "督导",
            tuple(
                eg.Finding(item, eg.points(f"{chance.randrange(400) / 100:.2f}", 2))
                for item in ("垃圾", "河道", "公厕")
            ),
        )
        for label in MONTHS
        for n in range(units)
    )
    return eg.Facts(eg.Grid(eg.Unit(f"v{n}", f"第{n}村", "村") for n in range(units)), inspections=visits)


def bench_site(units: int = 5_000) -> None:
    last = eg.bottom(30, ties="include")
    boards = (eg.Board("红黑榜", (eg.Tier("黑榜", last, "sanction"),), rest="其他"),)
    scheme = towns.scheme(title="村级考评", scoring=eg.deductions(100, several="mean"), boards=boards)
    given = large_facts(units)
    seasons: list[eg.Season] = []
    assessing = taken(lambda: seasons.append(eg.assess_season(scheme, given)))
    site = Site("公示", given.grid, tuple(seasons))
    with tempfile.TemporaryDirectory() as folder:
        whole = taken(lambda: write_site(site, Path(folder, "site")))
        first = Path(folder, "site", "zh", "index.html").stat().st_size
        kept = dict(pages_of(site))
        bare = Path(folder, "bare")
        (bare / "zh").mkdir(parents=True)
        (bare / "en").mkdir()
        writing = taken(lambda: [(bare / name).write_bytes(content) for name, content in kept.items()])
    print(f"a site of {units} units: {len(kept)} files in {whole:.0f} s, its first page has {first / 1000:.0f} kB")
    print(
        f"  {whole / assessing:.0f} times what assessing its {len(MONTHS)} months takes, {whole / writing:.0f} times writing its files"
    )


if __name__ == "__main__":
    bench_site(*map(int, sys.argv[1:]))
