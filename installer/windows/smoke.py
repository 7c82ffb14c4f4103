"""``make smoke-windows``: the set-up file under Debian's Wine, from silent installation to removal.

Steps, each told with its time: stubs, silent installation, ``thidua doctor``, ``thidua demo`` (a year of records,
reports, packages, the province), a selection of the window tests on the Windows wheels, the cold start, a picture of
the installed program, pre-flight (old Windows, running program), repair, an update that a directive carries
(by_directive.py), the portable folder on a stick (stick.py), update from the version before with an office in place and
the way back (rehearsal.py), removal. What Wine lacks comes from our own few lines in wine_stubs/; the installed program
itself is not changed for it. build/smoke/smoke.log tells each step, and of one that fails why, with what was said last.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from installer import bundle, cold_start
from installer.bundle import MEGABYTE, ROOT, BuildError, program_version, run, say, sha256, size_of
from installer.windows import build, by_directive, lock, rehearsal, stick
from installer.windows.under_wine import (
    DRIVE,
    PERSON,
    PREFIX,
    WORK,
    classes,
    end_windows,
    environment,
    home,
    lay_stubs,
    photograph,
    pretend,
    program,
    running,
    screen,
    windows_path,
    wine,
)
from thidua_desktop.app import OPENED

STUBS = {"bcryptprimitives": ["-ladvapi32"], "icuuc": [], "mscms": []}
OTHERS_KIND, OTHERS = r"HKCU\Software\Classes\.tdp", "khac.taptin"
TODAY = "2026-11-16"
PASSWORD, UNIT = "Tap duot cap nhat 2026", "24412"
AREAS = "Loại,Tên,Số hộ,Số nhân khẩu\nThôn,Thôn Đông,120,430\nThôn,Thôn Đoài,95,351\n"
TEST_WHEELS = (
    "pytest", "pytest-qt", "pluggy", "iniconfig", "packaging", "Pygments", "colorama", "hypothesis", "sortedcontainers",
)  # fmt: skip
TESTS = ("tests/ui/components", "tests/ui/unlock", "tests/ui/wizard", "tests/ui/shell")
PROGRAMS = {
    "wine": "wine wine64",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64-win32",
    "Xvfb": "xvfb",
    "import": "imagemagick",
}


def make_prefix() -> str:
    """A fresh Windows with the stubs in its system folder; mscms only lies beside our program later."""
    stick.eject()
    if PREFIX.is_dir():
        end_windows()
    shutil.rmtree(WORK, ignore_errors=True)
    (WORK / "home").mkdir(parents=True)
    for name, libraries in STUBS.items():
        source = build.HERE / "wine_stubs" / f"{name}.c"
        run("x86_64-w64-mingw32-gcc", "-O2", "-s", "-shared", "-Wall", "-o", WORK / f"{name}.dll", source, *libraries)
    wine("wineboot", "-i")
    pretend("win10")
    for name in ("bcryptprimitives", "icuuc"):
        shutil.copy2(WORK / f"{name}.dll", DRIVE / "windows" / "system32")
    return f"{len(STUBS)} DLL thay thế"


def install(setup: Path) -> str:
    """The set-up, silently; what Wine cannot bear (the WMI module) is taken out of the test copy."""
    wine("reg", "add", OTHERS_KIND, "/ve", "/d", OTHERS, "/f")  # .tdp files open with another program so far
    wine(setup, "/S")
    folder = program()
    missing = [path.name for path in (folder / "thidua.exe", *links()) if not path.is_file()]
    if missing:
        raise BuildError(f"cài xong mà thiếu {', '.join(missing)}")
    ours = classes()
    opened = {kind for kind in OPENED if f"Classes\\{kind}\n    (Default)    REG_SZ    thidua_desktop." in ours}
    if opened != set(OPENED):
        raise BuildError(f"nhấp đúp chưa mở được {sorted(set(OPENED) - opened)}")
    lay_stubs(folder)
    return f"{PERSON}, {setup.stat().st_size / MEGABYTE:.1f} MB → {size_of(folder) / MEGABYTE:.1f} MB"


def links() -> tuple[Path, Path]:
    """In the start menu and on the desktop."""
    menu = home() / "AppData" / "Roaming" / "Microsoft" / "Windows" / "Start Menu" / "Programs"
    return menu / "Thi đua.lnk", home() / "Desktop" / "Thi đua.lnk"


def preflight(setup: Path) -> str:
    """Refusals by exit status, with the sentence in setup.log: Windows 7, a full disk, a running program (twice)."""
    pretend("win7")
    wine(setup, "/S", status=12)
    _said_in_the_log("Windows 10 bản 1809")
    pretend("win10")
    with stick.small_disk() as root:
        wine(setup, "/S", f"/D={root}\\thidua", status=13)
        _said_in_the_log(f"Ổ đĩa G: chỉ còn {stick.SMALL_MB} MB trống")
        if any(stick.SMALL.iterdir()):
            raise BuildError("đĩa không đủ chỗ mà vẫn chép tệp vào")
    with running(program() / "thidua_desktop.exe"):
        time.sleep(15)
        wine(setup, "/S", status=14)
        uninstall(status=14)
    if not (program() / "thidua.exe").is_file():
        raise BuildError("gỡ khi chương trình đang chạy đã xóa tệp")
    return "từ chối Windows 7 (12), ổ đĩa không đủ chỗ (13), cài và gỡ khi chương trình đang chạy (14)"


def _said_in_the_log(words: str) -> None:
    log = (home() / "AppData" / "Local" / "thidua_desktop" / "setup.log").read_text(encoding="utf-16")
    if words not in log:
        raise BuildError(f"setup.log không nói “{words}”: {log}")


def uninstall(status: int = 0) -> None:
    """The uninstaller in its place, so that it is waited for; NSIS wants the folder last, unquoted, blanks and all."""
    wine(program() / "uninstall.exe", "/S", *f"_?={windows_path(program())}".split(" "), status=status)


def doctor() -> str:
    """Everything the program looks at is good."""
    findings = json.loads(wine(program() / "thidua.exe", "doctor", "--json"))
    bad = [finding["text"] for finding in findings if not finding["good"]]
    if bad:
        raise BuildError("; ".join(bad))
    return f"{len(findings)} điều đều đạt; " + findings[0]["text"]


def demo() -> str:
    """A year of a commune and its province, made by the Windows program."""
    folder = home() / "Documents" / "Xã mẫu"
    said = wine(program() / "thidua.exe", "demo", windows_path(folder), "--today", TODAY, timeout=1800)
    made = re.findall(r"Đã lập (\d+) bản ghi", said)
    papers, packages = list(folder.rglob("*.pdf")), list(folder.rglob("*.tdp"))
    if not made or not papers or not packages:
        raise BuildError(f"thiếu bản ghi, giấy tờ hoặc gói: {said[-500:]}")
    return f"{made[0]} bản ghi, {len(papers)} PDF, {len(packages)} gói"


def office() -> tuple[Path, Path]:
    """The commune's file and its password file."""
    folder = home() / "Documents" / "Xã mẫu"
    return folder / "commune.thidua", folder / "password.txt"


