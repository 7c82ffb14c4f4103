"""Line breaking: no word is lost, no line is too long, whatever the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.printing.measured import pages_of
from thidua_desktop.errors import UserError
from thidua_desktop.printing.blocks import Document, Meta, Paragraph, Run
from thidua_desktop.printing.decree30 import DECREE30
from thidua_desktop.printing.fonts import load_typeface
from thidua_desktop.printing.render import render
from thidua_desktop.printing.textflow import Line, balanced, break_text, cut_word, wrap_plain

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyạảãáàĐƯỞ☐☑.,;()5<6&"
WORDS = st.lists(st.text(LETTERS, min_size=1, max_size=40), max_size=60)
FACES = load_typeface()


def spelled(line: Line) -> str:
    return " ".join("".join(piece.text for piece in word) for word in line.words)


@given(WORDS, st.integers(60, 500), st.integers(0, 40))
def test_lines_hold_every_letter_and_fit(words: list[str], width: int, indent: int) -> None:
    lines = break_text(" ".join(words), FACES, 14, width, indent=indent)
    assert "".join(map(spelled, lines)).replace(" ", "") == "".join(words)
    for place, line in enumerate(lines):
        measured = FACES.regular.width(spelled(line), 14)
        assert measured == pytest.approx(line.width, abs=0.05)
        assert measured <= width - (indent if place == 0 and len(line.words) > 1 else 0) + 0.1


@given(WORDS, st.integers(40, 300))
def test_cells_hold_every_letter_and_fit(words: list[str], width: int) -> None:
    lines = wrap_plain(" ".join(words), FACES.regular, 11, width)
    assert "".join(lines).replace(" ", "") == "".join(words)
    assert all(FACES.regular.width(line, 11) <= width + 0.1 for line in lines)


@given(WORDS.filter(bool), st.integers(150, 450))
def test_balanced_lines_are_as_few_and_no_longer(words: list[str], width: int) -> None:
    text = " ".join(words)
    greedy, even = break_text(text, FACES, 14, width, bold=True), balanced(text, FACES, 14, width, bold=True)
    assert len(even) == len(greedy)
    assert max(line.width for line in even) <= max(line.width for line in greedy) + 0.1


def test_balanced_lines_are_about_equally_long() -> None:
    lines = balanced("Kết quả phong trào Toàn dân bảo vệ an ninh Tổ quốc năm 2026 của xã Phú Hòa", FACES, 14, 400)
    assert len(lines) == 2
    assert abs(lines[0].width - lines[1].width) < 60


def test_a_run_may_change_style_inside_a_word() -> None:
    (line,) = break_text((Run("(tăng "), Run("5", bold=True), Run("%)")), FACES, 14, 400)
    assert [[piece.text for piece in word] for word in line.words] == [["(tăng"], ["5", "%)"]]
    assert line.words[1][0].face is FACES.bold


def test_forced_breaks_end_their_lines() -> None:
    lines = break_text("một\n\nhai", FACES, 14, 400)
    assert [(spelled(line), line.ends) for line in lines] == [("một", True), ("", True), ("hai", True)]
    assert wrap_plain("một\nhai", FACES.regular, 11, 200) == ("một", "hai")


def test_a_place_too_narrow_for_one_letter_is_refused() -> None:
    with pytest.raises(UserError, match="TD-PRINT-003"):
        cut_word("WWW", FACES.regular, 14, 5)


def test_kept_spaces_push_nothing_over_the_margin() -> None:
    blank = "\u00a0" * 6
    text = f"Hôm nay, vào hồi {blank}giờ{blank}phút, ngày 20 tháng 11 năm 2026, tại ……………………, thôn Hòa Bắc tổ chức họp."
    page = pages_of(render(Document((Paragraph(text),), Meta("", ""))).pdf)[0]
    right = max(letter.right for letter in page.letters if letter.text.strip())
    assert right <= 210 - DECREE30.margin_right + 0.5  # millimetres
