"""Cards: a surface with a head, rows that run to its edges, and sometimes a foot."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from thidua_desktop.ui.components.labels import ElidedLabel, caption, hairline_widget, set_style_property
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look


class _Corner(QWidget):
    """Paints one rounded corner of a card over its children, which Qt does not clip."""

    def __init__(self, look: Look, card: QWidget, right: bool, bottom: bool) -> None:
        super().__init__(card)
        self._look, self._right, self._bottom = look, right, bottom
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        side = float(self.width())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._right:
            painter.translate(side, 0)
            painter.scale(-1, 1)
        if self._bottom:
            painter.translate(0, side)
            painter.scale(1, -1)
        outside = QPainterPath(QPointF(0, 0))
        outside.lineTo(side, 0)
        outside.arcTo(QRectF(0, 0, 2 * side, 2 * side), 90, 90)
        outside.closeSubpath()
        painter.fillPath(outside, self._look.color("bg"))
        painter.setPen(QPen(self._look.color("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawArc(QRectF(0.5, 0.5, 2 * side - 1, 2 * side - 1), 90 * 16, 90 * 16)
        painter.end()


class Card(QFrame):
    """A card. ``body`` is the layout for its content; ``head`` (None without a title) takes more widgets at the right.

    ``caption_text`` stands at the right of the head; ``link`` is a widget (``buttons.link``) in its place. With
    ``flush`` the content runs to the edges and the corners are painted over it: for tables and tinted feet.
    """

    def __init__(
        self,
        look: Look,
        title: str = "",
        caption_text: str = "",
        link: QWidget | None = None,
        flush: bool = False,
        head_line: bool = True,
    ) -> None:
        super().__init__()
        self._look = look
        self.setProperty("kind", "card")
        self.setAccessibleName(title)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)  # the stylesheet's border already insets the content
        self._outer.setSpacing(0)
        self.head: CardHead | None = None
        if title:
            self.head = CardHead(look, title, caption_text, link, self)
            self._outer.addWidget(self.head)
            if head_line:
                self._outer.addWidget(hairline_widget())
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self._outer.addLayout(self.body, 1)
        self._corners: list[_Corner] = []
        if flush:
            self._corners = [_Corner(look, self, right, bottom) for right in (False, True) for bottom in (False, True)]
            look.follow(self, self._place_corners)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Adds a widget that runs to the card's edges."""
        self.body.addWidget(widget, stretch)
        for corner in self._corners:
            corner.raise_()

    def add_padded(self, content: QWidget | QLayout, top: int = 12, bottom: int = 16) -> None:
        """Adds content with the card's padding of 16 px at the sides."""
        holder = QVBoxLayout()
        margins = (16, top, 16, bottom)
        if isinstance(content, QLayout):
            holder.addLayout(content)
        else:
            holder.addWidget(content)
        self.body.addLayout(holder)
        self._look.follow(self, lambda: holder.setContentsMargins(*(self._look.px(m) for m in margins)))

    def add_line(self) -> None:
        """A hairline from edge to edge."""
        self.body.addWidget(hairline_widget())

    def add_foot(self, *widgets: QWidget, spring_at: int = -1, tinted: bool = False) -> QHBoxLayout:
        """The action row at the foot (54 px) under a hairline; a spring before the widget number ``spring_at``."""
        foot = QFrame()
        row = QHBoxLayout(foot)
        self._look.margins(row, 16, 9, 16, 9)
        for index, widget in enumerate(widgets):
            if index == spring_at:
                row.addStretch(1)
            row.addWidget(widget)
        if spring_at < 0:
            row.addStretch(1)
        if tinted:
            foot.setProperty("kind", "foot")
        else:
            self._outer.addWidget(hairline_widget())
        self._outer.addWidget(foot)
        return row

    def set_outline(self, state: str) -> None:
        """``ok`` draws the 2 px green outline of a finished hand-over; an empty string takes it away."""
        set_style_property(self, "outline", state)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_corners()

    def _place_corners(self) -> None:
        side = self._look.px(8)
        for corner in self._corners:
            corner.resize(side, side)
            corner.move(self.width() - side if corner._right else 0, self.height() - side if corner._bottom else 0)
            corner.raise_()


class SteadyCard(Card):
    """A card with a table whose height hangs on no width: words in it may wrap, and Qt would take the height that they
    like from what stands above or below the card, which was then lower than the least it needs."""

    def hasHeightForWidth(self) -> bool:
        return False


class CardHead(QWidget):
    """The 40 px head of a card: title, spring, caption or link."""

    def __init__(
        self, look: Look, title: str, caption_text: str = "", link: QWidget | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._title = ElidedLabel(title, TextRole.CARD_TITLE)
        self._caption = caption(caption_text)
        self._row = QHBoxLayout(self)
        look.margins(self._row, 16, 0, 16, 0)
        self._row.addWidget(self._title, 1)
        self._row.addWidget(self._caption)
        self._caption.setVisible(bool(caption_text))
        if link is not None:
            self._row.addWidget(link)
        look.follow(self, lambda: self.setFixedHeight(look.px(40)))

    def set_title(self, text: str) -> None:
        """Changes the title."""
        self._title.setText(text)

    def set_caption(self, text: str) -> None:
        """Changes the caption at the right."""
        self._caption.setText(text)
        self._caption.setVisible(bool(text))

    def add(self, widget: QWidget) -> None:
        """Adds a widget at the right end."""
        self._row.addWidget(widget)
