"""A new plugin: a complete distribution, written from the templates beside this module."""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory

from envgov.errors import Fault, InputError
from envgov.hookspecs import API

TEMPLATE = Path(__file__).parent / "template"
SUFFIX = ".template"
CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def write_plugin(code: str, name: str | None, folder: Path) -> Path:
    """Write the distribution `envgov-<code>` into a folder, whole or not at all; where it stands then.

    It describes one locality of that code by an example, and its own tests pass. Without a name the locality bears its
    code.

    Raises:
        InputError: the code or the name cannot be one, there is no such folder, or it holds such a distribution.
    """
    target = folder / f"envgov-{code}"
    if faults := [*_faults_of_code(code), *_faults_of_name(name), *_faults_of_place(folder, target)]:
        raise InputError(faults)
    module = f"envgov_{code.replace('-', '_')}"
    words = {"code": code, "name": name or code, "module": module, "api": API, "version": version("envgov")}
    # in the same folder, for only within one file system is moving it a single step
    with TemporaryDirectory(prefix=".envgov-", dir=folder) as unfinished:
        draft = Path(unfinished, target.name)
        for template in TEMPLATE.rglob(f"*{SUFFIX}"):
            inside = str(template.relative_to(TEMPLATE)).removesuffix(SUFFIX).replace("envgov_CODE", module)
            file = draft / inside
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(Template(template.read_text(encoding="utf-8")).substitute(words), encoding="utf-8")
        draft.rename(target)
    return target


def _faults_of_code(code: str) -> list[Fault]:
    if CODE.fullmatch(code):
        return []
    near = "-".join(re.findall(r"[a-z0-9]+", code.lower()))
    remedy = f"write {near}" if CODE.fullmatch(near) else "write it in Latin letters, such as liuhu"
    problem = "a code is a lowercase Latin letter, then letters and digits, in parts with one hyphen between"
    return [Fault(problem, remedy, column="CODE", value=code)]


def _faults_of_name(name: str | None) -> list[Fault]:
    """It is written between quotation marks, in Python and in TOML."""
    if name is None:
        return []
    if name.strip() and name.isprintable() and not set(name) & set('"\\'):
        return []
    return [
        Fault("this cannot be a locality's name", "write the name alone, such as 柳湖街道", column="--name", value=name)
    ]


def _faults_of_place(folder: Path, target: Path) -> list[Fault]:
    if not folder.is_dir():
        return [Fault("there is no such folder", "make it, or name another", column="--to", value=str(folder))]
    if target.exists() or target.is_symlink():
        remedy = "move it away, or take another code or folder"
        return [Fault("this exists already, and nothing of it was changed", remedy, column="--to", value=str(target))]
    return []
