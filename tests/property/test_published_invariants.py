"""Published tables at random: what is consistent passes, what was changed is found, what was rounded is never wrong."""

import json
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import assume, event, given, strategies as st

import envgov as eg
from envgov.exact import round_half_up
from envgov.published.grammar import quoted

COLUMNS = ("A", "B", "C")
Parts = Sequence[Fraction]
FORMULAS: Mapping[str, Callable[[Parts], Fraction]] = {
    "R = A + B + C": lambda row: sum(row, Fraction()),
    "R = 40 - A": lambda row: 40 - row[0],
    "R = 50% * A + 0.3 * B + 0.2 * C": lambda row: row[0] / 2 + row[1] * 3 / 10 + row[2] / 5,
    "R = mean(A, B, C)": lambda row: sum(row, Fraction()) / 3,
    "R = A / B": lambda row: row[0] / row[1],
    "R = A / (A + B)": lambda row: row[0] / (row[0] + row[1]),
    "R = 1 - (A - C) / (B + C)": lambda row: 1 - (row[0] - row[2]) / (row[1] + row[2]),
}
USED = {"R = 40 - A": 1, "R = A / B": 2, "R = A / (A + B)": 2}
HIDDEN = st.integers(1, 99_999).map(lambda n: Fraction(n, 1000))
PLACES = st.integers(0, 2)


def shown(x: Fraction, places: int) -> str:
    return f"{round_half_up(x, places):f}"


def checked(columns: Sequence[str], rows: Sequence[Sequence[str]], *claims: str) -> eg.Report:
    return eg.lint(eg.PublishedTable("表", tuple(columns), tuple(map(tuple, rows))), claims)


ROWS = st.lists(st.tuples(HIDDEN, HIDDEN, HIDDEN), min_size=1, max_size=5)
RULES = st.sampled_from(sorted(FORMULAS))


@given(ROWS, RULES, PLACES, PLACES, st.booleans())
def test_what_was_rounded_is_never_wrong(
    rows: list[tuple[Fraction, Fraction, Fraction]], rule: str, fine: int, coarse: int, percent: bool
) -> None:
    sign = "%" if percent and "/" in rule else ""
    right = [FORMULAS[rule](row) for row in rows]
    printed = [
        [*(shown(x, fine) for x in row), shown(r * 100 if sign else r, coarse) + sign]
        for row, r in zip(rows, right, strict=True)
    ]
    # a rate without its sign is a percentage where it is ten times too large: not one of numbers near zero
    assume("/" not in rule or sign or all(Fraction(x) >= 1 for row in printed for x in row))
    report = checked([*COLUMNS, "R"], printed, f"{rule}, rounded", "rows = 0")
    event(f"undecidable: {bool(report.undecidable)}")
    assert [d.column for d in report.wrong] == [""]


@given(ROWS, RULES, PLACES, st.data())
def test_a_table_of_exact_numbers_passes_and_any_change_of_a_result_is_found_with_the_right_value(
    rows: list[tuple[Fraction, Fraction, Fraction]], rule: str, places: int, data: st.DataObject
) -> None:
    claim = f"{rule}, exact"
    right = [shown(FORMULAS[rule](row), places) for row in rows]
    cells = [[*(shown(x, 3) for x in row), r] for row, r in zip(rows, right, strict=True)]
    # a rate without its sign is read as what it is nearer to
    assume("/" not in rule or all(Fraction(1, 10) < FORMULAS[rule](row) for row in rows))
    assert checked([*COLUMNS, "R"], cells, claim).discrepancies == ()
    i = data.draw(st.integers(0, len(rows) - 1))
    steps = data.draw(st.sampled_from((-3, -1, 1, 2)))
    cells[i][3] = shown(Fraction(right[i]) + Fraction(steps, 10**places), places)
    report = checked([*COLUMNS, "R"], cells, claim)
    if "/" not in rule:  # an impossible rate can make its column a percentage
        assert [(d.row, d.printed, d.right, d.verdict) for d in report.discrepancies] == [
            (i + 2, cells[i][3], right[i], "wrong")
        ]


