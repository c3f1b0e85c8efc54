"""A PostgreSQL server of the test session's own, on a loopback port, with its own data directory."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

UNPRIVILEGED = ("postgres", "nobody")
"""As whom the server runs where the tests run as root: it refuses to be root."""


def find_binaries() -> Path | None:
    """The folder with initdb and postgres; Debian keeps them off the PATH."""
    on_path = shutil.which("initdb")
    found = [Path(on_path).resolve().parent] if on_path else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return next((folder for folder in reversed(found) if (folder / "postgres").is_file()), None)


@contextmanager
def serving(binaries: Path) -> Iterator[str]:
    """The address of the server's one database, while it runs."""
    folder = Path(mkdtemp(prefix="envgov-postgres-"))
    data, user = folder / "data", None
    if os.geteuid() == 0:
        user = next(name for name in UNPRIVILEGED if name in {entry.pw_name for entry in pwd.getpwall()})
        shutil.chown(folder, user)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    initialise: list[str] = [
        str(binaries / "initdb"),
        "-D",
        str(data),
        "-U",
        "clerk",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-locale",
        "--no-sync",
    ]
    subprocess.run(initialise, check=True, capture_output=True, user=user, cwd=folder)
    settings = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": "", "max_connections": 60}
    options = [option for name, value in settings.items() for option in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [str(binaries / "postgres"), "-D", str(data), *options], stderr=log, user=user, cwd=folder
        )
    try:
        _wait(server, port, folder / "log")
        yield f"postgresql+psycopg://clerk@127.0.0.1:{port}/postgres"
    finally:
        server.send_signal(signal.SIGINT)  # the fast shutdown: it does not wait for clients
        server.wait(30)
        shutil.rmtree(folder)


def _wait(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    import psycopg

    for _ in range(300):
        assert server.poll() is None, log.read_text(encoding="utf-8", errors="replace")
        try:
            psycopg.connect(host="127.0.0.1", port=port, user="clerk", dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(log.read_text(encoding="utf-8", errors="replace"))
