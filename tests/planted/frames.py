"""Mutants of the plan of frames: what a columnar program gets wrong, whoever writes it."""

from planted.mutant import Mutant

ASKED, COUNTERS, PLACES, RANKING = "frames/asked.py", "frames/counters.py", "frames/places.py", "frames/ranking.py"
BOARDS, ENGINE, NUMBER, DAYS, ROUNDS = (
    f"frames/{name}.py" for name in ("boards", "engine", "number", "days", "rounds")
)
INSPECTED, CURVES = "frames/scoring/inspected.py", "frames/scoring/curves.py"
PLAINNESS, FIGURES, OPEN = "frames/plainness.py", "frames/figures.py", "frames/open_issues.py"
TIED = "test_14_polars_decides_worlds_that_tie_at_the_cuts_as_objects_do"
WHOLE = "test_14_polars_decides_worlds_of_the_whole_vocabulary_as_objects_do"


TOWNS = "assessment.py::test_frames_assess_towns_whose_numbers_tie_as_objects_do"
STREAKS = "counters.py::test_streaks_of_every_declaration"
LOOK = "looked_through.py::test_tables_are_refused_for_the_same_faults_as_if_nothing_was_decided"
APART = "assessment.py::test_units_of_another_town_class_or_round_are_never_ranked_together"
HALVES = "scores.py::test_halves_are_rounded_away_from_zero_below_it_too"


def _mutant(file: str, line: str, becomes: str, invariant: str, test: str = TIED) -> Mutant:
    """Caught by the packed worlds, or by the test of that file of tests/frames which is there for it."""
    named, _, in_file = test.partition("::")
    if in_file:
        return Mutant(file, line, becomes, f"14, {invariant}", f"frames/test_{named}", in_file)
    return Mutant(file, line, becomes, f"14, {invariant}", "frames", test)


