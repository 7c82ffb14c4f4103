"""A finished PDF of any length: pages are drawn when they are seen, searched with Ctrl+F, copied with Ctrl+C."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit

from thidua_desktop.ui.components.paper_pictures import sheets_of
from thidua_desktop.ui.components.paper_search import Found, page_text, search_pages
from thidua_desktop.ui.components.paper_view import PaperView
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.tasks import TaskControl, run_task


class PdfView(PaperView):
    """A paper in which words can be found."""

    def __init__(self, look: Look, name: str, widest: int = 0) -> None:
        super().__init__(look, name, widest)
        self._hits: list[Found] = []
        self._hit = -1
        self.search_field = QLineEdit(self)
        self.search_field.setPlaceholderText("Tìm trong giấy")
        self.search_field.setAccessibleName("Tìm trong giấy")
        self.search_field.textChanged.connect(self.find_words)
        self.search_field.installEventFilter(self)
        self.search_count = QLabel(self)
        self.search_count.setAutoFillBackground(True)
        self.search_field.hide()
        self.search_count.hide()

    def show_pdf(self, pdf: bytes) -> None:
        """Shows the pages of a PDF."""
        self.forget_pictures()
        self._forget_words()
        self.set_paper(sheets_of(pdf), (), pdf)

    # Search and copy

    def open_search(self) -> None:
        """Shows the field; what is typed is found as it is typed, with or without diacritics."""
        self.search_field.show()
        self.search_count.show()
        self._place_search()
        self.search_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search_field.selectAll()

    def close_search(self) -> None:
        """Hides the field and the marks."""
        self.search_field.hide()
        self.search_count.hide()
        self._forget_words()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def find_words(self, words: str) -> None:
        """Looks through all pages off the window's thread."""
        pdf = self._pdf

        def work(control: TaskControl) -> object:
            return search_pages(pdf, words)

        task = run_task(self, work)
        task.succeeded.connect(lambda found: self._show_found(words, found))

    def hits(self) -> list[Found]:
        """Places that were found, in reading order."""
        return self._hits

    def next_hit(self, step: int = 1) -> None:
        """The next place, or with -1 the one before, brought into view."""
        if not self._hits:
            return
        self._hit = (self._hit + step) % len(self._hits)
        hit = self._hits[self._hit]
        area = self._area(hit.areas[0], hit.page, self._sheet_rect(hit.page).topLeft())
        self.verticalScrollBar().setValue(area.center().y() - self.viewport().height() // 3)
        self._tell()

    def copy_page(self) -> None:
        """The text of the page in view to the clipboard."""
        if self._sheets:
            QGuiApplication.clipboard().setText(page_text(self._pdf, max(0, self._page - 1)))

    def _show_found(self, words: str, found: object) -> None:
        if words != self.search_field.text() or not isinstance(found, list):
            return
        self._hits, self._hit = found, -1
        pages = {hit.page for hit in found}
        self.mark_words({page: tuple(a for hit in found if hit.page == page for a in hit.areas) for page in pages})
        self.next_hit()
        self._tell()

    def _tell(self) -> None:
        if not self.search_field.text():
            self.search_count.setText("")
        else:
            self.search_count.setText(f" {self._hit + 1}/{len(self._hits)} " if self._hits else " Không thấy ")
        self.search_count.adjustSize()
        self._place_search()

    def _forget_words(self) -> None:
        self._hits, self._hit = [], -1
        self.mark_words({})

    def _place_search(self) -> None:
        width, gap = self._look.px(240), self._look.px(12)
        self.search_field.setGeometry(self.viewport().width() - width - gap, gap, width, self._look.px(30))
        self.search_count.move(self.search_field.x() - self.search_count.width() - gap // 2, gap + self._look.px(6))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_search()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if control and event.key() == Qt.Key.Key_F:
            self.open_search()
        elif control and event.key() == Qt.Key.Key_C:
            self.copy_page()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
            if control and event.key() in (Qt.Key.Key_F, Qt.Key.Key_C):
                event.accept()
                return True
        return super().event(event)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self.search_field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.next_hit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close_search()
                return True
        return False
