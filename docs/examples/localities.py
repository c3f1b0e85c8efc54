"""The five localities in one line each: the newest result of each scheme, on a made-up season; and how to see more."""

from collections import Counter
from pathlib import Path

import envgov as eg

ROOT = Path(__file__).parents[2]
CODES = ("liuhu", "jimo-tongji", "xixian", "shashi", "jingtai")


def plugin_of(code: str) -> Path:
    return ROOT / "plugins" / f"envgov-{code}" / "src" / f"envgov_{code.replace('-', '_')}" / "__init__.py"


def result(assessment: eg.Assessment) -> str:
    """How many were assessed, how many stand in each tier of each board, and how many measures are proposed."""
    ranked = len(assessment.record.standings)
    said = [f"{ranked}个单位参评" if ranked else f"{len(assessment.units)}个单位，不排名"]
    tiers = Counter(placement.tier for placement in assessment.record.placements)
    said += [f"{tier}{n}" for tier, n in tiers.items()]
    if assessment.measures:
        said.append(f"拟措施{len(assessment.measures)}条")
    return f"{assessment.title} {assessment.record.round.label}：{'、'.join(said)}"


if __name__ == "__main__":
    registry = eg.load_registry(only=(), files=map(plugin_of, CODES), strict=True)
    print("五个地方（虚构数据，所载合计与报道公布的数字一致）：")
    for code in CODES:
        facts = eg.read_season(ROOT / "docs" / "examples" / code)
        latest = [eg.assess_season(editions, facts).latest for editions in registry[code].schemes.values()]
        print(f"{registry[code].name}（{code}） {'；'.join(map(result, latest))}")
    print("详情，以柳湖为例：python3 -m pip install '.[cli]' plugins/envgov-liuhu")
    print("                  envgov assess --locality liuhu --season docs/examples/liuhu")
    print("报道的每句话在代码何处、由哪个测试保证：docs/localities/liuhu.md")
