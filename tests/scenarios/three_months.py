"""Twelve communes and their province over three months, everything between them by stick, and bad luck with sticks.

The luck is dealt from a shuffled deck, so that every misfortune happens in every run; with the same seed the same to
the same communes. What the province refuses must change not one byte of its file.
"""

from __future__ import annotations

import hashlib
import random
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest

from tests.reporting_periods import parse_period
from tests.unit.services.handoff.contents import reports_of, travelling_of
from tests.unit.services.handoff.two_offices import REPORT, introduce, make_office, reopened, save
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import Value
from thidua_desktop.services import records, units
from thidua_desktop.services.handoff import answers, cards, directives, incoming, orders, outgoing, receipts
from thidua_desktop.services.handoff.acknowledged import acknowledged
from thidua_desktop.services.handoff.directives import DirectiveWish
from thidua_desktop.services.report_periods import DUE_DAYS
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.session import VIETNAM_TIME, Session
from thidua_desktop.store.queries import ListQuery
from thidua_desktop.sync.members import Member
from thidua_desktop.sync.pack import write_package
from thidua_desktop.sync.strict_tar import padding

COMMUNES = 12
MONTHS = tuple(parse_period(f"2026-{month}") for month in (10, 11, 12))
MOMENTS = tuple(datetime(2026, month, 20, 8, 30, tzinfo=VIETNAM_TIME) for month in (10, 11, 12))
ENROLMENT = datetime(2026, 9, 14, 8, 0, tzinfo=VIETNAM_TIME)
ACTIVITY = "movement_activity"
WORK = (
    ACTIVITY, ACTIVITY, ACTIVITY, "resident_meeting", "mediation_case", "tip", "legal_propaganda", "household",
)  # fmt: skip
"""Of each one or two in a month."""
UP = (
    "arrives", "arrives", "lost", "lost", "pulled", "repeated", "misnamed", "misaddressed", "flipped", "header edited",
    "another's payload", "newer first",
)  # fmt: skip
"""What becomes of a commune's stick in a month; one for each commune."""
DOWN = (
    "arrives", "arrives", "arrives", "lost", "lost", "late", "late", "repeated", "repeated", "another's", "pulled",
    "flipped",
)  # fmt: skip
"""What becomes of the stick with receipt and directive on its way back."""
ORDERS = ("shuffled", "reversed")
"""In which a second desk takes in what the first one did."""

TOLD: Mapping[str, str] = {
    "bản ghi được ghi": "recorded",
    "lần sửa bản ghi": "changed",
    "bản ghi bị xóa": "deleted",
    "báo cáo được chốt": "reports closed",
    "báo cáo đã gửi rồi phải mở ra chốt lại": "reports closed again",
    "gói xã làm": "packages made",
    "gói tỉnh nhập": "packages taken in",
    "gói bù cho gói mất trước nó": "packages that covered a gap",
    "gói không đến nơi": "stick up: lost",
    "gói bị cắt (từ chối 002)": "refused TD-SYNC-002",
    "gói đảo một bit, gói mang ruột của gói khác (003)": "refused TD-SYNC-003",
    "gói bị sửa phần đầu (007)": "refused TD-SYNC-007",
    "gói gửi nhầm tỉnh (008)": "refused TD-SYNC-008",
    "gói nhập hai lần (009)": "refused TD-SYNC-009",
    "gói cũ đến sau gói mới (011)": "refused TD-SYNC-011",
    "gói mang tên tệp của xã khác, vẫn nhập đúng xã": "stick up: misnamed",
    "biên nhận xã nhập": "receipts taken in",
    "chỉ đạo xã áp dụng": "directives taken in",
    "chỉ đạo đến muộn vẫn áp dụng": "late directives taken in",
    "bản ghi tỉnh trả lại, xã sửa xong": "records mended",
}
"""Rows of docs/reliability.md and what is counted for them."""


@dataclass(slots=True)
class Commune:
    """An office, its area and team, what it has recorded, and its late receipt that still lies in a drawer."""

    session: Session
    stick: Path
    area: str
    team: str
    recorded: list[tuple[str, str]] = field(default_factory=list)
    drawer: list[Path] = field(default_factory=list)

    @property
    def code(self) -> str:
        """Its office code."""
        return self.session.file.identity.code


