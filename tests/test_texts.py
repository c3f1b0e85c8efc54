"""A stranger's text on a line: what acts unseen is seen."""

from envgov.texts import visible


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
