"""What a decision may not look at, seen while it is made."""

from __future__ import annotations

import gc
import os
import random
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import partial
from types import FrameType
from typing import Any, Literal, NamedTuple

What = Literal["clock", "random", "outside"]


class Look(NamedTuple):
    """A look at the clock, at random numbers, or at the world outside; `by` is the function that looked."""

    what: What
    at: str
    by: str


_CLOCKS = (
    *("time", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns", "process_time"),
    *("localtime", "gmtime", "ctime", "asctime", "strftime"),
)
_OF_C: Mapping[Any, tuple[What, str]] = {
    **{getattr(time, name): ("clock", f"time.{name}") for name in _CLOCKS},
    os.urandom: ("random", "os.urandom"),
    open: ("outside", "open"),
    input: ("outside", "input"),
    **{
        getattr(os, name): ("outside", f"os.{name}")
        for name in ("open", "listdir", "scandir", "stat", "lstat", "access", "getcwd", "system")
    },
}
_OF_PYTHON: Mapping[Any, tuple[What, str]] = {
    type(os.environ).__getitem__.__code__: ("outside", "os.environ"),
    socket.socket.__init__.__code__: ("outside", "socket"),
    subprocess.Popen.__init__.__code__: ("outside", "subprocess"),
}
_GLOBAL = random.random.__self__  # type: ignore[attr-defined]
_SEED = random.Random.seed.__code__


@contextmanager
def looks() -> Iterator[list[Look]]:
    """The looks taken inside; imports apart. A generator with a seed of its own is no chance, and not among them."""
    seen: list[Look] = []
    before, collects = sys.getprofile(), gc.isenabled()
    gc.disable()  # those who watch the collector look at the clock
    sys.setprofile(partial(note, seen))
    try:
        yield seen
    finally:
        sys.setprofile(before)
        if collects:
            gc.enable()


def note(seen: list[Look], frame: FrameType, event: str, arg: Any) -> None:
    """Note the look, if this event of the interpreter is one: a call of C, or of a Python function in the library."""
    look: tuple[What, str] | None = None
    if event == "c_call":
        look = _in_c(arg)
    elif event == "call":
        look = _OF_PYTHON.get(frame.f_code)
        if frame.f_code is _SEED and frame.f_locals["a"] is None:
            look = ("random", "random.Random()")
        frame = frame.f_back or frame
    if look is not None and not frame.f_code.co_filename.startswith("<frozen importlib"):
        seen.append(Look(*look, frame.f_code.co_qualname))


def _in_c(function: Callable[..., Any]) -> tuple[What, str] | None:
    owner = getattr(function, "__self__", None)
    name = function.__name__
    if isinstance(owner, type) and issubclass(owner, date) and name in ("today", "now", "utcnow"):
        return "clock", f"{owner.__name__}.{name}"
    if owner is _GLOBAL or isinstance(owner, secrets.SystemRandom):
        return "random", f"random.{name}"
    return _OF_C.get(function)
