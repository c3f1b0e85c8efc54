"""What is due, overdue and the rates by hand, in the plain SQL of SQLite: what `ledgers.py` measures against."""

_PAST = """
past AS MATERIALIZED (
  SELECT i.id, e.version, e.what,
    coalesce(json_extract(e.body, '$.value.day'), json_extract(e.body, '$.value.events[0].day')) AS day,
    coalesce(json_extract(e.body, '$.value.due'), json_extract(e.body, '$.value.events[0].due')) AS due
  FROM issues i JOIN entries e ON e.subject = 'issue:' || i.id WHERE i.last > :day),
moved AS (
  SELECT id, max(version), CASE WHEN what IN ('found', 'rejected', 'resumed', 'relapsed') THEN 'open'
    WHEN what IN ('accepted', 'fixed on the spot') THEN 'closed' WHEN what IN ('merged', 'withdrawn') THEN 'ended'
    ELSE what END AS state, day AS since
  FROM past WHERE day <= :day AND what IN ('found', 'rejected', 'resumed', 'relapsed', 'accepted', 'fixed on the spot',
    'merged', 'withdrawn', 'rectified', 'suspended')
  GROUP BY id),
dated AS (SELECT id, max(version), due FROM past WHERE day <= :day AND due IS NOT NULL GROUP BY id),
stood AS (
  SELECT id, state, due, CASE state WHEN 'closed' THEN since END AS closed,
    (SELECT count(*) FROM past p WHERE p.id = moved.id AND p.what = 'rejected' AND p.day <= :day) AS rejected
  FROM moved LEFT JOIN dated USING (id))
"""
_OPEN = "SELECT id FROM {} WHERE state = 'open' AND due {} :day"
_RATES = """
SELECT count(*) AS among, sum(state IN ('rectified', 'closed')) AS rectified, sum(state = 'closed') AS closed,
  sum(state = 'open' AND due < :day) AS overdue, sum(rejected > 0) AS reworked, sum(due <= :day) AS dated,
  sum(due <= :day AND closed <= due) AS on_time
FROM {} WHERE state NOT IN ('suspended', 'ended')
"""


def _ids(sign: str) -> tuple[str, str]:
    now, then = _OPEN.format("issues", sign), _OPEN.format("stood", sign)
    return f"{now} ORDER BY id", f"WITH {_PAST} {now} AND last <= :day UNION ALL {then} ORDER BY id"


def _rates() -> tuple[str, str]:
    both = f"{_RATES.format('issues')} AND last <= :day UNION ALL {_RATES.format('stood')}"
    names = ("among", "rectified", "closed", "overdue", "reworked", "dated", "on_time")
    sums = ", ".join(f"sum({name})" for name in names)
    return _RATES.format("issues"), f"WITH {_PAST} SELECT {sums} FROM ({both})"  # noqa: S608 - of what stands above alone


SQL = {"due": _ids("="), "overdue": _ids("<"), "rates": _rates()}
"""Of each question, as of today, when nothing happened later; and as of a day past."""
