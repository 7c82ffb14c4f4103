"""``thidua survey``: forms that a province asks once; taken in, listed, counted."""

from __future__ import annotations

from pathlib import Path

import click

from thidua_desktop.cli.opening import (
    EXISTING_FILE,
    OFFICE_FILE,
    json_option,
    office_options,
    opened,
    say,
    say_json,
    write_file,
)
from thidua_desktop.text import format_number


@click.group()
def survey() -> None:
    """Phiếu khảo sát đột xuất."""


@survey.command("add")
@click.argument("file", type=OFFICE_FILE)
@click.argument("form", type=EXISTING_FILE)
@office_options
def survey_add(file: Path, form: Path, password_file: Path, login: str | None) -> None:
    """Nhận phiếu FORM (.toml) vào tệp sổ FILE."""
    from thidua_desktop.services import surveys

    with opened(file, password_file, login) as session:
        spec = surveys.add_survey(session, form)
        say(f"Đã nhận phiếu {spec.name}: {spec.title}. Ghi trả lời: thidua record add {spec.name} …")


@survey.command("list")
@click.argument("file", type=OFFICE_FILE)
@office_options
@json_option
def survey_list(file: Path, password_file: Path, login: str | None, as_json: bool) -> None:
    """Các phiếu của tệp sổ, hạn và số câu trả lời."""
    from thidua_desktop.services import surveys

    with opened(file, password_file, login) as session:
        found = surveys.surveys(session)
    if as_json:
        say_json([{"name": one.name, "title": one.title, "deadline": one.deadline, "answers": one.answers}
                  for one in found])  # fmt: skip
        return
    for one in found:
        say(f"{one.name}\t{one.title}\t{one.due_text}\t{one.answers} phiếu")


@survey.command("results")
@click.argument("file", type=OFFICE_FILE)
@click.argument("name")
@office_options
@click.option("--out", type=OFFICE_FILE, help="Ghi ra .xlsx hoặc .pdf.")
@json_option
def survey_results(
    file: Path, name: str, password_file: Path, login: str | None, out: Path | None, as_json: bool
) -> None:  # fmt: skip
    """Kết quả của phiếu NAME: tổng, tỷ lệ, từng đơn vị."""
    from thidua_desktop.services import surveys

    with opened(file, password_file, login) as session:
        found = surveys.results(session, name)
        if out is not None and out.suffix.lower() == ".pdf":
            write_file(out, surveys.print_results(session, name).pdf)
        elif out is not None:
            surveys.export_results(session, name, out)
    if as_json:
        say_json(
            {
                "survey": found.name, "answered": sorted(found.answered), "missing": found.missing,
                "rows": [{"question": row.question, "answer": row.answer, "total": row.total, "share": row.share,
                          "by_office": dict(row.by_office)} for row in found.rows],
            }
        )  # fmt: skip
        return
    say(f"{found.title}: {found.answered_text}")
    for row in found.rows:
        share = f" ({row.share})" if row.share else ""
        asked = f"{row.question} {row.answer}".strip()
        say(f"{asked}: {format_number(row.total)} {row.unit}{share}")
