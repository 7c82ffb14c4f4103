"""Commands about the program itself: demo office, definitions, this machine."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from thidua_desktop.cli.opening import (
    EXISTING_FILE,
    FOLDER,
    OFFICE_FILE,
    json_option,
    opened,
    say,
    say_json,
    write_file,
)
from thidua_desktop.errors import UserError


@click.command()
@click.argument("folder", type=FOLDER)
@click.option("--scale", default=1, show_default=True, type=click.IntRange(1, 200), help="Gấp bao nhiêu lần một xã.")
@click.option("--seed", default=20261116, show_default=True, help="Số gieo: cùng số thì cùng số liệu.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="Ngày giả định; mặc định là hôm nay.")
def demo(folder: Path, scale: int, seed: int, today: datetime | None) -> None:
    """Lập đơn vị mẫu trong FOLDER: một năm công việc, báo cáo, gói gửi, và tỉnh đã nhận gói."""
    from thidua_desktop.services.demo.build import build_demo

    made = build_demo(folder, scale, seed, say, today.date() if today else None)
    say(f"Đã lập {made.records} bản ghi trong {made.folder}")


@click.group()
def forms() -> None:
    """Định nghĩa sổ sách trong forms/."""


@forms.command("check")
@click.option("--folder", type=FOLDER, help="Thư mục định nghĩa khác.")
def forms_check(folder: Path | None) -> None:
    """Kiểm tra mọi định nghĩa; lỗi nào cũng có mã, tệp, chỗ."""
    from thidua_desktop.formdef.check import check_forms

    faults = check_forms(folder)
    for fault in faults:
        say(str(fault))
    if faults:
        raise UserError("TD-CLI-009", count=len(faults))
    say("Mọi định nghĩa đều đúng.")


@forms.command("lock")
def forms_lock() -> None:
    """Chép các định nghĩa hiện tại vào forms.lock.json, khi một thay đổi đã được duyệt."""
    from thidua_desktop.formdef.loader import load_definitions
    from thidua_desktop.formdef.lock import write_lock
    from thidua_desktop.paths import forms_path

    write_lock(forms_path(), load_definitions())
    say("Đã chép vào forms.lock.json.")


@forms.command("doc")
@click.option("--out", type=FOLDER, required=True, help="Thư mục ghi các trang (Markdown).")
def forms_doc(out: Path) -> None:
    """Ghi trang giải thích từng sổ, từng mục, từng chỉ tiêu."""
    from thidua_desktop.formdef.help_pages import documentation
    from thidua_desktop.formdef.loader import load_definitions

    out.mkdir(parents=True, exist_ok=True)
    pages = documentation(load_definitions())
    for name, text in pages.items():
        write_file(out / name, text.encode())
    say(f"Đã ghi {len(pages)} trang vào {out}")


@click.command()
@click.option("--office", type=OFFICE_FILE, help="Xem cả tệp sổ này: thư mục, toàn bộ tệp, bản sao lưu.")
@click.option("--password-file", type=EXISTING_FILE, help="Tệp chứa mật khẩu của sổ ở dòng đầu.")
@json_option
def doctor(office: Path | None, password_file: Path | None, as_json: bool) -> None:
    """Xem máy có đủ điều kiện: phiên bản, phông chữ, thư mục, chỗ trống, đồng hồ, máy in."""
    from thidua_desktop.services import doctor as doctors

    findings = doctors.examine()
    if office is not None:
        if password_file is None:
            raise UserError("TD-CLI-020")
        with opened(office, password_file) as session:
            findings += doctors.examine_office(session)
    if as_json:
        say_json([asdict(finding) for finding in findings])
    else:
        say(doctors.as_text(findings).rstrip())
    if not all(finding.good for finding in findings):
        raise UserError("TD-CLI-010")


@click.command()
@click.option("--out", type=OFFICE_FILE, help="Ghi danh sách vào tệp này (UTF-16, cho trình gỡ cài đặt).")
def where(out: Path | None) -> None:
    """Sổ của người đang dùng máy nằm ở đâu: tệp sổ đã biết và thư mục thiết lập."""
    from thidua_desktop.services.own_places import kept_offices, settings_folder

    lines = [*map(str, kept_offices()), f"{settings_folder()} (thiết lập, nhật ký)"]
    if out is not None:
        write_file(out, "".join(f"{line}\r\n" for line in lines).encode("utf-16"))
        return
    for line in lines:
        say(line)


@click.command("test-page")
@click.option("--out", type=OFFICE_FILE, required=True, help="Nơi ghi tệp PDF.")
def test_page(out: Path) -> None:
    """Trang in thử: thước 100 mm, lề, chữ, ô xám, mã QR. In ở tỷ lệ 100 % rồi đo."""
    from thidua_desktop.services.trial_page import trial_page

    write_file(out, trial_page())
    say(f"Đã ghi {out}. In ở tỷ lệ 100 % (Actual size) rồi đo hai thước: mỗi thước dài đúng 100 mm.")
