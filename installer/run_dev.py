"""What ``make run`` starts from a checkout.

With a display: the program, on the office named by the variable OFFICE, else on the demo office. Without one: the demo
office with its reports and packages, a picture of every page, and the places of all that.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path


def has_display() -> bool:
    """Whether a window can be shown here."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def program(*arguments: str | Path, **environment: str) -> int:
    """Exit status of ``python -m thidua_desktop …``."""
    command = [sys.executable, "-m", "thidua_desktop", *map(str, arguments)]
    return subprocess.run(command, env={**os.environ, "PYTHONUTF8": "1", **environment}, check=False).returncode


def make_demo(demo: Path, *, keep: bool) -> int:
    """The demo office; a finished one is kept with what somebody tried in it, or made anew by today's program."""
    finished = (demo / "password.txt").is_file() and any((demo / "packages").glob("*.tdp"))
    if finished and keep:
        return 0
    if demo.is_dir():
        shutil.rmtree(demo)
    return program("demo", demo)


def take_pictures(demo: Path, pictures: Path, today: str = "") -> int:
    """A picture of every page of both desks, drawn without a display, as on a day."""
    pictures.mkdir(parents=True, exist_ok=True)
    for desk in ("commune", "province"):
        office = demo / f"{desk}.thidua"
        arguments = ["window", office, "--password-file", demo / "password.txt", "--pictures", pictures / desk]
        arguments += ["--today", today] if today else []
        status = program(*arguments, QT_QPA_PLATFORM="offscreen")
        if status:
            return status
    return 0


def tell(demo: Path, pictures: Path) -> None:
    """Where everything is."""
    print("\nMáy không có màn hình, nên chương trình lập đơn vị mẫu và chụp các trang:")
    for label, place in (
        ("Tệp của xã", demo / "commune.thidua"),
        ("Tệp của tỉnh", demo / "province.thidua"),
        ("Mật khẩu", demo / "password.txt"),
        ("Báo cáo", demo / "reports"),
        ("Gói gửi tỉnh", demo / "packages"),
        ("Ảnh các trang", pictures),
    ):
        print(f"  {label:<14} {place}")


def main() -> int:
    """Parse the command line and go."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where demo office and pictures go")
    parser.add_argument("--pictures", action="store_true", help="make pictures even where there is a display")
    options = parser.parse_args()
    demo, pictures = options.folder.resolve() / "demo", options.folder.resolve() / "screenshots"
    in_window = has_display() and not options.pictures
    if in_window and os.environ.get("OFFICE"):
        return program("window", Path(os.environ["OFFICE"]))
    status = make_demo(demo, keep=in_window)
    if status:
        return status
    if in_window:
        return program("window", demo / "commune.thidua", "--password-file", demo / "password.txt")
    status = take_pictures(demo, pictures)
    if not status:
        tell(demo, pictures)
    return status


if __name__ == "__main__":
    sys.exit(main())
