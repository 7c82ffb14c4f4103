"""docs/tour.md and its pictures: every page of both desks in three themes at two sizes, and at the first size child
pages, panels and dialogs, as contact sheets.

``make tour`` runs it. With names of desks, themes, sizes or kinds (pages, surfaces) as arguments only those are made
anew; the table lists what is there.
"""

from __future__ import annotations

import math
import shutil
import sys
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

from PIL import Image, ImageDraw
from run_dev import program

DAY = "2026-11-16"  # the day of the story that the pictures tell
THEMES = ("light", "dark", "contrast")
SIZES = ("1366x768", "1280x690")
_DESKS = ("commune", "province")
_KINDS = ("pages", "surfaces")
_NAMES = {
    "commune": "Bàn xã", "province": "Bàn tỉnh", "light": "sáng", "dark": "tối", "contrast": "tương phản cao",
    "pages": "phòng, sổ, phiếu", "surfaces": "trang con, hộp thoại",
}  # fmt: skip
_HEAD = """# The tour

Every page of both desks in three themes, at 1366×768 and at 1280×690 (a 1920×1080 screen at 150 %, less its frame);
child pages, panels and dialogs at the first size. The office is the made-up one of `thidua demo`, on 16/11/2026.
`make tour` draws all of it anew without a display and writes this page. In the table each cell is one sheet with the
name of every page over its picture; below it every page stands alone as it is seen, in the light theme at 1366×768.

"""
_COLUMNS = 6
_WIDTH = 340
_CAPTION = 14
_PAGE = 1280  # px: the narrowest page
_QUALITY = 40


def take(demo: Path, taken: Path, desk: str, theme: str, size: str, kind: str = "pages") -> int:
    """Pictures of every page, or every surface, of a desk."""
    arguments = ["--password-file", demo / "password.txt", "--pictures", taken, "--today", DAY]
    arguments += ["--theme", theme, "--size", size, *(["--surfaces"] if kind == "surfaces" else [])]
    environment = {"QT_QPA_PLATFORM": "offscreen", "THIDUA_CONFIG_DIR": str(taken / "config")}
    return program("window", demo / f"{desk}.thidua", *arguments, **environment)


def contact_sheet(pictures: Sequence[Path], sheet: Path) -> None:
    """All pictures beside and under each other, each with its name over it; one file."""
    sizes = [Image.open(path).size for path in pictures]
    height = round(max(high * _WIDTH / max(wide, _PAGE) for wide, high in sizes))
    rows = math.ceil(len(pictures) / _COLUMNS)
    whole = Image.new("RGB", (_COLUMNS * _WIDTH, rows * (height + _CAPTION)), "white")
    draw = ImageDraw.Draw(whole)
    for place, path in enumerate(pictures):
        left, top = place % _COLUMNS * _WIDTH, place // _COLUMNS * (height + _CAPTION)
        draw.text((left + 4, top + 1), path.stem, "black")
        with Image.open(path) as picture:
            small = picture.convert("RGB")
            small.thumbnail((_WIDTH - 4, height), Image.Resampling.LANCZOS)  # a dialog is smaller than a page
            whole.paste(small, (left, top + _CAPTION))
    sheet.parent.mkdir(parents=True, exist_ok=True)
    whole.save(sheet, quality=_QUALITY, method=6)


def whole_pages(pictures: Sequence[Path], folder: Path) -> None:
    """Every picture alone at its full size, named by its page; what stood there of pages that are gone goes.

    Without loss: letters stay sharp, and a page that did not change is the same file.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for path in pictures:
        with Image.open(path) as picture:
            picture.save(folder / f"{path.stem.partition('-')[2]}.webp", lossless=True, method=6)


def main(build: Path, docs: Path, named: Sequence[str]) -> int:
    """Make the demo office in ``build`` unless it is there, then the sheets under ``docs/pictures/tour``."""
    demo = build / "demo"
    if not (demo / "password.txt").is_file():
        status = program("demo", demo, "--today", DAY)
        if status:
            return status
    for desk, theme, size, kind in wanted(named):
        taken = build / "tour" / f"{desk}-{theme}-{size}{'' if kind == 'pages' else '-surfaces'}"
        status = take(demo, taken, desk, theme, size, kind)
        if status:
            return status
        pictures = sorted(taken.glob("*.png"))
        contact_sheet(pictures, docs / "pictures" / "tour" / f"{taken.name}.webp")
        if (theme, size) == (THEMES[0], SIZES[0]):
            whole_pages(pictures, docs / "pictures" / "tour" / f"{desk}-{kind}")
    write_table(docs)
    return 0


def wanted(named: Sequence[str]) -> Iterator[tuple[str, str, str, str]]:
    """The sheets to make: desk, theme, size, kind; surfaces at the first size alone."""

    def chosen(words: Sequence[str]) -> Sequence[str]:
        return [word for word in words if word in named] or words

    for kind, desk, theme, size in product(chosen(_KINDS), chosen(_DESKS), chosen(THEMES), chosen(SIZES)):
        if kind == "pages" or size == SIZES[0]:
            yield desk, theme, size, kind


def write_table(docs: Path) -> None:
    """docs/tour.md: a row for each desk, kind and size, a cell for each theme; what is not there is not linked."""
    lines = ["| | " + " | ".join(_NAMES[theme] for theme in THEMES) + " |", "|---" * (1 + len(THEMES)) + "|"]
    for kind, desk, size in product(_KINDS, _DESKS, SIZES):
        if kind == "surfaces" and size != SIZES[0]:
            continue
        cells = []
        for theme in THEMES:
            path = f"pictures/tour/{desk}-{theme}-{size}{'' if kind == 'pages' else '-surfaces'}.webp"
            cells.append(f"[![{_NAMES[theme]}]({path})]({path})" if (docs / path).is_file() else "–")
        lines.append(f"| {_NAMES[desk]}, {_NAMES[kind]}, {size.replace('x', '×')} | {' | '.join(cells)} |")
    for desk, kind in product(_DESKS, _KINDS):
        pages = sorted((docs / "pictures" / "tour" / f"{desk}-{kind}").glob("*.webp"))
        links = [f"[{page.stem}]({page.relative_to(docs).as_posix()})" for page in pages]
        lines += ["", f"**{_NAMES[desk]}, {_NAMES[kind]}**: " + " ·\n".join(links)]
    (docs / "tour.md").write_text(_HEAD + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(Path("build/docs").resolve(), Path("docs").resolve(), sys.argv[1:]))
