"""From the start of the process to the first painted window, against a bare Qt window with one table.

Each run is a process of its own; the office opens with a cheap key, so that the price of guessing a password, which is
meant to be high, is not counted.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.made_offices import ACTIVITY, PASSWORD, activities, area_ids, commune, fill
from tests.benchmarks.measure import Measurement

ROOT = Path(__file__).parents[2]
BYTECODE = ROOT / "build" / "bytecode"  # an installed program has its modules compiled
PAINTED = """
class Painted(QObject):
    def eventFilter(self, _watched, event):
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, app.quit)
        return False
painted = Painted()
"""
BARE = f"""
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget, QTableWidgetItem
app = QApplication([])
{PAINTED}
window, table = QMainWindow(), QTableWidget(100, 8)
for row in range(100):
    for column in range(8):
        table.setItem(row, column, QTableWidgetItem("Tuyên truyền"))
window.setCentralWidget(table)
window.resize(1200, 800)
app.installEventFilter(painted)
window.show()
app.exec()
"""
PROGRAM = f"""
import sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from thidua_desktop.ui.desk.preferences import Preferences
from thidua_desktop.ui.desk.start import Program
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.look.tokens import Theme
from thidua_desktop.services.session import Clock
app = QApplication([])
{PAINTED}
look = Look(Theme("light"), 1.0)
look.apply(app)
program = Program(app, look, Preferences(), Clock())
app.installEventFilter(painted)
program.begin(Path(sys.argv[1]), sys.argv[2])
app.exec()
"""
MEMORY = """
for line in open("/proc/self/smaps_rollup"):
    if line.startswith("Pss:"):
        print(line.split()[1])
"""


def office(size: int, folder: Path) -> Path:
    """The path of an office file with ``size`` activities."""
    session = commune(folder)
    fill(session, ACTIVITY, activities(area_ids(session)), size)
    path = session.file.path
    session.close()
    return path


def run(code: str, *arguments: str) -> str:
    """Run Python code in a process of its own, offscreen and with a profile of its own; what it printed."""
    with tempfile.TemporaryDirectory() as profile:
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        settings = {"QT_QPA_PLATFORM": "offscreen", "THIDUA_CONFIG_DIR": profile, "PYTHONPYCACHEPREFIX": str(BYTECODE)}
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments], cwd=ROOT, env={**kept, **settings}, check=True,
            capture_output=True, text=True, encoding="utf-8",
        )  # fmt: skip
    return done.stdout


def ours(path: Path) -> int:
    """The program's window with an open office."""
    return len(run(PROGRAM, str(path), PASSWORD))


def bare(_path: Path) -> int:
    """A Qt window with one table."""
    return len(run(BARE))


def memory(path: Path) -> tuple[int, int]:
    """Proportional set size after the first paint in KiB, ours and the bare window's (Linux)."""
    return int(run(PROGRAM + MEMORY, str(path), PASSWORD).split()[-1]), int(run(BARE + MEMORY).split()[-1])


MEASUREMENTS = (Measurement("first painted window", 1.6, office, ours, bare, "bare Qt window", (1_000, 100_000)),)
