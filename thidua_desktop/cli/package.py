"""``thidua card`` and ``thidua package``: offices introduced, packages made and taken in."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from thidua_desktop.cli.opening import (
    EXISTING_FILE,
    FOLDER,
    OFFICE_FILE,
    json_option,
    made_folder,
    office_options,
    opened,
    say,
    say_json,
    write_file,
)


@click.group()
def card() -> None:
    """Thẻ đơn vị: xã và tỉnh làm quen với nhau trước khi gửi gói."""


@card.command("export")
@click.argument("file", type=OFFICE_FILE)
@office_options
@click.option("--out", type=FOLDER, required=True, help="Thư mục hoặc USB.")
def card_export(file: Path, password_file: Path, login: str | None, out: Path) -> None:
    """Ghi thẻ của đơn vị này ra thư mục."""
    from thidua_desktop.services.handoff import cards

    with opened(file, password_file, login) as session:
        path = cards.export_card(session, made_folder(out))
        say(f"Đã ghi thẻ {path}\nVân tay để đối chiếu trên giấy: {cards.own_card(session).fingerprint}")


@card.command("sheet")
@click.argument("file", type=OFFICE_FILE)
@office_options
@click.option("--out", type=OFFICE_FILE, required=True, help="Nơi ghi tệp PDF.")
@click.option("--revoked", is_flag=True, help="In danh sách thẻ đã thu hồi thay cho phiếu đăng ký khóa.")
def card_sheet(file: Path, password_file: Path, login: str | None, out: Path, revoked: bool) -> None:
    """Phiếu đăng ký khóa: vân tay để so trên giấy, mã QR, chỗ ký."""
    from thidua_desktop.services.handoff import enrolment_papers

    make = enrolment_papers.revoked_list if revoked else enrolment_papers.enrolment_sheet
    with opened(file, password_file, login) as session:
        write_file(out, make(session))
    say(f"Đã ghi {out}")


@card.command("accept")
@click.argument("card_file", type=EXISTING_FILE)
@click.option("--into", "file", type=OFFICE_FILE, required=True, help="Tệp sổ nhận thẻ.")
@office_options
@click.option("--card-back", type=FOLDER, help="Ghi luôn thẻ trả lại (tỉnh ký) vào thư mục để đưa lại xã.")
@click.option("--fingerprint", required=True, help="Dãy vân tay trên phiếu giấy của đơn vị kia, gõ hoặc quét.")
def card_accept(
    card_file: Path, file: Path, password_file: Path, login: str | None, card_back: Path | None, fingerprint: str
) -> None:
    """Nhận thẻ của đơn vị khác sau khi đối chiếu vân tay."""
    from thidua_desktop.services.handoff import accepted, cards

    with opened(file, password_file, login) as session:
        known = cards.accept_card(session, cards.read_card(card_file), fingerprint)
        say(f"Đã nhận thẻ của {known.name} ({known.code})")
        place = accepted.further_machine(session, known.code, known.installation)
        if place:
            say(f"Đây là máy thứ {place} của {known.name}")
        if card_back is not None and session.is_province:
            path = accepted.write_acceptance(session, known.code, known.installation, made_folder(card_back))
            say(f"Đã ghi thẻ trả lại: {path}")
        elif card_back is not None:
            say(f"Đã ghi thẻ của đơn vị này để đưa lại: {cards.export_card(session, made_folder(card_back))}")


@card.command("take-back")
@click.argument("tdaccept", type=EXISTING_FILE)
@click.option("--into", "file", type=OFFICE_FILE, required=True, help="Tệp sổ của xã.")
@office_options
@click.option("--fingerprint", default="", help="Vân tay của tỉnh trên phiếu giấy, khi chưa nhận thẻ của tỉnh.")
def card_take_back(tdaccept: Path, file: Path, password_file: Path, login: str | None, fingerprint: str) -> None:
    """Nhận thẻ trả lại: tỉnh đã nhận thẻ của máy này; kèm khóa của tỉnh."""
    from thidua_desktop.services.handoff import accepted

    with opened(file, password_file, login) as session:
        say(accepted.take_acceptance(session, accepted.read_acceptance(tdaccept), fingerprint).words)


@click.group()
def package() -> None:
    """Gói gửi tỉnh (.tdp)."""


@package.command("make")
@click.argument("file", type=OFFICE_FILE)
@office_options
@click.option("--out", type=FOLDER, required=True, help="Thư mục hoặc USB.")
@click.option("--with-files", is_flag=True, help="Kèm nội dung các tệp đính kèm, không chỉ tên.")
@json_option
def package_make(
    file: Path, password_file: Path, login: str | None, out: Path, with_files: bool, as_json: bool
) -> None:
    """Lập gói mọi thay đổi tỉnh chưa xác nhận, ghi vào thư mục hoặc USB, đọc lại."""
    from thidua_desktop.services.handoff import outgoing

    with opened(file, password_file, login) as session:
        made = outgoing.make_package(session, made_folder(out), with_files=with_files)
    if as_json:
        say_json({"path": made.path, "number": made.number, "sha256": made.sha256, "records": made.records})
    else:
        say(f"Đã ghi {made.path}: gói {made.number}, {made.records} bản ghi, {made.size} byte. Rút USB được rồi.")


@package.command("inspect")
@click.argument("tdp", type=EXISTING_FILE)
@json_option
def package_inspect(tdp: Path, as_json: bool) -> None:
    """Gói tự nói gì về mình (chưa kiểm chứng)."""
    from thidua_desktop.services.handoff import incoming

    claimed = incoming.inspect(tdp)
    if as_json:
        say_json(asdict(claimed))
        return
    say(f"Gói số {claimed.number} của {claimed.office_name} ({claimed.office_code}), lập {claimed.created}")
    say(f"Thay đổi {claimed.changes_from}–{claimed.changes_to}; có {claimed.percent_present}% tệp; chưa kiểm chứng")


@package.command("verify")
@click.argument("tdp", type=EXISTING_FILE)
@click.option("--key", type=EXISTING_FILE, help="Khóa công khai của bên gửi (.pub, dạng minisign).")
@click.option("--identity", type=EXISTING_FILE, help="Khóa age của bên nhận (.age).")
@click.option("--into", "file", type=OFFICE_FILE, help="Hoặc tệp sổ của bên nhận.")
@click.option("--password-file", type=EXISTING_FILE, help="Mật khẩu của tệp sổ.")
@json_option
def package_verify(
    tdp: Path, key: Path | None, identity: Path | None, file: Path | None, password_file: Path | None, as_json: bool
) -> None:
    """Kiểm chứng cả gói: chữ ký, nơi nhận, từng byte; không nhập gì."""
    from thidua_desktop.services.handoff import incoming

    if file is not None and password_file is not None:
        with opened(file, password_file) as session:
            proved = incoming.verify_here(session, tdp)
    elif key is not None and identity is not None:
        proved = incoming.verify_with_files(tdp, key, identity)
    else:
        raise click.UsageError("Cần --key và --identity, hoặc --into và --password-file.")
    if as_json:
        say_json(asdict(proved))
    else:
        say(f"Gói số {proved.number} của {proved.office_name} ({proved.office_code}) nguyên vẹn, đúng người gửi.")


@package.command("receive")
@click.argument("tdp", type=EXISTING_FILE)
@click.option("--into", "file", type=OFFICE_FILE, required=True, help="Tệp sổ của tỉnh.")
@office_options
@click.option("--dry-run", is_flag=True, help="Chỉ xem kế hoạch nhập.")
@click.option("--confirm-deletions", is_flag=True, help="Cho phép xóa nhiều bản ghi.")
@json_option
def package_receive(
    tdp: Path, file: Path, password_file: Path, login: str | None, dry_run: bool, confirm_deletions: bool, as_json: bool
) -> None:
    """Tỉnh nhận gói: xem kế hoạch, nhập trong một lần."""
    from thidua_desktop.services.handoff import incoming

    with opened(file, password_file, login) as session:
        plan = incoming.plan_receive(session, tdp)
        outcome = None if dry_run else incoming.receive(session, plan, deletions_confirmed=confirm_deletions)
    if as_json:
        say_json({"plan": asdict(plan), "received": asdict(outcome) if outcome else None})
        return
    for register in plan.registers:
        say(
            f"{register.title}: {register.new} mới, {register.changed} sửa, {register.deleted} xóa, "
            f"{register.unchanged} như cũ, {register.conflicts} xung đột, {register.set_aside} để riêng"
        )
    for reason in (*plan.set_aside, *((plan.gap,) if plan.gap else ()), *plan.ended):
        say(reason)
    if outcome is not None:
        say(f"Đã nhập gói {outcome.number} của {outcome.sender_name}")


@package.command("undo")
@click.argument("file", type=OFFICE_FILE)
@office_options
@click.option("--office", required=True, help="Mã đơn vị đã gửi gói.")
@click.option("--number", type=int, required=True, help="Số gói.")
@click.option("--installation", default="", help="Máy đã gửi, khi đơn vị có nhiều máy: bốn số cuối là đủ.")
@click.option("--reason", default="", help="Vì sao gỡ; bắt buộc khi gỡ thật.")
@click.option("--dry-run", is_flag=True, help="Chỉ xem gỡ thì mất gì, còn gì.")
@json_option
def package_undo(
    file: Path, password_file: Path, login: str | None, office: str, number: int, installation: str, reason: str,
    dry_run: bool, as_json: bool,
) -> None:  # fmt: skip
    """Gỡ một gói đã nhập: sổ trở lại như trước gói ấy; bản ghi đã sửa sau đó thì giữ."""
    from thidua_desktop.services.handoff import undoing

    with opened(file, password_file, login) as session:
        sender = undoing.installation_of(session, office, number, installation)
        plan = undoing.plan_undo(session, office, sender, number)
        if not dry_run:
            undoing.undo_package(session, plan, reason)
    if as_json:
        say_json({"plan": asdict(plan), "undone": not dry_run})
        return
    for register in plan.registers:
        say(f"{register.title}: bỏ {register.removed}, trả về như trước {register.returned}, giữ {register.kept}")
    for kept in plan.kept:
        say(f"Giữ {kept.title}: {kept.why}")
    for report in plan.reports:
        say(f"Bỏ báo cáo đã chốt: {report}")
    say(("Sẽ: " if dry_run else "Xong: ") + plan.words)
