"""The answer that every baseline writes, and the numbers of the scheme that it is written for.

The answer has one row for each village and month in which it was inspected. All its columns are whole numbers: scores
and rates are in hundredths, months count from 0. A village without issues due has no rates (null).
"""

CHANNELS = ("镇级检查", "县级督查", "无人机巡查")
WEIGHTS = (5, 3, 2)
CUT = 3
"""So many villages of a town are on the red list, and so many on the black one."""
BLACK_BELOW, RED_FROM = 9500, 9000
SHARE = 20
"""So many per cent of a county, rounded up, are watched."""
GREEN, BLACK, RED, YELLOW, PENDING = range(5)
"""The tiers as the answer writes them; PENDING may end as YELLOW or GREEN."""
TIERS = {"绿榜": GREEN, "黑榜": BLACK, "红榜": RED, "黄榜": YELLOW, "pending": PENDING}
WATCHED, REMINDED, TALKED, SUPERVISED, LISTED, FLAGGED = (1 << bit for bit in range(6))
"""The measures as the answer writes them: the sum of those proposed, with those that are pending."""
MEASURES = {
    "关注": WATCHED,
    "通报批评": REMINDED,
    "约谈": TALKED,
    "挂牌督办": SUPERVISED,
    "年度列管": LISTED,
    "流动红旗": FLAGGED,
}

COLUMNS = (
    *("month", "unit", "score", "rank", "dense", "ahead", "tied", "behind"),
    *("county_rank", "county_ahead", "county_tied", "county_behind", "county_before", "county_level"),
    *("closed", "closed_ahead", "closed_tied", "closed_behind"),
    *("on_time", "on_time_ahead", "on_time_tied", "on_time_behind"),
    *("overdue", "overdue_ahead", "overdue_tied", "overdue_behind"),
    *("tier", "streak", "in_three", "in_year", "measures"),
)
"""`streak`: months on the black list running; `in_three`: how many of its last three months, `in_year`: of the year;
0 for a village that is not on it."""
