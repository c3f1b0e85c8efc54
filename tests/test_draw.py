"""Spot checks: who is drawn, from what, and that anybody can repeat it."""

from collections import Counter

import pytest
from hypothesis import given, strategies as st

from envgov.errors import InputError
from envgov.facts.draw import random_draw

FRAME = ("甲", "乙", "丙", "丁")
CODES = st.frozensets(st.text("甲乙丙丁戊己庚辛", min_size=1, max_size=2), max_size=8)


def test_the_draw_is_in_the_order_of_the_sha256_of_seed_and_code() -> None:
    # printf "2024-05:甲" | sha256sum begins with afb0; 乙 1dc4, 丙 cbf7, 丁 de2c
    assert random_draw(FRAME, 4, "2024-05") == ("乙", "甲", "丙", "丁")


def test_another_seed_draws_others() -> None:
    assert len({random_draw(FRAME, 2, str(seed)) for seed in range(100)}) == 12  # 4 x 3 ordered pairs


def test_each_unit_is_drawn_about_equally_often() -> None:
    drawn = Counter(random_draw(FRAME, 1, str(seed))[0] for seed in range(4000))
    assert set(drawn) == set(FRAME)
    assert all(890 < times < 1110 for times in drawn.values())  # 1000 each; 4 standard deviations are 110


@given(st.data())
def test_the_order_of_the_codes_and_codes_given_twice_never_matter(data: st.DataObject) -> None:
    frame = data.draw(CODES)
    n = data.draw(st.integers(0, len(frame)))
    shuffled = data.draw(st.permutations([*frame, *frame]))
    assert random_draw(shuffled, n, "seed") == random_draw(sorted(frame), n, "seed")


@given(st.data())
def test_those_that_must_be_drawn_come_first_and_the_rest_as_without_them(data: st.DataObject) -> None:
    frame = data.draw(CODES)
    must = data.draw(st.lists(st.sampled_from(sorted(frame)))) if frame else []
    n = data.draw(st.integers(len(set(must)), len(frame)))
    drawn = random_draw(frame, n, "seed", must)
    assert len(drawn) == len(set(drawn)) == n
    assert list(drawn[: len(set(must))]) == sorted(set(must))
    others = [code for code in random_draw(frame, len(frame), "seed") if code not in must]
    assert list(drawn[len(set(must)) :]) == others[: n - len(set(must))]


def test_all_that_keeps_a_draw_from_being_made_is_said_at_once() -> None:
    with pytest.raises(InputError) as refused:
        random_draw(FRAME, 5, "seed", must=["戊", "甲", "己", "庚", "辛", "壬"])
    assert list(map(str, refused.value.faults)) == [
        "n: the frame has 4 units (found '5'); draw no more, or widen the frame",
        "n: 6 units must be drawn (found '5'); draw at least as many",
        *(
            f"must: the frame has no such unit (found '{code}'); add it to the frame, or correct the code"
            for code in ("壬", "己", "庚", "戊", "辛")
        ),
    ]


@pytest.mark.parametrize(("n", "must"), [(5, ()), (1, ("甲", "乙")), (-1, ()), (2, ("戊",))])
def test_a_draw_of_too_many_of_too_few_or_of_strangers_is_refused(n: int, must: tuple[str, ...]) -> None:
    with pytest.raises(InputError):
        random_draw(FRAME, n, "seed", must)


def test_a_draw_may_be_of_nobody_and_of_everybody_who_must() -> None:
    assert random_draw((), 0, "seed") == ()
    assert random_draw(FRAME, 4, "seed", must=FRAME) == tuple(sorted(FRAME))
