"""Faults and errors: what was found, where, and what to do, on lines that a person can read."""

import pickle

import pytest

from envgov.errors import EnvGovError, Fault, InputError, SchemeError, UnknownUnitError


@pytest.mark.parametrize(
    ("fault", "line"),
    [
        (Fault("it is wrong", "mend it"), "it is wrong; mend it"),
        (Fault("it is wrong", "mend it", "units.csv"), "units.csv: it is wrong; mend it"),
        (Fault("it is wrong", "mend it", row=7), "row 7: it is wrong; mend it"),
        (Fault("it is wrong", "mend it", column="code"), "code: it is wrong; mend it"),
        (
            Fault("it is wrong", "mend it", "units.csv", 7, "code", "v1"),
            "units.csv, row 7, code: it is wrong (found 'v1'); mend it",
        ),
        (Fault("it is wrong", "mend it", row=0, value=""), "row 0: it is wrong (found ''); mend it"),
    ],
)
def test_a_fault_says_where_what_was_found_and_the_remedy(fault: Fault, line: str) -> None:
    assert str(fault) == line


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("村" * 60, "'" + "村" * 60 + "'"),
        ("村" * 61, "'" + "村" * 59 + "…'"),
        ("x" * 1_000_000, "'" + "x" * 59 + "…'"),
        ("two\nlines\t\x1b[31m", r"'two\nlines\t\x1b[31m'"),
    ],
)
def test_a_found_value_stays_on_one_line_of_at_most_sixty_characters(value: str, shown: str) -> None:
    assert str(Fault("wrong", "mend", value=value)) == f"wrong (found {shown}); mend"


def test_one_fault_is_counted_in_the_singular() -> None:
    assert str(InputError([Fault("wrong", "mend it")])) == "1 fault:\nwrong; mend it"


def test_faults_are_listed_in_order_and_counted() -> None:
    error = InputError(Fault(f"wrong {n}", "mend it", row=n) for n in (2, 1))
    assert str(error) == "2 faults:\nrow 2: wrong 2; mend it\nrow 1: wrong 1; mend it"
    assert [fault.row for fault in error.faults] == [2, 1]


@pytest.mark.parametrize(
    ("count", "lines", "last"), [(200, 201, "row 200: wrong; mend it"), (203, 202, "... and 3 more")]
)
def test_a_message_shows_two_hundred_faults_and_counts_the_others(count: int, lines: int, last: str) -> None:
    error = InputError(Fault("wrong", "mend it", row=row) for row in range(1, count + 1))
    message = str(error).splitlines()
    assert (message[0], len(message), message[-1]) == (f"{count} faults:", lines, last)
    assert len(error.faults) == count


def test_an_input_error_survives_the_way_to_another_process() -> None:
    error = InputError([Fault("wrong", "mend it", "a.csv", 3, "day", "x")])
    again = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert again.faults == error.faults
    assert str(again) == str(error)


@pytest.mark.parametrize(
    ("error", "builtin"),
    [(InputError([]), ValueError), (SchemeError("x"), ValueError), (UnknownUnitError("x"), LookupError)],
)
def test_every_error_is_envgovs_own_and_the_builtin_that_it_resembles(
    error: EnvGovError, builtin: type[Exception]
) -> None:
    assert isinstance(error, EnvGovError)
    assert isinstance(error, builtin)
