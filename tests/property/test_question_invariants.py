"""What is left to a person: whoever answers every question leaves nothing open."""

from collections import Counter
from collections.abc import Sequence
from random import Random

from attrs import evolve
from hypothesis import Phase, given, settings, strategies as st

import envgov as eg
import towns
from envgov.testing import strategies as own

OPEN = eg.bottom(1, ties="decide")
BOARD = eg.Board("红黑榜", (eg.Tier("红榜", eg.top(1, ties="decide")), eg.Tier("黑榜", OPEN, "sanction")), rest="其他")
SIMPLE: st.SearchStrategy[eg.Condition] = st.sampled_from(
    (
        OPEN,
        OPEN,
        eg.placed("红黑榜", "黑榜"),
        eg.sanctioned("红黑榜"),
        eg.not_(OPEN),
        eg.any_of(OPEN, eg.top(1, ties="decide")),
    )
)
COUNTERS: st.SearchStrategy[eg.Condition] = own.streaks(SIMPLE) | own.cumulatives(SIMPLE) | own.ks_of_last(SIMPLE)
MONTHS = st.lists(
    st.none() | st.fixed_dictionaries(dict.fromkeys("甲乙丙", st.sampled_from(("70", "70", "80", None)))),
    min_size=2,
    max_size=4,
)


@st.composite
def left_open(draw: st.DrawFn) -> tuple[eg.Scheme, eg.Facts]:
    """A town where ties are frequent, whose tiers and measures rest on them, in this month and in earlier ones."""
    counted = draw(COUNTERS | st.builds(eg.all_of, COUNTERS, SIMPLE))
    second = eg.Board("通报榜", (eg.Tier("通报", draw(SIMPLE | COUNTERS)),), rest="其他", small_field="none")
    ladder = eg.Ladder((eg.Rung("约谈", counted, ("村支书",)),), publish="highest")
    scheme = towns.scheme(boards=(evolve(BOARD, small_field="none"), second), ladders=(ladder,), head="村支书")
    held = {f"2024-{n:02}": month for n, month in enumerate(draw(MONTHS), 2) if month is not None}
    scores = {label: month | {"丁": "80"} for label, month in held.items()}
    heads = [eg.Assignment("张三", "村支书", "甲", since=towns.first_of("2024-03"))]
    return scheme, towns.facts(scores or {"2024-02": {"甲": "80", "乙": "90"}}, assignments=heads)


def is_open(assessment: eg.Assessment) -> bool:
    pending = [m for m in assessment.measures if m.pending]
    return bool(pending) or eg.PENDING in {p.tier for p in assessment.record.placements}


def asked_in(season: eg.Season) -> Sequence[eg.Question]:
    return tuple(dict.fromkeys(question for assessment in season for question in assessment.questions))


@given(left_open(), st.randoms(use_true_random=False))
def test_whoever_answers_every_question_leaves_nothing_open(town: tuple[eg.Scheme, eg.Facts], say: Random) -> None:
    """Some questions come up only once others are answered; none comes up twice."""
    scheme, facts = town
    answered: set[eg.Question] = set()
    while questions := asked_in(season := eg.assess_season(scheme, facts)):
        assert all(bool(assessment.questions) is is_open(assessment) for assessment in season)
        assert answered.isdisjoint(questions)
        answered.update(questions)
        rulings = [
            eg.Ruling(q.unit, q.round.start, q.condition, say.random() < 0.5, "指挥部", "研究决定", q.scheme)
            for q in questions
        ]
        facts = evolve(facts, rulings=(*facts.rulings, *rulings))
    assert not any(map(is_open, season))


def test_the_towns_leave_open_what_lies_in_this_round_and_in_earlier_ones_and_what_counts_there_are() -> None:
    seen: Counter[str] = Counter()

    @settings(phases=[Phase.generate], max_examples=600, derandomize=True, database=None)
    @given(left_open())
    def count(town: tuple[eg.Scheme, eg.Facts]) -> None:
        season = eg.assess_season(*town)
        for assessment in season:
            seen.update({"now" if q.round == assessment.record.round else "before" for q in assessment.questions})
        seen.update({getattr(q.condition, "kind", "") for q in asked_in(season)})

    count()
    assert min(seen[kind] for kind in ("now", "before", "bottom", "top", "streak", "cumulative", "k_of_last")) > 0
