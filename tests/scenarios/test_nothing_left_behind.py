"""An office is used in every way and the program killed: nothing of a person lies outside of the encrypted file.

Swept are all files of the home and temporary folders, and of what left the PC; only what the officer saved on purpose
is left out. ``using_everything`` says what is done.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scenarios.test_support_bundle import MARK
from tests.scenarios.using_everything import DONE

ROOT = Path(__file__).parents[2]
WORDS = ("zqxwv", "079099000123", "979099000123", "079 099 000 123", "bhăm")
"""As ``text.fold`` and plain lower case leave them: of the marked person, of the numbers, of the person at the desk."""


def traces(name: str, content: bytes) -> Iterator[str]:
    """Words found in bytes: as UTF-8, UTF-16 of both orders, letters whole or taken apart, also inside of archives."""
    lower = content.lower()
    for word in WORDS:
        for form in ("NFC", "NFD"):
            written = unicodedata.normalize(form, word)
            for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
                if written.encode(encoding) in lower:
                    yield f"{name}: {word} ({encoding}, {form})"
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.namelist():
                yield from traces(f"{name}/{member}", member.encode() + b"\n" + archive.read(member))


def swept(*folders: Path) -> list[str]:
    """Traces in every file below the folders, and in their names."""
    found = []
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            name = str(path.relative_to(folder.parent))
            content = path.read_bytes() if path.is_file() else b""
            found += sorted(set(traces(name, name.encode() + b"\n" + content)))
    return found


def run(folder: Path, *more: str) -> None:
    home, temporary = folder / "home", folder / "tmp"
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "THIDUA_"))}
    environment |= {
        "HOME": str(home), "TMPDIR": str(temporary), "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen",
        "PYTHONDONTWRITEBYTECODE": "1", "XDG_RUNTIME_DIR": str(temporary),
    }  # fmt: skip
    command = [sys.executable, "-m", "tests.scenarios.using_everything", str(folder), *more]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8", check=False, timeout=400
    )
    assert done.returncode == DONE, done.stderr


def test_nothing_of_a_person_is_left_behind(tmp_path: Path) -> None:
    for name in ("home", "tmp", "saved", "stick"):
        (tmp_path / name).mkdir()
    run(tmp_path)
    home, temporary, stick = tmp_path / "home", tmp_path / "tmp", tmp_path / "stick"
    log = home / ".config" / "thidua_desktop" / "logs" / "thidua.log"
    assert "ValueError" in log.read_text(encoding="utf-8") and "•••" in log.read_text(encoding="utf-8")
    assert (stick / "ho-tro.zip").is_file() and list(stick.glob("*.tdp")) and list(stick.glob("*.thidua"))
    assert len((stick / "titles.txt").read_text(encoding="utf-8").splitlines()) > 7
    assert swept(home, stick) == []
    assert [one for one in swept(temporary) if "thidua-tep-" not in one] == []
    assert swept(temporary)  # a copy to look at lay open when the program was killed …
    run(tmp_path, "again")
    assert swept(temporary) == [] == swept(home)  # … and is gone once it was started again


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_sweep_finds_what_is_planted(tmp_path: Path, encoding: str, form: str) -> None:
    planted = unicodedata.normalize(form, f"x{MARK.upper()} Y Bhăm").encode(encoding)
    (tmp_path / "log").write_bytes(b"\0" + planted)
    with zipfile.ZipFile(tmp_path / "z.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.json", planted * 5)
    found = swept(tmp_path)
    assert {one.split(": ")[0].split("/", 1)[1] for one in found} == {"log", "z.zip/x.json"}
    assert {one.split(": ")[1].split()[0] for one in found} == {"zqxwv", "bhăm"}
