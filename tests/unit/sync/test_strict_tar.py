"""Tar and base64 with one spelling: what Python's own tar reader reads, and nothing looser."""

from __future__ import annotations

import io
import tarfile

import pytest

from thidua_desktop.sync import strict_base64
from thidua_desktop.sync.strict_tar import END, MAX_SIZE, TarError, padding, parse_tar_header, tar_header


def test_python_reads_it_and_every_field_is_fixed() -> None:
    data = b"content"
    archive = tar_header("records/a.jsonl", 7) + data + padding(7) + END
    assert len(archive) == 512 * 4
    with tarfile.open(fileobj=io.BytesIO(archive)) as reader:
        (member,) = reader.getmembers()
        assert (member.name, member.size, member.mode, member.mtime) == ("records/a.jsonl", 7, 0o644, 0)
        assert (member.uid, member.gid, member.uname, member.gname) == (0, 0, "", "")


def test_python_s_own_headers_are_looser_and_refused() -> None:
    info = tarfile.TarInfo("a")
    with pytest.raises(TarError):
        parse_tar_header(info.tobuf(tarfile.USTAR_FORMAT))


def test_each_bit_of_a_header_counts() -> None:
    block = tar_header("header.json", 1234)
    assert parse_tar_header(block) == ("header.json", 1234)
    for position in range(512):
        for bit in range(8):
            changed = block[:position] + bytes([block[position] ^ (1 << bit)]) + block[position + 1 :]
            with pytest.raises(TarError):
                parse_tar_header(changed)


@pytest.mark.parametrize(("name", "size"), [("", 1), ("a" * 101, 1), ("a", MAX_SIZE + 1), ("a", -1), ("đ", 1)])
def test_what_does_not_fit_is_refused(name: str, size: int) -> None:
    with pytest.raises(ValueError):
        tar_header(name, size)


@pytest.mark.parametrize("text", ["", "YQ", "YR==", "YQ==\n", " YQ==", "YWI=", "Y*==", "YQ==YQ==", "Đ==="])
def test_loose_base64_is_refused(text: str) -> None:
    assert strict_base64.decode("YQ==", 1) == b"a"
    with pytest.raises(ValueError):
        strict_base64.decode(text, 1)