@given(ROWS, st.sampled_from(sorted(set(FORMULAS) - {rule for rule in FORMULAS if "/" in rule})), PLACES, st.data())
def test_a_part_that_is_changed_by_more_than_rounding_is_found(
    rows: list[tuple[Fraction, Fraction, Fraction]], rule: str, places: int, data: st.DataObject
) -> None:
    cells = [
        [*(shown(x, places) for x in row), shown(FORMULAS[rule]([Fraction(shown(x, places)) for x in row]), places)]
        for row in rows
    ]
    assert checked([*COLUMNS, "R"], cells, f"{rule}, rounded").discrepancies == ()
    i, j = data.draw(st.integers(0, len(rows) - 1)), data.draw(st.integers(0, USED.get(rule, 3) - 1))
    # three parts and the result are off by half a unit each at most; the least weight is a fifth
    cells[i][j] = shown(Fraction(cells[i][j]) + Fraction(11, 10**places), places)
    [found] = checked([*COLUMNS, "R"], cells, f"{rule}, rounded").discrepancies
    assert (found.row, found.column, found.verdict) == (i + 2, "R", "wrong")


@given(st.lists(HIDDEN, min_size=2, max_size=8), PLACES, st.booleans(), st.booleans())
def test_ranks_by_hidden_decimals_are_never_wrong(
    scores: list[Fraction], places: int, dense: bool, lower: bool
) -> None:
    better = [[b < a if lower else b > a for b in scores] for a in scores]
    ranks = [
        1 + (len({b for b, is_better in zip(scores, row, strict=True) if is_better}) if dense else sum(row))
        for row in better
    ]
    rows = [(shown(score, places), str(rank)) for score, rank in zip(scores, ranks, strict=True)]
    claim = "名次 by 得分" + ", dense" * dense + ", lower is better" * lower
    report = checked(("得分", "名次"), rows, claim)
    event(f"undecidable: {bool(report.undecidable)}")
    assert report.wrong == ()


@given(st.lists(st.integers(0, 99), min_size=1, max_size=12, unique=True), st.booleans(), st.data())
def test_a_part_of_a_list_is_never_wrong(scores: list[int], lower: bool, data: st.DataObject) -> None:
    best_first = sorted(scores, reverse=not lower)
    shown = data.draw(st.sets(st.sampled_from(best_first), min_size=1))
    rows = [(str(score), str(rank)) for rank, score in enumerate(best_first, 1) if score in shown]
    report = checked(("得分", "名次"), rows, "名次 by 得分" + ", lower is better" * lower)
    event(f"undecidable: {bool(report.undecidable)}")
    assert report.wrong == ()


@given(st.lists(st.integers(0, 9), min_size=2, max_size=8), st.booleans(), st.data())
def test_a_changed_rank_is_found(scores: list[int], dense: bool, data: st.DataObject) -> None:
    ranks = [1 + (len({b for b in scores if b > a}) if dense else sum(b > a for b in scores)) for a in scores]
    claim = "名次 by 得分, exact, whole" + ", dense" * dense
    rows = [[str(score), str(rank)] for score, rank in zip(scores, ranks, strict=True)]
    assert checked(("得分", "名次"), rows, claim).discrepancies == ()
    i = data.draw(st.integers(0, len(scores) - 1))
    rows[i][1] = str(data.draw(st.integers(1, 9).filter(lambda rank: rank != ranks[i])))
    report = checked(("得分", "名次"), rows, claim)
    assert (i + 2, str(ranks[i]), "wrong") in [(d.row, d.right, d.verdict) for d in report.discrepancies]


@given(
    st.permutations(range(5)),
    st.lists(st.tuples(st.integers(0, 2), st.sampled_from(("", "5", "6", "7", "8", "9"))), min_size=5, max_size=5),
)
def test_the_order_of_rows_changes_no_rank(order: list[int], given_rows: list[tuple[int, str]]) -> None:
    assume(any(rank for _, rank in given_rows))
    rows = [(str(score), rank) for score, rank in given_rows]
    one = checked(("得分", "名次"), rows, "名次 by 得分").discrepancies
    other = checked(("得分", "名次"), [rows[i] for i in order], "名次 by 得分").discrepancies
    assert {(d.row, d.right, d.verdict) for d in one if d.row is not None} == {
        (order[d.row - 2] + 2, d.right, d.verdict) for d in other if d.row is not None
    }


