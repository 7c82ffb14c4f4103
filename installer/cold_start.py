"""From a double click to the first painted window of the installed program, against a bare Qt window with one table.

Both are started by the installed Python with the installed Qt, in turns, each time after the files of the installation
were dropped from the system's memory: as on a PC that was just switched on. The ratio of the least times is told: what
else the machine does only adds to a time. Times are this machine's own. The program shows the window that asks for the
password of an office.

    python -m installer.cold_start        the Debian package's files (make deb), with the system's Python
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from installer.bundle import ROOT, BuildError, say
from tests.benchmarks.cost_of_window import BARE, PAINTED

ROUNDS = 3
LIMIT = 2.0
PROGRAM = f"""
import sys
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from thidua_desktop.app import start
app = QApplication([])
{PAINTED}
start(["window", sys.argv[1]])
"""


@dataclass(frozen=True, slots=True)
class Ratio:
    """The least times in seconds."""

    ours: float
    bare: float

    @property
    def times(self) -> float:
        """How many times the bare window's time."""
        return self.ours / self.bare

    def __str__(self) -> str:
        """As the logs tell it."""
        return f"{self.times:.2f} lần cửa sổ Qt trống ({self.ours:.1f} s / {self.bare:.1f} s, {ROUNDS} lượt xen kẽ)"


def forget(folder: Path) -> None:
    """Drop the folder's files from the system's memory."""
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            descriptor = os.open(path, os.O_RDONLY)
            try:
                os.fdatasync(descriptor)
                os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
            finally:
                os.close(descriptor)


def measure(folder: Path, command: Sequence[str], office: str, environment: Mapping[str, str]) -> Ratio:
    """``command`` is the installed Python up to its ``-c``; ``office`` an office as that Python spells its path."""
    taken: dict[str, list[float]] = {PROGRAM: [], BARE: []}
    for _ in range(ROUNDS):
        for code, times in taken.items():
            forget(folder)
            began = time.monotonic()
            done = subprocess.run([*command, f"MEMORY = False{code}", office], env=dict(environment), check=False,
                                  capture_output=True, stdin=subprocess.DEVNULL, timeout=300)  # fmt: skip
            if done.returncode != 0:
                raise BuildError(failure("chương trình" if code is PROGRAM else "cửa sổ Qt trống", done))
            times.append(time.monotonic() - began)
    return Ratio(*(min(times) for times in taken.values()))


def failure(name: str, done: subprocess.CompletedProcess[bytes]) -> str:
    """Which window did not come, its exit status, and the end of all that it said."""
    said = (done.stdout + done.stderr).decode("utf-8", "replace").strip()[-2000:]
    return f"{name} kết thúc với {done.returncode}:\n{said or '(không nói gì)'}"


def require(ratio: Ratio) -> str:
    """The ratio in words; BuildError above the limit."""
    if ratio.times > LIMIT:
        raise BuildError(f"mở nguội {ratio}, giới hạn {LIMIT:.1f} lần")
    return str(ratio)


def of_package() -> Ratio:
    """The files of the Debian package where ``make deb`` laid them, with the system's Python."""
    packages = ROOT / "build" / "debian" / "tree" / "usr" / "lib" / "thidua-desktop"
    if not packages.is_dir():
        raise BuildError("chưa có build/debian/tree: chạy make deb trước")
    with tempfile.TemporaryDirectory() as folder:
        office = Path(folder) / "xa.thidua"
        make_office(office)
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        environment = {**kept, "QT_QPA_PLATFORM": "offscreen", "THIDUA_CONFIG_DIR": folder}
        before = f"import sys; sys.path.insert(0, {str(packages)!r}); "
        command = ["/usr/bin/python3", "-I", "-X", "utf8", "-c", f"{before}exec(sys.argv.pop(1))"]
        return measure(packages, command, str(office), environment)


def make_office(path: Path) -> None:
    """An empty commune office: only its first window is asked for."""
    from thidua_desktop.services.offices import NewOffice, create_office

    new = NewOffice(unit_code="24412", user_name="Nguyễn Thị Cũ", password="bốn-từ-dễ-nhớ")
    create_office(path, new).session.close()


def main() -> int:
    """Measure the Debian package; exit status 1 above the limit."""
    try:
        say(require(of_package()))
    except BuildError as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
