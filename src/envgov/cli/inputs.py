"""By what the data of a paper or a page are known: the fingerprint of the files that were read."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

_READ = (".csv", ".toml", ".json")


def fingerprint_of(folder: Path, others: Iterable[Path]) -> str:
    """Of the names and contents of a season's files, and of others, in the order of names."""
    files = (*(path for path in folder.iterdir() if path.suffix in _READ and path.is_file()), *others)
    lines = sorted(f"{path.name}\0{sha256(path.read_bytes()).hexdigest()}\n" for path in files)
    return sha256("".join(lines).encode(errors="surrogatepass")).hexdigest()
