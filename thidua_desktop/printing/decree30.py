"""The numbers of Decree 30/2020/NĐ-CP, Appendix I (how administrative papers look), in one table.

Lengths are millimetres, sizes are points. Where the decree gives a range, the value chosen here stands beside it.
The other modules of ``printing`` take every number from ``DECREE30``; a test measures them on the finished page.
"""

from __future__ import annotations

from dataclasses import dataclass

from thidua_desktop.printing.blocks import Orientation

MM = 72 / 25.4
"""Points in a millimetre."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Appendix I of Decree 30/2020/NĐ-CP. Parts and points of the appendix stand beside the groups."""

    # Part I, section I: paper A4, margins top and bottom 20–25, left 30–35, right 15–20
    paper_width: float = 210.0
    paper_height: float = 297.0
    margin_top: float = 20.0
    margin_bottom: float = 20.0
    margin_left: float = 30.0
    margin_right: float = 16.0

    # Part I, section I.7: Arabic, size 13–14, upright, centred in the top margin, not on the first page
    page_number_size: float = 13.0
    page_number_baseline: float = 13.5
    foot_note_size: float = 9.0
    foot_note_baseline: float = 10.0

    # Part II, point 6: text 13–14, justified, first line 1 or 1.27 cm, paragraphs at least 6 pt apart,
    # lines single to 1.5 (single: the height that the font asks for)
    body_size: float = 14.0
    first_line_indent: float = 12.7
    paragraph_gap: float = 6.0
    line_spacing: float = 1.15

    # Part II, points 1–4: national name 12–13 bold capitals, motto 13–14 bold with a rule exactly as long as its text,
    # issuer 12–13 (bold, rule a third to a half of its text), number 13, place and date 13–14 italic
    national_name: str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    motto: str = "Độc lập - Tự do - Hạnh phúc"
    head_sizes: tuple[tuple[float, float], ...] = ((13.0, 14.0), (12.0, 13.0))  # name and issuer / motto
    number_size: float = 13.0
    head_column_gap: float = 3.0
    head_left_most: float = 90.0  # on a landscape sheet the issuer stays at the left
    short_rule_least: float = 1 / 3
    short_rule_most: float = 1 / 2
    rule_weight: float = 0.75
    rule_drop: float = 3.0  # points between the baseline's descent line and a rule
    head_row_gap: float = 8.0  # points between the rules and the line of number and date

    # Part II, point 5: type of the paper 13–14 bold capitals; subject 13–14 bold, rule a third to a half
    title_size: float = 14.0
    subject_width_share: float = 0.86
    about_size: float = 12.0  # subject of an official letter: 12–13
    title_gap: float = 14.0

    # Part II, point 9: Kính gửi 13–14; Nơi nhận 12 bold italic, its list 11
    recipient_size: float = 14.0
    recipients_label_size: float = 12.0
    recipients_size: float = 11.0

    # Part II, points 7 and 8: position bold capitals 13–14, full name bold 13–14; room for signature and seal
    signature_size: float = 14.0
    signature_note_size: float = 13.0
    signature_room: float = 27.0
    signature_gap: float = 12.0

    # Part III (annexes): word "Phụ lục" bold 14, title bold capitals 13–14, reference italic 13–14
    annex_size: float = 14.0

    # Not ruled by the decree
    table_size_least: float = 8.0
    cell_padding_x: float = 4.0
    cell_padding_y: float = 2.6
    table_rule_weight: float = 0.5
    note_size: float = 11.0


DECREE30 = Layout()


@dataclass(frozen=True, slots=True)
class Frame:
    """The text area of one page, in points from the page's top left corner."""

    page_width: float
    page_height: float
    left: float
    top: float
    width: float
    bottom: float

    @property
    def height(self) -> float:
        """Height of the text area."""
        return self.bottom - self.top


def frame(orientation: Orientation) -> Frame:
    """Text area of a page. A landscape sheet is turned: its margins keep their names on the turned page."""
    paper = (DECREE30.paper_width, DECREE30.paper_height)
    width, height = paper if orientation is Orientation.PORTRAIT else paper[::-1]
    return Frame(
        page_width=width * MM,
        page_height=height * MM,
        left=DECREE30.margin_left * MM,
        top=DECREE30.margin_top * MM,
        width=(width - DECREE30.margin_left - DECREE30.margin_right) * MM,
        bottom=(height - DECREE30.margin_bottom) * MM,
    )


def short_rule_length(widths: tuple[float, ...]) -> float:
    """Length of the rule under the issuer or the subject, given the widths of the printed lines above it.

    The decree asks for a third to a half of "the line". Where the lines differ, the length fits the last line and, if
    both can be had, the widest one too.
    """
    last, widest = widths[-1], max(widths)
    least = max(last, widest) * DECREE30.short_rule_least
    most = min(last, widest) * DECREE30.short_rule_most
    if least <= most:
        return (least + most) / 2
    return last * (DECREE30.short_rule_least + DECREE30.short_rule_most) / 2


def printed_number(number: str | None) -> str:
    """A paper's number with the leading zero below 10; blanks to be filled by hand where there is none yet."""
    if number is None or not number.strip():
        return "\u00a0" * 8
    stripped = number.strip()
    return stripped.zfill(2) if stripped.isdigit() else stripped
