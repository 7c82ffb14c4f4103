"""An update that the province's directive carries, from its desk to the window that opens again after the set-up ran.

The update holds the very set-up file under test, called one version later, and is signed with a key made here: the
installed copy is told to trust that key, and the installation that the update makes does not.
"""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from installer.bundle import ROOT, BuildError, program_version
from installer.windows.under_wine import (
    DRIVE,
    end_windows,
    home,
    lay_stubs,
    photograph,
    program,
    screen,
    windows_path,
    wine,
)

CHANGES = ["Tỉnh gửi bản này kèm gói chỉ đạo"]
LONGEST_SETUP = 1200  # seconds
LEAST_UNLOCK = 20_000  # bytes of a screen that shows the window that asks for the password


def trial(setup: Path) -> str:
    """Made in the province's office, taken in the commune's, found beside it, installed with the window open again."""
    folder = home() / "Documents" / "Xã mẫu"
    province, commune = folder / "province.thidua", folder / "commune.thidua"
    words = ("--password-file", windows_path(folder / "password.txt"))
    stick = DRIVE / "chi dao"
    shutil.rmtree(stick, ignore_errors=True)
    stick.mkdir()
    later, update = signed(setup)
    trusted = program() / "pkgs" / "resources" / "release" / "rehearsal.pub"
    wine(program() / "thidua.exe", "directive", "make", windows_path(province), *words, "--about", "Dùng bản mới",
         "--file", windows_path(update), "--out", windows_path(stick))  # fmt: skip
    directive, beside = next(stick.glob("*.tdp")), stick / update.name
    told = wine(program() / "thidua.exe", "directive", "take", windows_path(directive), *words,
                "--into", windows_path(commune))  # fmt: skip
    if f"Bản của chương trình: {later}" not in told or beside.read_bytes() != update.read_bytes():
        raise BuildError(f"gói chỉ đạo không mang bản {later}: {told}")
    (program() / "pkgs" / "left_over.py").write_text("", encoding="utf-8")
    with screen() as number:
        shown = {"DISPLAY": number, "QT_QPA_PLATFORM": "windows"}
        told = wine(program() / "thidua.exe", "update", "apply", windows_path(beside), *words,
                    "--office", windows_path(commune), **shown)  # fmt: skip
        if "Đã sao lưu sổ" not in told:
            raise BuildError(f"không sao lưu trước khi cập nhật: {told}")
        wait_until_installed(trusted)
        photograph(number, ROOT / "build" / "smoke" / "after-update.png", LEAST_UNLOCK)
        end_windows()
    lay_stubs(program())
    return f"tỉnh gửi bản {later}, xã nhận, sao lưu, cài, cửa sổ mở lại sổ"


def signed(setup: Path) -> tuple[str, Path]:
    """The later version and its update file; the installed program trusts its key."""
    from thidua_desktop.sync.keys import SigningKey
    from thidua_desktop.sync.update import ENDING, facts_of, write_update

    first, second, third = map(int, program_version().split("."))
    later = f"{first}.{second}.{third + 1}"
    key = SigningKey.generate()
    trusted = program() / "pkgs" / "resources" / "release" / "rehearsal.pub"
    trusted.write_text(key.verify_key.to_text(), encoding="utf-8")
    target = DRIVE / f"thidua-{later}-windows{ENDING}"
    write_update(setup, facts_of(setup, later, "windows", CHANGES), key, target)
    return later, target


def wait_until_installed(trusted: Path) -> None:
    """The set-up runs on its own: it has put everything in anew when what was laid there is gone, and ends last."""
    until = time.monotonic() + LONGEST_SETUP
    written = program() / "uninstall.exe"
    began = written.stat().st_mtime
    while trusted.exists() or written.stat().st_mtime == began:
        if time.monotonic() > until:
            raise BuildError(f"tệp cài đặt chưa cài xong sau {LONGEST_SETUP} giây")
        time.sleep(2)
