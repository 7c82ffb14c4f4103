"""``thidua province conflicts``: lines of communes that were not taken in."""

from __future__ import annotations

from pathlib import Path

import click

from thidua_desktop.cli.opening import OFFICE_FILE, json_option, office_options, opened, say, say_json, write_file


@click.command("conflicts")
@click.argument("file", type=OFFICE_FILE)
@office_options
@click.option("--commune", default="", help="Mã một xã; bỏ trống thì mọi xã.")
@click.option("--settled", is_flag=True, help="Xem các dòng đã giải quyết.")
@click.option("--settle", "number", type=click.IntRange(1), help="Ghi đã giải quyết dòng thứ mấy của danh sách.")
@click.option("--return", "back", type=click.IntRange(1), help="Trả lại xã dòng thứ mấy của danh sách.")
@click.option("--remark", default="", help="Nhận xét, hoặc lý do trả lại.")
@click.option("--out", type=OFFICE_FILE, help="Ghi danh sách ra .xlsx.")
@json_option
def province_conflicts(
    file: Path, password_file: Path, login: str | None, commune: str, settled: bool, number: int | None,
    back: int | None, remark: str, out: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Dòng để riêng: giá trị xã gửi bên cạnh giá trị đang có, lý do, ngày."""
    from thidua_desktop.services.handoff import aside

    with opened(file, password_file, login) as session:
        found = aside.aside_items(session, commune, settled=settled)
        for place, act in ((number, aside.settle), (back, aside.return_line)):
            if place is not None:
                if place > len(found):
                    raise click.BadParameter(f"danh sách có {len(found)} dòng")
                act(session, found[place - 1], remark)
                found = aside.aside_items(session, commune, settled=settled)
        if out is not None:
            write_file(out, aside.aside_in_excel(session, found))
    if as_json:
        say_json([
            {"office": one.line.office, "register": one.line.register, "record": one.line.record_id,
             "title": one.title, "kind": one.line.state, "reason": one.line.reason, "package": one.line.number,
             "at": one.line.at.isoformat(), "standing": one.standing,
             "values": [[value.label, value.came, value.stands] for value in one.values]}
            for one in found
        ])  # fmt: skip
        return
    for place, one in enumerate(found, start=1):
        say(f"{place}. {one.office_name}, {one.register_title}, {one.title} ({one.kind}): {one.standing}")
        say(f"   {one.line.reason}")
        for value in one.values:
            say(f"   {value.label}: đến “{value.came}”, đang có “{value.stands}”")
    say(f"{len(found)} dòng")
