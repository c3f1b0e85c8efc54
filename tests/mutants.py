"""Planted mutants: wrong programs that the property tests must catch. `python tests/mutants.py` runs them all."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
PLACES, LOGIC, COUNTERS = "policy/conditions/places.py", "policy/conditions/logic.py", "policy/conditions/counters.py"
ISSUES, LEDGER, COMBINED = "policy/conditions/issues.py", "policy/scoring/ledger.py", "policy/scoring/combined.py"
RANKING, LADDERS, BOARDS = "policy/ranking.py", "policy/ladders.py", "policy/boards.py"
CURVES, PERIODS, RANKS = "policy/scoring/curves.py", "policy/scoring/periods.py", "policy/scoring/ranks.py"
CADENCES, WORKDAYS = "policy/calendar/cadences.py", "policy/calendar/workdays.py"
ON_RANKS, ON_BOARDS, ON_LADDERS, ON_SCORES, ON_CODEC = ("ranking", "board", "ladder", "scoring", "codec")
COMPARISON = "results/comparison.py"
ON_COMPARISONS = "comparison"
ON_PUBLISHED = "published"
ON_DAYS, ON_CUTS, ON_RULES = "calendar", "cut", "rule"


class Mutant(NamedTuple):
    """One change of one line in `file`; the named test of the named invariants must go red."""

    file: str
    line: str
    becomes: str
    invariant: str
    subject: str
    test: str

    @property
    def node(self) -> str:
        return f"tests/property/test_{self.subject}_invariants.py::{self.test}"


CUTS = "test_top_and_bottom_answer_as_their_words_say"
THRESHOLDS = "test_at_least_includes_the_number_itself_and_below_is_the_rest"
STREAKS = "test_a_streak_answers_as_its_words_say_under_every_declaration"
OPEN_PARTS = "test_a_combination_is_open_only_where_its_open_parts_make_the_difference"
PROPOSALS = "test_a_ladder_proposes_what_is_called_for_and_neither_superseded_nor_below_the_highest"
TIERS = "test_1_the_first_tier_that_holds_takes_the_unit_and_one_that_is_open_leaves_it_pending"
ONE_ROUND = "test_every_day_lies_in_one_round_and_the_rounds_touch"
WITHIN = "test_every_finer_round_lies_within_the_coarser_one_in_which_it_ends"
WORKED_DAYS = "test_the_nth_working_day_is_found_by_counting_days_one_by_one"
WORKED_HOURS = "test_working_hours_are_over_by_counting_minutes_one_by_one"
MARKS = "test_deductions_come_off_full_marks_up_to_their_caps"
MOVES = "test_each_move_says_what_the_two_assessments_say"
SHARES = "test_a_share_is_rounded_as_it_says_and_never_the_whole_group"
SMALL = "test_a_small_field_shortens_its_lists_as_the_board_says"
WINDOWS = "test_k_of_last_answers_as_its_words_say_under_every_declaration"
DUE_DAYS = "test_the_date_itself_is_in_time_and_the_next_day_is_one_day_late"
RATES = "test_a_rate_is_one_count_over_another_and_empty_as_it_declares"
FINER = "test_the_mean_over_finer_rounds_is_that_of_the_rounds_that_end_in_it"
EDITIONS = "test_each_round_is_judged_by_the_newest_edition_of_its_day"
BREAKS_IT = 'whether that breaks it."""\n        round = then.record.round\n        if later is not None and '
CUMULATIVE = """

    @cached_property
    def _needs(self) -> Needs:
        return needs_of(self.when)


@term("cumulative")"""

