"""``thidua province``: the inbox of packages, who has sent what, and the figures of all communes."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from thidua_desktop.cli.opening import FOLDER, OFFICE_FILE, json_option, office_options, opened, say, say_json
from thidua_desktop.errors import UserError


@click.group()
def province() -> None:
    """Bàn tỉnh."""


@province.command("figures")
@click.argument("file", type=OFFICE_FILE)
@office_options
@click.option("--report", "report_name", default="movement_result", show_default=True, help="Báo cáo nào.")
@click.option("--period", required=True, help="Kỳ: 2026-11, 2026-Q3, 2026-H1, 2026.")
@click.option("--commune", help="Mã một xã; bỏ trống thì cộng mọi xã.")
@json_option
def province_figures(
    file: Path,
    password_file: Path,
    login: str | None,
    report_name: str,
    period: str,
    commune: str | None,
    as_json: bool,
) -> None:
    """Số liệu tổng hợp, đếm lại từ bản ghi các xã đã gửi."""
    from thidua_desktop.services.communes import communes, counted_offices
    from thidua_desktop.services.report_periods import period_for
    from thidua_desktop.services.reports import build as reports
    from thidua_desktop.services.reports.figures import figures_of
    from thidua_desktop.text import UNTOLD

    with opened(file, password_file, login) as session:
        spec = reports.report_spec(session, report_name)
        if commune and commune not in (known := sorted({one.office for one in communes(session)})):
            raise UserError("TD-SYNC-060", commune=commune, known=", ".join(known) or "(chưa có)")
        offices = [commune] if commune else counted_offices(session)
        figures = figures_of(session, spec.indicators, period_for(session, spec, period), offices)
    if as_json:
        say_json([asdict(figure) for figure in figures])
        return
    for figure in figures:
        say(f"{figure.label}: {UNTOLD if figure.unrecorded else figure.value} {figure.unit}")


@province.command("inbox")
@click.argument("folder", type=FOLDER)
@click.argument("file", type=OFFICE_FILE)
@office_options
@click.option("--receive", is_flag=True, help="Nhập mọi gói nhập được, theo số gói.")
@json_option
def province_inbox(
    folder: Path, file: Path, password_file: Path, login: str | None, receive: bool, as_json: bool
) -> None:
    """Xem các gói trên USB hay trong thư mục FOLDER: gói nào hợp lệ, gói nào bị từ chối và vì sao."""
    from thidua_desktop.services.handoff import inbox, incoming

    with opened(file, password_file, login) as session:
        found = inbox.look_into(session, folder)
        rows = [{"file": one.path.name, "standing": str(one.standing), "words": one.words} for one in found]
        taken = [] if not receive else [one for one in found if one.can_be_taken and one.plan is not None]
        for one in taken:
            incoming.receive(session, incoming.plan_receive(session, one.path))
    if as_json:
        say_json({"packages": rows, "received": [one.path.name for one in taken]})
        return
    for row in rows:
        say(f"{row['file']}: {row['words']}")
    say(f"{len(taken)} gói đã nhập" if receive else f"{sum(one.can_be_taken for one in found)} gói nhập được")


@province.command("board")
@click.argument("file", type=OFFICE_FILE)
@office_options
@click.option("--report", "report_name", default="movement_result", show_default=True, help="Báo cáo nào.")
@json_option
def province_board(file: Path, password_file: Path, login: str | None, report_name: str, as_json: bool) -> None:
    """Xã nào đã gửi báo cáo tháng nào."""
    from thidua_desktop.services import board

    with opened(file, password_file, login) as session:
        found = board.board(session, report_name)
    if as_json:
        say_json(asdict(found))
        return
    for column in found.periods:
        told = ", ".join(
            f"{count} {board.STATE_WORDS[state].lower()}" for state, count in column.counts.items() if count
        )
        say(f"{column.period.name}, hạn {column.due:%d/%m/%Y}: {told or 'chưa có gì'}")
    for row in found.rows:
        cells = (
            f"{column.period.code} {board.brief_words(cell)}{' (có thay đổi sau chấp nhận)' if cell.changed else ''}"
            for column, cell in zip(found.periods, row.cells, strict=True)
        )
        say(f"{row.name} (gói {row.package}): {', '.join(cells)}")


@province.command("scan")
@click.argument("file", type=OFFICE_FILE)
@office_options
@click.option(
    "--picture", "pictures", multiple=True, type=OFFICE_FILE, help="Ảnh chụp, bản quét hoặc PDF; nhiều lần được."
)
@click.option("--code", "codes", multiple=True, help="Mã do máy quét gõ ra; nhiều lần được.")
@click.option("--keep", is_flag=True, help="Ghi nhận số liệu vào bàn tỉnh.")
@json_option
def province_scan(
    file: Path, password_file: Path, login: str | None, pictures: tuple[Path, ...], codes: tuple[str, ...],
    keep: bool, as_json: bool,
) -> None:  # fmt: skip
    """Đọc số liệu từ mã trên báo cáo giấy đã chốt, kiểm tra chữ ký."""
    from thidua_desktop.services.handoff import paper_figures

    with opened(file, password_file, login) as session:
        texts = [*codes, *(text for path in pictures for text in paper_figures.codes_in_file(path))]
        scanned = paper_figures.read_scan(session, paper_figures.scan_of(texts))
        kept = paper_figures.keep_scan(session, scanned) if keep else False
    if as_json:
        say_json({"office": scanned.paper.office, "report": scanned.paper.report, "period": scanned.paper.period,
                  "edition": scanned.paper.edition, "kept": kept, "figures": dict(scanned.paper.figures)})  # fmt: skip
        return
    say(f"{scanned.office_name}: {scanned.title}, {scanned.period_name}, lần chốt {scanned.paper.edition}")
    for figure in scanned.figures:
        say(f"{figure.label}: {figure.value} {figure.unit}" + (f" (đã có: {figure.known})" if figure.differs else ""))
