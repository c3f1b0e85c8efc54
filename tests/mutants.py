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
CONDITIONS, RANKING, LADDERS = "policy/conditions.py", "policy/ranking.py", "policy/ladders.py"
ON_RANKS, ON_BOARDS, ON_LADDERS, ON_SCORES, ON_CODEC = ("ranking", "board", "ladder", "scoring", "codec")


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
MARKS = "test_deductions_come_off_full_marks_up_to_their_caps"

MUTANTS = (
    Mutant(CONDITIONS, "s.score >= self.x, (s,)", "s.score > self.x, (s,)", "以上 includes", ON_RANKS, THRESHOLDS),
    Mutant(CONDITIONS, "s.score < self.x, (s,)", "s.score <= self.x, (s,)", "低于 does not", ON_RANKS, THRESHOLDS),
    Mutant(CONDITIONS, "if nearer >= n:", "if nearer > n:", "fewer than n are strictly better", ON_RANKS, CUTS),
    Mutant(
        CONDITIONS,
        "return True if nearer + level <= n else None",
        "return True if nearer + level < n else None",
        "a tie that ends at the cut does not straddle it",
        ON_RANKS,
        CUTS,
    ),
    Mutant(
        CONDITIONS,
        "if s.ahead == s.behind == 0:",
        "if s.size == 0:",
        "6, a group that is all one tie",
        ON_RANKS,
        "test_6_exception_in_a_field_that_is_all_one_tie_lists_name_nobody",
    ),
    Mutant(
        CONDITIONS,
        'held = condition.ties == "include"',
        "held = True",
        "6, exclude holds at most n",
        ON_RANKS,
        "test_6_a_list_has_room_for_what_its_ties_rule_says",
    ),
    Mutant(
        CONDITIONS,
        "nearer_in_tie=s.tied - s.before - s.level",
        "nearer_in_tie=s.before",
        "5, the mirror",
        ON_RANKS,
        "test_5_negated_scores_swap_top_and_bottom",
    ),
    Mutant(
        RANKING,
        '-known[unit] if better == "higher" else known[unit])',
        "-known[unit])",
        "the direction of a breaker",
        ON_RANKS,
        CUTS,
    ),
    Mutant(
        RANKING,
        'rank = ahead + 1 if self.method == "competition" else place',
        "rank = place",
        "4, competition",
        ON_RANKS,
        "test_4_a_competition_rank_is_one_more_than_the_units_strictly_better",
    ),
    Mutant(
        RANKING,
        'rank = ahead + 1 if self.method == "competition" else place',
        "rank = ahead + 1",
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
        "policy/scoring.py",
        "        return Absent.NOT_ASSESSED\n",
        "        return Fraction(0)\n",
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
        CONDITIONS,
        "for p in place.back():",
        "for p in (place,):",
        "10, history is looked back on",
        ON_LADDERS,
        "test_10_until_a_ladder_fires_a_longer_run_never_lowers_the_rung",
    ),
    Mutant(CONDITIONS, "return length >= self.k", "return length > self.k", "10, off by one", ON_LADDERS, STREAKS),
    Mutant(
        CONDITIONS,
        "return length == self.k",
        "return length >= self.k",
        "10, once",
        ON_LADDERS,
        "test_10_exception_after_it_fired_a_ladder_that_fires_once_is_silent",
    ),
    Mutant(
        CONDITIONS,
        "if reason.value is False:",
        "if False:",
        "10, a break resets",
        ON_LADDERS,
        "test_10_a_break_takes_the_ladder_back_to_its_first_rung",
    ),
    Mutant(
        CONDITIONS,
        "round.end != later.record.round.start",
        "round.end > later.record.round.start",
        "rounds not held are seen",
        ON_LADDERS,
        STREAKS,
    ),
    Mutant(
        CONDITIONS,
        'yield Gap(round, "absent"), self.absent',
        'yield Gap(round, "absent"), self.unheld',
        "absences are declared",
        ON_LADDERS,
        STREAKS,
    ),
    Mutant(
        CONDITIONS,
        'self.editions == "restart" and',
        'self.editions == "carry" and',
        "editions as declared",
        ON_LADDERS,
        STREAKS,
    ),
    Mutant(
        CONDITIONS,
        "True if True in values else None if None in values else False",
        "True in values",
        "an open part leaves any_of open",
        ON_LADDERS,
        OPEN_PARTS,
    ),
    Mutant(
        CONDITIONS,
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
        "policy/scoring.py",
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
        "season.py",
        "standing or self.record.absence(unit.code)",
        "self.record.absence(unit.code)",
        "13, explain gives what was recorded",
        ON_BOARDS,
        "test_13_explain_gives_the_answers_that_were_recorded",
    ),
)


def run(source: Path, nodes: Iterable[str]) -> int:
    """pytest's exit code on these tests, with the library taken from `source`: 0 is green, 1 is red."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *nodes]
    paths = os.pathsep.join([str(source), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    env = {**os.environ, "HYPOTHESIS_PROFILE": "ci", "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}
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
