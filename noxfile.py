"""What can be run, from a fresh checkout: `python3 -m pip install nox && python3 -m nox -s NAME`."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import nox

nox.needs_version = ">=2024.10.9"
nox.options.default_venv_backend = "virtualenv"
nox.options.sessions = ["tests", "lint", "typecheck", "docs"]

PYPROJECT = nox.project.load_toml("pyproject.toml")
LOUXING = "docs/examples/louxing"
PLUGINS = sorted(Path("plugins").glob("envgov-*"))


def group(*names: str) -> list[str]:
    return list(nox.project.dependency_groups(PYPROJECT, *names))


EXTRAS = ("calendar", "charts", "cli", "documents", "frames", "postgres", "site", "workbooks", "workdays")
WHOLE = f".[{','.join(EXTRAS)}]"
"""The project with all that its tests need; Spark and the other engines are a group of their own."""


def lowest(requirements: list[str]) -> list[str]:
    """The oldest version that each requirement allows."""
    return [re.sub(r">=([0-9.]+)", r"==\1", requirement) for requirement in requirements]


@nox.session
def demo(session: nox.Session) -> None:
    """Rank Louxing as published, and say why one township is last twice; then five localities in a line each."""
    session.install(".[cli]")
    session.run("envgov", "assess", "--season", LOUXING)
    session.run("envgov", "explain", "蛇形山", "--season", LOUXING)
    session.run("python", f"{LOUXING}/compare.py")
    session.run("python", "docs/examples/localities.py")


TRACED = [f"tests/property/test_{subject}.py" for subject in ("codec_invariants", "ranking_invariants")]
"""The property tests that reach every line of the strategies; tracing the others would only make them slow."""
AT_ONCE = ("--numprocesses=auto",)
LONG = ("property", "frames")
"""Many worlds; frames on their oldest engines are a run of their own: `minimums -- tests/frames`."""


@nox.session
def tests(session: nox.Session) -> None:
    """The whole suite, with the branch coverage gate."""
    session.install(WHOLE, *group("test", "engines"))
    session.run("coverage", "erase")
    if session.posargs:
        session.run("pytest", "--cov", *session.posargs)
        return
    traced = ("--cov", "--cov-append", "--cov-report=", "--cov-fail-under=0", *AT_ONCE)
    session.run("pytest", *traced, "--ignore=tests/property")
    session.run("pytest", *traced, *TRACED)
    stolen = ("--dist=worksteal",)  # a few of them take minutes each: whoever is idle takes one over
    session.run("pytest", *AT_ONCE, *stolen, "tests/property", *(f"--ignore={file}" for file in TRACED))
    session.run("coverage", "report", "--skip-covered", "--show-missing")


@nox.session
def minimums(session: nox.Session) -> None:
    """The suite, without what is long, on the oldest versions allowed, python-dateutil 2.9 among them."""
    project = PYPROJECT["project"]
    names = (*EXTRAS, "duckdb", "spark")
    extras = [requirement for name in names for requirement in project["optional-dependencies"][name]]
    session.install(".", *lowest([*project["dependencies"], *extras, *group("engines")]), *group("test"))
    asked = session.posargs or [f"--ignore=tests/{name}" for name in LONG]
    session.run("pytest", *AT_ONCE, *asked)


@nox.session(name="property")
def property_(session: nox.Session) -> None:
    """The property tests, with many more examples."""
    session.install(WHOLE, *group("test", "engines"))
    session.run("pytest", *AT_ONCE, "tests/property", *session.posargs, env={"HYPOTHESIS_PROFILE": "nightly"})


@nox.session
def spark(session: nox.Session) -> None:
    """Frames on Spark with many more worlds and real months, then on Spark Connect; needs Java 17."""
    session.install(".[spark]", "pyspark[connect]", *group("test", "engines"))
    nightly = {"HYPOTHESIS_PROFILE": "nightly"}
    files = [f"tests/frames/test_{subject}.py" for subject in ("real_months", "spark_worlds")]
    for given in (nightly, {**nightly, "SPARK_REMOTE": "local[1]"}):
        session.run("pytest", *files, *session.posargs, env=given)


@nox.session
def mutants(session: nox.Session) -> None:
    """Plant faults in a copy of the source, and see that the property tests catch each."""
    session.install(WHOLE, *group("test", "engines"))
    session.run("python", "tests/mutants.py", *session.posargs)


@nox.session
def soak(session: nox.Session) -> None:
    """Kill 2,042 writers of ledgers, 1,682 of them inside a transaction, on SQLite and PostgreSQL, and miss nothing."""
    session.install(WHOLE, *group("test"))
    rounds = {"KILL_ROUNDS": os.environ.get("KILL_ROUNDS", "60")}
    session.run("pytest", "tests/ledger/test_kills.py", "--log-cli-level=INFO", *session.posargs, env=rounds)


@nox.session
def typecheck(session: nox.Session) -> None:
    session.install(WHOLE, *group("type"), "nox")
    session.run("mypy")
    with new_plugin(session) as new:
        for folder in (*PLUGINS, new):
            checked = (str(folder / "src"), str(folder / "tests"))
            session.run("mypy", "--config-file=", "--strict", *checked, env={"MYPYPATH": checked[0]})


@contextmanager
def new_plugin(session: nox.Session) -> Iterator[Path]:
    """What `envgov plugin new` writes; its author checks it without the settings of this project."""
    with TemporaryDirectory() as folder:
        session.run("envgov", "plugin", "new", "example-town", "--name", "示例镇", "--to", folder, silent=True)
        yield Path(folder, "envgov-example-town")


@nox.session
def lint(session: nox.Session) -> None:
    """Style, the floors of the architecture, and the changelog's fragments."""
    session.install("-e", ".[cli]", *group("lint"))
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    with new_plugin(session) as new, session.chdir(new):
        session.run("ruff", "check", "--isolated")
        session.run("ruff", "format", "--isolated", "--check")
    session.run("lint-imports")
    session.run("towncrier", "build", "--draft", "--version", "0")


