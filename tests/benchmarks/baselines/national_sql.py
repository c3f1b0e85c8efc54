"""The nation's answer as SQL, in the words that DuckDB and Spark share; what they spell differently is filled in."""

from benchmarks.baselines import answer as a

PREFIXES = ("", "all_closed_", "all_on_time_", "overdue_", "county_", "packed_")
TABLES = ("units", "inspections", "findings", "issues", "events")


def month_of(day: str) -> str:
    return f"((year({day}) - 2025) * 12 + month({day}) - 1)"


def ends(number: str, prefix: str, group: str, *, best: str = "desc") -> str:
    """How many of the group are ahead and behind, and how many have a number."""
    worst = "asc" if best == "desc" else "desc"
    return (
        f"rank() over (partition by {group} order by {number} {best} nulls last) - 1 as {prefix}ahead, "
        f"rank() over (partition by {group} order by {number} {worst} nulls last) - 1 as {prefix}behind, "
        f"count({number}) over (partition by {group}) as {prefix}size"
    )


def tied(prefix: str) -> str:
    return f"{prefix}size - {prefix}ahead - {prefix}behind as {prefix}tied"


def known(number: str) -> str:
    """The counts of a figure that some have no number in."""
    counts = ("ahead", "behind", "tied")
    return ", ".join(f"case when {number} is not null then all_{number}_{c} end as {number}_{c}" for c in counts)


def national_sql(divide: str, months: int = 12, more: tuple[str, ...] = ()) -> str:
    """`divide` is the operator that divides whole numbers: `//` or `div`; `more`: columns beside those of the answer."""
    whole = {channel: f"sum(case when channel = '{channel}' then marks else 0 end)" for channel in a.CHANNELS}
    seen = {channel: f"sum(case when channel = '{channel}' then 1 else 0 end)" for channel in a.CHANNELS}
    sums = ", ".join(
        f"cast({whole[c]} as bigint) as sum{i}, cast({seen[c]} as bigint) as n{i}" for i, c in enumerate(a.CHANNELS)
    )
    some = ", ".join(
        f"greatest(n{i}, 1) as some{i}, case when n{i} > 0 then {w} else 0 end as w{i}" for i, w in enumerate(a.WEIGHTS)
    )
    bits = (
        (f"tier in ({a.YELLOW}, {a.PENDING})", a.WATCHED),
        (f"tier = {a.BLACK} and streak < 2", a.REMINDED),
        ("streak >= 2", a.TALKED),
        ("in_three >= 2", a.SUPERVISED),
        ("in_year = 3", a.LISTED),
        (f"tier = {a.RED}", a.FLAGGED),
    )
    measures = " + ".join(f"case when {held} then {bit} else 0 end" for held, bit in bits)
    town, county = "month, town", "month, county"
    return f"""
with village as (
  select v.unit, v.parent as town, t.parent as county from units v join units t on v.parent = t.unit
  where v.level = '村'
), lost as (
  select inspection, sum(deduction) as lost from findings group by inspection
), visit as (
  select unit, channel, {month_of("day")} as month, greatest(10000 - coalesce(cast(lost as bigint), 0), 0) as marks
  from inspections left join lost on id = inspection
), sums as (
  select month, unit, {sums} from visit group by month, unit
), parts as (
  select month, unit, sum0, sum1, sum2, {some} from sums
), ratio as (
  select month, unit,
    w0 * sum0 * some1 * some2 + w1 * sum1 * some0 * some2 + w2 * sum2 * some0 * some1 as num,
    (w0 + w1 + w2) * some0 * some1 * some2 as den
  from parts
), score as (
  select month, unit, (2 * num + den) {divide} (2 * den) as score from ratio
), life as (
  select issue, max(due) as due, max(case when what = 'rectified' then day end) as rectified,
    max(case when what = 'accepted' then day end) as accepted
  from events group by issue
), told as (
  select place as unit, {month_of("due")} as month, {month_of("accepted")} as closed,
    case when accepted <= due then 1 else 0 end as timely,
    {month_of("(due + interval 1 day)")} as late, coalesce({month_of("rectified")}, {months}) as done
  from life join issues on id = issue
), due as (
  select unit, month, count(*) as due, sum(case when closed <= month then 1 else 0 end) as met, sum(timely) as timely,
    0 as began, 0 as ended
  from told group by unit, month
), moved as (
  select unit, month, due, met, timely, began, ended from due
  union all select unit, late, 0, 0, 0, count(*), 0 from told where done > late group by unit, late
  union all select unit, done, 0, 0, 0, 0, count(*) from told where done > late group by unit, done
), book as (
  select unit, month, sum(due) as due, sum(met) as met, sum(timely) as timely, sum(began) - sum(ended) as more
  from (select * from moved union all select unit, m.month, 0, 0, 0, 0, 0 from village cross join months m)
  group by unit, month
), ledger as (
  select unit, month, cast(due as bigint) as due, cast(met as bigint) as met, cast(timely as bigint) as timely,
    cast(sum(more) over (partition by unit order by month) as bigint) as overdue
  from book
), sheet as (
  select s.month, s.unit, v.town, v.county, s.score, l.overdue,
    (10000 - s.score) * 4294967296 + l.overdue as packed,
    case when due > 0 then (20000 * met + due) {divide} (2 * due) end as closed,
    case when due > 0 then (20000 * timely + due) {divide} (2 * due) end as on_time
  from score s join ledger l on s.month = l.month and s.unit = l.unit join village v on s.unit = v.unit
), ranked as (
  select *, {ends("score", "", town)},
    dense_rank() over (partition by {town} order by score desc nulls last) as dense,
    {ends("closed", "all_closed_", town)},
    {ends("on_time", "all_on_time_", town)},
    {ends("overdue", "overdue_", town, best="asc")},
    {ends("score", "county_", county)},
    {ends("packed", "packed_", county, best="asc")}
  from sheet
), sized as (
  select *, {", ".join(tied(prefix) for prefix in PREFIXES)}
  from ranked
), cut as (
  select *, case when size >= {2 * a.CUT} then {a.CUT} else {a.CUT} * size {divide} {2 * a.CUT} end as seats,
    least(({a.SHARE} * county_size + 99) {divide} 100, county_size - 1) as share
  from sized
), placed as (
  select *, case
    when tied < size and behind < seats and score < {a.BLACK_BELOW} then {a.BLACK}
    when tied < size and ahead < seats and score >= {a.RED_FROM} then {a.RED}
    when county_tied = county_size or packed_behind >= share then {a.GREEN}
    when packed_behind + packed_tied <= share then {a.YELLOW}
    else {a.PENDING} end as tier
  from cut
), listed as (
  select *, case when tier = {a.BLACK} then 1 else 0 end as black from placed
), looked_back as (
  select *, sum(black) over (partition by unit order by month) as listings,
    sum(black) over (partition by unit order by month rows between 2 preceding and current row) as last_three
  from listed
), counted as (
  select *,
    case when black = 1 then sum(black) over (partition by unit, black, month - listings order by month) else 0 end
      as streak,
    case when black = 1 then last_three else 0 end as in_three,
    case when black = 1 then listings else 0 end as in_year
  from looked_back
), answer as (
  select *,
    {known("closed")}, {known("on_time")}, ahead + 1 as rank, county_ahead + 1 as county_rank,
    packed_ahead - county_ahead as county_before, packed_tied as county_level, {measures} as measures
  from counted
)
select {", ".join(f"cast({name} as bigint) as {name}" for name in (*a.COLUMNS, *more))} from answer
"""  # noqa: S608
