"""``thidua guide``: the printed guide for officers."""

from __future__ import annotations

from pathlib import Path

import click

from thidua_desktop.cli.opening import OFFICE_FILE, say, write_file


@click.command()
@click.option("--out", type=OFFICE_FILE, required=True, help="Nơi ghi tệp PDF.")
def guide(out: Path) -> None:
    """In sổ tay cán bộ: các phòng, phím, nhịp tháng, cách gửi, cách khôi phục."""
    from thidua_desktop.services.documents.guide import print_guide

    printed = print_guide()
    write_file(out, printed.pdf)
    say(f"Đã in {printed.pages} trang ra {out}")
