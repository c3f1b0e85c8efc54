"""A stranger's text on a line: what acts unseen is seen."""

import pytest

from envgov.texts import mask_numbers, visible


def test_what_is_seen_stays_as_it_is() -> None:
    assert visible("甲村，A-1 é 𠮷 👨‍👩‍👧") == "甲村，A-1 é 𠮷 👨‍👩‍👧"


def test_what_turns_the_direction_of_writing_stands_as_its_number() -> None:
    assert visible("a\u202eb\u2066c\u200fd") == "a[U+202E]b[U+2066]c[U+200F]d"


def test_what_has_no_width_stands_as_its_number() -> None:
    assert visible("a\u200bb\ufeffc") == "a[U+200B]b[U+FEFF]c"


def test_what_xml_cannot_hold_stands_as_its_number() -> None:
    assert visible("\x00\x1b\x7f\ud800\ufffe\U0001ffff\ufdd0") == (
        "[U+0000][U+001B][U+007F][U+D800][U+FFFE][U+1FFFF][U+FDD0]"
    )


def test_line_breaks_and_tabs_are_spaces() -> None:
    assert visible("a\r\nb\nc\td\u2028e\x85f") == "a b c d e f"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("电话13812345678。", "电话138****5678。"),
        ("138-1234-5678、138 1234 5678", "138****5678、138****5678"),
        ("１３８１２３４５６７８", "138****5678"),
        ("0738-8312345或07388312345", "0738****或0738****"),
        ("身份证43250119800101123x", "身份证******************"),
    ],
)
def test_numbers_of_telephones_and_identity_cards_are_masked(text: str, shown: str) -> None:
    assert mask_numbers(text) == shown


@pytest.mark.parametrize(
    "text", ["编号20240501138123456780", "12812345678", "432501199913011234", "长１２米", "2024-05-01"]
)
def test_other_numbers_stay_as_they_are(text: str) -> None:
    assert mask_numbers(text) == text
