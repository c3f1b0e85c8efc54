"""Ranks from round to round (名次走势)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

import altair as alt

from envgov.charts.style import INK, PALE, PAPER, STRONG, dressed, grounds_of, labels_of, named, told
from envgov.charts.timeline import Timeline, timeline_of
from envgov.charts.words import CHART_WORDS
from envgov.errors import EnvGovError, UnknownUnitError
from envgov.facts.round import Round
from envgov.reason import Absent
from envgov.results.assessment import Assessment, Season
from envgov.results.history import Absence
from envgov.results.ranking import Standing
from envgov.results.table import WORDS, Language

FEW_UNITS = 12
ENDS = 3
NAMED_TOGETHER = 3
Rows = list[dict[str, Any]]


def draw_ranks(season: Season, *, units: Collection[str] = (), language: Language = "zh") -> alt.VConcatChart:
    """The rank of each unit in each round, group by group; units that are tied share a point.

    A line is dashed where rounds between its ends were not held, and broken where the unit was not assessed: whoever
    was not assessed is counted below the ranks. The lines of `units`, codes, stand out; without any, those of all, if
    they are twelve or fewer, and else of the three best and the three worst of the newest round.

    Raises:
        EnvGovError: the season is empty, or its scheme ranks nobody.
        UnknownUnitError: one of `units` is not in the field of any round.
    """
    words = CHART_WORDS[language]
    newest = season.latest
    line = timeline_of(season, language)
    names = labels_of({unit.code: unit.name for a in season for unit in a.units}.items())
    if unknown := sorted(frozenset(units) - names.keys()):
        raise UnknownUnitError(f"no unit has the code {', '.join(map(repr, unknown))} in this season: give codes")
    groups = dict.fromkeys(s.group for a in reversed(season.assessments) for s in a.record.standings)
    if not groups:
        raise EnvGovError(f"{newest.scheme} ranks nobody: there are no ranks to draw")
    charts = [_group(season, group, frozenset(units) or _standing_out(newest, group), names, line) for group in groups]
    dashed = [words["gap"]] if len(line.places) > len(line.of) else []
    said = [*grounds_of(season, language), *line.sizes(season), *dashed]
    title = f"{newest.title or newest.scheme}{WORDS[language].colon}{words['rank']}"
    return dressed(alt.VConcatChart(vconcat=charts), title, said)


def _standing_out(newest: Assessment, group: str) -> frozenset[str]:
    listed = [s.unit for s in newest.record.standings if s.group == group]
    return frozenset(listed if len(listed) <= FEW_UNITS else listed[:ENDS] + listed[-ENDS:])


def _group(
    season: Season, group: str, strong: frozenset[str], names: Mapping[str, str], line: Timeline
) -> alt.LayerChart:
    words, texts = CHART_WORDS[line.language], WORDS[line.language]
    standings = [[s for s in a.record.standings if s.group == group] for a in season]
    absences = [[x for x in a.record.absences if x.group == group] for a in season]
    lanes = [texts.absent[why] for why in dict.fromkeys(x.why for of in absences for x in of)]
    size = max(map(len, standings))
    y = alt.Y(
        "rank:O",
        scale=alt.Scale(domain=[*map(str, range(1, size + 1)), *lanes]),
        title=told(group) or None,
        axis=alt.Axis(grid=True, ticks=False, domain=False, titleAngle=0, titleAlign="right"),
    )
    lines = list(_lines(standings, strong, names, line))
    shades = [STRONG[i % len(STRONG)] for i in range(len(strong))]
    color = alt.Color(
        "unit:N",
        scale=alt.Scale(domain=[names[code] for code in sorted(strong)], range=shades),
        legend=None,
    )
    weak, bold = ([row for row in lines if row["stands out"] is which] for which in (False, True))
    points, ends = list(_points(standings, strong, names, line)), list(_ends(season, standings, absences, names, line))
    absent: Rows = [
        {"round": line.of[a.record.round], "rank": texts.absent[why], "text": words["several"].format(len(them)),
         "units": texts.joint.join(them)}
        for a, of in zip(season, absences, strict=True)
        for why, them in _by_why(of, names).items()
    ]  # fmt: skip
    dash = alt.StrokeDash("dashed:N", scale=alt.Scale(domain=[False, True], range=[[1, 0], [4, 4]]), legend=None)
    tips = [alt.Tooltip("units:N", title=words["unit"]), alt.Tooltip("rank:N", title=words["rank"])]
    x = line.axis()
    layers = [
        _chart(weak).mark_line(color=PALE, strokeWidth=1).encode(x=x, y=y, detail="piece:N", strokeDash=dash),
        _chart(bold).mark_line(strokeWidth=3).encode(x=x, y=y, detail="piece:N", strokeDash=dash, color=color),
        _chart(points)
        .mark_point(filled=True, fill=PAPER, strokeWidth=1.5, opacity=1)
        .encode(
            x=x,
            y=y,
            tooltip=tips,
            stroke=alt.Stroke("ink:N", scale=None),
            size=alt.Size("n:Q", scale=alt.Scale(domain=[1, 5], range=[60, 260], clamp=True), legend=None),
        ),
        _chart([row for row in points if row["n"] > 1]).mark_text(color=INK, fontSize=9).encode(x=x, y=y, text="n:Q"),
        *named(_chart(absent).encode(x=x, y=y, text="text:N", tooltip=tips)),
        *named(_chart(ends).encode(x=x, y=y, text="text:N"), align="left", dx=12, limit=260),
    ]
    step = 24 if size <= FEW_UNITS * 2 else 15
    wide = 90 if line.is_short else 18
    return alt.LayerChart(layer=layers, width=wide * len(line.places), height=step * (size + len(lanes)))


def _chart(rows: Rows) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=rows))


def _points(
    standings: Iterable[list[Standing]], strong: frozenset[str], names: Mapping[str, str], line: Timeline
) -> Iterator[dict[str, Any]]:
    """Each place that somebody has, and who has it; pale, where nobody has it who stands out."""
    for of in standings:
        together: dict[int, list[Standing]] = defaultdict(list)
        for s in of:
            together[s.rank].append(s)
        for rank, tied in together.items():
            who = WORDS[line.language].joint.join(names[s.unit] for s in tied)
            yield {"round": line.of[tied[0].round], "rank": str(rank), "units": who, "n": len(tied),
                   "ink": PALE if strong.isdisjoint(s.unit for s in tied) else INK}  # fmt: skip


def _lines(
    standings: Iterable[list[Standing]], strong: frozenset[str], names: Mapping[str, str], line: Timeline
) -> Iterator[dict[str, Any]]:
    """The two ends of each piece of a line: from a round to the next one that was held."""
    for n, (earlier, later) in enumerate(pairwise(standings)):
        then = {s.unit: s for s in earlier}
        for s in later:
            if s.unit in then:
                dashed = then[s.unit].round.end < s.round.start
                for end in (then[s.unit], s):
                    yield {
                        "round": line.of[end.round],
                        "rank": str(end.rank),
                        "unit": names[s.unit],
                        "piece": f"{n} {names[s.unit]}",
                        "dashed": dashed,
                        "stands out": s.unit in strong,
                    }


def _by_why(absences: Iterable[Absence], names: Mapping[str, str]) -> Mapping[Absent, list[str]]:
    found: dict[Absent, list[str]] = defaultdict(list)
    for absence in absences:
        found[absence.why].append(names[absence.unit])
    return found


def _ends(
    season: Season,
    standings: Iterable[list[Standing]],
    absences: Iterable[list[Absence]],
    names: Mapping[str, str],
    line: Timeline,
) -> Iterator[dict[str, Any]]:
    """What each line is called, beside its last point; those not assessed in the newest round stand below, if few."""
    texts = WORDS[line.language]
    newest = season.latest.record
    last: dict[str, Standing] = {s.unit: s for of in standings for s in of}
    together: dict[tuple[Round, int], list[str]] = defaultdict(list)
    *_, now = absences
    for unit, s in last.items():
        if unit not in {absence.unit for absence in now}:
            together[s.round, s.rank].append(names[unit])
    for (round, rank), them in sorted(together.items()):
        yield {"round": line.of[round], "rank": str(rank), "text": texts.joint.join(sorted(them))}
    for why, them in _by_why(now, names).items():
        if len(them) <= NAMED_TOGETHER:
            yield {"round": line.of[newest.round], "rank": texts.absent[why], "text": texts.joint.join(them)}
