"""``thidua papers``: one sample of every paper in one PDF."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from thidua_desktop.cli.opening import OFFICE_FILE, say, write_file

STORY_DAY = "2026-11-16"


@click.command()
@click.option("--out", type=OFFICE_FILE, required=True, help="Nơi ghi tệp PDF.")
@click.option("--today", default=STORY_DAY, show_default=True, help="Ngày giả định của đơn vị mẫu.")
def papers(out: Path, today: str) -> None:
    """In mỗi loại giấy tờ một bản vào một tệp PDF, từ đơn vị mẫu lập riêng cho việc này."""
    from tempfile import TemporaryDirectory

    from thidua_desktop.services.demo.build import PASSWORD, build_demo, demo_clock
    from thidua_desktop.services.documents.collection import print_collection
    from thidua_desktop.services.offices import open_office

    day = date.fromisoformat(today)
    with TemporaryDirectory() as folder:
        made = build_demo(Path(folder) / "demo", today=day, on_progress=say)
        session = open_office(made.commune, PASSWORD, clock=demo_clock(day))
        try:
            printed = print_collection(session)
        finally:
            session.close()
    write_file(out, printed.pdf)
    say(f"Đã in {printed.pages} trang ra {out}")
