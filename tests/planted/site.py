"""Mutants of what everybody may read: no person is on a page, nothing that was typed acts, no folder is lost."""

from planted.mutant import Mutant

DISCLOSURE = "site/disclosure.py"
PAGES = "site/pages.py"
FOLDER = "site/folder.py"
ON_DISCLOSURE = "public/test_disclosure.py"
ON_PAGES = "public/test_pages.py"
ON_FOLDER = "public/test_folder.py"
NO_PERSON = "test_no_fact_keeps_a_person_or_what_was_typed_freely"

SITE = (
    Mutant(
        DISCLOSURE,
        'why=self.say["withheld"]',
        "why=ground.why",
        "why somebody ruled is not public",
        ON_DISCLOSURE,
        NO_PERSON,
    ),
    Mutant(DISCLOSURE, "whistle=None", "whistle=event.whistle", "a whistle names persons", ON_DISCLOSURE, NO_PERSON),
    Mutant(
        DISCLOSURE,
        'return who if who in self.known else ""',
        "return who",
        "who is no body is a person",
        ON_DISCLOSURE,
        NO_PERSON,
    ),
    Mutant(
        "results/note.py",
        "(note for note in notes if note.what in get_args(AboutLists))",
        "iter(notes)",
        "notes may name inspectors",
        ON_DISCLOSURE,
        "test_notes_that_may_name_persons_are_left_out",
    ),
    Mutant(
        PAGES,
        "autoescape=True",
        "autoescape=False",
        "what was typed is escaped",
        ON_PAGES,
        "test_what_a_stranger_typed_does_nothing_in_any_field",
    ),
    Mutant(
        PAGES,
        "finalize=_shown,",
        "",
        "nothing acts unseen",
        ON_PAGES,
        "test_what_a_stranger_typed_does_nothing_in_any_field",
    ),
    Mutant(
        FOLDER,
        "if others := sorted(found - known):",
        "if others := []:",
        "what somebody put there is not thrown away",
        ON_FOLDER,
        "test_what_somebody_put_into_a_site_is_not_thrown_away",
    ),
    Mutant(
        FOLDER,
        "                former.rename(target)\n",
        "                pass\n",
        "the old site comes back",
        ON_FOLDER,
        "test_where_the_new_one_cannot_be_moved_the_old_one_comes_back",
    ),
)
