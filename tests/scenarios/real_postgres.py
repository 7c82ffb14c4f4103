"""A throw-away PostgreSQL server: its own data folder, reached through a socket in it, gone at the end.

Where the machine has none, the tests that want one are not collected and the run says so in one line; with
THIDUA_POSTGRES=required (``.ci/run`` sets it) they are, and fail.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

_SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "jit=off", "listen_addresses=")
_UNPRIVILEGED = ("postgres", "nobody")


def programs() -> Path | None:
    """The folder of initdb and postgres: Debian's newest, or what the path has."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).resolve().parent if on_path else None


def missing() -> str:
    """Why no server can be started here; "" when one can."""
    if find_spec("psycopg") is None:
        return "psycopg is not installed (make setup)"
    if programs() is None:
        return "no PostgreSQL on this machine (sudo apt-get install postgresql)"
    if os.name != "posix" or (os.geteuid() == 0 and _other_person() is None):
        return "PostgreSQL refuses to run as this person"
    return ""


def required() -> bool:
    """Whether a machine without a server fails."""
    return os.environ.get("THIDUA_POSTGRES") == "required"


def _other_person() -> tuple[int, int] | None:
    import pwd

    for name in _UNPRIVILEGED:
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return found.pw_uid, found.pw_gid
    return None


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server; ``folder`` holds its socket."""

    folder: Path

    def address(self, database: str = "postgres") -> str:
        """What is given to ``province publish``."""
        return f"postgresql://thidua@/{database}?host={self.folder}"

    def new_database(self, name: str) -> str:
        """An empty database; its address."""
        import psycopg

        with psycopg.connect(self.address(), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
        return self.address(name)


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Start a server without safety against power cuts (it is thrown away) and stop it at the end."""
    reason = missing()
    assert not reason, reason
    bin_folder = programs()
    assert bin_folder is not None
    # Short: the path of a socket may have 107 bytes, which pytest's own folders overrun
    folder = Path(tempfile.mkdtemp(prefix="thidua-pg-"))
    person = _other_person() if os.geteuid() == 0 else None
    become = {"user": person[0], "group": person[1], "extra_groups": []} if person else {}
    if person:
        os.chown(folder, *person)
    data = folder / "data"
    plain = {"LC_ALL": "C.UTF-8", "PATH": os.environ["PATH"], "HOME": str(folder)}
    told = {"env": plain, "cwd": folder, **become}
    made = [bin_folder / "initdb", "-D", data, "-U", "thidua", "-A", "trust", "-E", "UTF8", "--no-sync"]
    try:
        subprocess.run(made, check=True, capture_output=True, **told)  # type: ignore[call-overload]
        settings = [
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
            "listen_addresses=",
            "max_connections=30",
        ]
        options = [part for one in settings for part in ("-c", one)]
        with (folder / "log").open("wb") as log:
            command = [bin_folder / "postgres", "-D", data, "-k", folder, *options]
            server = subprocess.Popen(command, stdout=log, stderr=log, **told)  # type: ignore[call-overload]
        try:
            _wait(bin_folder, folder)
            yield Cluster(folder)
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=60)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait(bin_folder: Path, folder: Path) -> None:
    import time

    for _ in range(300):
        if subprocess.run([bin_folder / "pg_isready", "-q", "-h", folder], check=False).returncode == 0:
            return
        time.sleep(0.1)
    raise AssertionError((folder / "log").read_text(encoding="utf-8", errors="replace"))
