"""The pictures that README and docs/coverage.md show: the demo office on its made-up day, few colours, small files.

``make pictures`` runs it; the pages are those of ``make screenshots``, by their names without the numbers.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

from PIL import Image
from run_dev import program, take_pictures

DAY = "2026-11-16"  # the day of the story that the pictures tell
PAGES = {
    "hom-nay": ("commune", "today"),
    "so-hop": ("commune", "list-resident_meeting"),
    "cuoc-hop": ("commune", "form-resident_meeting"),
    "bao-cao": ("commune", "report"),
    "gui-tinh": ("commune", "handoff"),
    "tinh-tong-hop": ("province", "totals"),
}
_COVERAGE = re.compile(r"pictures/(coverage/(\w+))\.png")
_COLORS = 32


def wanted(docs: Path) -> dict[str, tuple[str, str]]:
    """The pictures to make, by their place under ``docs/pictures``: of which desk, and which page."""
    named = _COVERAGE.findall((docs / "coverage.md").read_text(encoding="utf-8"))
    return {**PAGES, **{place: ("commune", f"list-{register}") for place, register in named}}


def shrink(taken: Path, kept: Path) -> None:
    """Save a picture with a palette."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(taken) as picture:
        few = picture.convert("RGB").quantize(_COLORS, Image.Quantize.MAXCOVERAGE, kmeans=3, dither=Image.Dither.NONE)
        few.save(kept, optimize=True)


def main(build: Path, docs: Path) -> int:
    """Make the demo office in ``build`` unless it is there, take the pictures, keep the wanted ones."""
    demo, pictures = build / "demo", build / "pictures"
    if not (demo / "password.txt").is_file():
        status = program("demo", demo, "--today", DAY)
        if status:
            return status
    shutil.rmtree(pictures, ignore_errors=True)  # those of an earlier day may bear other numbers
    status = take_pictures(demo, pictures, DAY)
    if status:
        return status
    for place, (desk, page) in wanted(docs).items():
        (taken,) = (path for path in (pictures / desk).glob("*.png") if path.stem.partition("-")[2] == page)
        shrink(taken, docs / "pictures" / f"{place}.png")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path("build/docs").resolve(), Path("docs").resolve()))
