"""Writers in processes of their own, who say what they do, and can be killed while they do it."""

import logging
import multiprocessing
import random
import time
from collections.abc import Callable
from itertools import count
from multiprocessing.connection import Connection
from typing import Any

from sqlalchemy import event

from clerks import E, command, event as happened, issue, proposed, signed
from envgov.ledger import Command, Ledger

LOG = logging.getLogger(__name__)
"""How far a soak has come."""
_KILLED = count(1)
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["writers"])
STATEMENTS = 7
"""How many statements a step takes at least: where within them a writer stops is drawn."""


def step(writer: str, n: int) -> list[Command]:
    """What a writer enters at once: an issue, its dispatch, and a paper signed with its number."""
    id = f"{writer}-{n}"
    return [
        command(id, issue(id), key=f"{id} found"),
        command(id, happened(E.DISPATCHED, 1, 10), key=f"{id} dispatched"),
        proposed(id),
        signed(id),
    ]


def write(place: str, writer: str, steps: int, stop: int | None, told: Connection) -> None:
    """Enter so many steps, and tell of each when it was acknowledged.

    With `stop` the first step is entered up to that statement of its transaction; there the writer waits to be killed.
    """
    with Ledger.open(place) as ledger:
        if stop is not None:
            _stop_within(ledger, stop, lambda: told.send("within"))
        for n in range(steps):
            ledger.record_all(step(writer, n))
            told.send(n)
            time.sleep(0.005)  # others get their turn


def _stop_within(ledger: Ledger, stop: int, tell: Callable[[], None]) -> None:
    seen = 0

    def count(*_: Any) -> None:
        nonlocal seen
        seen += 1
        if seen == stop:
            tell()
            time.sleep(600)

    @event.listens_for(ledger.database.engine, "begin")
    def begin(_: Any) -> None:
        event.listen(ledger.database.engine, "after_cursor_execute", count)


def drawing(seed: int) -> random.Random:
    """The same moments each time, as far as the machine lets them be."""
    return random.Random(seed)  # noqa: S311


class Writer:
    """One writer's process, and what it told."""

    def __init__(self, place: str, name: str, steps: int, stop: int | None = None) -> None:
        self.name = name
        self.told, tells = PROCESSES.Pipe(duplex=False)
        self.process = PROCESSES.Process(target=write, args=(place, name, steps, stop, tells))
        self.process.start()
        tells.close()

    def kill_within(self) -> list[int]:
        """Killed inside its open transaction; nothing was acknowledged."""
        assert self.told.recv() == "within"
        return self.kill()

    def kill_soon(self, draw: random.Random) -> list[int]:
        """Killed at some moment after its first word; the steps that it was told are entered."""
        first = self.told.recv()
        time.sleep(draw.random() / 50)
        return [first, *self.kill()]

    def kill(self) -> list[int]:
        self.process.kill()
        if (killed := next(_KILLED)) % 50 == 0:
            LOG.info("%d writers killed", killed)
        return self.finish()

    def finish(self) -> list[int]:
        acknowledged = []
        while True:
            try:
                acknowledged.append(self.told.recv())
            except EOFError:
                break
        self.process.join()
        self.process.close()
        self.told.close()
        return acknowledged