FRAMES = (
    _mutant(PLACES, "(condition, places.maxima) >= whole(0)", "(condition, places.maxima) > whole(0)", "以上 includes"),
    _mutant(
        PLACES,
        "return s.known & (s.less(condition, places.maxima) < whole(0))",
        "return s.known & (s.less(condition, places.maxima) <= whole(0))",
        "低于 does not",
    ),
    _mutant(PLACES, "(nearer >= n, NO)", "(nearer > n, NO)", "fewer than n are strictly better"),
    _mutant(PLACES, "(nearer + level <= n, YES)", "(nearer + level < n, YES)", "a tie that ends at the cut"),
    _mutant(PLACES, "alone = s.tied == s.size", "alone = s.tied > s.size", "a group that is all one tie"),
    _mutant(PLACES, "        tied = YES", "        tied = NO", "include takes all of a tie"),
    _mutant(
        PLACES,
        "in_tie = s.before if first else s.tied - s.before - s.level",
        "in_tie = s.before",
        "a tie is broken from the end that is listed",
        TOWNS,
    ),
    _mutant(PLACES, '"up": exact + whole(hundred - 1)', '"up": exact', "floor for ceil in a share", WHOLE),
    _mutant(
        PLACES,
        "nw.min_horizontal(rounded, size - whole(1))",
        "nw.min_horizontal(rounded, size)",
        "a share is never the whole group",
        "at_cuts.py::test_a_share_of_two_is_rounded_up_and_never_both",
    ),
    _mutant(RANKING, '.rank("dense")', '.rank("min")', "min for dense"),
    _mutant(
        RANKING,
        'spread.ahead: best.rank("min")',
        'spread.ahead: best.rank("dense")',
        "dense for min",
    ),
    _mutant(
        RANKING,
        "order_by=spread.number).cast(INT) - tied,",
        "order_by=spread.number).cast(INT),",
        "who is level is not ahead",
        "assessment.py::test_duckdb_assesses_towns_as_objects_do",
    ),
    _mutant(
        FIGURES,
        "nth * whole(len(sheet.rounds.spans))",
        "nth * whole(1)",
        "a class in one round is not another class in another",
        APART,
    ),
    _mutant(
        FIGURES,
        "whole(groups * len(sheet.rounds.spans))",
        "whole(1)",
        "a town in one round is not another town in another",
        APART,
    ),
    _mutant(
        RANKING, "nearer = windows.name(before + nw.col(key)", "nearer = windows.name(nw.col(key)", "lost tie-break"
    ),
    _mutant(
        RANKING,
        "one(~nw.col(breaker).is_null()).min()",
        "one(~nw.col(breaker).is_null()).max()",
        "a breaker that one of the tied lacks breaks nothing",
    ),
    _mutant(
        ENGINE,
        "whole(2) * x.abs() + by, whole(2) * by",
        "whole(2) * x.abs() + by - one(whole(2) * (x.abs() % (whole(2) * by)) == by), whole(2) * by",
        "half-even",
        HALVES,
    ),
    _mutant(
        ENGINE,
        "whole(2) * x.abs() + by, whole(2) * by",
        "whole(2) * x.abs(), whole(2) * by",
        "cut off for rounded",
        WHOLE,
    ),
    _mutant(ENGINE, ".then(whole(0) - up)", ".then(up)", "numbers below 0", HALVES),
    _mutant(
        BOARDS,
        "choose((answer.is_null(), whole(-1)), (holds(answer), whole(n))",
        "choose((holds(answer), whole(n))",
        "a tier that is open leaves the unit pending",
        TOWNS,
    ),
    _mutant(
        BOARDS,
        "pending & reached & ~fails(answer)",
        "pending & reached & holds(answer)",
        "what is pending may be",
        TOWNS,
    ),
    _mutant(BOARDS, "outdone | holds(its)", "outdone | ~fails(its)", "a rung that is pending supersedes nothing"),
    _mutant(
        COUNTERS,
        "position += 1 if earlier.end == later.start else 2",
        "position += 1",
        "a round that was not held is a gap",
    ),
    _mutant(
        COUNTERS,
        "some, others = n >= whole(k), least",
        "some, others = n > whole(k), least",
        "the k-th in a row",
        STREAKS,
    ),
    _mutant(COUNTERS, "blocks.back(so_far, m)", "blocks.back(so_far, m - 1)", "k of the last m"),
    _mutant(
        COUNTERS, "head_unknown = heads.is_null()", "head_unknown = NOWHERE", "who heads a unit is not known", STREAKS
    ),
    _mutant(ASKED, "(last <= _due(reading))", "(last < _due(reading))", "< for <= on the deadline", WHOLE),
    _mutant(
        ASKED,
        "(at >= late) & is_open(at)",
        "(at > late) & is_open(at)",
        "overdue from the day on",
        "ledger_columns.py::test_issues_are_counted_in_columns_as_of_objects",
    ),
    _mutant(DAYS, "whole(bounds[half])).then(sooner)", "whole(bounds[half] - 1)).then(sooner)", "last days", WHOLE),
    _mutant(
        ROUNDS,
        "for n in range(first.toordinal(), end.toordinal())",
        "for n in range(first.toordinal() + 1, end.toordinal())",
        "first days",
    ),
    _mutant(
        INSPECTED,
        "(lost > cap)).then(cap)",
        "(lost > cap)).then(lost)",
        "an item deducts up to its cap",
        "scores.py::test_caps_hold_for_each_inspection_item_by_item",
    ),
    _mutant(
        CURVES,
        "has >= wanted if",
        "has > wanted if",
        "a band includes its number",
        "at_cuts.py::test_a_band_includes_its_number",
    ),
    _mutant(INSPECTED, '.filter(has(lost_by, "id"))', "", "findings of no inspection are seen", LOOK),
    _mutant(PLAINNESS, "nw.when(lost.wrong).then(whole(0)).otherwise", "", "an issue at no place is seen", LOOK),
    _mutant(PLAINNESS, " & (n <= whole(len(sound)))", "", "an event that is given twice is seen", LOOK),
    _mutant(PLAINNESS, "told[0] != 0 and ", "", "an issue without its first event is seen", LOOK),
    _mutant(
        OPEN,
        'Round(last.end, last.end + DAY, "first")',
        'Round(last.start, last.end, "first")',
        "what closed rounds alone counted is done with",
        "open_issues.py::test_an_issue_that_only_closed_rounds_counted_is_not_carried",
    ),
    _mutant(
        OPEN,
        "matters | (nw.col(turn) == ever_after)",
        "matters | (nw.col(turn) < first)",
        "a day to come on which an issue is counted",
        "open_issues.py::test_an_issue_that_falls_due_later_is_carried_where_those_are_counted",
    ),
)
