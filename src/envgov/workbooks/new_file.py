"""A file that is new: what was made is laid there, and never over what somebody else has written meanwhile."""

from __future__ import annotations

from pathlib import Path

from envgov.errors import Fault, InputError


def lay(made: Path, file: Path) -> None:
    """Move what was made to where it belongs.

    Raises:
        InputError: there is such a file by now; it stays as it is.
    """
    try:
        file.touch(exist_ok=False)  # ours from here on: of two who ask at once one is refused
    except FileExistsError:
        raise InputError([taken(file)]) from None
    made.replace(file)


def taken(file: Path) -> Fault:
    return Fault("there is such a file already", "name a file that is new", str(file))
