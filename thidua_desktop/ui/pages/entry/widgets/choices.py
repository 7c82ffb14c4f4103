"""``choices``: several entries of a catalog, shown as small tags inside the field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from thidua_desktop.formdef.field_types import NotUnderstood, field_type
from thidua_desktop.formdef.model import FieldSpec, Value
from thidua_desktop.services import links
from thidua_desktop.services.links import Choice
from thidua_desktop.ui.components.chips import Chip, small_tag_chip
from thidua_desktop.ui.components.fields import FieldState, set_field_state
from thidua_desktop.ui.components.painting import draw_icon_at, rounded_box
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.widgets.field_input import FieldInput, InputContext
from thidua_desktop.ui.pages.entry.widgets.pick_line import PickLine

_LEAST_TYPING = 88
_ENDS_ENTRY = ";"


class TagBox(QFrame):
    """The field's frame: tags in reading order, then the typed line, in as many rows as they need."""

    def __init__(self, look: Look, line: PickLine) -> None:
        super().__init__()
        self._look, self._line = look, line
        self._tags: list[Chip] = []
        line.setFrame(False)
        line.setParent(self)
        line.installEventFilter(self)
        look.follow(self, self.arrange)

    def set_tags(self, tags: Sequence[Chip]) -> None:
        """Replaces the tags."""
        for tag in self._tags:
            tag.hide()
            tag.deleteLater()
        self._tags = list(tags)
        for tag in self._tags:
            tag.setParent(self)
            tag.show()
        self.arrange()

    def arrange(self) -> None:
        """Places tags and line, and takes the height they need."""
        px = self._look.px
        right, row = self.width() - px(34), px(34)
        left, top = px(6), 0
        for tag in self._tags:
            size = tag.sizeHint()
            if left > px(6) and left + size.width() > right:
                left, top = px(6), top + px(28)
            tag.setGeometry(left, top + px(5), min(size.width(), right - px(6)), size.height())
            left += size.width() + px(8)
        if left + px(_LEAST_TYPING) > right and self._tags:
            left, top = px(6), top + px(28)
        self._line.setGeometry(left, top + px(3), max(px(40), right - left), px(28))
        self.setFixedHeight(top + row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(260), self.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent):
            self.update()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        look, state = self._look, str(self.property("state") or "")
        focused = self._line.hasFocus()
        ink = state or ("accent-ink" if focused else "edge")
        painter = QPainter(self)
        width = 2 if state or focused else 1
        rounded_box(painter, self.rect(), look.color("surface"), look.color(ink), width, look.px(4))
        left = self.width() - look.px(28)
        draw_icon_at(painter, look, "chevron-down", "text-2", left, look.px(17))
        painter.end()

    def mousePressEvent(self, event: object) -> None:
        self._line.setFocus(Qt.FocusReason.MouseFocusReason)
        self._line.close_list() if self._line.is_open() else self._line.open_list()


class ChoicesInput(FieldInput):
    """Several entries of a catalog, most often one: Enter adds the highlighted one and goes on, as in every field; a
    semicolon adds it and waits for more. Choosing a chosen one from the whole list takes it away.
    """

    def __init__(self, look: Look, spec: FieldSpec, context: InputContext) -> None:
        super().__init__(look, spec, context)
        self._codes: tuple[str, ...] = ()
        self.line = PickLine(look, self._find, lambda: self._codes, several=True)
        self.box = TagBox(look, self.line)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.box)
        self.line.textEdited.connect(self._on_typed)
        self.line.picked.connect(self._on_picked)
        self.line.entered.connect(self.entered)
        self.line.left.connect(self._on_left)

    def value(self) -> Value:
        codes = [*self._codes, *self._typed_codes()]
        return self._ordered(codes) if codes else None

    def set_value(self, value: Value) -> None:
        self.line.clear()
        codes = value if isinstance(value, tuple) else ()
        self._set_codes(tuple(code for code in codes if isinstance(code, str)))

    def is_empty(self) -> bool:
        return not self._codes and not self.line.text().strip()

    def draft(self) -> object:
        return None if self.is_empty() else {"codes": list(self._codes), "typed": self.line.text()}

    def set_draft(self, kept: object) -> None:
        found = kept if isinstance(kept, dict) else {}
        codes = found.get("codes")
        self._set_codes(tuple(str(code) for code in codes) if isinstance(codes, list) else ())
        self.line.setText(str(found.get("typed") or ""))

    def focus_target(self) -> QWidget:
        return self.line

    def stay(self) -> None:
        self.line.open_what_fits()

    def composing(self) -> bool:
        return self.line.composing()

    def set_state(self, state: FieldState) -> None:
        set_field_state(self.box, state)

    def _find(self, text: str) -> Sequence[Choice]:
        return links.choices(self.context.session, self.spec, text, 200, self.context.day())

    def _typed_codes(self) -> tuple[str, ...]:
        session = self.context.session
        typed = field_type(self.spec).parse(self.spec, self.line.text(), session.today, session.definitions.catalogs)
        return tuple(str(code) for code in typed) if isinstance(typed, tuple) else ()

    def _ordered(self, codes: Sequence[str]) -> tuple[str, ...]:
        items = self.context.session.definitions.catalogs[self.spec.catalog].items
        order = {item.code: place for place, item in enumerate(items)}
        return tuple(sorted(dict.fromkeys(codes), key=lambda code: (order.get(code, len(order)), code)))

    def _set_codes(self, codes: tuple[str, ...]) -> None:
        self._codes = self._ordered(codes)
        catalog = self.context.session.definitions.catalogs[self.spec.catalog]
        tags = []
        for code in self._codes:
            tag = small_tag_chip(self.look, catalog.label(code))
            tag.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            tag.removed.connect(lambda code=code: self._on_removed(code))
            tags.append(tag)
        self.box.set_tags(tags)

    def _toggle(self, code: str) -> None:
        self.line.clear()
        kept = tuple(held for held in self._codes if held != code)
        self._set_codes(kept if len(kept) < len(self._codes) else (*self._codes, code))
        self.edited.emit()

    def _on_typed(self, text: str) -> None:
        """A semicolon ends an entry, also one that came from an input method together with its word."""
        found = self._find(text[:-1]) if text.endswith(_ENDS_ENTRY) and text[:-1].strip() else ()
        if found and not self.composing():
            self.line.clear()
            self._set_codes((*self._codes, found[0].value))
        self.edited.emit()

    def _on_picked(self, choice: Choice) -> None:
        if self.line.adding and choice.value in self._codes:
            self.line.clear()
        else:
            self._toggle(choice.value)

    def _on_removed(self, code: str) -> None:
        self._toggle(code)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_left(self, reason: object) -> None:
        try:
            typed = self._typed_codes()
        except NotUnderstood:
            typed = ()
        if typed:
            self.line.clear()
            self._set_codes((*self._codes, *typed))
        self.left.emit()
