"""Mutants of the ledger's life: who closes, who signs, what gives a date."""

from planted.mutant import Mutant

GUARDS, PAPER, PUBLICATION = "facts/guards.py", "facts/paper.py", "facts/publication.py"
ON_LIVES = "life"
CLOSED = "test_an_issue_is_closed_by_each_role_in_turn_and_by_nobody_who_did_the_work"
DATED = "test_a_later_date_is_a_hand_over_or_was_approved_by_somebody_else"
SIGNED = "test_software_signs_waives_and_voids_nothing_and_a_body_decides_on_persons"
PUBLISHED = "test_what_is_published_was_heard_signed_by_a_person_and_is_the_draft"
WHISTLED = "test_a_whistled_issue_is_rectified_after_every_department_that_did_not_decline"

LIVES = (
    Mutant(
        GUARDS,
        "if event.by in owners(issue):",
        "if event.by in issue.owed_by:",
        "where nobody is named, the place owes it",
        ON_LIVES,
        "test_nobody_closes_or_ends_what_they_owe",
    ),
    Mutant(
        GUARDS,
        "if event.by in {earlier.by for earlier in _passed(issue)}:",
        "if False:",
        "each that accepts is another",
        ON_LIVES,
        CLOSED,
    ),
    Mutant(
        GUARDS,
        "last = role_awaited(issue, rules) == rules.accepting[-1]\n    if last != (event.what is K.ACCEPTED):",
        "if False:",
        "the last to accept closes",
        ON_LIVES,
        CLOSED,
    ),
    Mutant(
        GUARDS,
        "elif event.approved_by == event.by:",
        'elif event.approved_by == "":',
        "nobody approves what they asked for",
        ON_LIVES,
        DATED,
    ),
    Mutant(
        GUARDS,
        "if missing := called(issue) - _done(issue, K.COMPLETED):",
        "if missing := called(issue) - _done(issue, K.ATTENDED):",
        "every department completes its part",
        ON_LIVES,
        WHISTLED,
    ),
    Mutant(
        PAPER,
        "if paper.personnel and (not event.decided_by or event.decided_by in persons):",
        "if paper.personnel and not event.decided_by:",
        "a person is no deciding body",
        ON_LIVES,
        SIGNED,
    ),
    Mutant(
        PUBLICATION,
        "event.day <= heard[0].due:",
        "event.day < heard[0].due:",
        "units may object on the last day",
        ON_LIVES,
        PUBLISHED,
    ),
)