def window_tests() -> str:
    """A selection of the window tests, run by the Windows Python on the Windows wheels."""
    kit = WORK / "kit"
    copy, tree = DRIVE / "trial", DRIVE / "tree"
    for folder in (kit, copy, tree):
        shutil.rmtree(folder, ignore_errors=True)
    known = lock.pins()
    lock.fetch([f"{name}=={known[bundle.normal(name)]}" for name in TEST_WHEELS], WORK / "kit-wheels", hashed=False)
    for wheel in (WORK / "kit-wheels").glob("*.whl"):
        shutil.unpack_archive(wheel, kit, "zip")
    essentials = next(path for path in (build.WORK / "wheels").glob("*.whl") if path.name.startswith("pyside6_ess"))
    shutil.unpack_archive(essentials, WORK / "essentials", "zip")
    shutil.copytree(program(), copy)
    shutil.copytree(copy / "pkgs" / "resources" / "fonts", copy / "pkgs" / "PySide6" / "lib" / "fonts")  # offscreen
    for name in ("QtTest.pyd", "Qt6Test.dll"):  # the tests' own module, which an office has no use for
        shutil.copy2(WORK / "essentials" / "PySide6" / name, copy / "pkgs" / "PySide6")
    tree.mkdir()
    for path in run("git", "ls-files", "-z", "tests", "forms", "resources", "pyproject.toml", "installer").split("\0"):
        if path:
            (tree / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / path, tree / path)
    with (copy / "Python" / "python313._pth").open("a", encoding="ascii") as stream:
        stream.write(f"{windows_path(tree)}\r\nZ:{kit!s}\r\n".replace("/", "\\"))
    said = wine(copy / "Python" / "python.exe", "-X", "utf8", "-c",
                f"import os, sys, pytest; os.chdir(r'{windows_path(tree)}'); "
                f"sys.exit(pytest.main({['-p', 'no:cacheprovider', *TESTS]!r}))", timeout=4800)  # fmt: skip
    (WORK / "window-tests.txt").write_text(said, encoding="utf-8")
    return said.strip().splitlines()[-1]


