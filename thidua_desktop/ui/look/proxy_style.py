"""Fusion with our own tick boxes, radio buttons, fields and drop-downs.

These parts stay out of the stylesheet on purpose: any rule on them would switch this drawing off. A field's frame
follows the dynamic property ``state`` ("", "bad", "warn"); a 2 px line replaces the 1 px one inside the same
rectangle, so nothing moves when the focus comes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QMenu,
    QProxyStyle,
    QStyle,
    QStyleOption,
    QStyleOptionComplex,
    QTabBar,
    QWidget,
)

if TYPE_CHECKING:
    from thidua_desktop.ui.look.theme import Look

_BOX = 18  # tick box and radio, px at 100 %
_FIELD = 34
_FIELD_PAD = 10

_OF_NO_WINDOW = (Qt.WindowType.Dialog, Qt.WindowType.Popup, Qt.WindowType.Sheet, Qt.WindowType.Tool)

_P = QStyle.PrimitiveElement
_C = QStyle.ControlElement
_M = QStyle.PixelMetric
_OF_MENUS = {_P.PE_IndicatorMenuCheckMark: "check", _P.PE_IndicatorArrowRight: "chevron-right"}
_BOXES = frozenset(
    (_M.PM_IndicatorWidth, _M.PM_IndicatorHeight, _M.PM_ExclusiveIndicatorWidth, _M.PM_ExclusiveIndicatorHeight)
)
_BESIDE_BOXES = frozenset((_M.PM_CheckBoxLabelSpacing, _M.PM_RadioButtonLabelSpacing))
_SAME_FOR_ALL = frozenset(
    (
        _M.PM_SmallIconSize,
        _M.PM_LineEditIconSize,
        _M.PM_LineEditIconMargin,
        _M.PM_ButtonIconSize,
        _M.PM_DefaultFrameWidth,
    )
)
"""Asked some fifty times for each field and button that is made; Qt's own answer hangs on none of them."""


