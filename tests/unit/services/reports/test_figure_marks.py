"""Which words are which figure, in a draft and in what the officer made of it."""

from __future__ import annotations

from thidua_desktop.services.reports.figure_marks import Piece, draft_pieces, edited_pieces, marked

DRAFT = (
    f"Có {marked('sessions', '02 cuộc')} tuyên truyền; {marked('launches', '02 cuộc')} phát động, "
    f"{marked('areas', '15')} nơi."
)


def test_a_draft_knows_its_figures() -> None:
    assert draft_pieces(DRAFT)[1:4] == [
        Piece("02 cuộc", "sessions"), Piece(" tuyên truyền; "), Piece("02 cuộc", "launches"),
    ]  # fmt: skip
    assert "".join(piece.text for piece in draft_pieces(DRAFT)) == "Có 02 cuộc tuyên truyền; 02 cuộc phát động, 15 nơi."


def test_equal_words_go_by_the_drafts_order_and_each_only_once() -> None:
    [line] = edited_pieces("Phát động 02 cuộc, nói chuyện 02 cuộc, thêm 02 cuộc.", DRAFT)
    assert [piece.indicator for piece in line if piece.indicator] == ["sessions", "launches"]
    assert "".join(piece.text for piece in line).endswith("thêm 02 cuộc.")


def test_glued_and_bare_numbers_are_not_figures() -> None:
    [line] = edited_pieces("Năm 2026 có 15 nơi, 102 cuộc, 1.02 cuộc và 02 cuộcgọi.", DRAFT)
    assert [piece.indicator for piece in line] == [""]


def test_lines_stay_lines() -> None:
    assert [len(line) for line in edited_pieces("Một.\n02 cuộc.", DRAFT)] == [1, 2]
