"""A program run in a process of its own: how long it took, and what it and its children held in memory at most."""

import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

PAGE = os.sysconf("SC_PAGE_SIZE")


class Run(NamedTuple):
    seconds: float
    cpu: float
    """Seconds of all cores together: on a machine that others use, these tell more. Not of what ends by itself later, as
    the JVM of Spark does.
    """
    bytes: int


def run(*arguments: str) -> Run:
    """`python -m ARGUMENTS`, watched fifty times a second; Linux alone tells what a tree of processes holds.

    Raises:
        CalledProcessError: it failed; its last words are told.
    """
    begun, used, most = time.perf_counter(), _used(), 0
    given = [sys.executable, "-m", *arguments]
    with subprocess.Popen(
        given, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        while True:
            try:
                _, told = process.communicate(timeout=0.02)
                break
            except subprocess.TimeoutExpired:
                most = max(most, _held_in(process.pid))
    taken = time.perf_counter() - begun
    if process.returncode:
        print(told[-3000:], file=sys.stderr)
        raise subprocess.CalledProcessError(process.returncode, given)
    return Run(taken, _used() - used, most)


def _used() -> float:
    """What all processes that ended have computed."""
    told = resource.getrusage(resource.RUSAGE_CHILDREN)
    return told.ru_utime + told.ru_stime


def _held_in(session: int) -> int:
    """The memory of all processes of a session."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):  # it has just ended
            continue
        if int(fields[3]) == session:
            total += int(fields[21]) * PAGE
    return total
