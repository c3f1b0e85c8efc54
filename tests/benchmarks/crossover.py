"""From how many villages on frames are sooner than objects: `python -m benchmarks.crossover [UNITS ...]`.

Both in this process, with all facts in memory, the year of the made-up nation; the least of three.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import envgov as eg
from benchmarks.national import read_facts, write_nation
from benchmarks.national_scheme import ROUNDS, SCHEME
from envgov.frames import assess, tables_of

SIZES = (26, 52, 78, 104, 130, 260, 520)


def least(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(3):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return min(taken)


def timed(units: int) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as folder:
        write_nation(Path(folder), units)
        facts = read_facts(Path(folder))
    tables = tables_of(facts)
    objects = least(lambda: eg.assess_season(SCHEME, facts, rounds=ROUNDS))
    return objects, least(lambda: assess(SCHEME, ROUNDS, tables).to_polars())


def main(sizes: Sequence[int]) -> None:
    print("villages x 12 months: CPU seconds of objects, of frames on Polars")
    for units in sizes:
        objects, frames = timed(units)
        print(f"{units:>6} {objects:>7.2f} {frames:>7.2f}", flush=True)


if __name__ == "__main__":
    main([int(units) for units in sys.argv[1:]] or SIZES)
