"""What a planted mutant is, and the files and tests that several of them name."""

from typing import NamedTuple

PLACES, LOGIC, COUNTERS = "policy/conditions/places.py", "policy/conditions/logic.py", "policy/conditions/counters.py"
ISSUES, LEDGER, COMBINED = "policy/conditions/issues.py", "policy/scoring/ledger.py", "policy/scoring/combined.py"
RANKING, LADDERS, BOARDS = "policy/ranking.py", "policy/ladders.py", "policy/boards.py"
CURVES, PERIODS, RANKS = "policy/scoring/curves.py", "policy/scoring/periods.py", "policy/scoring/ranks.py"
CADENCES, WORKDAYS = "policy/calendar/cadences.py", "policy/calendar/workdays.py"
ON_RANKS, ON_BOARDS, ON_LADDERS, ON_SCORES, ON_CODEC = ("ranking", "board", "ladder", "scoring", "codec")
COMPARISON = "results/comparison.py"
ON_COMPARISONS = "comparison"
ON_PUBLISHED = "published"
ON_DAYS, ON_CUTS, ON_RULES, ON_DUTIES = "calendar", "cut", "rule", "duty"
DUTIES = "season/duties.py"


class Mutant(NamedTuple):
    """One change of one line in `file`; the named test of the named invariants, or of that file, must go red."""

    file: str
    line: str
    becomes: str
    invariant: str
    subject: str
    test: str

    @property
    def node(self) -> str:
        file = self.subject if self.subject.endswith(".py") else f"property/test_{self.subject}_invariants.py"
        return f"tests/{file}::{self.test}"


CUTS = "test_top_and_bottom_answer_as_their_words_say"
THRESHOLDS = "test_at_least_includes_the_number_itself_and_below_is_the_rest"
STREAKS = "test_a_streak_answers_as_its_words_say_under_every_declaration"
OPEN_PARTS = "test_a_combination_is_open_only_where_its_open_parts_make_the_difference"
PROPOSALS = "test_a_ladder_proposes_what_is_called_for_and_neither_superseded_nor_below_the_highest"
TIERS = "test_1_the_first_tier_that_holds_takes_the_unit_and_one_that_is_open_leaves_it_pending"
ONE_ROUND = "test_every_day_lies_in_one_round_and_the_rounds_touch"
WITHIN = "test_every_finer_round_lies_within_the_coarser_one_in_which_it_ends"
OWED = "test_as_many_returns_are_owed_as_spans_times_who_owes_them_or_as_are_on_record"
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
