"""What a ledger decides by, as files have it: the grid, the rules of an issue's life, the duty roster."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from attrs import frozen

from envgov.codec import SIGNS, from_dict
from envgov.errors import Fault, InputError
from envgov.facts.grid import Grid
from envgov.facts.guards import LifeRules
from envgov.facts.roster import Roster
from envgov.readers.roster import read_roster
from envgov.season_csv import read_grid
from envgov.texts import UnreadableError, decode

T = TypeVar("T")
NO_LIMIT = "no limit"
"""How TOML, which has no word for nothing, says that there is no time within which to decline."""


@frozen
class Settings:
    """What was read; None where no file was given."""

    grid: Grid | None
    rules: LifeRules | None
    roster: Roster | None


def read_settings(*, grid: Path | None, rules: Path | None, roster: Path | None, known: Grid | None = None) -> Settings:
    """What the files say, all of them sound or none used. `known` is the grid where no file has it.

    Raises:
        InputError: every fault of every file; and roles that accept in turn, and that the roster does not have.
        OSError: a file cannot be opened.
    """
    faults: list[Fault] = []
    units = _noted(faults, read_grid, grid)
    life = _noted(faults, read_rules, rules)
    over = units if grid else known
    posts = _noted(faults, lambda file: read_roster(file, over or Grid(())), roster if over is not None else None)
    if life is not None and posts is not None and len(life.accepting) > 1:
        held = {role.name for role in posts.roles}
        faults += [
            Fault(
                "nobody accepts in this role: the roster does not have it",
                f"correct it, or add it to the roster, which has {'、'.join(sorted(held))}",
                str(rules and rules.name),
                column="accepting",
                value=role,
            )
            for role in life.accepting
            if role not in held
        ]
    if faults:
        raise InputError(faults)
    return Settings(units, life, posts)


def read_rules(file: Path) -> LifeRules:
    """The rules of an issue's life in a file of TOML: `kind = "LifeRules"`, and each of its fields.

    `decline_within = "no limit"` sets none.

    Raises:
        InputError: the file is no such text, or every fault in it.
        OSError: it cannot be opened.
    """
    try:
        data = tomllib.loads(decode(file.read_bytes()))
    except UnreadableError as error:
        raise InputError([Fault(error.problem, error.remedy, file.name)]) from None
    except (ValueError, RecursionError) as error:
        raise InputError([Fault(f"this is not TOML: {error}", f"correct the file there{SIGNS}", file.name)]) from None
    if data.get("decline_within") == NO_LIMIT:
        data["decline_within"] = None
    rules = from_dict(data, file=file.name)
    if not isinstance(rules, LifeRules):
        fault = Fault(f"this is a {type(rules).__name__}", 'write kind = "LifeRules"', file.name, column="kind")
        raise InputError([fault])
    return rules


def _noted(faults: list[Fault], read: Callable[[Path], T], file: Path | None) -> T | None:
    if file is None:
        return None
    try:
        return read(file)
    except InputError as error:
        faults += error.faults
        return None
