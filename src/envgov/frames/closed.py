"""Closed rounds as state: what counters asked in them, and the issues that were open at their end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import narwhals.stable.v2 as nw
from attrs import evolve, frozen

from envgov.codec import to_dict
from envgov.errors import Fault, InputError
from envgov.facts.round import Round
from envgov.frames.engine import Frame, are_joined, small_table
from envgov.frames.folder import scan_folder, write_parquet
from envgov.frames.open_issues import OF_ISSUES
from envgov.frames.past import KEYS, Counted, Past
from envgov.frames.store import Store
from envgov.frames.table import Table
from envgov.frames.tables import COLUMNS, Tables
from envgov.scheme import Scheme

SCHEME = {"id": str, "end": date, "edition": str, "rules": str}
ROUNDS = {"round": int, "edition": str, "start": date, "end": date, "label": str}
DECIDING = (
    "levels", "cadence", "among", "groups", "scoring", "ranking", "figures", "boards", "ladders", "exempt", "head",
    "judged_on",
)  # fmt: skip
"""What of a scheme decides: its title, its source, deadlines and duties may be put in other words."""
COUNTERS = {"counter": int, "edition": str, "board": str, "asks": str}


@frozen(eq=False, repr=False)
class ClosedRounds:
    """What closed rounds of a scheme leave to later ones, in small tables.

    `tables`: `scheme`, its id and the day up to which its rounds are closed, with a digest of the rules of each edition;
    `rounds` that were held; `counters`; `places`, with what each counter asked of a unit in a round; and `issues`,
    `responsible`, `events`, `handed` of the issues that are not done with.
    """

    scheme: str
    end: date
    """The day after the last that is closed, whether a round was held then or not."""
    rules: Mapping[str, str]
    past: Past
    issues: Mapping[str, Frame]

    @property
    def tables(self) -> Mapping[str, Table]:
        past = self.past
        rounds = [
            (n, edition, round.start, round.end, round.label)
            for n, (edition, round) in enumerate(zip(past.editions, past.rounds, strict=True))
        ]
        counters = [(n, *counted) for n, counted in enumerate(past.counted)]
        frames = {
            "scheme": small_table(
                past.frame, SCHEME, [(self.scheme, self.end, *told) for told in sorted(self.rules.items())]
            ),
            "rounds": small_table(past.frame, ROUNDS, rounds),
            "counters": small_table(past.frame, COUNTERS, counters),
            "places": past.frame,
            **self.issues,
        }
        return {name: Table(frame) for name, frame in frames.items()}

    def write(self, folder: str | Path) -> None:
        """Write the tables as Parquet to a new folder: all of them, or nothing.

        Raises:
            FileExistsError: there is something of that name.
        """
        write_parquet(self.tables, folder)

    def before(self, editions: Sequence[Scheme], first: Round, tables: Tables) -> tuple[Past, dict[str, Frame]]:
        """The past of the rounds from the first on, and the rows of issues that were open.

        An issue that the tables give is as they give it, and not among these.

        Raises:
            InputError: the state is of another scheme or engine, of other rules, or of these very rounds.
        """
        faults = []
        scheme = editions[0].id
        if scheme != self.scheme:
            faults.append(
                Fault(f"{scheme} is assessed, with the state of another scheme", "give its own", value=self.scheme)
            )
        else:
            faults += [
                Fault(
                    f"the edition of {scheme} since {edition.edition} had other rules when the rounds were closed",
                    "give the changed scheme another since, and assess the whole history once",
                )
                for edition in editions
                if self.rules.get(edition.edition, rules_of(edition)) != rules_of(edition)
            ]
        if first.start < self.end:
            said = f"the rounds before {self.end} are closed, and {first.label} is assessed"
            faults.append(Fault(said, "give later rounds, or the state of earlier ones"))
        mine, its = self.past.frame.implementation, tables.units.implementation
        if mine is not its:
            faults.append(
                Fault(f"the state is of {mine}, and the tables are of {its}", "read the state in their session")
            )
        elif not are_joined(self.past.frame, tables.units):
            faults.append(Fault("the state is of another connection than the tables", "read both in one session"))
        for name, column, frame in (("units", "unit", self.past.frame), ("issues", "id", self.issues["issues"])):
            found, known = (given.collect_schema()[column] for given in (tables[name], frame))
            if found != known:
                said = f"the column is of type {found}, and in the state of {known}"
                faults.append(Fault(said, "give codes and ids of one type", name, column=column))
        if faults:
            raise InputError(faults)
        given = tables["issues"].select("id")
        return self.past, {
            name: self.issues[name].join(given, left_on=id_, right_on="id", how="anti")
            for name, id_ in OF_ISSUES.items()
        }


def rules_of(edition: Scheme) -> str:
    """A digest of what decides; a clause may be cited otherwise."""
    told = to_dict(edition)
    return sha256(repr([_uncited(told.get(name)) for name in DECIDING]).encode()).hexdigest()


def _uncited(told: Any) -> Any:
    if isinstance(told, dict):
        return {name: _uncited(part) for name, part in told.items() if name != "cite"}
    return [_uncited(part) for part in told] if isinstance(told, list) else told


def closed(scheme: str, end: date, rules: Mapping[str, str], past: Past, issues: Mapping[str, Frame]) -> ClosedRounds:
    """The state of rounds: those that were held, with places and issues as they were computed."""
    held = sorted(n for (n,) in past.held.collect("polars").rows())
    numbers = small_table(past.frame, {"round": int, "n": int}, list(zip(held, range(len(held)), strict=True)))
    places = past.frame.join(numbers, on="round", how="inner").drop("round").rename({"n": "round"})
    store = Store(past.frame)
    places, *others = map(store.last, (places.select(*KEYS, "head", *past.names), *issues.values()))
    return ClosedRounds(
        scheme,
        end,
        rules,
        evolve(
            past,
            rounds=tuple(past.rounds[n] for n in held),
            editions=tuple(past.editions[n] for n in held),
            held=numbers.select(round="n"),
            frame=places,
        ),
        dict(zip(issues, others, strict=True)),
    )


def read_state(folder: str | Path, *, session: Any | None = None) -> ClosedRounds:
    """The state that `write` wrote; `session` as for `read_parquet`.

    Raises:
        InputError: a file or a column is missing, or no Parquet.
    """
    found = scan_folder(folder, session)
    frames: dict[str, Frame] = {name: nw.from_native(native).lazy() for name, native in found.items()}
    wanted: dict[str, Iterable[str]] = {"scheme": SCHEME, "rounds": ROUNDS, "counters": COUNTERS}
    wanted |= {"places": (*KEYS, "head"), **{name: COLUMNS[name] for name in OF_ISSUES}}
    faults = []
    for name, columns in wanted.items():
        known = frames[name].collect_schema().names() if name in frames else None
        for column in [""] if known is None else [column for column in columns if column not in known]:
            what = "column" if column else "file"
            faults.append(
                Fault(f"this {what} is missing", "give the folder that was written", f"{name}.parquet", column=column)
            )
    if faults:
        raise InputError(faults)
    told = frames["scheme"].select(*SCHEME).collect("polars").rows()
    if not told:
        raise InputError([Fault("this file has no row", "give the folder that was written", "scheme.parquet")])
    (scheme, end, *_), rules = told[0], {edition: rules for *_, edition, rules in told}
    rounds = sorted(frames["rounds"].select(*ROUNDS).collect("polars").rows())
    counters = sorted(frames["counters"].select(*COUNTERS).collect("polars").rows())
    past = Past(
        tuple(Round(start, end, label) for *_, start, end, label in rounds),
        tuple(edition for _, edition, *_ in rounds),
        tuple(Counted(*counted) for _, *counted in counters),
        frames["rounds"].select("round"),
        frames["places"],
    )
    return ClosedRounds(scheme, end, rules, past, {name: frames[name] for name in OF_ISSUES})
