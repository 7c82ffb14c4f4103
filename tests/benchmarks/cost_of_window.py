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
# An installed program has its modules compiled, and the person has started it before.
BYTECODE, PROFILE = ROOT / "build" / "bytecode", ROOT / "build" / "profile"
# The process ends with the first paint: how long Qt and Python take to clear up is nothing that anyone waits for.
PAINTED = """
import os
ready = [True]
class Painted(QObject):
    def eventFilter(self, _watched, event):
        if ready and event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, done)
        return False
def done():
    for line in open("/proc/self/smaps_rollup") if os.path.exists("/proc/self/smaps_rollup") and MEMORY else ():
        if line.startswith("Pss:"):
            print(line.split()[1], flush=True)
    os._exit(0)
painted = Painted()
app.installEventFilter(painted)
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
window.show()
app.exec()
"""
PROGRAM = f"""
import sys
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from thidua_desktop.app import start
app = QApplication([])
{PAINTED}
start(["window", sys.argv[1], "--password-file", sys.argv[2]])
"""
# The page reads beside the first paint: this ends with the first paint after what it has read stands on it.
COMPLETE = PROGRAM.replace(
    "start([",
    """from thidua_desktop.ui.pages.today.page import TodayPage
ready.clear()
show_picture = TodayPage.show_picture
TodayPage.show_picture = lambda page, picture: (show_picture(page, picture), ready.append(True))
start([""",
)


def office(size: int, folder: Path) -> Path:
    """The path of an office file with ``size`` activities."""
    session = commune(folder)
    fill(session, ACTIVITY, activities(area_ids(session)), size)
    path = session.file.path
    session.close()
    return path


def run(code: str, *arguments: str, memory: bool = False) -> str:
    """Run Python code in a process of its own, offscreen and with a profile of its own; what it printed."""
    code = f"MEMORY = {memory}{code}"
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    places = {"THIDUA_CONFIG_DIR": str(PROFILE), "PYTHONPYCACHEPREFIX": str(BYTECODE)}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, env={**kept, "QT_QPA_PLATFORM": "offscreen", **places},
        check=True, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    return done.stdout


def program(path: Path, code: str = PROGRAM, *, memory: bool = False) -> str:
    """The program's window with an open office, as ``thidua window`` shows it."""
    with tempfile.TemporaryDirectory() as folder:
        password = Path(folder) / "password"
        password.write_text(PASSWORD, encoding="utf-8")
        return run(code, str(path), str(password), memory=memory)


def ours(path: Path) -> int:
    """The first painted window of the program; nothing is counted."""
    return len(program(path))


def complete(path: Path) -> int:
    """The same with everything that Hôm nay has to say."""
    return len(program(path, COMPLETE))


def bare(_path: Path) -> int:
    """A Qt window with one table."""
    return len(run(BARE))


def memory(path: Path) -> tuple[int, int]:
    """Proportional set size after the first paint in KiB, ours and the bare window's (Linux)."""
    return int(program(path, memory=True)), int(run(BARE, memory=True))


MEASUREMENTS = (
    Measurement("first painted window", 1.6, office, ours, bare, "bare Qt window", (1_000, 100_000)),
    Measurement("first painted window, complete", 1.6, office, complete, bare, "bare Qt window", (1_000, 100_000)),
)
