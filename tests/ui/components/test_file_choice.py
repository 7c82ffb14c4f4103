"""The dialogs for files open where such files were last, and a file gets the ending of the kind that was chosen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from thidua_desktop.services.remembered_folders import Files
from thidua_desktop.ui.components import file_choice
from thidua_desktop.ui.components.file_choice import EXCEL_FILES, PDF_FILES, WORD_FILES

_PAPERS = ";;".join((PDF_FILES, WORD_FILES, EXCEL_FILES))


class Dialogs:
    """Stands for the system: what it was opened at, and what the person chooses in it."""

    def __init__(self) -> None:
        self.opened_at: list[Path] = []
        self.answer: object = ("", "")

    def __call__(self, _parent: QWidget, _title: str, place: str, *_kinds: str) -> object:
        self.opened_at.append(Path(place))
        return self.answer


@pytest.fixture
def dialogs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Dialogs:
    monkeypatch.setenv("THIDUA_CONFIG_DIR", str(tmp_path / "cấu hình"))
    documents = tmp_path / "tài liệu"
    documents.mkdir()
    monkeypatch.setattr(file_choice, "documents_folder", lambda: documents)
    system = Dialogs()
    for name in ("getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"):
        monkeypatch.setattr(QFileDialog, name, system)
    return system


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def test_files_of_a_sort_are_looked_for_where_they_were_last(dialogs: Dialogs, parent: QWidget, tmp_path: Path) -> None:
    first, second = tmp_path / "bảng", tmp_path / "báo cáo"
    first.mkdir()
    second.mkdir()
    dialogs.answer = (str(first / "a.xlsx"), EXCEL_FILES)
    assert file_choice.file_to_open(parent, "Nhập", EXCEL_FILES, Files.TABLES) == first / "a.xlsx"
    dialogs.answer = (str(second / "b.pdf"), PDF_FILES)
    assert file_choice.file_to_write(parent, "Lưu", "c.pdf", PDF_FILES, Files.PAPERS) == second / "b.pdf"
    dialogs.answer = ("", "")
    assert file_choice.file_to_open(parent, "Nhập", EXCEL_FILES, Files.TABLES) is None
    assert file_choice.file_to_write(parent, "Lưu", "c.pdf", PDF_FILES, Files.PAPERS) is None
    dialogs.answer = ([], "")
    assert file_choice.files_to_open(parent, "Ảnh", "", Files.PAPERS) == []
    documents = tmp_path / "tài liệu"
    assert dialogs.opened_at == [documents, documents / "c.pdf", first, second / "c.pdf", second]


def test_a_place_that_is_known_goes_first_and_one_that_went_gives_way(
    dialogs: Dialogs, parent: QWidget, tmp_path: Path
) -> None:
    stick, gone = tmp_path / "usb", tmp_path / "usb đã rút"
    stick.mkdir()
    gone.mkdir()
    dialogs.answer = str(gone)
    assert file_choice.folder_to_use(parent, "Chọn USB", Files.PACKAGES, stick) == gone
    gone.rmdir()
    dialogs.answer = ""
    assert file_choice.folder_to_use(parent, "Chọn USB", Files.PACKAGES, gone) is None
    (tmp_path / "tài liệu").rmdir()
    assert file_choice.folder_to_use(parent, "Chọn USB", Files.PACKAGES) is None
    assert dialogs.opened_at == [stick, tmp_path / "tài liệu", Path.home()]


@pytest.mark.parametrize(
    ("typed", "kind", "written"),
    [
        ("bc.pdf", PDF_FILES, "bc.pdf"),
        ("bc.PDF", PDF_FILES, "bc.PDF"),
        ("bc", PDF_FILES, "bc.pdf"),
        ("bc", "", "bc.pdf"),
        ("bc.pdf", WORD_FILES, "bc.docx"),  # the name as offered, only the kind was changed
        ("bc.docx", PDF_FILES, "bc.docx"),  # typed
        ("bc ngày 14.11", WORD_FILES, "bc ngày 14.11.docx"),
    ],
)
def test_the_kind_that_was_chosen_gives_the_ending(
    dialogs: Dialogs, parent: QWidget, tmp_path: Path, typed: str, kind: str, written: str
) -> None:
    dialogs.answer = (str(tmp_path / typed), kind)
    assert file_choice.file_to_write(parent, "Lưu", "bc.pdf", _PAPERS, Files.PAPERS) == tmp_path / written


def test_a_file_that_the_system_did_not_ask_about_is_not_written_over(
    dialogs: Dialogs, parent: QWidget, tmp_path: Path
) -> None:
    (tmp_path / "bc.docx").write_bytes(b"1")
    (tmp_path / "bc (2).docx").write_bytes(b"2")
    dialogs.answer = (str(tmp_path / "bc.pdf"), WORD_FILES)
    assert file_choice.file_to_write(parent, "Lưu", "bc.pdf", _PAPERS, Files.PAPERS) == tmp_path / "bc (3).docx"


def test_a_name_without_kinds_stays_as_it_is(dialogs: Dialogs, parent: QWidget, tmp_path: Path) -> None:
    dialogs.answer = (str(tmp_path / "ảnh"), "")
    assert file_choice.file_to_write(parent, "Lưu", "ảnh.jpg", "", Files.ATTACHED) == tmp_path / "ảnh"