MUTANTS = (
    Mutant(PLACES, "s.score >= self.x, (s,)", "s.score > self.x, (s,)", "以上 includes", ON_RANKS, THRESHOLDS),
    Mutant(PLACES, "s.score < self.x, (s,)", "s.score <= self.x, (s,)", "低于 does not", ON_RANKS, THRESHOLDS),
    Mutant(PLACES, "if nearer >= n:", "if nearer > n:", "fewer than n are strictly better", ON_RANKS, CUTS),
    Mutant(
        PLACES,
        "return True if nearer + level <= n else None",
        "return True if nearer + level < n else None",
        "a tie that ends at the cut does not straddle it",
        ON_RANKS,
        CUTS,
    ),
    Mutant(
        PLACES,
        "if ahead == behind == 0:",
        "if tied == 0:",
        "6, a group that is all one tie",
        ON_RANKS,
        "test_6_exception_in_a_field_that_is_all_one_tie_lists_name_nobody",
    ),
    Mutant(
        PLACES,
        'held = condition.ties == "include"',
        "held = True",
        "6, exclude holds at most n",
        ON_RANKS,
        "test_6_a_list_has_room_for_what_its_ties_rule_says",
    ),
    Mutant(
        PLACES,
        'in_tie = s.before if condition.end == "first" else s.tied - s.before - s.level',
        "in_tie = s.before",
        "5, the mirror",
        ON_RANKS,
        "test_5_negated_scores_swap_top_and_bottom",
    ),
    Mutant(
        RANKING,
        '-known[unit] if better == "higher" else known[unit])',
        "-known[unit])",
        "the direction of a breaker",
        ON_CUTS,
        "test_4_ordinal_ranks_follow_the_score_and_then_the_breakers",
    ),
    Mutant(
        RANKING,
        'place if self.method == "dense" else ahead + in_front + 1',
        "place",
        "4, competition",
        ON_RANKS,
        "test_4_a_competition_rank_is_one_more_than_the_units_strictly_better",
    ),
    Mutant(
        RANKING,
        'place if self.method == "dense" else ahead + in_front + 1',
        "ahead + in_front + 1",
        "4, dense",
        ON_RANKS,
        "test_4_a_dense_rank_is_one_more_than_the_better_numbers",
    ),
    Mutant(
        RANKING,
        "members[groups[unit]][",
        'members[""][',
        "8, groups",
        ON_BOARDS,
        "test_8_what_another_group_scored_changes_nothing",
    ),
    Mutant(
        "policy/scoring/inspected.py",
        """Reason(self, Absent.NOT_ASSESSED, ())
        for unit in units:
            seen = tuple([i for i in of[unit] if i.stated is not None])""",
        """Reason(self, Fraction(0), ())
        for unit in units:
            seen = tuple([i for i in of[unit] if i.stated is not None])""",
        "who is not assessed is not ranked",
        ON_RANKS,
        "test_who_has_no_score_is_listed_apart_and_changes_nobodys_place",
    ),
    Mutant(
        "exact.py",
        "whole = (2 * abs(numerator) * 10**places + denominator) // (2 * denominator)",
        "whole = round(abs(x) * 10**places)",
        "halves go away from zero, not to even",
        ON_SCORES,
        "test_halves_are_not_rounded_to_even",
    ),
    Mutant(
        "results/history.py",
        "if held is None and (ruling",
        "if (ruling",
        "a ruling settles only what is open",
        ON_RANKS,
        "test_a_ruling_settles_what_is_open_and_nothing_else",
    ),
    Mutant(
        COUNTERS,
        "length = 0\n        later = None\n        for p in place.back():",
        "length = 0\n        later = None\n        for p in (place,):",
        "10, history is looked back on",
        ON_LADDERS,
        "test_10_until_a_ladder_fires_a_longer_run_never_lowers_the_rung",
    ),
    Mutant(COUNTERS, "return count >= k", "return count > k", "10, off by one", ON_LADDERS, STREAKS),
    Mutant(
        COUNTERS,
        "return count == k",
        "return count >= k",
        "10, once",
        ON_LADDERS,
        "test_10_exception_after_it_fired_a_ladder_that_fires_once_is_silent",
    ),
    Mutant(
        COUNTERS,
        "if reason.value is False:",
        "if False:",
        "10, a break resets",
        ON_LADDERS,
        "test_10_a_break_takes_the_ladder_back_to_its_first_rung",
    ),
    Mutant(
        COUNTERS,
        BREAKS_IT + "round.end != later.record.round.start",
        BREAKS_IT + "round.end > later.record.round.start",
        "rounds not held are seen",
        ON_LADDERS,
        STREAKS,
    ),
    Mutant(
        COUNTERS,
        'yield Gap(round, "absent"), self.absent' + CUMULATIVE,
        'yield Gap(round, "absent"), self.unheld' + CUMULATIVE,
        "absences are declared",
        ON_LADDERS,
        STREAKS,
    ),
    Mutant(
        COUNTERS,
        'counter.editions == "restart" and',
        'counter.editions == "carry" and',
        "editions as declared",
        ON_LADDERS,
        STREAKS,
    ),
    Mutant(
        LOGIC,
        "True if True in values else None if None in values else False",
        "True in values",
        "an open part leaves any_of open",
        ON_LADDERS,
        OPEN_PARTS,
    ),
    Mutant(
        LOGIC,
        "False if False in values else None if None in values else True",
        "values == {True}",
        "an open part leaves all_of open",
        ON_LADDERS,
        OPEN_PARTS,
    ),
    Mutant(
        LADDERS,
        "superseded = {measure for i in held for measure in calls[i].rung.supersedes}",
        "superseded = set()",
        "what is superseded is not proposed",
        ON_LADDERS,
        PROPOSALS,
    ),
    Mutant(LADDERS, "lightest = held[-1]", "lightest = held[0]", "the highest alone", ON_LADDERS, PROPOSALS),
    Mutant(
        "policy/boards.py",
        "return Reason(self, tier.name, tuple(asked))",
        "return Reason(self, self.rest, tuple(asked))",
        "1, the first tier that holds",
        ON_BOARDS,
        TIERS,
    ),
    Mutant(
        "policy/boards.py",
        "return Reason(self, PENDING, tuple(asked))",
        "continue",
        "1, an open tier leaves the unit pending",
        ON_BOARDS,
        TIERS,
    ),
    Mutant("facts/inspection.py", "min(lost, caps.get(name, lost))", "lost", "caps", ON_SCORES, MARKS),
    Mutant(
        COMBINED,
        'or self.absent == "zero"',
        "or True",
        "an absent part as declared",
        ON_SCORES,
        "test_a_total_is_the_sum_of_its_parts_and_absent_as_it_declares",
    ),
    Mutant(
        "facts/evidence.py",
        "return tuple(sorted(given, key=_visit))",
        "return tuple(given)",
        "2, the order of the facts",
        ON_CODEC,
        "test_11_equal_facts_give_equal_results_and_equal_bytes",
    ),
    Mutant(
        "exact.py",
        "while exponent < 0 and written[-1] == 0:",
        "while False:",
        "11, 85.5 is 85.50",
        ON_CODEC,
        "test_11_a_number_has_one_spelling",
    ),
    Mutant(
        "codec/__init__.py",
        "(sorted(value) if isinstance(value, frozenset) else value)",
        "value",
        "11, equal bytes in another process",
        ON_CODEC,
        "test_11_another_process_with_other_hashes_writes_the_same_bytes",
    ),
    Mutant(
        "season/explanation.py",
        "answer = standing or absence",
        "answer = absence",
        "13, explain gives what was recorded",
        ON_BOARDS,
        "test_13_explain_gives_the_answers_that_were_recorded",
    ),
    Mutant(CADENCES, "% 7", "% 6", "a week has seven days", ON_DAYS, ONE_ROUND),
    Mutant(CADENCES, "(1, 11, 21)", "(1, 11, 31)", "旬 begin on the 1st, 11th and 21st", ON_DAYS, ONE_ROUND),
    Mutant(CADENCES, "if finer.end <= round.end:", "if True:", "a week belongs where it ends", ON_DAYS, WITHIN),
    Mutant(WORKDAYS, "day.toordinal() + 1)", "day.toordinal())", "the day itself does not count", ON_DAYS, WORKED_DAYS),
    Mutant(WORKDAYS, "day in self.worked or", "", "make-up days are worked", ON_DAYS, WORKED_DAYS),
    Mutant(WORKDAYS, "last <= self.end", "last < self.end", "the last day is covered", ON_DAYS, WORKED_DAYS),
    Mutant(WORKDAYS, "if left <= ends", "if left < ends", "hours end with the morning", ON_DAYS, WORKED_HOURS),
    Mutant(WORKDAYS, ", local), datetime", ", datetime.min), datetime", "from the moment on", ON_DAYS, WORKED_HOURS),
    Mutant(COMPARISON, "a.rank - b.rank", "b.rank - a.rank", "a better place is positive", ON_COMPARISONS, MOVES),
    Mutant(
        COMPARISON,
        " and a.group == b.group else None",
        " else None",
        "ranks of different groups are not compared",
        ON_COMPARISONS,
        MOVES,
    ),
    Mutant(
        COMPARISON,
        "in proposed_a.items() if rung not in proposed_b",
        "in proposed_a.items() if rung in proposed_b",
        "what a alone proposes",
        ON_COMPARISONS,
        MOVES,
    ),
    Mutant(
        "published/numerals.py",
        "Interval(v - unit / 2, v + unit / 2, v > 0, v < 0)",
        "Interval(v - unit / 4, v + unit / 4, v > 0, v < 0)",
        "what was rounded is never wrong",
        ON_PUBLISHED,
        "test_what_was_rounded_is_never_wrong",
    ),
    Mutant(
        "published/sums.py",
        '"undecidable" if coarse else "wrong"',
        '"undecidable"',
        "what no rounding explains is wrong",
        ON_PUBLISHED,
        "test_a_part_that_is_changed_by_more_than_rounding_is_found",
    ),
    Mutant(
        "published/sums.py",
        "Interval.at(number.value) if exact and not number.wording else",
        "Interval.at(number.value) if not number.wording else",
        "rounded inputs are not exact",
        ON_PUBLISHED,
        "test_what_was_rounded_is_never_wrong",
    ),
    Mutant(
        "published/ranks.py",
        "return len(counts) == 1 or not self.exact",
        "return len(counts) == 1",
        "hidden decimals may order equal scores",
        ON_PUBLISHED,
        "test_ranks_by_hidden_decimals_are_never_wrong",
    ),
    Mutant(
        "published/ranks.py",
        "for m in members if m.rank != right",
        "for m in members if m.rank < right",
        "a rank that nothing explains is wrong",
        ON_PUBLISHED,
        "test_a_changed_rank_is_found",
    ),
    Mutant(PLACES, "floor(exact + Fraction(1, 2))", "round(exact)", "half a unit is rounded up", ON_CUTS, SHARES),
    Mutant(PLACES, '"up": ceil(exact)', '"up": floor(exact)', "a share rounded up", ON_CUTS, SHARES),
    Mutant(
        PLACES,
        "min(whole[rounding], size - 1)",
        "whole[rounding]",
        "a share is never the whole",
        ON_CUTS,
        SHARES,
    ),
    Mutant(
        PLACES,
        "s.score > place.record",
        "s.score >= place.record",
        "above the mean is not at the mean",
        ON_CUTS,
        "test_above_and_below_mean_compare_with_the_exact_mean_of_the_decided_numbers",
    ),
    Mutant(
        COUNTERS,
        "p.record.round.last_day < span.start",
        "p.record.round.start < span.start",
        "a round counts in the year of its last day",
        ON_LADDERS,
        "test_a_count_goes_on_across_a_round_that_ends_in_the_year_though_it_began_before",
    ),
    Mutant(
        COUNTERS,
        "self.within.round_of(place.record.round.last_day)",
        "place.record.round",
        "the span is that of the declared cadence",
        ON_LADDERS,
        "test_cumulative_counts_within_its_span_as_its_words_say",
    ),
    Mutant(COUNTERS, "if taken == self.m:", "if taken > self.m:", "the window of k_of_last", ON_LADDERS, WINDOWS),
    Mutant(
        COUNTERS, "if taken == 0 and reason.value is False:", "if False:", "it holds in this round", ON_LADDERS, WINDOWS
    ),
    Mutant(
        COUNTERS,
        'if self.repeat == "once" and met is not False:',
        "if False:",
        "k_of_last fires once",
        ON_LADDERS,
        WINDOWS,
    ),
    Mutant(
        LOGIC,
        "if not self._needs.are_met(place):",
        "if False:",
        "who has no number has not missed it",
        ON_CUTS,
        "test_what_asks_for_a_number_neither_holds_nor_fails_for_a_unit_without_one",
    ),
    Mutant(ISSUES, "last.day <= issue.due", "last.day < issue.due", "the due day is in time", ON_RULES, DUE_DAYS),
    Mutant(ISSUES, ".days >= self.days", ".days > self.days", "so many days late, or more", ON_RULES, DUE_DAYS),
    Mutant(
        ISSUES,
        "if event.what in (EventKind.REJECTED, EventKind.RELAPSED):",
        "if False:",
        "a closing that was undone does not count",
        ON_RULES,
        DUE_DAYS,
    ),
    Mutant(LEDGER, '"exempt": Absent.EXEMPT', '"exempt": Fraction(0)', "exempt is no zero", ON_RULES, RATES),
    Mutant(LEDGER, '"full": Fraction(100)', '"full": Fraction(1)', "a rate is per cent", ON_RULES, RATES),
    Mutant(
        COMBINED,
        "if shares and len(known) < len(given) else whole",
        "if False else whole",
        "the others share its weight",
        ON_RULES,
        "test_weights_share_out_what_is_known_as_declared",
    ),
    Mutant(PERIODS, 'if self.absent == "zero" else []', "if False else []", "absent as declared", ON_RULES, FINER),
    Mutant(
        CURVES,
        "sign * (target - value)",
        "(target - value)",
        "short of the target, either way",
        ON_RULES,
        "test_short_of_the_target_points_are_lost_by_the_slope_down_to_the_floor",
    ),
    Mutant(
        CURVES,
        "value >= x if",
        "value > x if",
        "a band includes its number",
        ON_RULES,
        "test_a_number_has_the_points_of_the_best_band_that_it_reaches",
    ),
    Mutant(
        RANKS,
        'reverse=rule.better == "higher"',
        "reverse=True",
        "the direction of a rank",
        ON_RULES,
        "test_ranks_in_the_field_are_found_by_sorting",
    ),
    Mutant(
        RANKING,
        "Fraction(tie[0])",
        "Fraction(tie[-1])",
        "a tolerance is anchored at the best",
        ON_CUTS,
        "test_4_numbers_within_the_tolerance_of_the_best_of_a_tie_share_its_rank",
    ),
    Mutant(
        RANKING,
        "if self.within else groups",
        "if False else groups",
        "8, quotas",
        ON_CUTS,
        "test_8_units_are_ranked_within_their_group_and_township_alone",
    ),
    Mutant(
        RANKING,
        "for unit, b, n in settled if n > 1",
        "for unit, b, n in settled if n > 9",
        "4, ordinal ranks leave no tie",
        ON_CUTS,
        "test_4_two_units_that_no_breaker_tells_apart_have_no_ordinal_ranks",
    ),
    Mutant(
        RANKING,
        "ahead + in_front + 1,",
        "ahead + 1,",
        "4, ordinal ranks follow the breakers",
        ON_CUTS,
        "test_4_ordinal_ranks_follow_the_score_and_then_the_breakers",
    ),
    Mutant(BOARDS, "wanted * size // room", "-(-wanted * size // room)", "fewer: rounded down", ON_CUTS, SMALL),
    Mutant(BOARDS, "return min(wanted, floor(", "return max(0, floor(", "share: as wanted at most", ON_CUTS, SMALL),
    Mutant(
        "facts/evidence.py",
        "place: (place, *grid.ancestors(place))",
        "place: (place,)",
        "an issue lies at all above it",
        ON_RULES,
        "test_issues_are_counted_one_by_one",
    ),
    Mutant(
        "season/columns.py",
        "if _nearest(evidence, i.place, field) == unit",
        "",
        "an issue is of the nearest unit alone",
        ON_LADDERS,
        "test_an_issue_below_two_units_of_the_field_is_the_nearest_ones",
    ),
    Mutant(
        "scheme.py",
        'round.start if self.judged_on == "first day" else round.last_day',
        "round.last_day",
        "the edition of the first day",
        ON_BOARDS,
        EDITIONS,
    ),
    Mutant(
        "scheme.py",
        "return max(judging, key=lambda edition: edition.since",
        "return min(judging, key=lambda edition: edition.since",
        "the newest edition",
        ON_BOARDS,
        EDITIONS,
    ),
)


