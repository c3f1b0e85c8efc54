"""Runs the planted mutants, or those that name a text: `python tests/mutants.py [TEXT]`."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from planted import MUTANTS
from planted.mutant import Mutant

ROOT = Path(__file__).parents[1]


def run(source: Path, nodes: Iterable[str]) -> int:
    """pytest's exit code on these tests, with the library taken from `source`: 0 is green, 1 is red."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *nodes]
    paths = os.pathsep.join([str(source), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    env = {**os.environ, "HYPOTHESIS_PROFILE": "mutants", "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, check=False).returncode


def fate(mutant: Mutant, source: Path) -> str:
    """ "caught", or what is wrong with the mutant or with the tests; the copy is left as it was."""
    path = source / "envgov" / mutant.file
    sound = path.read_text(encoding="utf-8")
    if (count := sound.count(mutant.line)) != 1:
        return f"found {count} times in the source: correct its line"
    path.write_text(sound.replace(mutant.line, mutant.becomes), encoding="utf-8")
    try:
        code = run(source, [mutant.node])
    finally:
        path.write_text(sound, encoding="utf-8")
    return {0: "SURVIVED", 1: "caught"}.get(code, f"not run: pytest ended with {code}")


def main(wanted: str = "") -> int:
    """Run the mutants whose file, invariant or test contain `wanted`; 1 unless each is caught."""
    mutants = [mutant for mutant in MUTANTS if any(wanted in text for text in mutant)]
    with TemporaryDirectory() as folder:
        source = Path(folder)
        shutil.copytree(ROOT / "src" / "envgov", source / "envgov", ignore=shutil.ignore_patterns("__pycache__"))
        if run(source, dict.fromkeys(mutant.node for mutant in mutants)) != 0:
            print("the tests fail on the library as it is: mend that first")
            return 1
        fates = []
        for mutant in mutants:
            fates.append(fate(mutant, source))
            print(
                f"{fates[-1]}: {mutant.file}: {mutant.line.strip()} -> {mutant.becomes.strip()} ({mutant.invariant})",
                flush=True,
            )
    caught = fates.count("caught")
    print(f"{caught} of {len(fates)} mutants caught")
    return int(caught < len(fates))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
