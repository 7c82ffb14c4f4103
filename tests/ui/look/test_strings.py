"""All words of the desk: NFC, letters that the font has, sentence case."""

from __future__ import annotations

import ast
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtGui import QRawFont

from thidua_desktop.paths import resource_path
from thidua_desktop.ui.look.theme import Look

UI = Path(__file__).resolve().parents[3] / "thidua_desktop" / "ui"


def shown_texts() -> Iterator[tuple[str, str]]:
    """(place, text) of every string literal under ui/ that holds a letter beyond ASCII; docstrings left out."""
    for path in sorted(UI.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        documented = [n for n in ast.walk(tree) if isinstance(n, ast.Module | ast.ClassDef | ast.FunctionDef)]
        docstrings = {id(n.body[0].value) for n in documented if n.body and isinstance(n.body[0], ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
                yield f"{path.relative_to(UI)}:{node.lineno}", node.value


def test_every_letter_is_in_both_fonts(look: Look) -> None:
    for name in ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf"):
        font = QRawFont(str(resource_path("fonts", name)), 15)
        assert font.isValid()
        missing = {
            (place, letter)
            for place, text in shown_texts()
            for letter in text
            if letter.isprintable() and not font.supportsCharacter(ord(letter))
        }
        assert missing == set()


def test_every_text_is_nfc() -> None:
    assert [place for place, text in shown_texts() if not unicodedata.is_normalized("NFC", text)] == []


def test_no_text_is_in_title_case() -> None:
    def title_case(text: str) -> bool:
        words = text.split()
        vietnamese = any(letter > "\u007f" for letter in text)
        return vietnamese and len(words) >= 3 and all(word[0].isupper() for word in words)

    assert [place for place, text in shown_texts() if title_case(text)] == []


def test_the_walk_sees_the_words_of_the_shell() -> None:
    texts = {text for _, text in shown_texts()}
    assert {"Hoàn tác", "Ghi mới", "Trợ giúp"} <= texts
