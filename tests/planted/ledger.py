"""Mutants of the ledger: nothing lost, nothing altered, no number twice, nobody outside their scope."""

from planted.mutant import Mutant

CHAIN = "ledger/chain.py"
ENTRY = "ledger/entry.py"
DATABASE = "ledger/database.py"
COPIES = "ledger/copies.py"
WRITER = "ledger/writer.py"
INTAKE = "ledger/intake.py"
ROSTER = "facts/roster.py"
GUARDS = "facts/guards.py"
PAPER = "facts/paper.py"
ON_CHAIN = "ledger/test_chain.py"
ON_ENTRIES = "ledger/test_entries.py"
ON_KILLS = "ledger/test_kills.py"
ON_DATABASE = "ledger/test_database.py"
ON_PAPERS = "ledger/test_papers.py"
ON_INTAKE = "ledger/test_intake.py"
ON_ROSTER = "test_roster.py"
ON_LIFE = "test_life.py"
ON_PAPER = "test_paper.py"

LEDGER = (
    Mutant(
        CHAIN,
        "        return hash_of(before, row) == hash",
        "        return len(hash_of(before, row)) == len(hash)",
        "an altered entry breaks the chain",
        ON_CHAIN,
        "test_an_altered_entry_is_named",
    ),
    Mutant(
        CHAIN,
        "if seq != last + 1:",
        "if seq <= last:",
        "no entry is missing",
        ON_CHAIN,
        "test_a_dropped_entry_is_named",
    ),
    Mutant(
        CHAIN,
        "if printed is not None and printed.seq > last:",
        "if printed is not None and printed.seq > last + 1:",
        "the head that was printed is still there",
        ON_CHAIN,
        "test_a_ledger_truncated_with_its_head_does_not_have_the_head_that_was_printed",
    ),
    Mutant(
        CHAIN,
        "printed.seq == seq and not row.hash.startswith(printed.hash)",
        "printed.seq == seq and not row.hash",
        "a head holds what was entered before it",
        ON_CHAIN,
        "test_a_ledger_that_was_rewritten_whole_does_not_have_the_head_that_was_printed",
    ),
    Mutant(
        CHAIN,
        "for named, _ in kept.items() ^ numbers.items()",
        "for named, _ in numbers.items() - kept.items() if named in kept",
        "the numbers are those of the entries",
        ON_CHAIN,
        "test_a_number_that_was_changed_is_named",
    ),
    Mutant(
        ENTRY,
        "if value[-1:].isdigit():",
        "if value[-1:].isascii() and value[-1:].isdigit():",
        "no two numbers read alike",
        ON_ENTRIES,
        "test_a_series_does_not_end_in_a_digit",
    ),
    Mutant(
        DATABASE,
        '"BEGIN IMMEDIATE" if writes else "BEGIN"',
        '"BEGIN"',
        "writers come one after the other",
        ON_KILLS,
        "test_eight_writers_at_once_take_numbers_without_gaps",
    ),
    Mutant(
        DATABASE,
        "PRAGMA synchronous = FULL",
        "PRAGMA synchronous = NORMAL",
        "what was acknowledged is on the disk",
        ON_DATABASE,
        "test_a_file_is_durable_before_an_entry_is_acknowledged",
    ),
    Mutant(
        DATABASE,
        "PRAGMA secure_delete = ON",
        "PRAGMA secure_delete = OFF",
        "who was erased is gone from the file",
        ON_PAPERS,
        "test_who_was_erased_is_gone_from_the_file",
    ),
    Mutant(
        COPIES,
        "if not (found := verify(backup, None)):",
        "if (found := verify(backup, None)) is None:",
        "only what is sound is restored",
        ON_PAPERS,
        "test_a_faulty_backup_is_not_restored",
    ),
    Mutant(
        WRITER,
        "self._last_numbers[series] += 1",
        "self._last_numbers[series] = len(self._numbers) + 1",
        "a number is given once",
        ON_PAPERS,
        "test_numbers_of_a_series_follow_each_other",
    ),
    Mutant(
        WRITER,
        "if given != (used.subject, used.value, used.by, used.series):",
        "if given[1:] != (used.value, used.by, used.series):",
        "a key is used for one command",
        ON_ENTRIES,
        "test_a_key_is_not_used_for_the_same_event_of_another_issue",
    ),
    Mutant(
        WRITER,
        "command.expected != (version :=",
        "command.expected > (version :=",
        "nobody writes over what they did not see",
        ON_ENTRIES,
        "test_a_stale_version_is_refused_and_told_who_changed_what",
    ),
    Mutant(
        INTAKE,
        "if any(other != issue for other in others):",
        "if False:",
        "an issue that comes twice in two versions is refused",
        ON_INTAKE,
        "test_an_issue_that_comes_twice_and_not_alike_is_refused",
    ),
    Mutant(
        ROSTER,
        "return place in grid and (place == self.unit or self.unit in grid.ancestors(place))",
        "return place in grid",
        "a role stays within its scope",
        ON_ROSTER,
        "test_a_role_stays_in_its_part_of_the_grid",
    ),
    Mutant(
        ROSTER,
        "bool(owing) and owing <= self.departments",
        "bool(owing & self.departments)",
        "a scope covers all whom it concerns",
        ON_ROSTER,
        "test_a_scope_of_departments_covers_what_they_alone_owe",
    ),
    Mutant(
        GUARDS,
        "if earlier.what in (K.RECTIFIED, K.COMPLETED)}",
        "if earlier.what in (K.RECTIFIED,)}",
        "who did a part does not accept the whole",
        ON_LIFE,
        "test_neither_helpers_nor_departments_that_were_called_close_an_issue",
    ),
    Mutant(
        PAPER,
        "return any(word in measure for word in PERSONNEL)",
        "return measure in PERSONNEL",
        "a personnel measure is one under a longer name",
        ON_PAPER,
        "test_a_personnel_measure_is_said_to_be_one",
    ),
)
