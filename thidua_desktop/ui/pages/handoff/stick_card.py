"""Step 2: which stick, or which folder where sticks are not allowed. The list follows what is plugged in."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from thidua_desktop.services.handoff.sticks import Stick, sticks
from thidua_desktop.services.remembered_folders import Files
from thidua_desktop.ui.components.file_choice import folder_to_use
from thidua_desktop.ui.components.labels import ElidedLabel, caption, label
from thidua_desktop.ui.components.scrolling import scrolling
from thidua_desktop.ui.components.showing import clear_layout
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.components.tiles import OptionTile
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.handoff.step_card import StepCard
from thidua_desktop.ui.pages.handoff.words import size_text
from thidua_desktop.ui.tasks import TaskControl, run_task, work_line

_LOOK_EVERY = 2000  # milliseconds


class StickCard(StepCard):
    """``chosen`` when another place was chosen or the chosen one is gone; ``folder()`` is None when there is none.

    ``folder_chosen`` when a person named a folder: what follows is the writing.
    """

    chosen = Signal()
    folder_chosen = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, 2, "Chọn USB")
        self._look = look
        self._sticks: list[Stick] = []
        self._folder: Path | None = None
        self._other: Path | None = None
        self._needed = 0
        self._prefix = ""
        self._looking = False
        self._tiles = QVBoxLayout()
        look.margins(self._tiles, 0, 0, 0, 0, 8)
        holder = QWidget()
        holder.setLayout(self._tiles)
        self.middle.addWidget(scrolling(holder, "Nơi ghi"), 1)
        self._group = QButtonGroup(self)
        foot = self.tinted_foot(look)
        foot.addWidget(caption("Tên tệp trên USB"))
        self._name = ElidedLabel("")
        foot.addWidget(self._name)
        self._pool = work_line(self)
        self._timer = QTimer(self, interval=_LOOK_EVERY)
        self._timer.timeout.connect(self.look_for_sticks)
        self.show_sticks([])

    def folder(self) -> Path | None:
        """Where the package goes."""
        return self._folder

    def is_stick(self) -> bool:
        """Whether that is a removable drive."""
        return any(stick.folder == self._folder for stick in self._sticks)

    def set_package(self, name: str, size: int, prefix: str) -> None:
        """The file's name, how much room it needs, and how this office's own packages begin."""
        self._name.setText(name)
        self._needed, self._prefix = size, prefix
        self.show_sticks(self._sticks, again=True)

    def look_for_sticks(self) -> None:
        """Looks for sticks off the window's thread: a bad drive may answer late."""
        if self._looking:
            return
        self._looking = True

        def work(_control: TaskControl) -> object:
            return sticks()

        task = run_task(self, work, self._pool)
        task.succeeded.connect(self.show_sticks)
        task.finished.connect(self._looked)

    def show_sticks(self, found: list[Stick], again: bool = False) -> None:
        """What is plugged in now; the only stick is chosen by itself."""
        if found == self._sticks and not again and self._tiles.count():
            return
        arrived = [stick for stick in found if stick.folder not in {one.folder for one in self._sticks}]
        self._sticks = list(found)
        places = {stick.folder for stick in found}
        if self._folder is not None and self._folder not in places and self._folder != self._other:
            self._folder = None
        usable = [stick for stick in found if stick.free >= self._needed]
        if self._folder is None and len(usable) == 1 and (arrived or again):
            self._folder = usable[0].folder
        self._rebuild()
        self.chosen.emit()

    def renew(self) -> None:
        """Looks again how much room each place has."""
        self._rebuild()

    def choose_folder(self, folder: Path) -> None:
        """A folder on this machine instead of a stick."""
        self._other = self._folder = folder
        self._rebuild()
        self.chosen.emit()

    def _rebuild(self) -> None:
        clear_layout(self._tiles)
        for stick in self._sticks:
            self._add(stick.folder, stick.name, stick.free, self._detail(stick.packages))
        if not self._sticks and self._other is None:
            self._tiles.addWidget(label("Chưa thấy USB nào. Cắm USB, danh sách tự hiện ra.", ink="text-2", wrap=True))
        if self._other is not None:
            free: int | None = None
            with contextlib.suppress(OSError):
                free = shutil.disk_usage(self._other).free
            self._add(self._other, self._other.name or str(self._other), free, str(self._other))
        words = "Chọn thư mục khác" if self._other else "Thư mục khác trên máy"
        other = OptionTile(self._look, words, "khi cơ quan không cho dùng USB", "Chọn", leads=True)
        other.setCheckable(False)
        other.clicked.connect(self.ask_folder)
        self._tiles.addWidget(other)
        self._tiles.addStretch(1)
        if self._folder is None:
            self.say(State.MISSING, "Chưa chọn")
        else:
            self.say(State.OK, "Đã chọn")

    def ask_folder(self) -> None:
        """Asks for a folder."""
        folder = folder_to_use(self, "Chọn thư mục để ghi gói", Files.PACKAGES, self._other)
        if folder is not None:
            self.choose_folder(folder)
            self.folder_chosen.emit()

    def _add(self, folder: Path, name: str, free: int | None, detail: str) -> None:
        """``free`` None: the place cannot be looked at any more."""
        if free is None:
            refused, room = "Không thấy nữa, cắm lại hoặc chọn khác", ""
        else:
            refused = f"Không đủ chỗ, cần {size_text(self._needed)}" if free < self._needed else ""
            room = f"còn {size_text(free)}"
        tile = OptionTile(self._look, name, detail, room, refused)
        tile.setChecked(folder == self._folder)
        tile.clicked.connect(lambda _=False: self._choose(folder))
        self._tiles.addWidget(tile)

    def _detail(self, packages: tuple[str, ...]) -> str:
        own = [name for name in packages if self._prefix and name.startswith(self._prefix)]
        return f"đã có {len(own)} gói của đơn vị này" if own else "chưa có gói nào của đơn vị này"

    def _choose(self, folder: Path) -> None:
        self._folder = folder
        self.say(State.OK, "Đã chọn")
        self.chosen.emit()

    def _looked(self) -> None:
        self._looking = False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()
        self.look_for_sticks()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
