"""Frames against pipelines written by hand, over a made-up nation: `nox -s bench -- frames [UNITS ...]`.

Every run is a process of its own, from reading Parquet to having written it; the runs of a round are taken in turn, and
a ratio is one of two runs of the same round. On each engine frames are compared with one wide table by hand, with the
four tables that frames write, and with these after wrong rows are refused. Without UNITS it is done at 5,200 and at
70,000; 700,000 takes an hour and 20 GB of memory. The data is kept in ENVGOV_NATION, if that names a folder. No time is
asserted, but that all say the same is.
"""

import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from shutil import rmtree
from statistics import median
from typing import NamedTuple

import envgov as eg
from benchmarks.answers import answer_of, is_same, read_answer, read_table
from benchmarks.closing import is_of_the_year
from benchmarks.national import read_facts, write_nation
from benchmarks.national_scheme import ROUNDS, SCHEME
from benchmarks.tree import Run, run
from benchmarks.with_frames import RESULTS

SIZES = (5_200, 70_000)
CHECKED = 523
"""The last town of so many villages has three, where lists have no room."""
ENGINES = ("polars", "duckdb", "spark")
LAST_MONTH = "last month alone"


class Pipeline(NamedTuple):
    """What is run: its name, its module with what that is given, and up to how many villages it is worth running."""

    name: str
    program: tuple[str, ...]
    most: int = 10_000_000

    @property
    def is_slow(self) -> bool:
        """Spark is run once, in the first round."""
        return "spark" in self.name


def by_hand(engine: str, most: int = 10_000_000) -> Pipeline:
    """One wide table."""
    return Pipeline(f"{engine} by hand", (f"benchmarks.baselines.{engine}_hand",), most)


def tables_by_hand(engine: str) -> Pipeline:
    """The four tables that frames write."""
    return Pipeline(f"{engine} four tables", (f"benchmarks.baselines.{engine}_tables_hand",))


def looked_through(engine: str) -> Pipeline:
    """The four tables, after wrong rows are refused, as frames refuse them."""
    return Pipeline(f"{engine} looked through", (*tables_by_hand(engine).program, "looked_through"))


def frames_on(engine: str) -> Pipeline:
    return Pipeline(f"frames on {engine}", ("benchmarks.with_frames", engine))


HAND = {engine: (by_hand(engine), tables_by_hand(engine), looked_through(engine)) for engine in ENGINES}
PIPELINES = (
    *chain.from_iterable(HAND.values()),
    by_hand("pandas"),
    by_hand("objects", 5_200),
    *map(frames_on, ENGINES),
)
AGAINST = {
    **{frames_on(engine).name: [p.name for p in HAND[engine]] for engine in ENGINES},
    LAST_MONTH: [frames_on("polars").name],
}
"""With which runs of the same round each is compared."""
Taken = Mapping[str, Sequence[Run]]


def pipelines(units: int) -> list[Pipeline]:
    return [p for p in PIPELINES if units <= p.most]


@contextmanager
def nation(units: int) -> Iterator[Path]:
    """A folder with the nation of so many villages."""
    if kept := os.environ.get("ENVGOV_NATION"):
        folder = Path(kept, str(units))
        if not folder.exists():
            write_nation(folder, units)
        yield folder
        return
    with tempfile.TemporaryDirectory() as new:
        write_nation(Path(new), units)
        yield Path(new)


def check_answers() -> None:
    """All answer as the reference does; cell by cell, where the field is small enough for it."""
    with nation(CHECKED) as folder, tempfile.TemporaryDirectory() as out:
        wanted = answer_of(eg.assess_season(SCHEME, read_facts(folder), rounds=ROUNDS))
        for pipeline in pipelines(CHECKED):
            path = Path(out, "answer.parquet")
            run(*pipeline.program, str(folder), str(path))
            if not read_answer(path).equals(wanted):
                raise SystemExit(f"{pipeline.name} and the reference differ at {CHECKED} units")
            if path.is_dir():
                rmtree(path)
            else:
                path.unlink()
        check_tables(folder, Path(out))
    print(f"{CHECKED} units x 12 months: {len(wanted)} rows, the same from all and from the reference")


