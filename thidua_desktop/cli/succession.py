"""``thidua succession``: areas and groups renamed, merged, split; looked at with ``--dry-run`` first."""

from __future__ import annotations

from pathlib import Path

import click

from thidua_desktop.cli.opening import OFFICE_FILE, json_option, office_options, opened, say, say_json
from thidua_desktop.errors import UserError


@click.command()
@click.argument("kind", type=click.Choice(["rename", "merge", "split"]))
@click.argument("file", type=OFFICE_FILE)
@office_options
@click.option("--level", type=click.Choice(["residential_area", "self_managed_group"]), default="residential_area",
              show_default=True, help="Khu dân cư hay tổ tự quản.")  # fmt: skip
@click.option(
    "--old", "olds", multiple=True, required=True, help="Tên (không cần dấu) hoặc mã đơn vị cũ; lặp lại được."
)
@click.option("--new", "news", multiple=True, required=True, metavar="TÊN[;SỐ HỘ]", help="Đơn vị mới; lặp lại được.")
@click.option("--day", "day_text", required=True, help="Ngày hiệu lực.")
@click.option("--decision", required=True, help="Số văn bản quyết định.")
@click.option("--dry-run", is_flag=True, help="Chỉ xem sẽ thay đổi thế nào.")
@json_option
def succession(
    kind: str, file: Path, password_file: Path, login: str | None, level: str, olds: tuple[str, ...],
    news: tuple[str, ...], day_text: str, decision: str, dry_run: bool, as_json: bool,
) -> None:  # fmt: skip
    """Đổi tên, sáp nhập, chia tách khu dân cư hoặc tổ tự quản trong một lần, một lần hoàn tác."""
    from thidua_desktop.services import links
    from thidua_desktop.services import succession as services
    from thidua_desktop.text import parse_date

    with opened(file, password_file, login) as session:
        day = parse_date(day_text, session.today)
        if day is None:
            raise UserError("TD-CLI-008", text=day_text, reason="không phải ngày")
        sources = []
        for old in olds:
            found = links.matching(session, level, old, on=day)
            if len(found) != 1:
                raise UserError("TD-CLI-008", text=old, reason=f"có {len(found)} đơn vị mang tên này")
            sources.append(found[0].id)
        targets = tuple(services.typed_unit(text) for text in news)
        asked = services.Succession(
            kind=kind, level=level, effective_on=day, sources=tuple(sources), targets=targets, decision=decision
        )
        plan = services.plan(session, asked)
        if not dry_run:
            services.apply(session, asked)
    if as_json:
        say_json({"summary": plan.summary, "moved": plan.moved, "waiting": plan.waiting, "applied": not dry_run,
                  "problems": [problem.code for problem in plan.problems]})  # fmt: skip
        return
    for step in plan.steps:
        say(step)
    for problem in plan.problems:
        say(f"{problem.code}: {problem.text}")
    say("Chưa thay đổi gì." if dry_run else f"Đã áp dụng: {plan.summary}.")
