"""``thidua``: everything the desk does, without a window, for support, scripts and tests.

Exit status: 0 done, 1 refused with a coded reason on standard error (``TD-…: sentence``), 2 wrong use.
``--json`` prints one JSON document on standard output. Services are imported inside the commands: a help page should
not pay for the database.
"""

from __future__ import annotations

import traceback
from pathlib import Path

import click

from thidua_desktop import __version__
from thidua_desktop.cli.attach import attach
from thidua_desktop.cli.backup import backup
from thidua_desktop.cli.calendar import calendar
from thidua_desktop.cli.commune_changes import commune_changes
from thidua_desktop.cli.directive import directive
from thidua_desktop.cli.exchange import conflict, exchange
from thidua_desktop.cli.guide import guide
from thidua_desktop.cli.keys import keys
from thidua_desktop.cli.office import office
from thidua_desktop.cli.package import card, package
from thidua_desktop.cli.paper import paper
from thidua_desktop.cli.papers import papers
from thidua_desktop.cli.program import demo, doctor, forms, test_page, where
from thidua_desktop.cli.province import province
from thidua_desktop.cli.province_checks import (
    province_accept,
    province_check,
    province_remind,
    province_reopen,
    province_return,
)
from thidua_desktop.cli.province_conflicts import province_conflicts
from thidua_desktop.cli.province_matrix import province_compare
from thidua_desktop.cli.province_ranking import province_ranking
from thidua_desktop.cli.publish import province_publish
from thidua_desktop.cli.receipt import receipt
from thidua_desktop.cli.record import record
from thidua_desktop.cli.report import print_paper, report
from thidua_desktop.cli.report_editions import (
    report_carry,
    report_compare,
    report_duties,
    report_editions,
    report_return,
)
from thidua_desktop.cli.sign import list_signatures, sign
from thidua_desktop.cli.succession import succession
from thidua_desktop.cli.support import support
from thidua_desktop.cli.survey import survey
from thidua_desktop.cli.take_over import office_take_over
from thidua_desktop.cli.update import update
from thidua_desktop.cli.wrong_use import told
from thidua_desktop.errors import UserError

_FRAMES_TOLD = 5


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="thidua")
def cli() -> None:
    """Ghi sổ, in giấy tờ và gửi tỉnh phong trào toàn dân bảo vệ an ninh Tổ quốc."""


for command in (
    demo,
    office,
    backup,
    record,
    attach,
    succession,
    survey,
    calendar,
    report,
    print_paper,
    paper,
    guide,
    papers,
    sign,
    list_signatures,
    card,
    keys,
    package,
    receipt,
    exchange,
    conflict,
    directive,
    province,
    forms,
    test_page,
    doctor,
    where,
    update,
    support,
):
    cli.add_command(command)
office.add_command(office_take_over)
for of_reports in (report_editions, report_return, report_compare, report_carry, report_duties):
    report.add_command(of_reports)
for of_province in (
    province_publish, province_check, province_accept, province_reopen, province_return, province_remind,
    province_ranking, province_compare, province_conflicts, commune_changes,
):  # fmt: skip
    province.add_command(of_province)


def run(arguments: list[str] | None = None) -> int:
    """Run the command line and give the exit status instead of leaving the process."""
    try:
        cli.main(args=arguments, prog_name="thidua", standalone_mode=False)
    except UserError as refused:
        click.echo(str(refused), err=True)
        return 1
    except click.exceptions.Abort:
        click.echo(str(UserError("TD-CLI-002")), err=True)
        return 1
    except click.ClickException as wrong_use:
        click.echo(told(wrong_use), err=True)
        return 2
    except OSError as fault:
        from thidua_desktop.services.files import environment_problem

        click.echo(str(environment_problem(fault)), err=True)
        return 1
    except Exception as fault:
        click.echo(str(UserError("TD-CLI-011", kind=type(fault).__name__, place=_place(fault))), err=True)
        return 1
    return 0


def _place(fault: BaseException) -> str:
    """Where a bug showed, innermost last. What the exception says is left out: it may name a person."""
    frames = traceback.extract_tb(fault.__traceback__)
    ours = [f"{Path(frame.filename).stem}:{frame.lineno}" for frame in frames if "thidua_desktop" in frame.filename]
    return " ".join(ours[-_FRAMES_TOLD:])
