"""Text roles of the desk and the bundled Noto Sans. Sizes are pixels at 100 %, so that every system sets them alike."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

from thidua_desktop.paths import is_there, resource_path

FAMILY = "Noto Sans"
FONT_FILES = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf")


class TextRole(StrEnum):
    """What a text is; decides size and weight (look.md, Type)."""

    CAPTION = "caption"
    TABLE_HEAD = "table-head"
    BASE = "base"
    STRONG = "strong"
    CARD_TITLE = "card-title"
    RECORD_TITLE = "record-title"
    PAGE_TITLE = "page-title"
    KEY_FIGURE = "key-figure"


#: Role -> (pixels at 100 %, bold). 9,5 / 11 / 12 / 13 / 16 / 18 pt at 96 dpi as Qt rounds them.
ROLE_SIZES: dict[TextRole, tuple[int, bool]] = {
    TextRole.CAPTION: (13, False),
    TextRole.TABLE_HEAD: (13, True),
    TextRole.BASE: (15, False),
    TextRole.STRONG: (15, True),
    TextRole.CARD_TITLE: (16, True),
    TextRole.RECORD_TITLE: (17, True),
    TextRole.PAGE_TITLE: (21, True),
    TextRole.KEY_FIGURE: (24, True),
}


def load_fonts() -> None:
    """Registers the bundled fonts with Qt; a missing file leaves the system's Noto Sans in place."""
    if QFontDatabase.applicationFontFamilies(0):
        return
    for name in FONT_FILES:
        path = resource_path("fonts", name)
        if is_there(path, Path.is_file):
            QFontDatabase.addApplicationFont(str(path))


def role_font(role: TextRole, scale: float) -> QFont:
    """The font of a role at a text size of ``scale`` (1.0 = 100 %)."""
    pixels, bold = ROLE_SIZES[role]
    font = QFont(FAMILY)
    font.setPixelSize(max(9, round(pixels * scale)))
    font.setBold(bold)
    return font
