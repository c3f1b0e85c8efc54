"""The folder of a site: whole or not there, and in the place of nothing but a site."""

from pathlib import Path

import pytest

import envgov as eg
import sites
from envgov.site import Site, write_site


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def other() -> Site:
    return sites.field(3)


def test_every_file_is_written_and_counted(tmp_path: Path) -> None:
    out = tmp_path / "new" / "site"
    assert write_site(sites.town(), out) == len(sites.pages())
    written = contents(out)
    assert written.pop(".envgov-site").decode().splitlines() == list(sites.pages())
    assert written == {name: text.encode() for name, text in sites.pages().items()}
    assert [path.name for path in out.parent.iterdir()] == ["site"]


def test_a_site_takes_the_place_of_a_site_and_nothing_of_that_is_left(tmp_path: Path) -> None:
    write_site(sites.town(), tmp_path / "site")
    write_site(other(), tmp_path / "site")
    write_site(other(), tmp_path / "fresh")
    assert contents(tmp_path / "site") == contents(tmp_path / "fresh")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fresh", "site"]


def test_a_folder_of_somebody_else_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "台账.csv").write_text("甲", encoding="utf-8")
    with pytest.raises(eg.EnvGovError, match="did not write it: name a new folder"):
        write_site(other(), tmp_path)
    assert contents(tmp_path) == {"台账.csv": "甲".encode()}


def test_a_file_in_its_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("甲", encoding="utf-8")
    with pytest.raises(eg.EnvGovError, match="did not write it"):
        write_site(other(), tmp_path / "site")


def test_what_somebody_put_into_a_site_is_not_thrown_away(tmp_path: Path) -> None:
    out = tmp_path / "site"
    write_site(other(), out)
    (out / "zh" / "CNAME").write_text("甲", encoding="utf-8")
    before = contents(out)
    with pytest.raises(eg.EnvGovError, match=r"holds zh/CNAME, which is no page of the site: move it"):
        write_site(sites.town(), out)
    assert contents(out) == before


def test_a_site_that_cannot_be_built_leaves_the_one_that_is_there(tmp_path: Path) -> None:
    out = tmp_path / "site"
    write_site(other(), out)
    before = contents(out)
    read = eg.from_dict(eg.to_dict(sites.season().latest))
    assert isinstance(read, eg.Assessment)
    with pytest.raises(eg.EnvGovError, match="assess again"):
        write_site(Site("镇", sites.facts().grid, (eg.Season((read,)),)), out)
    assert contents(out) == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_where_the_new_one_cannot_be_moved_the_old_one_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "site"
    write_site(other(), out)
    before = contents(out)
    moves = []

    def rename(self: Path, target: Path) -> Path:
        moves.append(self)
        if len(moves) == 2:  # the old one aside, the new one in its place
            raise OSError("no room")
        return renamed(self, target)

    renamed = Path.rename
    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(OSError, match="no room"):
        write_site(sites.town(), out)
    assert contents(out) == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_equal_sites_are_written_as_equal_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_site(sites.town(), tmp_path / name)
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