class DeskStyle(QProxyStyle):
    """The control style of the desk for one ``Look``."""

    def __init__(self, look: Look) -> None:
        super().__init__("Fusion")
        self._look = look
        self._same_for_all: dict[QStyle.PixelMetric, int] = {}

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        known = self._same_for_all.get(metric)
        if known is not None:
            return known
        if metric in _SAME_FOR_ALL:
            known = self._same_for_all[metric] = super().pixelMetric(metric, option, widget)
            return known
        if metric in _BOXES:
            return self._look.px(_BOX)
        if metric in _BESIDE_BOXES:
            return self._look.px(8)
        return super().pixelMetric(metric, option, widget)

    def drawPrimitive(
        self, element: QStyle.PrimitiveElement, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        if element in (_P.PE_IndicatorCheckBox, _P.PE_IndicatorItemViewItemCheck):
            self._tick_box(option, painter)
        elif element == _P.PE_IndicatorRadioButton:
            self._radio(option, painter)
        elif element == _P.PE_PanelLineEdit and isinstance(widget, QLineEdit):
            if widget.hasFrame() and not isinstance(widget.parentWidget(), QComboBox):
                self.draw_field_frame(painter, option, widget)
        elif element == _P.PE_FrameFocusRect:
            inside = self._inside_tab(widget) if isinstance(widget, QTabBar) else option.rect
            self._focus_ring(inside, painter)
        elif element in _OF_MENUS and isinstance(widget, QMenu):
            self._menu_sign(_OF_MENUS[element], option, painter)
        else:
            super().drawPrimitive(element, option, painter, widget)

    def _menu_sign(self, name: str, option: QStyleOption, painter: QPainter) -> None:
        """What is chosen, what leads on: as large as the words, where Qt's own stay small beside large text."""
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        ink = "on-sel" if chosen and self._look.high_contrast else "text-2"
        size, middle = self._look.px(16), option.rect.center()
        painter.drawPixmap(middle.x() - size // 2, middle.y() - size // 2, self._look.pixmap(name, ink, 16))

    def drawControl(
        self, element: QStyle.ControlElement, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        if element == _C.CE_ComboBoxLabel and isinstance(widget, QComboBox) and not widget.isEditable():
            self._combo_text(option, painter, widget)
        elif element == _C.CE_PushButtonBevel:
            self._push_button(option, painter)
        else:
            super().drawControl(element, option, painter, widget)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if control == QStyle.ComplexControl.CC_ComboBox and isinstance(widget, QComboBox):
            self.draw_field_frame(painter, option, widget)
            enabled = bool(option.state & QStyle.StateFlag.State_Enabled)
            arrow = self._look.pixmap("chevron-down", "text-2" if enabled else "muted")
            size = self._look.px(18)
            rect = option.rect
            left = rect.right() - self._look.px(_FIELD_PAD) - size + 1
            painter.drawPixmap(left, rect.top() + (rect.height() - size) // 2, arrow)
        else:
            super().drawComplexControl(control, option, painter, widget)

    def subElementRect(self, element: QStyle.SubElement, option: QStyleOption, widget: QWidget | None = None) -> QRect:
        rect = super().subElementRect(element, option, widget)  # type: ignore[arg-type]
        if element == QStyle.SubElement.SE_LineEditContents and isinstance(widget, QLineEdit) and widget.hasFrame():
            if isinstance(widget.parentWidget(), QComboBox):
                return rect
            pad = self._look.px(_FIELD_PAD) - 2  # QLineEdit keeps 2 px of its own
            return QRect(option.rect).adjusted(pad, 1, -pad, -1)
        return rect

    def subControlRect(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        sub_control: QStyle.SubControl,
        widget: QWidget | None = None,
    ) -> QRect:
        if control == QStyle.ComplexControl.CC_ComboBox:
            pad, arrow = self._look.px(_FIELD_PAD), self._look.px(18)
            rect = QRect(option.rect)
            if sub_control == QStyle.SubControl.SC_ComboBoxEditField:
                return rect.adjusted(pad - 2, 1, -(pad + arrow + 4), -1)
            if sub_control == QStyle.SubControl.SC_ComboBoxArrow:
                return QRect(rect.right() - pad - arrow, rect.top(), pad + arrow, rect.height())
            if sub_control == QStyle.SubControl.SC_ComboBoxListBoxPopup:
                return rect
        return super().subControlRect(control, option, sub_control, widget)  # type: ignore[arg-type]

    def sizeFromContents(
        self, kind: QStyle.ContentsType, option: QStyleOption, size: QSize, widget: QWidget | None = None
    ) -> QSize:
        result = super().sizeFromContents(kind, option, size, widget)  # type: ignore[arg-type]
        if kind == QStyle.ContentsType.CT_LineEdit:
            return QSize(result.width() + 2 * self._look.px(_FIELD_PAD), self._look.px(_FIELD))
        if kind == QStyle.ContentsType.CT_PushButton:
            return QSize(max(result.width(), size.width() + self._look.px(28)), self._look.px(_FIELD))
        if kind == QStyle.ContentsType.CT_ComboBox:
            return QSize(size.width() + 2 * self._look.px(_FIELD_PAD) + self._look.px(24), self._look.px(_FIELD))
        return result

    def polish(self, widget: QWidget) -> None:  # type: ignore[override]
        super().polish(widget)
        if isinstance(widget, QWidget) and widget.parentWidget() is None and widget.windowType() in _OF_NO_WINDOW:
            self._look.dress(widget)

    # Drawing

    def draw_field_frame(self, painter: QPainter, option: QStyleOption, widget: QWidget) -> None:
        """The box of a field in ``option.rect``: surface, edge, and 2 px when focused, wrong or warned about."""
        look = self._look
        state = str(widget.property("state") or "")
        enabled = bool(option.state & QStyle.StateFlag.State_Enabled)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        ink, width = ("edge", 1.0)
        if state in ("bad", "warn"):
            ink, width = state, 2.0
        elif focused:
            ink, width = "accent-ink", 2.0
        quiet = isinstance(widget, QLineEdit) and widget.isReadOnly()
        if (quiet and not focused) or not enabled:
            ink = "line-2" if not state else ink
        inset = width / 2
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        barred = look.high_contrast and not enabled  # all inks are the same there
        line = Qt.PenStyle.DashLine if barred else Qt.PenStyle.SolidLine
        painter.setPen(QPen(look.color(ink), width, line))
        painter.setBrush(look.color("surface" if enabled else "raised"))
        painter.drawRoundedRect(QRectF(option.rect).adjusted(inset, inset, -inset, -inset), look.px(4), look.px(4))
        painter.restore()

    def _push_button(self, option: QStyleOption, painter: QPainter) -> None:
        """Qt's own buttons (message boxes, file dialogs) look like our bordered ones."""
        look, state = self._look, option.state
        fill = "sel" if state & QStyle.StateFlag.State_Sunken else "surface"
        over = fill == "surface" and state & QStyle.StateFlag.State_MouseOver
        if over or not state & QStyle.StateFlag.State_Enabled:
            fill = "raised"
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        width = 2.0 if focused else 1.0
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("accent-ink" if focused else "line-2"), width))
        painter.setBrush(look.color(fill))
        box = QRectF(option.rect).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.drawRoundedRect(box, look.px(4), look.px(4))
        painter.restore()

    def _combo_text(self, option: QStyleOption, painter: QPainter, widget: QComboBox) -> None:
        pad, arrow = self._look.px(_FIELD_PAD), self._look.px(18)
        rect = option.rect.adjusted(pad, 0, -(pad + arrow + 4), 0)
        text = widget.currentText()
        shown = text or widget.placeholderText()
        enabled = bool(option.state & QStyle.StateFlag.State_Enabled)
        painter.setPen(self._look.color("text" if text and enabled else "muted"))
        elided = painter.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), elided)

    def _indicator_inks(self, option: QStyleOption) -> tuple[QColor, QColor, bool]:
        """Border, fill and whether it is on."""
        look = self._look
        enabled = bool(option.state & QStyle.StateFlag.State_Enabled)
        on = bool(option.state & (QStyle.StateFlag.State_On | QStyle.StateFlag.State_NoChange))
        if self._on_chosen_row(option):
            return look.color("on-sel"), look.color("on-sel" if on and enabled else "sel"), on
        if not enabled:
            return look.color("line-2"), look.color("raised"), on
        chosen = option.state & QStyle.StateFlag.State_Selected  # whose ground is darker than a page's
        border = (
            "accent-ink" if on or option.state & QStyle.StateFlag.State_HasFocus else "text-2" if chosen else "edge"
        )
        return look.color(border), look.color("accent" if on else "surface"), on

    def _on_chosen_row(self, option: QStyleOption) -> bool:
        """Whether it stands on a chosen row in high contrast, whose ground has the colour of a ticked box."""
        return self._look.high_contrast and bool(option.state & QStyle.StateFlag.State_Selected)

    def _square(self, option: QStyleOption) -> QRectF:
        side = min(option.rect.width(), option.rect.height(), self._look.px(_BOX))
        left = option.rect.left() + (option.rect.width() - side) // 2
        top = option.rect.top() + (option.rect.height() - side) // 2
        return QRectF(left + 0.5, top + 0.5, side - 1, side - 1)

    def _tick_box(self, option: QStyleOption, painter: QPainter) -> None:
        border, fill, on = self._indicator_inks(option)
        box = self._square(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(border, 1.0))
        painter.setBrush(fill)
        painter.drawRoundedRect(box, self._look.px(3), self._look.px(3))
        if on:
            enabled = bool(option.state & QStyle.StateFlag.State_Enabled)
            ink = self._look.color("on-accent" if enabled else "muted")
            if self._on_chosen_row(option):
                ink = self._look.color("sel" if enabled else "on-sel")
            pen = QPen(ink, 2.2 * self._look.text_scale)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            side = box.width()
            at = [
                QPointF(box.left() + side * x, box.top() + side * y)
                for x, y in ((0.24, 0.53), (0.43, 0.71), (0.78, 0.31))
            ]
            if option.state & QStyle.StateFlag.State_NoChange:
                painter.drawLine(box.center() - QPointF(side / 4, 0), box.center() + QPointF(side / 4, 0))
            else:
                painter.drawPolyline(at)
        painter.restore()

    def _radio(self, option: QStyleOption, painter: QPainter) -> None:
        border, _, on = self._indicator_inks(option)
        box = self._square(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(border, 1.5 if on else 1.0))
        painter.setBrush(self._look.color("surface"))
        painter.drawEllipse(box)
        if self._on_chosen_row(option):
            painter.setBrush(self._look.color("sel"))
            painter.drawEllipse(box)
        if on:
            inset = box.width() * 0.28
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(border)
            painter.drawEllipse(box.adjusted(inset, inset, -inset, -inset))
        painter.restore()

    def _inside_tab(self, tabs: QTabBar) -> QRect:
        """The chosen tab above its line; Qt's own rectangle would cut the first and last letter of its bold words."""
        return tabs.tabRect(tabs.currentIndex()).adjusted(0, 2, -self._look.px(4), -self._look.px(5))

    def _focus_ring(self, place: QRect, painter: QPainter) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.color("accent-ink"), 2.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(place).adjusted(1, 1, -1, -1), self._look.px(4), self._look.px(4))
        painter.restore()

    def standardPalette(self) -> QPalette:
        from thidua_desktop.ui.look.palette import build_palette

        return build_palette(self._look.tokens)
