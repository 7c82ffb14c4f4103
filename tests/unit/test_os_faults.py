"""The system's refusals by kind, whichever system says so."""

from __future__ import annotations

import errno

import pytest

from thidua_desktop.os_faults import OsFault, fault_words, os_fault


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        (errno.ENOSPC, OsFault.FULL),
        (errno.EROFS, OsFault.READ_ONLY),
        (errno.EACCES, OsFault.READ_ONLY),
        (errno.ENOENT, OsFault.GONE),
        (errno.ENODEV, OsFault.GONE),
        (errno.ETIMEDOUT, OsFault.GONE),
        (errno.EHOSTUNREACH, OsFault.GONE),
        (errno.EIO, OsFault.FAILED),
        (errno.EBUSY, OsFault.BUSY),
        (errno.EFBIG, OsFault.TOO_LARGE),
        (errno.EINVAL, OsFault.OTHER),
    ],
)
def test_kinds_of_errno(number: int, fault: OsFault) -> None:
    assert os_fault(OSError(number, "x")) is fault


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        (112, OsFault.FULL),
        (5, OsFault.READ_ONLY),
        (1117, OsFault.FAILED),
        (32, OsFault.BUSY),
        (223, OsFault.TOO_LARGE),
        (53, OsFault.GONE),
        (64, OsFault.GONE),
        (1231, OsFault.GONE),
    ],
)
def test_what_windows_says_decides(number: int, fault: OsFault) -> None:
    error = OSError(errno.ENOENT, "x")
    error.winerror = number  # type: ignore[attr-defined, unused-ignore]
    assert os_fault(error) is fault


def test_an_error_without_a_number_is_another() -> None:
    assert os_fault(OSError("x")) is OsFault.OTHER


def test_words_of_a_fault_are_vietnamese_for_every_kind() -> None:
    assert fault_words(OSError(errno.ENOSPC, "No space left on device")) == "ổ đĩa đã đầy"
    assert fault_words(OSError(errno.EINVAL, "Invalid argument")) == f"hệ thống báo lỗi số {errno.EINVAL}"
    assert fault_words(OSError("x")) == "hệ thống không nói vì sao"
    told = {
        fault_words(OSError(number, "x")) for number in (errno.EROFS, errno.ENOENT, errno.EIO, errno.EBUSY, errno.EFBIG)
    }
    assert len(told) == 5 and not any("hệ thống" in words for words in told)
