"""Real distributions for tests: wheels made by hand, and installed by pip into a folder of their own."""

import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

SCHEME = """
    eg.Scheme(id={id!r}, levels=("村",), cadence=eg.month(), since=date({year}, 1, 1), source=eg.Source("办法"),
              scoring=eg.stated("督导", several="mean"), ranking=eg.RankBy(places=1))
"""
HEAD = "from datetime import date\nimport envgov as eg\nENVGOV_API = 1\n"


def scheme_of(id: str, year: int = 2024) -> str:
    return SCHEME.format(id=id, year=year).strip()


def plugin_of(code: str) -> str:
    """The module of a sound plugin."""
    return HEAD + dedent(f"""
        @eg.hookimpl
        def envgov_localities():
            return [eg.Locality({code!r}, "示例镇", [{scheme_of(code)}])]
    """)


class Distribution(NamedTuple):
    """A distribution with one module, which its entry point names."""

    name: str
    module: str
    text: str
    point: str = ""
    version: str = "1.0"


def sound(code: str) -> Distribution:
    return Distribution(f"envgov-{code}", f"envgov_{code}", plugin_of(code), code)


def wheel_of(given: Distribution, folder: Path) -> Path:
    stem = f"{given.name.replace('-', '_')}-{given.version}"
    info = f"{stem}.dist-info"
    files = {
        f"{given.module}.py": given.text,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {given.name}\nVersion: {given.version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": f"[envgov]\n{given.point or given.module} = {given.module}\n",
    }
    files[f"{info}/RECORD"] = "".join(f"{name},,\n" for name in (*files, f"{info}/RECORD"))
    path = folder / f"{stem}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for name, text in files.items():
            wheel.writestr(name, text)
    return path


def install(folder: Path, given: Sequence[Distribution]) -> Path:
    """The folder into which pip has installed them; put it on the path."""
    site, wheels = folder / "site", folder / "wheels"
    wheels.mkdir(parents=True)
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--no-compile"]
    made = [str(wheel_of(distribution, wheels)) for distribution in given]
    subprocess.run([*command, "--disable-pip-version-check", "--target", str(site), *made], check=True)
    return site


def faulty(text: str, code: str = "liuhu") -> Distribution:
    return Distribution(f"envgov-{code}", f"envgov_{code}", HEAD + dedent(text), code)


KIND = """
    from attrs import frozen

    @eg.term({kind!r})
    @frozen(repr=False)
    class always:
        def at(self, place):
            return eg.Reason(self, True, ())

    @eg.hookimpl
    def envgov_kinds():
        return [always]
"""
