"""``thidua demo``: two made-up offices, their reports, their packages, and keys for trying public tools on them.

Everything goes through the same services as a person's work: office, cards, records, reports, packages, merge.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from pathlib import Path

from thidua_desktop.domain.periods import Period, PeriodKind, period_of, previous
from thidua_desktop.domain.signing_capacity import Capacity
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import Definitions, RegisterSpec
from thidua_desktop.paths import is_there
from thidua_desktop.services import offices, records, recovery, signers, surveys
from thidua_desktop.services.demo import cross_cutting
from thidua_desktop.services.demo.calendar import DemoCalendar
from thidua_desktop.services.demo.commune import commune_records
from thidua_desktop.services.demo.people import demo_facts
from thidua_desktop.services.demo.world import Made
from thidua_desktop.services.handoff import cards, incoming, outgoing
from thidua_desktop.services.offices import NewOffice
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.reports.paper import print_report
from thidua_desktop.services.session import VIETNAM_TIME, Clock, Session
from thidua_desktop.services.units import Unit
from thidua_desktop.text import upper_first

Progress = Callable[[str], None]

MONTHLY = "movement_result"
USUAL_DAY = date(2026, 11, 16)
"""The made-up today of tests and pictures; the command takes the real one unless told."""

PASSWORD = "cau-vong-bay-mau"
_COMMUNE_USER = "Mai Thu Sương"
_PROVINCE_USER = "Tạ Đình Khoa"


@dataclass(frozen=True, slots=True)
class DemoOffice:
    """Where everything lies."""

    folder: Path
    commune: Path
    province: Path
    password_file: Path
    reports: tuple[Path, ...]
    packages: tuple[Path, ...]
    records: int


def build_demo(
    folder: Path,
    scale: int = 1,
    seed: int = 20261116,
    on_progress: Progress | None = None,
    today: date | None = None,
) -> DemoOffice:
    """Make the demo in ``folder``; raises TD-CLI-005 when it already holds one, TD-ENV-… for faults of the disk."""
    tell = on_progress or (lambda _text: None)
    calendar = DemoCalendar(today or Clock().today())
    commune_path, province_path = folder / "commune.thidua", folder / "province.thidua"
    if is_there(commune_path) or is_there(province_path):
        raise UserError("TD-CLI-005", path=folder)
    for name in ("reports", "packages", "keys"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    password_file = folder / "password.txt"
    password_file.write_text(f"{PASSWORD}\n", encoding="utf-8")
    tell("Lập hai đơn vị mẫu")
    commune = _office(commune_path, calendar, province=False)
    province = _office(province_path, calendar, province=True)
    try:
        _name_signers(commune)
        _introduce(commune, province)
        _write_keys(folder / "keys", commune, province)
        tell("Ghi một năm công việc")
        made = list(commune_records(seed, scale, calendar))
        packages = _work(commune, made, calendar, folder / "packages", tell)
        papers = _print_reports(commune, calendar, folder / "reports", tell)
        tell("Tỉnh nhận gói")
        surveys.add_form(province, cross_cutting.survey_form(province, calendar))
        for package in packages:
            incoming.receive(province, incoming.plan_receive(province, package))
    finally:
        commune.close()
        province.close()
    return DemoOffice(folder, commune_path, province_path, password_file, papers, tuple(packages), len(made))


def demo_clock(day: date = USUAL_DAY) -> Clock:
    """A clock that stands at 10:24 of the made-up today, or at this minute while 10:24 of a real today is to come.

    Records of a later hour would make the opened office say that the PC's clock is wrong.
    """
    usual = datetime.combine(day, time(10, 24), VIETNAM_TIME)
    now = Clock().now()
    return Clock(min(usual, now.replace(second=0, microsecond=0)) if now.date() == day else usual)


def _office(path: Path, calendar: DemoCalendar, province: bool) -> Session:
    facts = demo_facts()["office"]
    if province:
        code, name, kind, user = facts["province_code"], facts["province_name"], "tỉnh", _PROVINCE_USER
    else:
        code, name, kind, user = facts["commune_code"], facts["commune_name"], "xã", _COMMUNE_USER
    unit = Unit(code, upper_first(name), kind, facts["province_code"], upper_first(facts["province_name"]))
    new = NewOffice(unit_code=code, user_name=user, password=PASSWORD, province=province)
    session = offices.create_office(path, new, demo_clock(calendar.today), unit=unit).session
    recovery.sheet_kept(session)
    return session


def _introduce(commune: Session, province: Session) -> None:
    """Each accepts the other's card; the fingerprint is what a person would read from paper."""
    for here, there in ((commune, province), (province, commune)):
        card = cards.own_card(there)
        cards.accept_card(here, card, card.fingerprint)