@dataclass(slots=True)
class World:
    """Everybody. ``counted`` says how often what happened; ``taken`` are the packages that were taken in, in order."""

    folder: Path
    province: Session
    elsewhere: Session
    communes: list[Commune]
    dice: random.Random
    counted: Counter[str] = field(default_factory=Counter)
    taken: list[bytes] = field(default_factory=list)

    def count(self, what: str) -> None:
        """One more of it."""
        self.counted[what] += 1

    def neighbour(self, commune: Commune) -> Commune:
        """The commune that comes after it."""
        return self.communes[(self.communes.index(commune) + 1) % len(self.communes)]


@contextmanager
def world(folder: Path, seed: int) -> Iterator[World]:
    """All offices open and introduced; closed at the end."""
    province = make_office(folder / "tinh.thidua", "66", province=True, now=ENROLMENT)
    elsewhere = make_office(folder / "tinh-khac.thidua", "79", province=True, now=ENROLMENT)
    made = World(folder, province, elsewhere, [], random.Random(seed))
    for unit in units.communes("66")[:COMMUNES]:
        session = make_office(folder / f"{unit.code}.thidua", unit.code, now=ENROLMENT)
        introduce(session, province)
        stick = folder / f"usb-{unit.code}"
        stick.mkdir()
        area = next(iter(session.file.records.every(ListQuery("residential_area")))).id
        team: dict[str, Value] = {"residential_area": area, "name": "Tổ hòa giải", "recognised_on": date(2025, 7, 18)}
        made.communes.append(Commune(session, stick, area, save(session, "mediation_team", team)))
    try:
        yield made
    finally:
        for session in (made.province, elsewhere, *(commune.session for commune in made.communes)):
            session.close()


def on_disk(session: Session) -> str:
    """Digest of the file and of what is written beside it."""
    path = session.file.path
    parts = [one.read_bytes() for one in (path, path.with_name(path.name + "-wal")) if one.exists()]
    return hashlib.sha256(b"|".join(parts)).hexdigest()


# --- a month's work ---------------------------------------------------------------------------------------------


def work(made: World, commune: Commune, month: int) -> None:
    """Activities, meetings, cases, tips and law lessons of the month; some of what stands is changed or deleted."""
    dice, period = made.dice, MONTHS[month]
    days = (period.end - period.start).days
    for register in WORK:
        for _ in range(dice.randint(1, 2)):
            day = period.start + timedelta(days=dice.randint(0, days))
            record = save(commune.session, register, _values(commune, dice, register, day))
            if register != "household":
                commune.recorded.append((register, record))
            made.count("recorded")
    for _ in range(dice.randint(1, 3)):
        change(made, commune, dice.choice(commune.recorded))
    if len(commune.recorded) > 12:
        register, record = commune.recorded.pop(dice.randrange(len(commune.recorded)))
        records.delete(commune.session, register, record, reason="ghi hai lần")
        made.count("deleted")


def change(made: World, commune: Commune, which: tuple[str, str]) -> None:
    """Something of a record is put right."""
    register, record = which
    kept = commune.session.file.records.get(register, record)
    assert kept is not None
    save(commune.session, register, {**kept.values, "note": f"Sửa lần {kept.revision}"}, record)
    made.count("changed")


def _values(commune: Commune, dice: random.Random, register: str, day: date) -> dict[str, Value]:
    area: dict[str, Value] = {"residential_area": commune.area}
    people, kind = dice.randint(20, 90), dice.choice(("propaganda", "patrol"))
    value = dice.choice(("valuable", "not_valuable"))
    made: dict[str, dict[str, Value]] = {
        ACTIVITY: {"held_on": day, "kind": kind, "title": "Ra quân tuần tra", "attendance_total": people},
        "resident_meeting": {
            "held_on": day, "kind": "regular", "households_total": 90, "households_present": people, "status": "signed",
        },
        "mediation_case": {
            "received_on": day, "team": commune.team, "subject": "Lối đi chung", "scope": "civil", "outcome": "success",
            "ended_on": day,
        },
        "tip": {"received_on": day, "way": "zalo", "content": "Nghi bán pháo", "value": value, "topics": ("drugs",)},
        "legal_propaganda": {
            "held_on": day, "form": "conference", "title": "Phòng cháy, chữa cháy", "laws": "Luật năm 2024",
            "listeners": people,
        },
        "household": {"number": dice.randint(1, 10_000), "representative": "Trần Thị Bích Liên"},
    }  # fmt: skip
    return {**area, **made[register]}


