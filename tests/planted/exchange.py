"""Mutants of what goes out and comes in: no person goes out, no datum is mixed, no name of a task changes."""

from planted.mutant import Mutant

ICAL = "exchange/ical.py"
COORDINATES = "exchange/coordinates.py"
GEOJSON = "exchange/geojson.py"
OPEN311 = "exchange/open311.py"
RECORDS = "exchange/records.py"
SCHEMAS = "codec/schemas.py"
ON_ICAL = "exchange/test_ical.py"
ON_GEOJSON = "exchange/test_geojson.py"
ON_OPEN311 = "exchange/test_open311.py"
ON_SCHEMAS = "test_schemas.py"

EXCHANGE = (
    Mutant(
        ICAL,
        "due = None if issue.state is State.SUSPENDED else issue.due",
        "due = issue.due",
        "what is suspended has no date",
        ON_ICAL,
        "test_a_suspended_issue_has_no_date_and_rings_for_nobody",
    ),
    Mutant(
        ICAL,
        "if isinstance(edition.cadence, day | week):",
        "if True:",
        "what recurs keeps the length of its first",
        ON_ICAL,
        "test_each_round_of_months_is_an_event_of_whole_days_and_none_recurs",
    ),
    Mutant(
        COORDINATES,
        "if stated is not None and said is not None and stated != said:",
        "if False:",
        "two datums are never mixed",
        ON_GEOJSON,
        "test_a_file_that_says_another_datum_than_was_said_is_refused",
    ),
    Mutant(
        COORDINATES,
        "return ring if (twice >= 0) is left else ring[::-1]",
        "return ring",
        "an outline lies to the left of its ring",
        ON_GEOJSON,
        "test_an_outline_is_turned_to_the_left_around_its_unit_and_to_the_right_around_a_hole",
    ),
    Mutant(
        GEOJSON,
        "    if len(ids) < 2:",
        "    if ids:",
        "two datums are never mixed",
        ON_GEOJSON,
        "test_issues_of_two_datums_are_in_no_one_map",
    ),
    Mutant(
        OPEN311,
        "for who in issue.owed_by if who in grid or who in agencies]",
        "for who in issue.owed_by]",
        "no person goes out",
        ON_OPEN311,
        "test_an_issue_is_a_service_request_without_persons",
    ),
    Mutant(
        OPEN311,
        'if at is not None and at.datum == "WGS84":',
        "if at is not None:",
        "a service request is in WGS84",
        ON_OPEN311,
        "test_what_is_not_known_is_left_out_and_a_position_in_another_datum_too",
    ),
    Mutant(
        OPEN311,
        "local = at.astimezone(first.tzinfo)",
        "local = at",
        "a day is one of the place where it was requested",
        ON_OPEN311,
        "test_a_day_is_one_of_the_place_where_it_was_requested",
    ),
    Mutant(
        RECORDS,
        "    parser.StartDoctypeDeclHandler = _refuse_doctype\n",
        "",
        "no document type is read",
        ON_OPEN311,
        "test_a_file_that_is_no_list_is_told_as_such",
    ),
    Mutant(
        SCHEMAS,
        '            "additionalProperties": False,\n        }\n',
        "        }\n",
        "an unknown field is told",
        ON_SCHEMAS,
        "test_what_is_broken_is_told_where_it_is",
    ),
)
