"""``thidua exchange`` and ``thidua conflict``: two machines of one office, and what they cannot merge by themselves."""

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
)


@click.group()
def exchange() -> None:
    """Trao đổi giữa hai máy của một cơ quan."""


@exchange.command("begin")
@click.argument("file", type=OFFICE_FILE)
@office_options
def exchange_begin(file: Path, password_file: Path, login: str | None) -> None:
    """Đánh dấu tệp sổ mới lập là máy thứ hai: tên cơ quan, người ký, lịch báo cáo lấy theo máy đã có."""
    from thidua_desktop.services.handoff import sideways

    with opened(file, password_file, login) as session:
        sideways.begin(session)
    say("Đã ghi: máy này lấy thông tin chung của cơ quan từ máy đã có. Nay hai máy nhận thẻ của nhau.")


@exchange.command("make")
@click.argument("file", type=OFFICE_FILE)
@office_options
@click.option("--out", type=FOLDER, required=True, help="Thư mục hoặc USB.")
@json_option
def exchange_make(file: Path, password_file: Path, login: str | None, out: Path, as_json: bool) -> None:
    """Lập gói cho máy kia: mọi sổ, mọi trường; chỉ máy của cơ quan mở được."""
    from thidua_desktop.services.handoff import sideways

    with opened(file, password_file, login) as session:
        made = sideways.make_exchange(session, made_folder(out))
    if as_json:
        say_json(asdict(made))
    else:
        say(f"Đã ghi {made.path}: gói {made.number}, {made.records} bản ghi, {made.size} byte. Rút USB được rồi.")


@exchange.command("take")
@click.argument("tdp", type=EXISTING_FILE)
@click.option("--into", "file", type=OFFICE_FILE, required=True, help="Tệp sổ của máy này.")
@office_options
@click.option("--dry-run", is_flag=True, help="Chỉ xem gói sẽ thay đổi gì.")
@click.option("--confirm-deletions", is_flag=True, help="Cho phép xóa nhiều bản ghi.")
@json_option
def exchange_take(
    tdp: Path, file: Path, password_file: Path, login: str | None, dry_run: bool, confirm_deletions: bool, as_json: bool
) -> None:
    """Nhận gói của máy kia: tự gộp từng ô; chỗ hai máy ghi khác nhau thì hỏi."""
    from thidua_desktop.services.handoff import sideways

    with opened(file, password_file, login) as session:
        plan = sideways.look_at_exchange(session, tdp)
        done = None if dry_run else sideways.take_exchange(session, plan, deletions_confirmed=confirm_deletions)
    if as_json:
        say_json({"plan": asdict(plan), "taken": asdict(done) if done else None})
        return
    for one in plan.registers:
        say(
            f"{one.title}: {one.new} mới, {one.taken} sửa, {one.deleted} xóa, {one.merged} tự gộp, "
            f"{one.conflicts} phải hỏi, {one.unchanged} như cũ, {one.set_aside} để riêng"
        )
    for reason in (*plan.set_aside, *((plan.gap,) if plan.gap else ())):
        say(reason)
    if done is not None:
        say(f"Đã nhận gói {done.number} của máy {plan.installation[-4:]}")


@click.group()
def conflict() -> None:
    """Xung đột giữa hai máy: một ô có hai giá trị, hoặc máy này xóa máy kia sửa."""


@conflict.command("list")
@click.argument("file", type=OFFICE_FILE)
@office_options
@json_option
def conflict_list(file: Path, password_file: Path, login: str | None, as_json: bool) -> None:
    """Kể mọi xung đột với các giá trị, ai ghi, lúc nào, vì sao."""
    from thidua_desktop.services.handoff import conflicts

    with opened(file, password_file, login) as session:
        found = conflicts.conflicts(session)
    if as_json:
        say_json([asdict(one) for one in found])
        return
    for one in found:
        say(f"{one.register} {one.record_id}: {one.register_title}, {one.title}")
        for field in one.fields:
            say(f"  {field.name or 'xoa'}: {field.label}")
            for number, value in enumerate(field.values, start=1):
                say(f"    {number}. {value.text} ({value.words})")
    if not found:
        say("Không có xung đột nào.")


@conflict.command("decide")
@click.argument("register")
@click.argument("record")
@click.option("--into", "file", type=OFFICE_FILE, required=True, help="Tệp sổ của máy này.")
@office_options
@click.option("--field", required=True, help="Tên ô; 'xoa' khi hỏi giữ hay xóa bản ghi.")
@click.option("--take", "place", type=int, help="Lấy giá trị thứ mấy trong danh sách.")
@click.option("--value", "typed", help="Hoặc gõ giá trị khác.")
@click.option("--reason", required=True, help="Vì sao; máy kia thấy đúng câu này.")
def conflict_decide(
    register: str, record: str, file: Path, password_file: Path, login: str | None, field: str, place: int | None,
    typed: str | None, reason: str,
) -> None:  # fmt: skip
    """Quyết định một ô; quyết định đi theo gói kế tiếp, máy kia không hỏi lại."""
    from thidua_desktop.services.handoff import conflicts

    name = "" if field == "xoa" else field
    with opened(file, password_file, login) as session:
        found = conflicts.find(session, register, record)
        fields = {one.name: one for one in found.fields} if found is not None else {}
        if typed is not None and name:
            value = conflicts.typed(session, register, name, typed)
        elif name in fields and place is not None and 1 <= place <= len(fields[name].values):
            value = fields[name].values[place - 1].plain
        elif name in fields:
            raise click.UsageError("Ghi --take với số có trong danh sách, hoặc --value.")
        else:
            value = None
        left = conflicts.decide(session, register, record, {name: value}, reason)
    say("Đã quyết định." if left is None else f"Đã quyết định; bản ghi còn {len(left.fields)} ô phải xem.")
