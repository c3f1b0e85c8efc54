"""A clerk of 青石镇 at the ledger: three villages, rules, a duty roster, and commands as they are typed."""

import json
from pathlib import Path
from typing import Any

from attrs import frozen
from click.testing import CliRunner, Result

from envgov.cli import envgov
from envgov.ledger import Ledger

GRID = "code,name,level,parent\nt,青石镇,镇,\nv1,甲村,村,t\nv2,乙村,村,t\nv3,丙村,村,t\n"
RULES = """
kind = "LifeRules"
accepting = ["镇"]
evidence_of = []
decline_within = 2
extend_before_due = true
undated = ["长期坚持"]
"""
ROSTER = """姓名或单位,角色,个人,所辖单位,所辖部门,可办事项
张会计,镇,是,全部,,全部
镇整治办,镇,否,全部,,
王书记,镇,是,全部,,
甲村,村,否,甲村,,认领;退单;整改;延期;文书答复;通报申诉
乙村,村,否,乙村,,
住建局,部门,否,,住建局,报到;认领;完成;退单;文书答复
"""
FILES = {"grid.csv": GRID, "rules.toml": RULES, "roster.csv": ROSTER}


@frozen
class Desk:
    folder: Path

    @property
    def place(self) -> Path:
        return self.folder / "town.db"

    def file(self, name: str) -> str:
        return str(self.folder / name)

    def run(self, *words: str, by: str = "张会计") -> Result:
        """What `envgov ledger` answers to these words, after the ledger and the clerk."""
        head = ("ledger", "--ledger", str(self.place), *(("--by", by) if by else ()))
        return CliRunner(env={"FORCE_COLOR": None, "TTY_COMPATIBLE": None}).invoke(envgov, [*head, *words])

    def do(self, *lines: str) -> str:
        """The last answer to commands that are all understood, each as a clerk types it."""
        output = ""
        for line in lines:
            result = self.run(*line.split())
            assert result.exit_code == 0, (line, result.output)
            output = result.output
        return output

    def data(self, line: str) -> Any:
        return json.loads(self.do(f"{line} --json"))

    def refused(self, line: str, **more: str) -> str:
        """What is said to a command that a rule refuses."""
        return self.failed(line, 1, **more)

    def misunderstood(self, line: str, **more: str) -> str:
        """What is said to a command that is no command."""
        return self.failed(line, 2, **more)

    def failed(self, line: str, code: int, **more: str) -> str:
        result = self.run(*line.split(), **more)
        assert result.exit_code == code, (line, result.output)
        assert "Traceback" not in result.output
        return result.output.partition("Error: ")[2].strip()

    def ledger(self) -> Ledger:
        return Ledger.open(self.place)

    def write(self, **files: str) -> None:
        """Files by their names, with _ for the dot."""
        for name, text in files.items():
            (self.folder / name.replace("_", ".")).write_text(text, encoding="utf-8")

    def init(self, *more: str) -> Result:
        files = [word for name in ("grid.csv", "rules.toml") for word in (f"--{name.split('.')[0]}", self.file(name))]
        return self.run("init", *files, "--not-heard", "--at", "2024-04-30 8:00", *more)


def desk_in(folder: Path) -> Desk:
    """The files of a town, and no ledger."""
    desk = Desk(folder)
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return desk


def opened(folder: Path, *, roster: bool = False) -> Desk:
    """A ledger that has begun."""
    desk = desk_in(folder)
    result = desk.init(*(("--roster", desk.file("roster.csv")) if roster else ()))
    assert result.exit_code == 0, result.output
    return desk


ADDED = "add W1 --place 甲村 --category 垃圾堆放 --who 督导组 --day 2024-05-01"
DISPATCHED = "dispatch W1 --to 甲村 --due 2024-05-08 --who 镇整治办 --day 2024-05-01"
RECTIFIED = "rectify W1 --who 甲村 --day 2024-05-06"
ACCEPTED = "accept W1 --who 镇整治办 --day 2024-05-07"
