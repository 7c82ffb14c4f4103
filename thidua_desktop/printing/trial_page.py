"""A page that shows whether a printer prints to the size: rulers of 100 mm, margins, letters, greys, a code."""

from __future__ import annotations

from dataclasses import dataclass

from thidua_desktop.printing.blocks import Align, Meta, Orientation, Run
from thidua_desktop.printing.decree30 import DECREE30, MM, frame
from thidua_desktop.printing.fonts import load_typeface
from thidua_desktop.printing.marks import Rendered
from thidua_desktop.printing.press import Press, baseline_in, line_height
from thidua_desktop.printing.sheets import draw_qr
from thidua_desktop.printing.textflow import break_text

RULER = 100
"""Length of both rulers in millimetres."""
RULER_LEFT, RULER_TOP = 45.0, 62.0
"""Where both rulers begin, in millimetres from the sheet's top left corner."""
_SIZES = (8, 9, 10, 11, 12, 13, 14, 16)
_SAMPLE = "Ỷ Ễ Ặ ợ ữ khuỷu, nghiêng; bảo vệ an ninh Tổ quốc"
_TICKS = ((10, 5.0), (5, 3.5), (1, 2.0))  # every so many millimetres a line of that length
_STEPS = 10
_CODE = "THIDUA TRANG IN THU 100 MM"
_ADVICE = (
    "Đo hai thước bằng thước kẻ: mỗi thước phải dài đúng 100 mm (cho phép lệch 0,5 mm).",
    "Không đúng 100 mm: mở lại hộp thoại in, chọn khổ giấy A4 và tỷ lệ 100 % (Actual size), bỏ “Vừa khổ” "
    "(Fit to page, Scale to fit); vẫn lệch thì sửa tỷ lệ trong cài đặt của máy in.",
    "Khung nét đứt là lề theo Nghị định 30/2020/NĐ-CP. Khung lệch một phía: chỉnh lại khay giấy.",
    "Chữ nhỏ phải rõ dấu, các ô xám phải phân biệt được, mã QR phải quét được. Không đạt: thay mực, tắt in tiết kiệm.",
)


def trial_page() -> Rendered:
    """The page; always the same bytes."""
    press = Press(load_typeface(None), Meta("Trang in thử"))
    press.open_page(frame(Orientation.PORTRAIT))
    page = _Page(press)
    page.margins()
    page.title()
    page.rulers()
    page.samples()
    page.greys()
    draw_qr(press, _CODE, 165 * MM, 172 * MM, 26 * MM)
    page.advice()
    return press.finish()


@dataclass(slots=True)
class _Page:
    """Draws in millimetres from the sheet's top left corner."""

    press: Press

    def _line(self, x1: float, y1: float, x2: float, y2: float, weight: float = 0.4) -> None:
        height = self.press.frame.page_height
        self.press.canvas.setLineWidth(weight)
        self.press.canvas.line(x1 * MM, height - y1 * MM, x2 * MM, height - y2 * MM)

    def _text(self, x: float, y: float, text: str, size: float, *, bold: bool = False, centred: bool = False) -> None:
        face = self.press.typeface.face(bold)
        left = x * MM - (face.width(text, size) / 2 if centred else 0.0)
        self.press.text(left, y * MM, self.press.typeface.prepare(text), face, size)

    def margins(self) -> None:
        """The text area of the decree, dashed, each margin named at its edge."""
        canvas, numbers = self.press.canvas, DECREE30
        right, bottom = numbers.paper_width - numbers.margin_right, numbers.paper_height - numbers.margin_bottom
        canvas.setDash(3, 2)
        for x in (numbers.margin_left, right):
            self._line(x, numbers.margin_top, x, bottom)
        for y in (numbers.margin_top, bottom):
            self._line(numbers.margin_left, y, right, y)
        canvas.setDash()
        middle = (numbers.margin_left + right) / 2
        self._text(middle, numbers.margin_top - 2, f"lề trên {numbers.margin_top:g} mm", 9, centred=True)
        self._text(middle, bottom + 5, f"lề dưới {numbers.margin_bottom:g} mm", 9, centred=True)
        self._text(numbers.margin_left - 21, 150, f"lề trái {numbers.margin_left:g} mm", 9)
        self._text(right + 1, 150, f"phải {numbers.margin_right:g} mm", 9)

    def title(self) -> None:
        """What the page is for."""
        middle = DECREE30.margin_left + (DECREE30.paper_width - DECREE30.margin_left - DECREE30.margin_right) / 2
        self._text(middle, 32, "TRANG IN THỬ", 14, bold=True, centred=True)
        self._text(middle, 39, "Khổ A4, tỷ lệ 100 %, không co giãn", 13, centred=True)

    def rulers(self) -> None:
        """One across and one down from the same corner."""
        left, top = RULER_LEFT, RULER_TOP
        self._line(left, top, left + RULER, top, 0.6)
        self._line(left, top, left, top + RULER, 0.6)
        for step in range(RULER + 1):
            length = next(length for every, length in _TICKS if step % every == 0)
            self._line(left + step, top, left + step, top - length, 0.25)
            self._line(left, top + step, left - length, top + step, 0.25)
            if step % 10 == 0 and step:
                self._text(left + step, top - 6, str(step), 8, centred=True)
                self._text(left - 10, top + step + 1, str(step), 8)
        self._text(left + RULER + 4, top + 1, "mm", 8)

    def samples(self) -> None:
        """Vietnamese letters in every size that papers use."""
        y = RULER_TOP + 10
        for size in _SIZES:
            self._text(RULER_LEFT + 8, y, f"{size}  {_SAMPLE}", size)
            y += size * 0.75 + 2

    def greys(self) -> None:
        """From white to black in steps of a tenth."""
        canvas, height = self.press.canvas, self.press.frame.page_height
        for step in range(_STEPS + 1):
            left = RULER_LEFT + step * 10
            canvas.setFillGray(1 - step / _STEPS)
            canvas.setLineWidth(0.3)
            canvas.rect(left * MM, height - 188 * MM, 10 * MM, 12 * MM, stroke=1, fill=1)
            canvas.setFillGray(0)
            self._text(left + 5, 193, f"{step * 10}%", 8, centred=True)

    def advice(self) -> None:
        """What to measure, and what to do when it is not so."""
        press, size = self.press, 12.0
        width, y = press.frame.width - 8 * MM, 206 * MM
        for number, words in enumerate(_ADVICE, start=1):
            for line in break_text((Run(f"{number}. {words}"),), press.typeface, size, width):
                baseline = y + baseline_in(size, press.typeface.regular)
                press.line(line, press.frame.left + 4 * MM, baseline, width, align=Align.LEFT, size=size)
                y += line_height(size)
            y += 3
