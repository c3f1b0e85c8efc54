"""Decide the three Louxing months from what the bulletins print, and compare with every figure they publish.

Run from the checkout: python docs/examples/louxing/compare.py
"""

import csv
from decimal import Decimal
from pathlib import Path

import envgov as eg

HERE = Path(__file__).parent
PARTS = ("物业公司实际得分", "街道社区实际得分", "环境卫生得分", "城管实际得分")


def published(name: str) -> list[dict[str, str]]:
    with (HERE / "published" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def street_parts(reason: eg.Reason) -> dict[str, object]:
    """The columns of the street table, read off the reason of a street's score."""
    score = reason.because[1]
    assert isinstance(score, eg.Reason)
    hygiene, patrol = score.because
    assert isinstance(hygiene, eg.Reason)
    assert isinstance(patrol, eg.Reason)
    property_company, community = hygiene.because
    assert isinstance(property_company, eg.Reason)
    assert isinstance(community, eg.Reason)
    return dict(zip(PARTS, (property_company.value, community.value, hygiene.value, patrol.value), strict=True))


def differences() -> tuple[int, list[str]]:
    """How many published figures were compared, and each that is not equal to the digit."""
    facts = eg.read_season(HERE)
    compared, wrong = 0, []
    for name, table, unit_column, score_column in (
        ("streets.toml", "streets.csv", "街道", "合计得分"),
        ("townships.toml", "townships.csv", "乡镇", "得分"),
    ):
        season = eg.assess_season(eg.read_scheme(HERE / name), facts)
        for row in published(table):
            assessment = season[row["期次"]]
            standing = assessment.record.ranking().of(row[unit_column])
            assert standing is not None
            computed: dict[str, object] = {score_column: standing.score, "排名": Decimal(standing.rank)}
            if table == "streets.csv":
                computed |= street_parts(assessment.explain(row[unit_column]))
            for column, value in computed.items():
                compared += 1
                if Decimal(row[column]) != value:
                    wrong.append(f"{row['期次']} {row[unit_column]} {column}: {row[column]} printed, {value} computed")
    return compared, wrong


if __name__ == "__main__":
    compared, wrong = differences()
    print(*wrong, sep="\n", end="")
    print(f"{compared} published figures and ranks compared, {len(wrong)} differ")
    raise SystemExit(bool(wrong))
