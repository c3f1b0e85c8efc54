"""Runs the planted mutants, or those that name a text: `python tests/mutants.py [TEXT]`."""

import compileall
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import repeat
from pathlib import Path
from tempfile import TemporaryDirectory

from planted import MUTANTS
from planted.mutant import Mutant

ROOT = Path(__file__).parents[1]


def run(source: Path, nodes: Iterable[str], *options: str) -> int:
    """pytest's exit code on these tests, with the library taken from `source`: 0 is green, 1 is red.

    Nobody reads why a test fails, and to have every assertion explained takes longer than most tests do.
    """
    plain = ("-x", "-q", "-p", "no:cacheprovider", "--assert=plain", "--tb=no")
    command = [sys.executable, "-m", "pytest", *plain, *options, *nodes]
    paths = os.pathsep.join([str(source), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    env = {**os.environ, "HYPOTHESIS_PROFILE": "mutants", "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, check=False).returncode


@contextmanager
def copy_of(library: Path) -> Iterator[Path]:
    """The folder of a copy, and what is compiled stays valid in it but for a file that is changed."""
    with TemporaryDirectory() as folder:
        shutil.copytree(library, Path(folder, "envgov"))
        yield Path(folder)


def fate(mutant: Mutant, sound: Path) -> str:
    """ "caught", or what is wrong with the mutant or with the tests."""
    with copy_of(sound / "envgov") as source:
        path = source / "envgov" / mutant.file
        text = path.read_text(encoding="utf-8")
        if (count := text.count(mutant.line)) != 1:
            return f"found {count} times in the source: correct its line"
        path.write_text(text.replace(mutant.line, mutant.becomes), encoding="utf-8")
        code = run(source, [mutant.node])
    return {0: "SURVIVED", 1: "caught"}.get(code, f"not run: pytest ended with {code}")


def main(wanted: str = "") -> int:
    """Run the mutants whose file, invariant or test contain `wanted`; 1 unless each is caught."""
    mutants = [mutant for mutant in MUTANTS if any(wanted in text for text in mutant)]
    fates = []
    with copy_of(ROOT / "src/envgov") as sound, ThreadPoolExecutor(os.cpu_count()) as pool:
        compileall.compile_dir(sound, quiet=1)
        if run(sound, dict.fromkeys(mutant.node for mutant in mutants), "--numprocesses=auto") != 0:
            print("the tests fail on the library as it is: mend that first")
            return 1
        for mutant, found in zip(mutants, pool.map(fate, mutants, repeat(sound)), strict=True):
            fates.append(found)
            print(
                f"{found}: {mutant.file}: {mutant.line.strip()} -> {mutant.becomes.strip()} ({mutant.invariant})",
                flush=True,
            )
    caught = fates.count("caught")
    print(f"{caught} of {len(fates)} mutants caught")
    return int(caught < len(fates))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