def _name_signers(commune: Session) -> None:
    """Chair, vice-chair for the day-to-day papers, the police's two, the council's chair."""
    shown = (
        (signers.OFFICE, Capacity.HEAD, "CHỦ TỊCH", "Đặng Thị Ước", ""),
        (signers.OFFICE, Capacity.DEPUTY, "PHÓ CHỦ TỊCH", "Đỗ Văn Út", "Giấy mời; Thông báo; Công văn"),
        (signers.OFFICE, Capacity.ORDERED, "TRƯỞNG CÔNG AN XÃ", "Mai Hữu Kỷ", ""),
        (signers.POLICE, Capacity.HEAD, "TRƯỞNG CÔNG AN XÃ", "Mai Hữu Kỷ", ""),
        (signers.POLICE, Capacity.DEPUTY, "PHÓ TRƯỞNG CÔNG AN XÃ", "Lê Văn Út", ""),
        (signers.COUNCIL, Capacity.HEAD, "CHỦ TỊCH", "Đặng Thị Ước", ""),
    )
    made = [signers.typed(str(key), *one) for key, one in enumerate(shown, start=1)]
    signers.keep(commune, made)


def _write_keys(folder: Path, commune: Session, province: Session) -> None:
    """Public keys in minisign's form and age identities, so that public tools can open the made-up packages."""
    for name, session in (("commune", commune), ("province", province)):
        keys = cards.office_keys(session)
        (folder / f"{name}.pub").write_text(keys.verify_key.to_text(), encoding="utf-8", newline="\n")
        (folder / f"{name}.age").write_text(f"{keys.age_identity}\n", encoding="utf-8", newline="\n")


def _work(commune: Session, made: list[Made], calendar: DemoCalendar, folder: Path, tell: Progress) -> list[Path]:
    """Record a year: the first package goes after the month before last, the second when the last one is closed."""
    boundary = calendar.closed.start
    days = [(_day_of(commune, one), one) for one in made]
    _record(commune, [one for day, one in days if day < boundary])
    _close(commune, previous(calendar.closed))
    tell("Lập gói thứ nhất")
    first = outgoing.make_package(commune, folder)
    cross_cutting.attach_and_answer(commune, calendar)
    _record(commune, [one for day, one in days if boundary <= day <= calendar.closed.end])
    _close(commune, calendar.closed)
    tell("Lập gói thứ hai")
    second = outgoing.make_package(commune, folder, with_files=True)
    _record(commune, [one for day, one in days if day > calendar.closed.end])
    cross_cutting.split_an_area(commune, calendar)
    return [first.path, second.path]


def _day_of(session: Session, made: Made) -> date:
    """The day of an event; standing records come before all."""
    day = made.values.get(session.register(made.register).date_field)
    return day if isinstance(day, date) else date.min


def _record(session: Session, made: list[Made]) -> None:
    """Write in few transactions, one per run of records of one register, those that others link to first."""
    order = {name: place for place, name in enumerate(linked_first(session.definitions))}
    for register, run in groupby(sorted(made, key=lambda one: order[one.register]), key=lambda one: one.register):
        rows = [(one.id, records.completed(session, register, one.values, one.id)) for one in run]
        session.file.records.save_many(register, rows, actor=session.user.name, now=session.now(), reason="")


def linked_first(definitions: Definitions) -> list[str]:
    """The registers in an order in which links point to what is there; links to the own register do not count."""
    order: list[str] = []
    waiting = list(definitions.registers)
    while waiting:
        ready = [name for name in waiting if not (_targets(definitions.registers[name]) & set(waiting) - {name})]
        order += ready or waiting
        waiting = [name for name in waiting if name not in order]
    return order


def _targets(spec: RegisterSpec) -> set[str]:
    return {field.register for outer in spec.fields for field in (outer, *outer.fields) if field.register}


def _close(session: Session, period: Period) -> None:
    """Close a month; figures that look odd get the reason that a made-up year has."""
    for figure in reports.build(session, MONTHLY, period).unanswered:
        reports.keep_odd(session, period, figure.indicator, "Số mẫu, đã đối chiếu với sổ.")
    reports.close(session, MONTHLY, period)


def _print_reports(session: Session, calendar: DemoCalendar, folder: Path, tell: Progress) -> tuple[Path, ...]:
    paths = []
    for period in _printed_periods(calendar.closed):
        tell(f"In báo cáo {period.name}")
        paper = print_report(session, reports.build(session, MONTHLY, period))
        path = folder / f"{MONTHLY}-{period.code}.pdf"
        path.write_bytes(paper.pdf)
        paths.append(path)
    return tuple(paths)


def _printed_periods(month: Period) -> Iterator[Period]:
    """The month just closed, and the last quarter, half year and year that are over or running by its end."""
    yield month
    quarter, half = (period_of(month.end, kind, month.calendar) for kind in (PeriodKind.QUARTER, PeriodKind.HALF))
    yield quarter if quarter.end <= month.end else previous(quarter)
    yield half if half.end <= month.end else previous(half)
    yield period_of(month.end, PeriodKind.YEAR, month.calendar)
