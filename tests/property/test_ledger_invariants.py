"""The text that is hashed is the one that Python's json writes, so that any program can follow the chain."""

import json
from typing import Any

from hypothesis import given, strategies as st

from envgov.ledger.entry import canonical

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
"""All of Unicode but halves of characters, which no file can hold."""
CONTENTS: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.integers(-(2**70), 2**70) | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
)


@given(content=CONTENTS)
def test_a_content_has_the_text_that_json_gives_it(content: Any) -> None:
    assert canonical(content).decode() == json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def test_a_whole_number_beyond_64_bits_is_written_exactly() -> None:
    assert canonical([2**64]) == b"[18446744073709551616]"
