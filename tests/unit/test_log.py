"""The log holds no identity numbers, whatever is passed to it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from thidua_desktop.log import MASK, close_logging, masked, personal, set_up_logging

LOG = logging.getLogger("thidua_desktop.test")


@pytest.fixture
def log_file(tmp_path: Path) -> Iterator[Path]:
    yield set_up_logging(tmp_path / "nhật ký", megabytes=1, kept_files=2)
    close_logging()


def test_messages_are_written_in_utf8(log_file: Path) -> None:
    LOG.info("đã lưu bản ghi %s", "0190a1b2")
    assert "đã lưu bản ghi 0190a1b2" in log_file.read_text(encoding="utf-8")


def test_identity_numbers_are_masked_in_messages_arguments_and_tracebacks(log_file: Path) -> None:
    LOG.warning("số 035199000123 và %s, %d", "123456789", 35199000123)
    try:
        raise ValueError("035 199 000 123")
    except ValueError:
        LOG.exception("hỏng")
    written = log_file.read_text(encoding="utf-8")
    assert written.count(MASK) == 5  # the last one twice: its source line and its text
    assert "199000" not in written and "456789" not in written and "199 000" not in written


def test_personal_values_never_reach_the_file(log_file: Path) -> None:
    hidden = personal("Lò Thị Mẩy")
    LOG.info("đã lưu %s", hidden)
    LOG.info(f"đã lưu {hidden!r} {hidden:>10}")
    assert "Mẩy" not in log_file.read_text(encoding="utf-8")
    assert log_file.read_text(encoding="utf-8").count(MASK) == 3


@pytest.mark.parametrize("text", ["2026-11-23 10:15:07", "12345678", "1.234.567", "mã 3f2a9c1d2e4b", "1234567890123"])
def test_other_numbers_stay(text: str) -> None:
    assert masked(text) == text


def test_the_file_is_rotated_and_old_files_are_dropped(log_file: Path) -> None:
    for _ in range(400):
        LOG.info("x" * 10_000)
    names = sorted(path.name for path in log_file.parent.iterdir())
    assert names == ["thidua.log", "thidua.log.1", "thidua.log.2"]


def test_setting_up_again_moves_to_the_new_folder(log_file: Path, tmp_path: Path) -> None:
    second = set_up_logging(tmp_path / "hai")
    LOG.info("ở thư mục mới")
    assert "thư mục mới" in second.read_text(encoding="utf-8")
    assert "thư mục mới" not in log_file.read_text(encoding="utf-8")
    log_file.unlink()  # closed, so that Windows allows it
