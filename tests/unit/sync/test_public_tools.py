"""The public ``minisign``, ``age`` and ``tar`` programs open our packages, as FORMAT.md says.

Where a program is missing, the test fails under CI (variable CI set), so that it can never silently stop checking;
elsewhere it warns by name and ends.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tarfile
import warnings
from io import BytesIO
from pathlib import Path

import pytest
import zstandard

from tests.unit.sync.crafting import COMMUNE, PROVINCE, packed
from thidua_desktop.sync.keys import VerifyKey

FOLDER = Path(__file__).parents[2] / "fixtures" / "packages"


def present(*programs: str) -> bool:
    """Whether all programs are there; a failure instead of False where CI promises them."""
    missing = [program for program in programs if shutil.which(program) is None]
    if missing and os.environ.get("CI"):
        raise AssertionError("missing, though CI installs them: " + ", ".join(missing))
    if missing:
        warnings.warn("not checked, missing programs: " + ", ".join(missing), stacklevel=2)
    return not missing


def run(*command: str | Path) -> bytes:
    """Standard output; an exception with standard error when the program refuses."""
    done = subprocess.run([str(part) for part in command], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return done.stdout


def unpack(data: bytes, folder: Path) -> None:
    """The three members as files, by Python's own tar reader, not ours."""
    with tarfile.open(fileobj=BytesIO(data)) as archive:
        assert archive.getnames() == ["header.json", "header.json.minisig", "payload.age"]
        for member in archive:
            (folder / member.name).write_bytes(archive.extractfile(member).read())  # type: ignore[union-attr]


def test_minisign_verifies_the_header_and_refuses_a_changed_one(tmp_path: Path) -> None:
    unpack(packed()[0], tmp_path)
    key = COMMUNE.verify_key.line
    if not present("minisign"):
        return
    out = run("minisign", "-V", "-P", key, "-m", tmp_path / "header.json")
    assert b"thidua-package-1 THIDUA_00123_12ab_000001.tdp" in out
    header = tmp_path / "header.json"
    header.write_bytes(header.read_bytes().replace(b"00123", b"00124"))
    refused = subprocess.run(["minisign", "-V", "-P", key, "-m", str(header)], capture_output=True, check=False)
    assert refused.returncode != 0


def test_age_opens_the_payload_for_receiver_and_sender(tmp_path: Path) -> None:
    unpack(packed()[0], tmp_path)
    if not present("age"):
        return
    for number, keys in enumerate((PROVINCE, COMMUNE)):
        identity = tmp_path / f"{number}.age"
        identity.write_text(keys.age_identity + "\n", encoding="utf-8")
        compressed = run("age", "-d", "-i", identity, tmp_path / "payload.age")
        plain = zstandard.ZstdDecompressor().stream_reader(compressed, read_across_frames=True).read()
        with tarfile.open(fileobj=BytesIO(plain)) as archive:
            names = archive.getnames()
        assert names[0] == "manifest.json" and "records/resident_meeting.jsonl" in names


def test_committed_vector_opens_with_no_program_of_ours(tmp_path: Path) -> None:
    if not present("tar", "minisign", "age"):
        return
    run("tar", "-xf", FOLDER / "good.tdp", "-C", tmp_path)
    run("minisign", "-V", "-p", FOLDER / "commune.pub", "-m", tmp_path / "header.json")
    (tmp_path / "province.age").write_text(PROVINCE.age_identity + "\n", encoding="utf-8")
    run("age", "-d", "-i", tmp_path / "province.age", "-o", tmp_path / "plain.zst", tmp_path / "payload.age")
    with (tmp_path / "plain.zst").open("rb") as packed_tar, (tmp_path / "plain.tar").open("wb") as plain_tar:
        reader = zstandard.ZstdDecompressor().stream_reader(packed_tar, read_across_frames=True)
        shutil.copyfileobj(reader, plain_tar)  # the library, as the set-up does not install the zstd program
    assert b"records/resident_meeting.jsonl" in run("tar", "-tf", tmp_path / "plain.tar")


@pytest.mark.parametrize(
    ("vector", "member"),
    [
        ("down-receipt-good.tdp", "receipt.json"),
        ("down-directive-good.tdp", "directive.json"),
        ("directive-not-fitting.tdp", "records/resident_meeting.jsonl"),
    ],
)
def test_what_comes_down_opens_with_no_program_of_ours(tmp_path: Path, vector: str, member: str) -> None:
    if not present("tar", "minisign", "age"):
        return
    run("tar", "-xf", FOLDER / vector, "-C", tmp_path)
    out = run("minisign", "-V", "-P", PROVINCE.verify_key.line, "-m", tmp_path / "header.json")
    assert b"thidua-package-1 THIDUA_01_beef_000001.tdp" in out
    for keys in (COMMUNE, PROVINCE):  # who receives it, and who sent it
        identity = tmp_path / "who.age"
        identity.write_text(keys.age_identity + "\n", encoding="utf-8")
        plain = zstandard.ZstdDecompressor().stream_reader(
            run("age", "-d", "-i", identity, tmp_path / "payload.age"), read_across_frames=True
        )
        with tarfile.open(fileobj=BytesIO(plain.read())) as archive:
            content = archive.extractfile(member).read()  # type: ignore[union-attr]
        assert all(json.loads(line) for line in content.splitlines())


def test_what_comes_down_and_was_altered_is_refused_by_minisign_too(tmp_path: Path) -> None:
    key = PROVINCE.verify_key.line
    for kind in ("receipt", "directive") if present("tar", "minisign") else ():
        for vector in ("altered", "forged", "unknown", "revoked"):
            run("tar", "-xf", FOLDER / f"down-{kind}-{vector}.tdp", "-C", tmp_path)
            command = ["minisign", "-V", "-P", key, "-m", str(tmp_path / "header.json")]
            assert subprocess.run(command, capture_output=True, check=False).returncode != 0, vector


def test_minisign_verifies_a_card(tmp_path: Path) -> None:
    lines = (FOLDER / "good.tdcard").read_bytes().splitlines(keepends=True)
    (tmp_path / "card.json").write_bytes(lines[0])
    (tmp_path / "card.json.minisig").write_bytes(b"".join(lines[1:]))
    if present("minisign"):
        run("minisign", "-V", "-p", FOLDER / "commune.pub", "-m", tmp_path / "card.json")


def test_a_key_made_by_minisign_is_read(tmp_path: Path) -> None:
    for _ in range(40 if present("minisign") else 0):  # one id in sixteen begins with a nought
        for old in tmp_path.iterdir():
            old.unlink()
        run("minisign", "-G", "-W", "-p", tmp_path / "a.pub", "-s", tmp_path / "a.key")
        text = (tmp_path / "a.pub").read_text(encoding="utf-8")
        assert VerifyKey.from_text(text).to_text() == text
