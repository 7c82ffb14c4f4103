"""The demo's packages opened by the public ``minisign`` and ``age`` programs, with nothing of ours in between."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest
import zstandard

from thidua_desktop.services.demo.build import DemoOffice


def _need(program: str) -> None:
    """In CI a missing program is a failure; elsewhere the reason is printed and the check is not made."""
    if shutil.which(program) is None:
        message = f"Thiếu {program}: apt-get install {program}"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.exit(message, returncode=1)


@pytest.fixture
def unpacked(demo: DemoOffice, tmp_path: Path) -> Path:
    """The three members of the second package as files."""
    with tarfile.open(demo.packages[-1]) as package:
        assert package.getnames() == ["header.json", "header.json.minisig", "payload.age"]
        for member in package:
            (tmp_path / member.name).write_bytes(package.extractfile(member).read())  # type: ignore[union-attr]
    return tmp_path


def test_minisign_verifies_the_header(demo: DemoOffice, unpacked: Path) -> None:
    _need("minisign")
    command = ["minisign", "-V", "-p", demo.folder / "keys" / "commune.pub", "-m", unpacked / "header.json"]
    assert subprocess.run(command, check=False, capture_output=True).returncode == 0
    header = unpacked / "header.json"
    header.write_bytes(header.read_bytes().replace(b"99001", b"99002"))
    assert subprocess.run(command, check=False, capture_output=True).returncode != 0


@pytest.mark.parametrize("who", ["province", "commune"])
def test_age_opens_the_payload_for_receiver_and_sender(demo: DemoOffice, unpacked: Path, who: str) -> None:
    _need("age")
    identity = demo.folder / "keys" / f"{who}.age"
    opened = subprocess.run(["age", "-d", "-i", identity, unpacked / "payload.age"], check=True, capture_output=True)
    clear = zstandard.ZstdDecompressor().stream_reader(io.BytesIO(opened.stdout), read_across_frames=True)
    with tarfile.open(fileobj=clear, mode="r|") as members:
        found = {member.name: members.extractfile(member).read() for member in members}  # type: ignore[union-attr]
    listed = {row["name"] for row in json.loads(found["manifest.json"])["members"]}
    assert listed == set(found) - {"manifest.json"}
    assert b"identity_number" not in found["records/resident_meeting.jsonl"]
    assert "records/household.jsonl" not in found