def cold() -> str:
    """The first window on a cold start, against a bare Qt window by the same Python; offscreen Windows paints none."""
    file, _ = office()
    command = ["wine", str(program() / "Python" / "python.exe"), "-X", "utf8", "-c"]
    with screen() as number:
        wine("wineboot", DISPLAY=number)  # both find Windows running
        shown = {**environment(DISPLAY=number), "QT_QPA_PLATFORM": "windows"}
        return cold_start.require(cold_start.measure(program(), command, windows_path(file), shown))


def picture() -> str:
    """The installed program with an open office under a virtual screen, as the screen shows it."""
    file, password = office()
    target = ROOT / "build" / "smoke" / "installed.png"
    words = [program() / "thidua_desktop.exe", "window", windows_path(file), "--today", TODAY]
    shown = {"QT_QPA_PLATFORM": "windows"}
    with screen() as number, running(*words, "--password-file", windows_path(password), DISPLAY=number, **shown):
        photograph(number, target)
    return str(target.relative_to(ROOT))


def repair(setup: Path) -> str:
    """A damaged installation is whole again after the set-up ran once more; the offices stay as they are."""
    file, _ = office()
    before = sha256(file)
    damage()
    wine(setup, "/S")
    lay_stubs(program())
    if sha256(file) != before:
        raise BuildError("cài lại làm đổi tệp sổ")
    return "xóa một thư viện, sửa hỏng một tệp: " + doctor()


def damage() -> None:
    """A library gone and a file spoilt, so that the program does not start."""
    gone, spoilt = program() / "pkgs" / "reportlab", program() / "pkgs" / "thidua_desktop" / "app.py"
    shutil.rmtree(gone)
    spoilt.write_text("raise SystemExit(9)", encoding="utf-8")
    for compiled in spoilt.parent.glob("__pycache__/app.*"):
        compiled.unlink()
    wine(program() / "thidua.exe", "doctor", status=9)


def rehearse(setup: Path) -> str:
    """From the version before to this one by stick with an office in place, back with its backup, and forward again.

    The version before is today's wheels with the program as it was before its newest migration; it alone trusts the
    key that signs the update file here, which carries the very set-up file under test.
    """
    before = rehearsal.prepare(setup)
    remove()
    wine(before.setup, "/S")
    lay_stubs(program())
    if version_here() != before.version:
        raise BuildError(f"đã cài bản {version_here()}, chờ {before.version}")
    (program() / "pkgs" / "left_over.py").write_text("", encoding="utf-8")
    file, password = first_office()
    counted = figures(file, password)
    shutil.copy2(before.update, DRIVE / before.update.name)
    told = wine(program() / "thidua.exe", "update", "check", f"C:\\{before.update.name}")
    if program_version() not in told:
        raise BuildError(f"không nói bản mới có gì: {told}")
    forward(before, file, password)
    if (program() / "pkgs" / "left_over.py").exists() or figures(file, password) != counted:
        raise BuildError("phần cũ còn lại, hoặc sổ khác đi sau khi cập nhật")
    wine(program() / "thidua.exe", "update", "back", "--no-start")
    wine(setups() / f"thidua-{before.version}-setup.exe", "/S")
    lay_stubs(program())
    if version_here() != before.version or figures(file, password) != counted:
        raise BuildError("sổ hoặc phiên bản không như trước khi cập nhật")
    later = file.with_name(f"{file.stem} (bản {program_version()}){file.suffix}")
    newer = wine(program() / "thidua.exe", "office", "info", windows_path(later),
                 "--password-file", windows_path(password), status=1)  # fmt: skip
    if "TD-STORE-003" not in newer:
        raise BuildError(f"bản trước mở được sổ của bản sau, hoặc nói sai: {newer}")
    forward(before, file, password)
    if figures(file, password) != counted:
        raise BuildError("sổ khác đi sau lần cập nhật thứ hai")
    return f"{before.version} → {program_version()} → {before.version} → {program_version()}, sổ giữ nguyên; " + (
        f"bản {before.version} từ chối sổ đã nâng cấp (TD-STORE-003)"
    )