def close_month(made: World, commune: Commune, month: int) -> None:
    """The report is closed; three communes open the first month again that the province has already received."""
    close(commune, month)
    made.count("reports closed")
    if month == 1 and acknowledged(commune.session) and made.counted["reports closed again"] < 3:
        reports.reopen(commune.session, REPORT, MONTHS[0])
        late = _values(commune, made.dice, ACTIVITY, MONTHS[0].end)
        commune.recorded.append((ACTIVITY, save(commune.session, ACTIVITY, late)))
        close(commune, 0)
        made.count("reports closed again")


def close(commune: Commune, month: int) -> None:
    """With a reason for every figure that looks odd."""
    for figure in reports.build(commune.session, REPORT, MONTHS[month]).unanswered:
        reports.keep_odd(commune.session, MONTHS[month], figure.indicator, "Cao điểm cuối năm")
    reports.close(commune.session, REPORT, MONTHS[month])


# --- up ---------------------------------------------------------------------------------------------------------


def send(made: World, commune: Commune, fate: str) -> None:
    """The commune's package of the month, and what its stick meets on the way."""
    made.count(f"stick up: {fate}")
    if fate == "newer first":
        older = make(made, commune)
        change(made, commune, made.dice.choice(commune.recorded))
        take(made, make(made, commune))
        refused(made, older, "TD-SYNC-011")
        return
    path = make(made, commune)
    data = path.read_bytes()
    match fate:
        case "arrives":
            take(made, path)
        case "repeated":
            take(made, path)
            refused(made, path, "TD-SYNC-009")
        case "pulled":
            path.write_bytes(data[: (data.index(b"age-encryption.org/v1") + len(data)) // 2])
            refused(made, path, "TD-SYNC-002")
        case "misnamed":
            other = path.with_name(path.name.replace(commune.code, made.neighbour(commune).code))
            take(made, path.rename(other))
        case "misaddressed":
            path.write_bytes(for_elsewhere(made, commune, path))
            refused(made, path, "TD-SYNC-008")
        case "flipped":
            path.write_bytes(flipped(data, len(data) - 1600))
            refused(made, path, "TD-SYNC-003")
        case "header edited":
            path.write_bytes(flipped(data, data.index(b'"name":"') + 9))
            refused(made, path, "TD-SYNC-007")
        case "another's payload":
            path.write_bytes(with_payload_of(data, make(made, made.neighbour(commune)).read_bytes()))
            refused(made, path, "TD-SYNC-003")


def make(made: World, commune: Commune) -> Path:
    """The next package, on a stick of its own."""
    made.count("packages made")
    folder = commune.stick / f"{made.counted['packages made']}"
    folder.mkdir()
    return outgoing.make_package(commune.session, folder).path


def take(made: World, path: Path) -> None:
    """The province takes it in; the plan told what then happened."""
    data = path.read_bytes()
    plan = incoming.plan_receive(made.province, path)
    received = incoming.receive(made.province, plan)
    assert received.new + received.changed + received.deleted == plan.changes
    assert (received.set_aside, received.conflicts) == (0, 0)
    made.taken.append(data)
    made.count("packages taken in")
    made.counted["packages that covered a gap"] += bool(plan.gap)


def refused(made: World, path: Path, code: str) -> None:
    """It is refused with its code, and the province's file stays as it is, to the byte."""
    before = on_disk(made.province)
    with pytest.raises(UserError) as fault:
        incoming.receive(made.province, incoming.plan_receive(made.province, path))
    assert (fault.value.code, bool(fault.value.sentence)) == (code, True), path.name
    assert on_disk(made.province) == before
    made.count(f"refused {code}")


def flipped(data: bytes, place: int) -> bytes:
    """One bit turned."""
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def with_payload_of(data: bytes, other: bytes) -> bytes:
    """Header and signature of one package, from the payload on the bytes of another, brought to the same length."""
    start, theirs = (one.index(b"age-encryption.org/v1") for one in (data, other))
    size = int(data[start - 388 : start - 377], 8)
    payload = other[theirs : theirs + size].ljust(size, b"\0")
    return data[:start] + payload + padding(size) + bytes(1024)


def for_elsewhere(made: World, commune: Commune, path: Path) -> bytes:
    """The same package, encrypted to another province by mistake."""
    with incoming.verified(made.province, path) as package:
        members = [Member(entry.name, (package.member(entry.name),)) for entry in package.entries]
        facts = package.header.facts
    out, keys = BytesIO(), cards.office_keys(commune.session)
    write_package(out, facts, members, keys, [cards.own_card(made.elsewhere).age_recipient])
    return out.getvalue()


# --- down -------------------------------------------------------------------------------------------------------


def answer(made: World, month: int, fates: Sequence[str]) -> None:
    """Receipts for all whose packages came, and the month's directive, each commune's by its own stick."""
    wish = DirectiveWish(f"Chỉ đạo tháng {month + 10}", settings={DUE_DAYS: month + 2})
    folder = made.folder / f"directive-{month}"
    folder.mkdir()
    directive = directives.make_directive(made.province, wish, folder).path
    sticks = {commune.code: receipt_for(made, commune, month) for commune in made.communes}
    for commune, fate in zip(made.communes, fates, strict=True):
        made.count(f"stick down: {fate}")
        receipt = sticks[commune.code]
        if fate == "another's":
            theirs = sticks[made.neighbour(commune).code]
            if theirs is not None:
                refused_below(made, commune, theirs, "TD-SYNC-008")
        elif fate == "late":
            commune.drawer += [one for one in (receipt, directive) if one is not None]
        elif fate != "lost":
            hand_down(made, commune, receipt, directive, fate)


def receipt_for(made: World, commune: Commune, month: int) -> Path | None:
    """The receipt, or None while nothing of the commune has come."""
    folder = made.folder / f"receipt-{commune.code}-{month}"
    folder.mkdir()
    try:
        return answers.make_receipt(made.province, commune.code, folder).path
    except UserError as nothing:
        assert nothing.code == "TD-SYNC-082"
        return None


def hand_down(made: World, commune: Commune, receipt: Path | None, directive: Path, fate: str) -> None:
    """The stick reaches the commune, whole, cut, or with a bit turned; afterwards what lay in the drawer turns up."""
    for path, code in ((receipt, "receipt"), (directive, "directive")):
        if path is None:
            continue
        data, copy = path.read_bytes(), commune.stick / f"{code}-{path.name}"
        if fate in ("pulled", "flipped"):
            copy.write_bytes(data[: len(data) * 2 // 3] if fate == "pulled" else flipped(data, len(data) - 1600))
            refused_below(made, commune, copy, "TD-SYNC-002" if fate == "pulled" else "TD-SYNC-003")
            continue
        shutil.copyfile(path, copy)
        take_below(made, commune, copy)
        if fate == "repeated":
            refused_below(made, commune, copy, "TD-SYNC-009")
    if fate in ("arrives", "repeated"):
        from_the_drawer(made, commune)


def from_the_drawer(made: World, commune: Commune) -> None:
    """Late sticks: a receipt is old once a newer one is here; a directive is applied all the same."""
    newest = receipts.last_receipt(commune.session)
    for path in commune.drawer:
        claimed = incoming.inspect(path)
        if claimed.kind == "receipt" and newest is not None and claimed.number < newest.number:
            refused_below(made, commune, path, "TD-SYNC-011")
        else:
            take_below(made, commune, path)
            made.count(f"late {claimed.kind}s taken in")
    commune.drawer.clear()


def take_below(made: World, commune: Commune, path: Path) -> None:
    """The commune takes a receipt or a directive in."""
    kind = incoming.inspect(path).kind
    if kind == "receipt":
        receipts.take_receipt(commune.session, receipts.look_at_receipt(commune.session, path))
    else:
        orders.take_directive(commune.session, orders.look_at_directive(commune.session, path))
    made.count(f"{kind}s taken in")


def refused_below(made: World, commune: Commune, path: Path, code: str) -> None:
    """The commune refuses it with its code, and its file stays as it is, to the byte."""
    before = on_disk(commune.session)
    with pytest.raises(UserError) as fault:
        take_below(made, commune, path)
    assert (fault.value.code, bool(fault.value.sentence)) == (code, True), path.name
    assert on_disk(commune.session) == before
    made.count(f"refused {code} at a commune")


# --- three months -----------------------------------------------------------------------------------------------


def three_months(made: World) -> None:
    """Work, close, send, answer, three times; a record is returned on the way and mended."""
    for month, moment in enumerate(MOMENTS):
        made.province = reopened(made.province, moment)
        for commune in made.communes:
            commune.session = reopened(commune.session, moment)
            work(made, commune, month)
            close_month(made, commune, month)
        for commune, fate in zip(made.communes, _dealt(made, UP), strict=True):
            send(made, commune, fate)
        if month == 1:
            return_one(made)
        answer(made, month, _dealt(made, DOWN))
        mend_returned(made)


def _dealt(made: World, deck: Sequence[str]) -> list[str]:
    return made.dice.sample(deck, len(deck))


def return_one(made: World) -> None:
    """The province sends an activity back, of the first commune whose activities are there."""
    for commune in made.communes:
        for register, record in commune.recorded:
            if register == ACTIVITY and made.province.file.records.get(register, record) is not None:
                answers.return_record(made.province, register, record, "Số người dự chưa khớp", "attendance_total")
                made.count("records returned")
                return


def mend_returned(made: World) -> None:
    """Whoever finds a returned record mends it."""
    for commune in made.communes:
        for back in receipts.returned_records(commune.session):
            kept = commune.session.file.records.get(back.register, back.record_id)
            assert kept is not None and back.reason == "Số người dự chưa khớp"
            values = {**kept.values, back.field: 19}
            save(commune.session, back.register, values, back.record_id)
            made.count("records mended")


def last_round(made: World) -> None:
    """Two rounds in which every stick arrives, and all that lay in drawers: what was lost before comes with them."""
    for lap in range(2):
        for commune in made.communes:
            take(made, make(made, commune))
            path = receipt_for(made, commune, len(MONTHS) + lap)
            assert path is not None
            take_below(made, commune, path)
            from_the_drawer(made, commune)
        mend_returned(made)


def twin_of(made: World, name: str) -> Session:
    """Another desk of the province with the same keys and cards, that has taken in nothing yet."""
    twin = make_office(made.folder / f"tinh-{name}.thidua", "66", province=True, now=MOMENTS[-1])
    twin.file.office_keys = made.province.file.office_keys
    for commune in made.communes:
        card = cards.own_card(commune.session)
        cards.accept_card(twin, card, card.fingerprint)
    return twin


def take_in_another_order(made: World, twin: Session, order: str) -> Counter[str]:
    """Everything that the province took in, each once or twice, shuffled or the newest first; what each came to."""
    pile = [data for data in made.taken for _ in range(made.dice.randint(1, 2))]
    made.dice.shuffle(pile) if order == "shuffled" else pile.reverse()
    outcomes: Counter[str] = Counter()
    path = made.folder / "pile.tdp"
    for data in pile:
        path.write_bytes(data)
        before = on_disk(twin)
        try:
            incoming.receive(twin, incoming.plan_receive(twin, path))
            outcomes["taken in"] += 1
        except UserError as fault:
            outcomes[fault.code] += 1
            assert on_disk(twin) == before
    made.counted += Counter({f"{order}: {what}": count for what, count in outcomes.items()})
    return outcomes


def digest_of_communes(made: World, session: Session) -> str:
    """One digest over every record and closed report of all communes at a desk of the province."""
    facts = [sorted(travelling_of(session, commune.code).items()) for commune in made.communes]
    return hashlib.sha256(repr((facts, reports_of(session))).encode()).hexdigest()
