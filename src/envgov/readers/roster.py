"""The duty roster (职责分工表) as a table: a row is a post, and says what its role may do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from envgov.errors import InputError, UnknownUnitError
from envgov.facts.grid import Grid
from envgov.facts.issue import EventKind
from envgov.facts.roster import ACCEPT_UNIT, ACTS, APPROVE, Post, Role, Roster, Scope
from envgov.season_csv.cells import EVENTS, read_answer, read_code, read_day, read_list, read_set
from envgov.season_csv.rows import Row
from envgov.season_csv.sheets import Sheets
from envgov.season_csv.tables import Column
from envgov.texts import UnreadableError

EVERYTHING = ("everything", "全部")
_CHINESE: Mapping[str, str] = {
    "发现": EventKind.FOUND.value,
    **{word: kind.value for word, kind in EVENTS.items() if not word.isascii()},
    "督办单": EventKind.SLIPPED.value,
    "批准": APPROVE,
    "验收整村": ACCEPT_UNIT,
    "文书拟办": "paper proposed",
    "文书签发": "paper signed",
    "文书送达": "paper notified",
    "文书答复": "paper answered",
    "文书办结": "paper done",
    "文书免予": "paper waived",
    "文书作废": "paper voided",
    "通报拟稿": "publication drafted",
    "通报核实反馈": "publication fed back",
    "通报申诉": "publication objected",
    "通报复核": "publication reviewed",
    "通报审签": "publication signed",
    "通报发布": "publication published",
    "通报更正": "publication corrected",
}
_WORDS: Mapping[str, str] = {**{act: act for act in ACTS}, **_CHINESE}


def _read_acts(cell: str) -> frozenset[str]:
    if cell.lower() in EVERYTHING:
        return ACTS
    named = read_list(cell)
    if unknown := [word for word in named if word not in _WORDS]:
        raise UnreadableError(
            f"nothing is called {', '.join(unknown)}", f"write 全部, or some of {'、'.join(_CHINESE)}, with ; between"
        )
    return frozenset(_WORDS[word] for word in named)


_COLUMNS = (
    Column("who", ("姓名或单位", "人员", "责任人"), read_code, required=True),
    Column("role", ("角色", "岗位"), required=True),
    Column("person", ("个人", "是否个人"), read_answer, required=True),
    Column("may", ("可办事项", "职责"), _read_acts),
    Column("unit", ("所辖单位", "范围"), read_code),
    Column("departments", ("所辖部门",), read_set),
    Column("since", ("起", "起始日期"), read_day),
    Column("until", ("止", "截止日期"), read_day),
)


def read_roster(file: str | Path, grid: Grid) -> Roster:
    """The duty roster in a file of CSV, one post in a row.

    `who` (姓名或单位) has the `role` (角色) from `since` (起) up to, and without, `until` (止), in one scope: `unit` (所辖单位)
    and all below it, 全部 for the whole grid, or `departments` (所辖部门). `person` (个人) says whether it is a person, who
    may sign. `may` (可办事项) says what the role may do: words of events.csv, 发现, 批准, 验收整村; of papers
    签发 and the others, of publications 审签 and the others; or 全部. It stands in one row of each role at least. Units are told by their codes, or by names that are unique in the grid.

    Raises:
        InputError: every fault of the file.
        OSError: it cannot be opened.
    """
    sheets = Sheets({"roster": _COLUMNS})
    sheets.files["roster"] = Path(file)
    rows = list(sheets.rows("roster"))
    roles = tuple(_roles(sheets, rows))
    posts = sheets.read("roster", lambda row: _post_of(row, grid), rows=rows)
    if sheets.faults:
        raise InputError(sheets.faults)
    persons = frozenset(_code(row["who"], grid) for _, row in rows if row["person"])
    return Roster(roles, tuple(posts), persons)


def _roles(sheets: Sheets, rows: list[tuple[int, Row]]) -> Iterator[Role]:
    """Each role with what it may do, which no two rows say differently."""
    said: dict[str, tuple[int, frozenset[str]]] = {}
    firsts: dict[str, int] = {}
    told: set[str] = set()
    file, head = sheets.files["roster"].name, sheets.head("roster", "may")
    unread = {fault.row for fault in sheets.faults if fault.column == head}
    for number, row in rows:
        if "role" not in row:
            continue  # noted already
        firsts.setdefault(row["role"], number)
        if number in unread:
            told.add(row["role"])  # it says something, which is a fault of its own
        if "may" not in row:
            continue
        first, acts = said.setdefault(row["role"], (number, row["may"]))
        if acts != row["may"]:
            problem = f"row {first} says otherwise what {row['role']} may do"
            sheets.note(file, problem, "say it once, or give one of them another role", number)
    for role, number in firsts.items():
        if role in said:
            yield Role(role, said[role][1])
        elif role not in told:
            sheets.note(file, f"no row says what {role} may do", "say it in one of its rows", number, None, head)


def _post_of(row: Row, grid: Grid) -> Post:
    return Post(_code(row["who"], grid), row["role"], _scope_of(row, grid), row.get("since"), row.get("until"))


def _scope_of(row: Row, grid: Grid) -> Scope:
    unit, departments = row.get("unit", ""), row.get("departments", frozenset())
    if bool(unit) == bool(departments):
        raise ValueError("the scope is a unit (or 全部), or departments: give one of the two")
    if unit.lower() in EVERYTHING:
        return Scope(everything=True)
    if not unit:
        return Scope(departments=frozenset(_code(each, grid) for each in departments))
    code = _code(unit, grid)
    if code not in grid:
        raise ValueError(f"the grid has no unit {unit!r}")
    return Scope(unit=code)


def _code(named: str, grid: Grid) -> str:
    try:
        return grid.code_of(named) or named
    except UnknownUnitError as error:
        raise ValueError(str(error)) from None
