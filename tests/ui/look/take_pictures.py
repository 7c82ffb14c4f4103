"""Takes pictures of the shell and the sample pages: ``python tests/ui/look/take_pictures.py FOLDER``. Not a test.

Three themes, 1366x768 and 1280x690, text 100 and 130 %; to be looked at beside the design's pictures.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from PySide6.QtWidgets import QApplication

from tests.ui.look.sample_pages import sample_header, sample_rooms
from thidua_desktop.ui.look.theme import Look, Theme
from thidua_desktop.ui.shell.main_window import MainWindow

ROOMS = ("today", "meeting", "emulation", "activity", "handoff")
SIZES = ((1366, 768, 1.0), (1280, 690, 1.0), (1366, 768, 1.3))


def main(folder: Path) -> None:
    """Writes ``<room>-<theme>-<size>.png`` for every combination."""
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    look = Look()
    look.apply(app)
    window = MainWindow(look, sample_rooms(look), sample_header())
    window.show()
    for theme in Theme:
        look.set_theme(theme)
        for width, height, scale in SIZES:
            look.set_text_scale(scale)
            window.resize(width, height)
            for room in ROOMS:
                window.open_room(room)
                app.processEvents()
                window.grab().save(str(folder / f"{room}-{theme}-{width}x{height}-{round(scale * 100)}.png"))
    window.close()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/pictures"))
