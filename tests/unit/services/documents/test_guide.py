"""Sổ tay cán bộ: about twelve pages that name every register, every report and the keys that work."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pypdfium2
from click.testing import CliRunner

from thidua_desktop.cli import cli
from thidua_desktop.formdef.loader import load_definitions
from thidua_desktop.services.documents.guide import guide_document, print_guide


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return re.sub(r"\s+", " ", " ".join(page.get_textpage().get_text_range() for page in document))


def test_it_names_every_register_and_report() -> None:
    printed = print_guide()
    assert printed.pages == 12  # as Ctrl+K says; its letters give way where a new register adds lines
    text = text_of(printed.pdf)
    definitions = load_definitions()
    registers = [spec.title for spec in definitions.registers.values() if not spec.hidden]
    titles = registers + [spec.title for spec in definitions.reports.values()]
    assert [title for title in titles if title not in text] == []
    for chapter in ("Phím dùng hằng ngày", "Nhịp của một tháng", "Gửi tỉnh", "Sao lưu và khôi phục"):
        assert chapter in text


def test_the_same_definitions_give_the_same_pages() -> None:
    assert guide_document() == guide_document()


def test_the_command_writes_it(tmp_path: Path) -> None:
    out = tmp_path / "so tay.pdf"
    told = CliRunner().invoke(cli, ["guide", "--out", str(out)])
    assert told.exit_code == 0, told.output
    assert out.read_bytes().startswith(b"%PDF")
    assert str(out) in told.output
