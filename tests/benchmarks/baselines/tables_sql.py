"""The four tables that frames write, as SQL over the wide answer, in the words that DuckDB and Spark share."""

# ruff: noqa: S608 - every word of these queries is our own

from benchmarks.baselines import answer as a

OUTCOMES = 0b1100
"""Where those that are pending may end: a bit for each tier of the board, and the last for the rest."""
MORE = ("town", "county")
"""What the tables need beside the answer."""
NAMED = """
select a.*, t.name as town_name, c.name as county_name
from answer a join units t on a.town = t.unit join units c on a.county = c.unit
"""
"""The wide answer with the names of its groups: `sheet`, which the tables read."""


def tables_sql(quote: str) -> dict[str, str]:
    """By the name of each table its query; `quote` stands around a name that is a word of SQL."""
    return {
        "standings": _standings(quote),
        "placements": _placements(),
        "measures": _measures(),
        "absences": _absences(quote),
    }


def _standings(quote: str) -> str:
    def of(figure: str, score: str, prefix: str, group: str, places: int = 2, **more: str) -> str:
        counts = {count: prefix + count for count in ("ahead", "tied", "behind")}
        told = {"rank": f"{counts['ahead']} + 1", **counts, "before": "0", "level": counts["tied"], **more}
        numbers = ", ".join(f"cast({what} as bigint) as {name}" for name, what in told.items())
        return (
            f"select month as round, unit, '{figure}' as figure, {score} as score, cast({places} as bigint) as places, "
            f"{group} as {quote}group{quote}, {numbers} from sheet where {score} is not null"
        )

    return " union all ".join(
        [
            of("score", "score", "", "town_name"),
            of("dense", "score", "", "town_name", rank="dense"),
            of("county", "score", "county_", "county_name", before="county_before", level="county_level"),
            of("closed", "closed", "closed_", "town_name"),
            of("on_time", "on_time", "on_time_", "town_name"),
            of("overdue", "overdue", "overdue_", "town_name", places=0),
        ]
    )


def _placements() -> str:
    tier = " ".join(f"when {number} then '{name}'" for name, number in a.TIERS.items())
    return (
        f"select month as round, unit, '三色榜' as board, case tier {tier} end as tier, "
        f"case tier when {a.BLACK} then 'sanction' when {a.RED} then 'praise' end as side, "
        f"cast(case when tier = {a.PENDING} then {OUTCOMES} else 0 end as bigint) as outcomes from sheet"
    )


def _measures() -> str:
    return " union all ".join(
        f"select month as round, unit, '{rung}' as rung, {f'tier = {a.PENDING}' if bit == a.WATCHED else 'false'} as pending, "
        f"cast(null as string) as issue from sheet where measures & {bit} <> 0"
        for rung, bit in a.MEASURES.items()
    )


def _absences(quote: str) -> str:
    return (
        f"select cast(m.month as bigint) as round, u.unit, '' as {quote}group{quote}, false as is_exempt "
        "from units u cross join months m anti join sheet s on s.unit = u.unit and s.month = m.month "
        "where u.level = '村'"
    )
