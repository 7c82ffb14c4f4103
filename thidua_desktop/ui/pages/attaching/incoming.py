"""What a drag or the clipboard brings to be attached: files of this machine, or a picture."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QBuffer, QIODevice, QMimeData
from PySide6.QtGui import QImage

from thidua_desktop.errors import UserError
from thidua_desktop.services.attached import Source
from thidua_desktop.services.handoff.kinds import is_for_the_window
from thidua_desktop.ui.components.dropping import local_files


def may_be_attached(mime: QMimeData) -> bool:
    """Whether there is something to attach. Packages, cards and offices are not: the window has a place for them."""
    paths = local_files(mime)
    return not all(map(is_for_the_window, paths)) if paths else mime.hasImage()


def left_out(mime: QMimeData) -> list[UserError]:
    """Why packages, cards and offices among the files are not attached."""
    return [UserError("TD-UI-066", name=path.name) for path in local_files(mime) if is_for_the_window(path)]


def sources_of(mime: QMimeData, now: datetime) -> list[Source]:
    """Everything to attach, in its order; a picture without a file becomes a PNG named by the day and hour."""
    paths = [path for path in local_files(mime) if not is_for_the_window(path)]
    if paths or not mime.hasImage():
        return [Source(path.name or str(path), path) for path in paths]
    image = QImage(mime.imageData())
    if image.isNull():
        return []
    return [Source(f"Ảnh dán {now:%d-%m-%Y %Hh%M}.png", content=png_of(image), taken_on=now.date())]


def png_of(image: QImage) -> bytes:
    """A picture as a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
