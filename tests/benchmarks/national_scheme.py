"""The scheme that the nation is judged by, in core terms, and its rounds; `baselines/answer.py` is what comes of it."""

from datetime import date

import envgov as eg
from benchmarks.baselines.answer import CHANNELS, CUT, SHARE, WEIGHTS

MONTHS = 12
PLACES = 2
"""Deductions are whole numbers of hundredths of a point."""
ROUNDS = tuple(eg.month().round_of(date(2025, month, 1)) for month in range(1, MONTHS + 1))
OVERDUE = eg.count_issues(eg.overdue(), by="place")
SCORING = eg.weighted(
    *(eg.Part(w, eg.deductions(100, c, several="mean")) for c, w in zip(CHANNELS, WEIGHTS, strict=True)),
    absent="renormalise",
)
ON_BLACK = eg.placed("三色榜", "黑榜")
TOWN = eg.RankBy(places=2, within="镇")


def due_rate(counted: eg.Condition) -> eg.ScoringRule:
    return eg.rate(counted, eg.due(during="round"), by="place", empty="exempt")


SCHEME = eg.Scheme(
    id="national",
    levels=("村",),
    cadence=eg.month(),
    since=date(2025, 1, 1),
    source=eg.Source("made up for measuring"),
    scoring=SCORING,
    ranking=TOWN,
    figures=(
        eg.Figure("dense", SCORING, eg.RankBy(places=2, method="dense", within="镇")),
        eg.Figure("county", SCORING, eg.RankBy(places=2, within="县", breakers=(OVERDUE,))),
        eg.Figure("closed", due_rate(eg.in_state("closed")), TOWN),
        eg.Figure("on_time", due_rate(eg.on_time("closed")), TOWN),
        eg.Figure("overdue", OVERDUE, eg.RankBy(places=0, within="镇")),
    ),
    boards=(
        eg.Board(
            "三色榜",
            (
                eg.Tier("黑榜", eg.all_of(eg.bottom(CUT, ties="include"), eg.below(95)), "sanction"),
                eg.Tier("红榜", eg.all_of(eg.top(CUT, ties="include"), eg.at_least(90)), "praise"),
                eg.Tier("黄榜", eg.bottom_share(SHARE, of="county", rounding="up", ties="break")),
            ),
            rest="绿榜",
            small_field="fewer",
        ),
    ),
    ladders=(
        eg.Ladder(
            (
                eg.Rung("关注", eg.placed("三色榜", "黄榜"), ("head",)),
                eg.Rung("通报批评", ON_BLACK, ("head",)),
                eg.Rung(
                    "约谈",
                    eg.streak(
                        ON_BLACK, 2, unheld="break", absent="break", repeat="each", editions="carry", heads="carry"
                    ),
                    ("head",),
                    supersedes=("通报批评",),
                ),
                eg.Rung(
                    "挂牌督办",
                    eg.k_of_last(
                        ON_BLACK, 2, 3, unheld="break", absent="skip", repeat="each", editions="carry", heads="carry"
                    ),
                    ("head",),
                ),
                eg.Rung(
                    "年度列管",
                    eg.cumulative(ON_BLACK, 3, within=eg.year(), repeat="once", editions="carry", heads="carry"),
                    ("head",),
                ),
            ),
            publish="every rung",
        ),
        eg.Ladder((eg.Rung("流动红旗", eg.placed("三色榜", "红榜"), ("head",)),), publish="every rung"),
    ),
)
