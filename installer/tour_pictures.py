"""The pictures of docs/tour.md: every page of both desks in three themes at two sizes, as contact sheets.

``make tour`` runs it. With names of themes or sizes as arguments only those are made anew.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw
from run_dev import program

DAY = "2026-11-16"  # the day of the story that the pictures tell
THEMES = ("light", "dark", "contrast")
SIZES = ("1366x768", "1280x690")
_DESKS = ("commune", "province")
_COLUMNS = 6
_WIDTH = 400
_CAPTION = 14
_QUALITY = 45


def take(demo: Path, taken: Path, desk: str, theme: str, size: str) -> int:
    """Pictures of every page of a desk."""
    arguments = ["--password-file", demo / "password.txt", "--pictures", taken, "--today", DAY]
    arguments += ["--theme", theme, "--size", size]
    environment = {"QT_QPA_PLATFORM": "offscreen", "THIDUA_CONFIG_DIR": str(taken / "config")}
    return program("window", demo / f"{desk}.thidua", *arguments, **environment)


def contact_sheet(pictures: Sequence[Path], sheet: Path) -> None:
    """All pictures beside and under each other, each with its name over it; one file."""
    with Image.open(pictures[0]) as first:
        height = round(first.height * _WIDTH / first.width)
    rows = math.ceil(len(pictures) / _COLUMNS)
    whole = Image.new("RGB", (_COLUMNS * _WIDTH, rows * (height + _CAPTION)), "white")
    draw = ImageDraw.Draw(whole)
    for place, path in enumerate(pictures):
        left, top = place % _COLUMNS * _WIDTH, place // _COLUMNS * (height + _CAPTION)
        draw.text((left + 4, top + 1), path.stem, "black")
        with Image.open(path) as picture:
            small = picture.convert("RGB").resize((_WIDTH - 4, height), Image.Resampling.LANCZOS)
            whole.paste(small, (left, top + _CAPTION))
    sheet.parent.mkdir(parents=True, exist_ok=True)
    whole.save(sheet, quality=_QUALITY, method=6)


def main(build: Path, docs: Path, named: Sequence[str]) -> int:
    """Make the demo office in ``build`` unless it is there, then the sheets under ``docs/pictures/tour``."""
    demo = build / "demo"
    if not (demo / "password.txt").is_file():
        status = program("demo", demo, "--today", DAY)
        if status:
            return status
    themes = [theme for theme in THEMES if theme in named] or THEMES
    sizes = [size for size in SIZES if size in named] or SIZES
    for theme, size, desk in ((theme, size, desk) for theme in themes for size in sizes for desk in _DESKS):
        taken = build / "tour" / f"{desk}-{theme}-{size}"
        status = take(demo, taken, desk, theme, size)
        if status:
            return status
        contact_sheet(sorted(taken.glob("*.png")), docs / "pictures" / "tour" / f"{taken.name}.webp")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path("build/docs").resolve(), Path("docs").resolve(), sys.argv[1:]))
