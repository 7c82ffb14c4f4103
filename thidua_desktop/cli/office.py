"""``thidua office``: a new office file, what it holds, whether it is sound."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from thidua_desktop.cli.opening import (
    EXISTING_FILE,
    OFFICE_FILE,
    json_option,
    office_options,
    opened,
    read_password,
    say,
    say_json,
    write_private,
)
from thidua_desktop.errors import UserError


@click.group()
def office() -> None:
    """Tệp sổ của một đơn vị."""


@office.command("new")
@click.argument("file", type=OFFICE_FILE)
@click.option("--unit", required=True, help="Mã đơn vị hành chính: 5 chữ số của xã, 2 chữ số của tỉnh.")
@click.option("--unit-name", default="", help="Tên đầy đủ của đơn vị mới chưa có trong danh mục, ví dụ Xã Ea Kly.")
@click.option("--unit-province", default="", help="Mã tỉnh của đơn vị mới đó, 2 chữ số.")
@click.option("--user", required=True, help="Họ tên người dùng đầu tiên.")
@click.option("--password-file", type=EXISTING_FILE, required=True, help="Tệp chứa mật khẩu ở dòng đầu.")
@click.option("--login", default="", help="Tên đăng nhập; bỏ trống thì lấy từ họ tên.")
@click.option("--province", is_flag=True, help="Lập sổ cho bàn tỉnh.")
@click.option("--recovery-sheet", type=OFFICE_FILE, help="Nơi ghi phiếu khôi phục (PDF); mặc định cạnh tệp sổ.")
def office_new(
    file: Path, unit: str, unit_name: str, unit_province: str, user: str, password_file: Path, login: str,
    province: bool, recovery_sheet: Path | None,
) -> None:  # fmt: skip
    """Lập tệp sổ mới FILE và phiếu khôi phục."""
    from thidua_desktop.services import offices

    sheet = recovery_sheet or file.with_name(f"{file.stem}-phieu-khoi-phuc.pdf")
    if sheet.exists():
        raise UserError("TD-STORE-017", path=sheet)
    new = offices.NewOffice(
        unit_code=unit, unit_name=unit_name, unit_province=unit_province, user_name=user,
        password=read_password(password_file), login=login, province=province,
    )  # fmt: skip
    made = offices.create_office(file, new)
    try:
        write_private(sheet, made.recovery_sheet_pdf)
        say(f"Đã lập {file} cho {made.session.file.identity.name}. In và cất phiếu khôi phục: {sheet}")
    except UserError:
        made.session.close()
        for part in (file, file.with_name(f"{file.name}.keys"), file.with_name(f"{file.name}.lock")):
            part.unlink(missing_ok=True)  # an office whose sheet nobody holds must not be begun
        raise
    finally:
        made.session.close()


@office.command("info")
@click.argument("file", type=OFFICE_FILE)
@office_options
@json_option
def office_info(file: Path, password_file: Path, login: str | None, as_json: bool) -> None:
    """Tệp sổ có gì: đơn vị, người dùng, số bản ghi, kỳ đã chốt."""
    from thidua_desktop.services import offices

    with opened(file, password_file, login) as session:
        info = offices.office_info(session)
    if as_json:
        say_json(asdict(info))
        return
    say(f"{info.name}, {info.province_name} ({info.code}); bản cài {info.installation}")
    for title, count in info.counts:
        say(f"  {title}: {count}")
    closed = ", ".join(one.partition(" ")[2] or one for one in info.closed_periods) or "chưa có"
    say(f"  Thay đổi đã ghi: {info.changes}; kỳ đã chốt: {closed}")


@office.command("check")
@click.argument("file", type=OFFICE_FILE)
@office_options
@json_option
def office_check(file: Path, password_file: Path, login: str | None, as_json: bool) -> None:
    """Kiểm tra toàn bộ tệp sổ: trang, liên kết, sổ thay đổi, chỉ mục."""
    from thidua_desktop.services import offices

    with opened(file, password_file, login) as session:
        findings = offices.check_office(session)
    if as_json:
        say_json([asdict(finding) for finding in findings])
    elif findings:
        for finding in findings:
            say(finding.text)
    else:
        say("Tệp sổ lành lặn.")
    if findings:
        raise UserError("TD-CLI-006", count=len(findings))


@office.command("access-log")
@click.argument("file", type=OFFICE_FILE)
@click.option("--out", type=OFFICE_FILE, help="Ghi vào một tệp .csv thay vì in ra.")
@office_options
def office_access_log(file: Path, out: Path | None, password_file: Path, login: str | None) -> None:
    """Nhật ký truy cập: ai mở sổ, xem, in, xuất, đổi người dùng và khóa, lúc nào."""
    from thidua_desktop.services import access_reading

    with opened(file, password_file, login) as session:
        if out is None:
            say("\n".join(access_reading.log_lines(session)))
        else:
            say(f"Đã ghi {access_reading.write_log(session, out)} dòng vào {out}")


@office.command("password")
@click.argument("file", type=OFFICE_FILE)
@office_options
@click.option("--new-password-file", type=EXISTING_FILE, required=True, help="Tệp chứa mật khẩu mới ở dòng đầu.")
def office_password(file: Path, password_file: Path, login: str | None, new_password_file: Path) -> None:
    """Đổi mật khẩu của mình, kể cả mật khẩu dùng một lần do người quản trị đặt."""
    from thidua_desktop.services import people

    people.open_with_temporary(file, read_password(password_file), read_password(new_password_file), login).close()
    say("Đã đổi mật khẩu")


@office.command("recover")
@click.argument("file", type=OFFICE_FILE)
@click.option(
    "--sheet-file", type=EXISTING_FILE, required=True, help="Dãy chữ của phiếu (.txt), hoặc ảnh, bản quét phiếu."
)
@click.option("--new-password-file", type=EXISTING_FILE, required=True, help="Tệp chứa mật khẩu mới ở dòng đầu.")
def office_recover(file: Path, sheet_file: Path, new_password_file: Path) -> None:
    """Mở sổ bằng phiếu khôi phục hoặc phiếu cứu sổ và đặt mật khẩu mới."""
    from thidua_desktop.services import offices, recovery

    typed = sheet_file.suffix.lower() == ".txt"
    sheet = read_password(sheet_file) if typed else recovery.sheet_in_picture(sheet_file)
    session = offices.open_with_recovery(file, sheet)
    try:
        offices.change_password(session, read_password(new_password_file))
        say(f"Đã đặt mật khẩu mới cho {session.user.name} ({session.user.login})")
    finally:
        session.close()
