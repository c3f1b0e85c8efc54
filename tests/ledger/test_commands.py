"""A clerk's commands on a ledger in a file, and in PostgreSQL."""

from pathlib import Path

from click.testing import CliRunner

from desks import ACCEPTED, ADDED, DISPATCHED, RECTIFIED, desk_in
from envgov.cli import envgov


def test_a_life_is_entered_wherever_the_ledger_lies(place: str, tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    begun = f"init --grid {desk.file('grid.csv')} --rules {desk.file('rules.toml')} --not-heard"
    for line in (begun, ADDED, DISPATCHED, RECTIFIED, ACCEPTED):
        result = CliRunner().invoke(envgov, ["ledger", "--ledger", place, "--by", "张会计", *line.split()])
        assert result.exit_code == 0, result.output
    assert result.output == "第7条：W1 验收销号（2024-05-07，镇整治办）；已销号，时限2024-05-08\n"
