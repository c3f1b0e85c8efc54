"""The folder of a site: written beside its place, and moved there when it is whole."""

from __future__ import annotations

import shutil
from pathlib import Path
from uuid import uuid4

from envgov.errors import EnvGovError
from envgov.site.pages import Site, pages_of

MANIFEST = ".envgov-site"
"""The files of the site, one a line: by it a later one knows what it may replace."""


def write_site(site: Site, folder: str | Path) -> int:
    """Write the pages to a folder that is new, or that holds a site and nothing else; returns how many files it has.

    The pages are written beside the folder and take its place when they are whole: until then, and where they cannot
    be written, it stays as it is. The same site is written as the same bytes.

    Raises:
        EnvGovError: the folder holds something that is no site's.
    """
    target = Path(folder).resolve()
    _refuse_what_is_not_ours(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    beside, former = (target.with_name(f".{target.name}-{uuid4().hex}") for _ in range(2))
    try:
        written = _write(site, beside)
        if target.exists():
            target.rename(former)
            try:
                beside.rename(target)
            except BaseException:
                former.rename(target)
                raise
        else:
            beside.rename(target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    shutil.rmtree(former, ignore_errors=True)
    return written


def _write(site: Site, folder: Path) -> int:
    names = []
    for name, content in pages_of(site):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        names.append(name)
    (folder / MANIFEST).write_text("".join(f"{name}\n" for name in names), encoding="utf-8")
    return len(names)


def _refuse_what_is_not_ours(target: Path) -> None:
    if not target.exists():
        return
    manifest = target / MANIFEST
    if not manifest.is_file():
        raise EnvGovError(f"{target} is there, and `envgov site` did not write it: name a new folder")
    known = {MANIFEST, *manifest.read_text(encoding="utf-8").splitlines()}
    found = {path.relative_to(target).as_posix() for path in target.rglob("*") if not path.is_dir()}
    if others := sorted(found - known):
        raise EnvGovError(f"{target} holds {others[0]}, which is no page of the site: move it, or name a new folder")