@nox.session
def docs(session: nox.Session) -> None:
    """The pages; what they show is run by the tests."""
    session.install(WHOLE, *group("docs"))
    session.run("sphinx-build", "-W", "-q", "-b", "html", "docs", "docs/_build/html", *session.posargs)


@nox.session
def build(session: nox.Session) -> None:
    """The distributions; the wheel must work alone, outside the checkout."""
    session.install("build")
    shutil.rmtree("dist", ignore_errors=True)
    session.run("python", "-m", "build", "--outdir", "dist")
    [wheel] = Path("dist").resolve().glob("*.whl")
    louxing = Path(LOUXING).resolve()
    session.install(f"envgov[cli] @ {wheel.as_uri()}")
    session.chdir(session.create_tmp())
    session.run("envgov", "--version")
    session.run("envgov", "explain", "蛇形山", "--season", str(louxing), "--language", "en", silent=True)
    with new_plugin(session) as new:
        session.run("envgov", "--plugin", str(new / "src" / "envgov_example_town" / "__init__.py"), "localities")


@nox.session
def plugins(session: nox.Session) -> None:
    """Each plugin alone, installed from its wheel, with its tests; then all together."""
    session.install(*group("test"))
    wheels = Path(session.create_tmp(), "wheels").resolve()
    shutil.rmtree(wheels, ignore_errors=True)
    build = ("python", "-m", "pip", "wheel", "--quiet", "--no-build-isolation", "--no-deps", "--wheel-dir")
    session.run(*build, str(wheels), ".", *(f"./{folder}" for folder in PLUGINS))
    [core] = wheels.glob("envgov-*.whl")
    session.install(f"envgov[cli,testing] @ {core.as_uri()}")
    for folder in PLUGINS:
        [wheel] = wheels.glob(f"{folder.name.replace('-', '_')}-*.whl")
        session.run("python", "-m", "pip", "uninstall", "-qq", "--yes", *(other.name for other in PLUGINS))
        session.install("--no-deps", str(wheel))
        session.run("pytest", "plugins/tests/test_installed.py", str(folder), *session.posargs)
    session.install("--no-deps", *map(str, wheels.glob("envgov_*.whl")))
    session.run("pytest", "plugins", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """What things cost, as ratios within one run; `-- frames` measures frames over a nation, `-- frames UNITS` of that size."""
    session.install(WHOLE, *group("bench"))
    program, *given = session.posargs or ("bench",)  # or: frames [UNITS ...]
    session.run("python", "-m", f"benchmarks.{program}", *given, env={"PYTHONPATH": "tests"})


if os.environ.get("CI"):
    nox.options.error_on_missing_interpreters = True
    nox.options.error_on_external_run = True
