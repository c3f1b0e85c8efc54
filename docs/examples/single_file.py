"""A plugin in a single file: a locality with one scheme, and a kind of its own."""

from datetime import date

from attrs import frozen

import envgov as eg

ENVGOV_API = 1


@eg.term("town.in_two_boards")
@frozen(repr=False)
class in_two_boards:
    """On both lists at once."""

    def at(self, place: eg.Place) -> eg.Reason:
        sides = {placement.side for placement in place.record.placements_of(place.unit)}
        return eg.Reason(self, {"praise", "sanction"} <= sides, place.record.placements_of(place.unit))


MONTHLY = eg.Scheme(
    id="town-monthly",
    title="示例镇月考评",
    levels=("村",),
    cadence=eg.month(),
    since=date(2024, 1, 1),
    source=eg.Source("示例镇人居环境整治考评办法", assumed=("并列：全部列入",)),
    scoring=eg.stated("督导", several="mean"),
    ranking=eg.RankBy(places=2),
    boards=(eg.Board("黑榜", (eg.Tier("后1名", eg.bottom(1, ties="include"), "sanction"),), rest="其他"),),
)


@eg.hookimpl
def envgov_localities() -> list[eg.Locality]:
    return [eg.Locality("town", "示例镇", [MONTHLY])]


@eg.hookimpl
def envgov_kinds() -> list[type]:
    return [in_two_boards]