# -- whatever lies in a file
AWKWARD = (
    *("", " ", "-", "—", "1", "85.50", "86..67", "８５", "92%以上", "近90%", "140多", "1e5", "NaN", "9" * 70, "٣", "²"),
    *("甲1、乙2", "甲1……", "合计", "小计", "注：x", "排名", "得分", "整改率", "整改数", "发现数", 'a"b', "a“b", "a\nb"),
    *("甲,乙", "\x00", "\ufeff", "\u2028", "𠮷", "[red]", "rows", "第1名", "0", "-0", "0.0", "%", "1%%", "=1+1"),
)
CELL = st.sampled_from(AWKWARD) | st.text(max_size=5)
GRID = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=6)
)
WORDS = (
    "得分",
    "排名",
    "合计",
    "A",
    "by",
    "from",
    "rows",
    "row",
    "=",
    "+",
    "-",
    "*",
    "/",
    "(",
    ")",
    ",",
    ":",
    ">=",
    "<",
)
SENTENCE = st.lists(
    st.sampled_from((*WORDS, "sum", "mean", "count", "in", "exact", "where", "90", "5%", '"得分"', "“", "²")),
    max_size=9,
).map(" ".join)


def outcome(name: str, raw: bytes, claims: Sequence[str] = ()) -> eg.Report | eg.InputError:
    """Anything but these two passes through and fails the test."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(raw)
        try:
            report = eg.lint(eg.read_table(path), claims)
        except eg.InputError as error:
            return error
    assert report.text("zh")
    assert report.text("en")
    json.dumps(report.to_dict(), ensure_ascii=False).encode()
    return report


def assert_complete(result: eg.Report | eg.InputError, name: str) -> None:
    event(type(result).__name__)
    if isinstance(result, eg.InputError):
        assert result.faults
        assert {fault.file for fault in result.faults} == {name}
        assert all(fault.problem and fault.remedy for fault in result.faults)
        assert max(map(len, str(result).splitlines())) < 1500
    else:
        assert result.discrepancies or any(c.compared for c in result.checked if c.origin != "implied")


@given(st.sampled_from(("t.csv", "t.json")), st.binary(max_size=500))
def test_any_bytes_end_in_a_report_or_in_faults_with_file_and_remedy(name: str, raw: bytes) -> None:
    assert_complete(outcome(name, raw), name)


@given(GRID, st.lists(SENTENCE, max_size=2), st.sampled_from(("utf-8", "gb18030")))
def test_any_cells_end_in_a_report_or_in_faults_with_file_and_remedy(
    rows: list[list[str]], sentences: list[str], encoding: str
) -> None:
    lines = "\r\n".join(",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in rows)
    assert_complete(outcome("t.csv", lines.encode(encoding, "replace")), "t.csv")
    document = {"columns": rows[0], "rows": rows[1:], "claims": sentences}
    assert_complete(outcome("t.json", json.dumps(document).encode()), "t.json")


@given(SENTENCE | st.text(max_size=30))
def test_any_sentence_is_a_claim_or_refused_with_itself_and_a_remedy(sentence: str) -> None:
    refused: tuple[eg.Fault, ...] = ()
    try:
        claim = eg.read_claim(sentence)
    except eg.InputError as error:
        refused = error.faults
    else:
        assert eg.read_claim(str(claim)) == claim
    event("refused" if refused else "read")
    assert [(fault.value, bool(fault.remedy)) for fault in refused] in ([], [(sentence.strip(), True)])


@given((st.text(min_size=1, max_size=20) | st.sampled_from(AWKWARD)).map(str.strip).filter(bool))
def test_any_heading_can_be_quoted(name: str) -> None:
    assume('"' not in name or not set("“”") & set(name))
    assert eg.read_claim(f"rows by {quoted(name)}").columns == (name,)
