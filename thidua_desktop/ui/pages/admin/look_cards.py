"""Theme and text size, and what the program is made of."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout

from thidua_desktop.services.about import LICENCE, components, program_version
from thidua_desktop.ui.components.buttons import bordered
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.choices import ChoiceBox
from thidua_desktop.ui.components.labels import caption, label
from thidua_desktop.ui.components.segments import Segments
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.look.tokens import Theme

_THEMES = ((Theme.LIGHT, "Sáng"), (Theme.DARK, "Tối"), (Theme.CONTRAST, "Tương phản"))
_SIZES = range(90, 161, 10)


class LookCard(Card):
    """``chosen`` carries the theme's name and the text size (1.0 = 100 %)."""

    chosen = Signal(str, float)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "Màu và cỡ chữ")
        self._look = look
        names = [theme for theme, _ in _THEMES]
        self.themes = Segments(look, [words for _, words in _THEMES], names.index(look.theme), "Màu")
        self.sizes = ChoiceBox(look, "Cỡ chữ", [(size, f"{size}%") for size in _SIZES])
        self._show_size()
        self.themes.chosen.connect(self._on_choice)
        self.sizes.activated.connect(self._on_choice)
        look.changed.connect(self._follow_look)
        column = QVBoxLayout()
        look.margins(column, 0, 0, 0, 0, 10)
        column.addWidget(self.themes)
        row = QHBoxLayout()
        look.margins(row, 0, 0, 0, 0, 8)
        row.addWidget(label("Cỡ chữ", ink="text-2"))
        row.addWidget(self.sizes)
        row.addWidget(caption("Ctrl và dấu cộng, trừ, số 0 ở bất cứ đâu", wrap=True), 1)
        column.addLayout(row)
        self.add_padded(column, top=12, bottom=12)

    def _on_choice(self, _at: int = 0) -> None:
        theme = _THEMES[self.themes.current()][0]
        self.chosen.emit(str(theme), int(str(self.sizes.chosen())) / 100)

    def _follow_look(self) -> None:
        self.themes.set_current([theme for theme, _ in _THEMES].index(self._look.theme))
        self._show_size()

    def _show_size(self) -> None:
        self.sizes.choose(min(_SIZES, key=lambda size: abs(size - self._look.text_scale * 100)))


class AboutCard(Card):
    """Versions and licences; ``licences_asked`` for the whole texts."""

    licences_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, "Giới thiệu")
        self.licences_button = bordered(look, "Đọc giấy phép…", "scroll-text")
        self.licences_button.clicked.connect(self.licences_asked)
        column = QVBoxLayout()
        look.margins(column, 0, 0, 0, 0, 6)
        column.addWidget(label(program_version(), wrap=True, selectable=True))
        column.addWidget(
            caption(
                f"Phần mềm tự do, giấy phép {LICENCE}. Dùng, chép, sửa và chia sẻ tự do theo giấy phép đó.", wrap=True
            )
        )
        grid = QGridLayout()
        look.margins(grid, 0, 6, 0, 0, 2)
        grid.setColumnStretch(1, 1)
        for row, part in enumerate(components()):
            grid.addWidget(caption(f"{part.name} {part.version}".strip(), "text-2"), row, 0)
            grid.addWidget(caption(part.licence, wrap=True), row, 1)
        column.addLayout(grid)
        self.add_padded(column, top=12, bottom=12)
        self.add_foot(self.licences_button)
