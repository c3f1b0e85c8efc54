"""`envgov plugin new`: what it writes works as it stands, and what it cannot write it does not begin."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from string import Template

import pytest
from click.testing import CliRunner, Result

import envgov as eg
from envgov import hookspecs
from envgov.cli import envgov

CORE = Path(hookspecs.__file__).parents[1]
FILES = [
    "README.md",
    "pyproject.toml",
    "src/envgov_liu_hu/__init__.py",
    "src/envgov_liu_hu/py.typed",
    "tests/cases.toml",
    "tests/test_conformance.py",
    "tests/test_scheme.py",
]


def new(folder: Path, *args: str) -> Result:
    return CliRunner().invoke(envgov, ["plugin", "new", *args, "--to", str(folder)])


@pytest.fixture
def written(tmp_path: Path) -> Path:
    result = new(tmp_path, "liu-hu", "--name", "柳湖街道")
    assert result.exit_code == 0, result.output
    return tmp_path / "envgov-liu-hu"


def python(*args: str | Path, path: Path, cwd: Path) -> str:
    """What a Python of its own prints, with one folder on its path beside envgov."""
    env = {**os.environ, "PYTHONPATH": f"{path}{os.pathsep}{CORE}", "PYTHONUTF8": "1"}
    ran = subprocess.run([sys.executable, *args], cwd=cwd, env=env, capture_output=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def texts(written: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in written.rglob("*") if path.is_file()}


# -- what is written
def test_it_writes_a_whole_distribution_and_lists_its_files(tmp_path: Path) -> None:
    output = new(tmp_path, "liu-hu").output
    found = sorted(str(p.relative_to(tmp_path / "envgov-liu-hu")) for p in tmp_path.rglob("*") if p.is_file())
    assert found == FILES
    assert output.splitlines()[:-1] == [str(tmp_path / "envgov-liu-hu" / file) for file in FILES]
    assert "README.md says how to install and test it" in output.splitlines()[-1]


def test_nothing_else_is_left_in_the_folder(written: Path) -> None:
    assert [path.name for path in written.parent.iterdir()] == ["envgov-liu-hu"]


def test_every_placeholder_is_filled_in(written: Path) -> None:
    for text in texts(written).values():
        assert Template(text.replace("$ ", "")).get_identifiers() == []
        assert "CODE" not in text


def test_without_a_folder_it_is_made_here_and_without_a_name_it_is_called_by_its_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(envgov, ["plugin", "new", "shashi"]).exit_code == 0
    module = tmp_path / "envgov-shashi" / "src" / "envgov_shashi" / "__init__.py"
    assert eg.load_registry(only=(), files=[module], strict=True)["shashi"].name == "shashi"


def test_its_scheme_says_of_itself_that_it_is_an_example(written: Path) -> None:
    module = written / "src" / "envgov_liu_hu" / "__init__.py"
    locality = eg.load_registry(only=(), files=[module], strict=True)["liu-hu"]
    [[scheme]] = locality.schemes.values()
    assert locality.name == "柳湖街道"
    assert "示例" in scheme.title
    assert "换成文件全称" in scheme.source.title
    assert "以下条款均为示例" in scheme.source.assumed[0]
    assert "未引原文" not in eg.describe(scheme)


def test_it_is_written_for_the_hooks_and_the_version_of_this_envgov(written: Path) -> None:
    assert f"\nENVGOV_API = {hookspecs.API}\n" in texts(written)["__init__.py"]
    version = CliRunner().invoke(envgov, ["--version"]).output.split()[-1]
    assert f'"envgov>={version}"' in texts(written)["pyproject.toml"]


# -- it works
def test_its_own_tests_pass_from_the_checkout(written: Path) -> None:
    passed = python("-m", "pytest", "-q", "-W", "error", "-p", "no:cacheprovider", path=written / "src", cwd=written)
    assert "28 passed, 1 xfailed" in passed


def test_its_own_tests_pass_from_its_wheel_and_the_registry_finds_it_there(written: Path, tmp_path: Path) -> None:
    pip = ("-m", "pip", "--quiet", "--no-input")
    offline = ("--no-index", "--no-deps")
    python(
        *(*pip, "wheel", *offline, "--no-build-isolation", "--wheel-dir", tmp_path, written),
        path=tmp_path,
        cwd=tmp_path,
    )
    [wheel] = tmp_path.glob("*.whl")
    site = tmp_path / "site"
    python(*pip, "install", *offline, "--target", site, wheel, path=tmp_path, cwd=tmp_path)
    passed = python("-m", "pytest", "-q", "-p", "no:cacheprovider", written / "tests", path=site, cwd=tmp_path)
    assert "28 passed, 1 xfailed" in passed
    asked = "import envgov as eg; r = eg.load_registry(only=['liu-hu']); print(r, *r.plugins[0].localities, r.failures)"
    assert python("-c", asked, path=site, cwd=tmp_path) == "<Registry: liu-hu> liu-hu ()\n"
    stamp = "import envgov as eg; print(eg.load_registry()['liu-hu'].schemes['liu-hu-villages'][0].provider)"
    assert python("-c", stamp, path=site, cwd=tmp_path) == "envgov-liu-hu 0.1.0\n"
    assert (site / "envgov_liu_hu" / "py.typed").exists()


# -- what is refused
@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        ("Liu Hu", "write liu-hu"),
        ("liu_hu", "write liu-hu"),
        ("liu--hu", "write liu-hu"),
        ("liu-", "write liu"),
        ("../liu", "write liu"),
        ("liu\n", "write liu"),
        ("3rd", "write it in Latin letters, such as liuhu"),
        ("柳湖", "write it in Latin letters, such as liuhu"),
        ("", "write it in Latin letters, such as liuhu"),
    ],
)
def test_a_code_that_cannot_be_one_is_refused_with_what_to_write(tmp_path: Path, code: str, remedy: str) -> None:
    result = new(tmp_path, code)
    assert result.exit_code == 1
    assert result.output == (
        "Error: 1 fault:\nCODE: a code is a lowercase Latin letter, then letters and digits, in parts with one hyphen "
        f"between (found {code!r}); {remedy}\n"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("code", ["l", "l2", "liu-hu-2"])
def test_a_code_of_letters_digits_and_single_hyphens_is_taken(tmp_path: Path, code: str) -> None:
    assert new(tmp_path, code).exit_code == 0


@pytest.mark.parametrize("name", ["", "  ", "柳\n湖", 'the "town"', "a\\"])
def test_a_name_that_cannot_stand_between_quotation_marks_is_refused(tmp_path: Path, name: str) -> None:
    result = new(tmp_path, "liuhu", "--name", name)
    assert result.exit_code == 1
    assert f"--name: this cannot be a locality's name (found {name!r}); write the name alone" in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_exists_is_left_as_it_is(tmp_path: Path) -> None:
    there = tmp_path / "envgov-liuhu"
    there.mkdir()
    result = new(tmp_path, "liuhu")
    assert result.exit_code == 1
    assert "--to: this exists already, and nothing of it was changed" in result.output
    assert list(there.iterdir()) == []


def test_a_dangling_link_is_no_place_either(tmp_path: Path) -> None:
    (tmp_path / "envgov-liuhu").symlink_to(tmp_path / "nowhere")
    assert "this exists already" in new(tmp_path, "liuhu").output


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    result = new(tmp_path / "nowhere", "Liu", "--name", "")
    assert result.exit_code == 1
    assert result.output.startswith("Error: 3 faults:\nCODE: ")
    assert "\n--name: " in result.output
    assert "\n--to: there is no such folder (found '" in result.output


def test_nothing_is_left_behind_where_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = Path.write_text

    def full(self: Path, text: str, encoding: str) -> int:
        if self.name == "test_scheme.py":
            raise OSError(28, "No space left on device")
        return write(self, text, encoding)

    monkeypatch.setattr(Path, "write_text", full)
    result = new(tmp_path, "liuhu")
    assert (result.exit_code, result.output) == (1, "Error: [Errno 28] No space left on device\n")
    assert list(tmp_path.iterdir()) == []


def test_what_is_unfinished_lies_on_the_file_system_of_what_will_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    assert new(tmp_path, "liuhu").exit_code == 0