def forward(before: rehearsal.Before, file: Path, password: Path) -> None:
    """The update as ``thidua update`` prepares it: a backup, then the set-up that it laid ready."""
    words = ["update", "apply", f"C:\\{before.update.name}", "--office", windows_path(file)]
    told = wine(program() / "thidua.exe", *words, "--password-file", windows_path(password), "--no-start")
    if "Đã sao lưu sổ" not in told:
        raise BuildError(f"không sao lưu trước khi cập nhật: {told}")
    wine(setups() / f"thidua-{program_version()}-setup.exe", "/S")
    lay_stubs(program())
    if version_here() != program_version():
        raise BuildError(f"vẫn là bản {version_here()}")


def first_office() -> tuple[Path, Path]:
    """An office that the version before makes, with a few records."""
    folder = home() / "Documents" / "Xã cũ"
    folder.mkdir(parents=True)
    file, password = folder / "xa-cu.thidua", folder / "password.txt"
    password.write_text(PASSWORD + "\n", encoding="utf-8")
    key = ("--password-file", windows_path(password))
    wine(program() / "thidua.exe", "office", "new", windows_path(file), "--unit", UNIT, "--user", "Nguyễn Thị Cũ", *key)
    table = folder / "khu.csv"
    table.write_text(AREAS, encoding="utf-8-sig")
    wine(program() / "thidua.exe", "record", "import", "residential_area", windows_path(file), *key,
         "--from", windows_path(table))  # fmt: skip
    return file, password


def setups() -> Path:
    """Where the set-up keeps itself and the one before."""
    return home() / "AppData" / "Local" / "thidua_desktop" / "setups"


def version_here() -> str:
    """The installed program's version."""
    return wine(program() / "thidua.exe", "--version").split()[-1]


def figures(file: Path, password: Path) -> str:
    """What the office says of itself after the whole file was looked through: counts, versions, checks."""
    asked = (windows_path(file), "--password-file", windows_path(password))
    said = "".join(wine(program() / "thidua.exe", "office", word, *asked) for word in ("info", "check"))
    return "\n".join(line for line in said.splitlines() if not line.endswith(": 0"))  # registers that are new and empty


def remove() -> str:
    """The uninstaller: the office stays, the list of what stays names it, kinds of files go back to their programs."""
    file, _ = office()
    uninstall()
    if (program() / "pkgs").exists() or (program() / "thidua.exe").exists():
        raise BuildError("chương trình còn lại sau khi gỡ")
    kept = (home() / "AppData" / "Local" / "thidua_desktop" / "data-kept.txt").read_text(encoding="utf-16")
    if not file.is_file() or windows_path(file) not in kept:
        raise BuildError(f"gỡ chương trình làm mất sổ, hoặc không nói sổ ở đâu: {kept}")
    if any(path.exists() for path in links()):
        raise BuildError("biểu tượng ở màn hình nền hoặc thực đơn Start còn lại sau khi gỡ")
    left = classes()
    if "thidua" in left or OTHERS not in left:
        raise BuildError(f"loại tệp không về chương trình cũ: {left}")
    return "sổ còn nguyên, .tdp về chương trình cũ; " + " ".join(kept.split())


def main() -> int:
    """All steps, or those named; exit status 1 at the first that fails."""
    setup = build.DIST / f"thidua-{program_version()}-setup.exe"
    steps: dict[str, Callable[[], str]] = {
        "prefix": make_prefix,
        "install": lambda: install(setup),
        "doctor": doctor,
        "demo": demo,
        "tests": window_tests,
        "cold": cold,
        "picture": picture,
        "preflight": lambda: preflight(setup),
        "repair": lambda: repair(setup),
        "directive": lambda: by_directive.trial(setup),
        "portable": lambda: stick.trial(build.DIST / f"thidua-{program_version()}-portable.zip"),
        "update": lambda: rehearse(setup),
        "remove": remove,
    }
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("steps", nargs="*", choices=[[], *steps], help="chỉ làm những bước này")
    options = parser.parse_args()
    chosen = options.steps or list(steps)
    lines: list[str] = []
    try:
        bundle.need(PROGRAMS)
        for name in chosen:
            began = time.monotonic()
            text = steps[name]()
            lines.append(f"{name:10} {time.monotonic() - began:6.1f} s  {text}")
            say(lines[-1])
    except (BuildError, subprocess.SubprocessError, OSError) as fault:
        lines.append(f"{name:10} HỎNG: {fault or type(fault).__name__}")
        sys.stderr.write(f"{lines[-1]}\n")
        return 1
    finally:
        end_windows()
        WORK.mkdir(parents=True, exist_ok=True)
        (WORK / "smoke.log").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
