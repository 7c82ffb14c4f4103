"""An attached picture or PDF looked at inside the program: nothing is written to the disk for it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.services.attached import Attached
from thidua_desktop.ui.components.buttons import bordered, borderless, filled, icon_button
from thidua_desktop.ui.components.dialogs import dialog_foot
from thidua_desktop.ui.components.labels import ElidedLabel, caption
from thidua_desktop.ui.components.painting import draw_words
from thidua_desktop.ui.components.pdf_view import PdfView
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.tasks import TaskControl, run_task

_SIDE = 2200  # dots of the longer side that a picture is decoded to


class PictureView(QWidget):
    """One picture as large as there is room; words while it is being decoded, or when it cannot be."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self.words, self.image = "Đang mở ảnh", QImage()
        self.setAccessibleName(f"Ảnh {name}")
        self.setMinimumSize(QSize(look.px(240), look.px(160)))

    def show_image(self, image: QImage, words: str = "") -> None:
        """Another picture, or why there is none."""
        self.image, self.words = image, words
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = self._look, QPainter(self)
        painter.fillRect(self.rect(), look.color("raised"))
        if self.image.isNull():
            middle = Qt.AlignmentFlag.AlignCenter
            draw_words(painter, self.words, self.rect(), look.font(), look.color("text-2"), middle)
        else:
            size = self.image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            size = size.boundedTo(self.image.size() * 2)
            area = self.rect()
            area.setSize(size)
            area.moveCenter(self.rect().center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(area, self.image)
        painter.end()


class PreviewDialog(QDialog):
    """A file that the program shows itself. ``open_outside`` and ``save`` are what else can be done with it."""

    def __init__(
        self, look: Look, one: Attached, content: bytes, parent: QWidget, open_outside: Callable[[], None],
        save: Callable[[], None],
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._look, self._content, self._page = look, content, 0
        self.pages = 1
        self.setWindowTitle(one.name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 12, 16, 12, 8)
        head = QHBoxLayout()
        head.addWidget(ElidedLabel(one.name, TextRole.CARD_TITLE), 1)
        self.count = caption("")
        self.back_button = icon_button(look, "chevron-left", "Trang trước")
        self.next_button = icon_button(look, "chevron-right", "Trang sau")
        self.back_button.clicked.connect(lambda: self.step(-1))
        self.next_button.clicked.connect(lambda: self.step(1))
        for widget in (self.count, self.back_button, self.next_button):
            head.addWidget(widget)
        outer.addLayout(head)
        is_pdf = one.media_type == "application/pdf"
        self.picture = PictureView(look, one.name)
        self.paper = PdfView(look, one.name, 900) if is_pdf else None
        outer.addWidget(self.paper or self.picture, 1)
        self.picture.setVisible(not is_pdf)
        outer.addLayout(self._foot(open_outside, save))
        for keys, by in (("PgDown", 1), ("PgUp", -1), ("Right", 1), ("Left", -1)):
            if not is_pdf:
                QShortcut(QKeySequence(keys), self).activated.connect(lambda by=by: self.step(by))
        room = self.screen().availableSize()
        self.resize(min(look.px(900), room.width() * 9 // 10), min(look.px(720), room.height() * 9 // 10))
        self._show_pages()
        if self.paper is not None:
            self._show_pdf(self.paper)
        else:
            self._show_picture()

    def _foot(self, open_outside: Callable[[], None], save: Callable[[], None]) -> QHBoxLayout:
        opening = borderless(self._look, "Mở bằng chương trình khác", "eye")
        saving = bordered(self._look, "Lưu ra tệp…", "download")
        self.close_button = filled(self._look, "Đóng")
        self.close_button.setDefault(True)
        opening.clicked.connect(open_outside)
        saving.clicked.connect(save)
        self.close_button.clicked.connect(self.accept)
        return dialog_foot(self._look, saving, self.close_button, left=[opening])

    def step(self, by: int) -> None:
        """To another page of a scan of several."""
        page = min(max(self._page + by, 0), self.pages - 1)
        if page != self._page:
            self._page = page
            self._show_picture()

    def _show_pages(self) -> None:
        several = self.pages > 1
        self.count.setText(f"Trang {self._page + 1}/{self.pages}" if several else "")
        for button in (self.back_button, self.next_button):
            button.setVisible(several)
        self.back_button.setEnabled(self._page > 0)
        self.next_button.setEnabled(self._page < self.pages - 1)

    def _show_pdf(self, paper: PdfView) -> None:
        try:
            paper.show_pdf(self._content)
        except Exception:  # a PDF that PDFium does not understand; others may
            paper.hide()
            self.picture.show()
            layout = self.layout()
            if isinstance(layout, QVBoxLayout):
                layout.insertWidget(1, self.picture, 1)
            self.picture.show_image(QImage(), "Không hiện được PDF này ở đây. Mở bằng chương trình khác để xem.")
        else:
            paper.setFocus()

    def _show_picture(self) -> None:
        content, page = self._content, self._page

        def work(control: TaskControl) -> object:
            from thidua_desktop.services import pictures

            return pictures.page_count(content), pictures.shown_small(content, _SIDE, page)

        task = run_task(self, work)
        task.succeeded.connect(lambda found: self._on_decoded(page, found))
        task.failed.connect(lambda _fault: self.picture.show_image(QImage(), "Không hiện được ảnh này ở đây."))

    def _on_decoded(self, page: int, found: object) -> None:
        if page != self._page or not isinstance(found, tuple):
            return
        self.pages, png = found
        self.picture.show_image(QImage.fromData(png))
        self._show_pages()