def check_tables(folder: Path, out: Path) -> None:
    """What the answer leaves out, too, is the same in all four tables."""
    frames = out / "frames"
    run(*frames_on("polars").program, str(folder), str(frames))
    for engine in ENGINES:
        hand = out / engine
        run(*looked_through(engine).program, str(folder), str(hand))
        for name in RESULTS:
            if not is_same(read_table(frames, name), read_table(hand, name)):
                raise SystemExit(f"{name} of frames and by hand on {engine} differ at {CHECKED} units")


def measure(units: int, times: int) -> Taken:
    """Every pipeline so many times, in turn; all must write the same."""
    taken: dict[str, list[Run]] = defaultdict(list)
    with nation(units) as folder, tempfile.TemporaryDirectory() as out:
        wanted = None
        for turn in range(times):
            for pipeline in pipelines(units):
                if turn and pipeline.is_slow:
                    continue
                path = Path(out, f"{pipeline.name}.parquet")
                taken[pipeline.name].append(run(*pipeline.program, str(folder), str(path)))
                if turn:
                    continue
                found = read_answer(path)
                if wanted is None:
                    wanted = found
                if not found.equals(wanted):
                    raise SystemExit(f"{pipeline.name} and {PIPELINES[0].name} differ at {units} units")
            taken[LAST_MONTH].append(close_month(folder, Path(out), is_first=not turn))
    return taken


def close_month(folder: Path, out: Path, *, is_first: bool) -> Run:
    """The last month alone, with the state of those before, which is made at first; it is decided as the year decides it."""
    program = ("benchmarks.closing", str(folder), str(out / "month"), str(out / "state"))
    if is_first:
        run(*program)
        if not is_of_the_year(out / "month", out / "frames on polars.parquet"):
            raise SystemExit("the last month alone and the year differ")
    return run(*program)


def spread(numbers: Sequence[float]) -> str:
    return f"{median(numbers):.2f} ({min(numbers):.2f} to {max(numbers):.2f})"


def tell(units: int, taken: Taken) -> None:
    print(
        f"\n{units} units x 12 months: seconds, of all cores together (of Spark those of Python alone), GB at most, "
        "and ratios (median, least to most)"
    )
    for name, runs in taken.items():
        print(
            f"  {name:<21} {median(r.seconds for r in runs):>7.2f} s {median(r.cpu for r in runs):>7.2f} s "
            f"{max(r.bytes for r in runs) / 1e9:>6.2f} GB"
        )
        for other in AGAINST.get(name, ()):
            pairs = list(zip(runs, taken[other], strict=True))
            time, cpu = (spread([a[n] / b[n] for a, b in pairs]) for n in range(2))
            memory = spread([a.bytes / b.bytes for a, b in pairs])
            print(f"    {time} times {other}, CPU {cpu}, memory {memory}")


def tell_growth(sizes: Mapping[int, Taken]) -> None:
    """How time and memory grow with the rows: 1 is linear, less is better than that."""
    smaller, *larger = sorted(sizes)
    for units in larger:
        print(f"\nfrom {smaller} to {units} units ({units / smaller:.1f} times the rows), time and memory per row:")
        for name, runs in sizes[units].items():
            if before := sizes[smaller].get(name):
                rows = units / smaller
                time = median(r.seconds for r in runs) / median(r.seconds for r in before) / rows
                memory = median(r.bytes for r in runs) / median(r.bytes for r in before) / rows
                print(f"  {name:<21} {time:.2f} and {memory:.2f} times")
        smaller = units


def times_of(units: int) -> int:
    return 5 if units <= 10_000 else 3 if units <= 100_000 else 1


def main(sizes: Sequence[int]) -> None:
    check_answers()
    told: dict[int, Taken] = {}
    for units in sorted(sizes):
        told[units] = measure(units, times_of(units))
        tell(units, told[units])
    tell_growth(told)


if __name__ == "__main__":
    main([int(units) for units in sys.argv[1:]] or SIZES)
