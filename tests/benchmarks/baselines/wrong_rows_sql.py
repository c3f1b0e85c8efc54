"""How many rows of the nation's tables are wrong: what is asked by hand before rows are ranked, in SQL of DuckDB and Spark.

Frames ask more: whether days of an issue's events run backwards, texts are there, lists are as short as was declared.
"""

WRONG_ROWS = {
    "unit without code or level": "select count(*) as n from units where unit is null or level is null",
    "unit given twice": "select count(*) - count(distinct unit) as n from units",
    "unit below an unknown one": """
        select count(*) as n from units u anti join units p on u.parent = p.unit where u.parent is not null
    """,
    "inspection without what it needs": """
        select count(*) as n from inspections where id is null or unit is null or day is null or channel is null
    """,
    "inspection given twice": "select count(*) - count(distinct id) as n from inspections",
    "inspection of no unit": "select count(*) as n from inspections i anti join units u on i.unit = u.unit",
    "finding without what it needs": """
        select count(*) as n from findings where inspection is null or not coalesce(deduction between 0 and 10000, false)
    """,
    "finding of no inspection": "select count(*) as n from findings f anti join inspections i on f.inspection = i.id",
    "issue without what it needs": "select count(*) as n from issues where id is null or place is null",
    "issue given twice": "select count(*) - count(distinct id) as n from issues",
    "issue at no unit": "select count(*) as n from issues i anti join units u on i.place = u.unit",
    "event without what it needs": """
        select count(*) as n from events where issue is null or position is null or day is null
            or not coalesce(what in ('found', 'rectified', 'accepted'), false)
    """,
    "event of no issue": "select count(*) as n from events e anti join issues i on e.issue = i.id",
    "events that are no list that begins with the finding": """
        select count(*) as n from (
            select count(*) as n, max(position) as latest, sum(position) as positions,
                min(case when what = 'found' then position end) as found
            from events group by issue
        ) as lists where latest <> n - 1 or 2 * positions <> n * (n - 1) or coalesce(found, 1) <> 0
    """,
}
"""By what is wrong the query that counts it."""


def wrong_rows_sql() -> str:
    """One query, a row for each."""
    return " union all ".join(f"select '{what}' as what, n from ({query})" for what, query in WRONG_ROWS.items())  # noqa: S608


def refuse(counted: dict[str, int]) -> None:
    """Nothing is ranked by wrong rows."""
    if wrong := {what: n for what, n in counted.items() if n}:
        raise SystemExit(f"wrong rows: {wrong}")
