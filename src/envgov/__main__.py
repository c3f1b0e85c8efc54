"""The `envgov` command, or one line about what it lacks."""

from __future__ import annotations

import sys


def main() -> None:
    try:
        from envgov.cli import envgov
    except ModuleNotFoundError as error:
        if error.name not in ("click", "rich"):
            raise
        sys.exit("envgov: the command needs its extra: python3 -m pip install 'envgov[cli]'")
    envgov(prog_name="envgov")


if __name__ == "__main__":
    main()