def run(source: Path, nodes: Iterable[str]) -> int:
    """pytest's exit code on these tests, with the library taken from `source`: 0 is green, 1 is red."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *nodes]
    paths = os.pathsep.join([str(source), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    env = {**os.environ, "HYPOTHESIS_PROFILE": "mutants", "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, check=False).returncode


def fate(mutant: Mutant, source: Path) -> str:
    """ "caught", or what is wrong with the mutant or with the tests; the copy is left as it was."""
    path = source / "envgov" / mutant.file
    sound = path.read_text(encoding="utf-8")
    if (count := sound.count(mutant.line)) != 1:
        return f"found {count} times in the source: correct its line"
    path.write_text(sound.replace(mutant.line, mutant.becomes), encoding="utf-8")
    try:
        code = run(source, [mutant.node])
    finally:
        path.write_text(sound, encoding="utf-8")
    return {0: "SURVIVED", 1: "caught"}.get(code, f"not run: pytest ended with {code}")


def main(wanted: str = "") -> int:
    """Run the mutants whose file, invariant or test contain `wanted`; 1 unless each is caught."""
    mutants = [mutant for mutant in MUTANTS if any(wanted in text for text in mutant)]
    with TemporaryDirectory() as folder:
        source = Path(folder)
        shutil.copytree(ROOT / "src" / "envgov", source / "envgov", ignore=shutil.ignore_patterns("__pycache__"))
        if run(source, dict.fromkeys(mutant.node for mutant in mutants)) != 0:
            print("the tests fail on the library as it is: mend that first")
            return 1
        fates = []
        for mutant in mutants:
            fates.append(fate(mutant, source))
            print(
                f"{fates[-1]}: {mutant.file}: {mutant.line.strip()} -> {mutant.becomes.strip()} ({mutant.invariant})",
                flush=True,
            )
    caught = fates.count("caught")
    print(f"{caught} of {len(fates)} mutants caught")
    return int(caught < len(fates))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
