"""The province's conflicts: lines of communes that were not taken in, what came beside what stands, until settled;
beside them records that were taken in, of which a computed field comes out otherwise here.

Settling is a note of this office: the line stays out, and the commune goes on hearing that it was not taken in until
it sends the record anew. What a person returns goes to the commune with its next receipt.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import FieldSpec, RegisterSpec
from thidua_desktop.formdef.records import values_from_plain
from thidua_desktop.services import history
from thidua_desktop.services.communes import by_name
from thidua_desktop.services.handoff.aside_keeper import NO_RECORD
from thidua_desktop.services.handoff.recomputed import COMPUTED_STATE
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.services.spreadsheets import ScreenTable
from thidua_desktop.services.titles import title_with_links
from thidua_desktop.store.answers import KeptAnswer
from thidua_desktop.store.aside_lines import AsideLine
from thidua_desktop.store.queries import PlainRecord
from thidua_desktop.sync.merge_plan import Outcome
from thidua_desktop.sync.receipt import LONGEST_REASON, RecordState
from thidua_desktop.text import format_date

CAME_DELETED, NOT_HERE, EMPTY, DELETED_HERE = "Xóa bản ghi", "Chưa có bản ghi", "(để trống)", "Đã xóa"
WHOLE = "Cả bản ghi"
_STATES = {str(Outcome.CONFLICT): "Xung đột", str(Outcome.SET_ASIDE): "Để riêng", COMPUTED_STATE: "Ô tính sẵn"}
HEADS = ("Đơn vị", "Sổ", "Bản ghi", "Loại", "Lý do", "Gói", "Ngày", "Xử lý")


@dataclass(frozen=True, slots=True)
class AsideValue:
    """One field that differs, as shown: ``came`` with the package, ``stands`` at the province."""

    label: str
    came: str
    stands: str


@dataclass(frozen=True, slots=True)
class AsideItem:
    """A line as people see it. ``is_here``: there is a record to open; ``cannot_return``: why not, "" when it can."""

    line: AsideLine
    office_name: str
    register_title: str
    title: str
    kind: str
    values: tuple[AsideValue, ...]
    returned: str
    is_here: bool
    cannot_return: str

    @property
    def standing(self) -> str:
        """What has been done about it, in words."""
        if self.line.settled_at is not None:
            day = format_date(self.line.settled_at.date())
            return f"{self.line.remark} ({self.line.settled_by}, {day})"
        return f"Đã trả lại: {self.returned}" if self.returned else "Chờ xử lý"

    @property
    def cells(self) -> tuple[str, ...]:
        """A row of a table, see ``HEADS``."""
        return (
            self.office_name, self.register_title, self.title, self.kind, self.line.reason, str(self.line.number),
            format_date(self.line.at.date()), self.standing,
        )  # fmt: skip


def aside_items(session: Session, office: str = "", *, settled: bool = False) -> list[AsideItem]:
    """The lines that wait, or were settled, the newest first; of one commune where given. Raises TD-STORE-220."""
    session.require(Permission.RECEIVE)
    lines = [
        one
        for one in session.file.aside_lines.all(settled)
        if office in ("", one.office) and _opens(session, one.register)
    ]
    here = _records_here(session, lines)
    names = dict(by_name(session))
    return [_item(session, one, here.get((one.register, one.record_id)), names) for one in lines]


def waiting_count(session: Session) -> int:
    """How many lines wait."""
    return sum(_opens(session, register) for _, register, _ in session.file.aside_lines.waiting())


def waiting_of(session: Session, office: str, number: int) -> int:
    """How many lines of one package wait."""
    return sum(
        (sender, package) == (office, number) and _opens(session, register)
        for sender, register, package in session.file.aside_lines.waiting()
    )


def settle(session: Session, item: AsideItem, remark: str) -> None:
    """Mark a line as settled, with a remark that stays with who and when.

    Raises TD-SYNC-151 without a remark, TD-SYNC-152 when it does not wait any more, TD-STORE-220.
    """
    session.require(Permission.RECEIVE)
    said = " ".join(remark.split())
    if not said or len(said) > LONGEST_REASON:
        raise UserError("TD-SYNC-151", most=LONGEST_REASON)
    session.file.aside_lines.settle(_waiting(session, item), session.user.name, session.now(), said)
    session.announce(Changes(frozenset()))


def return_line(session: Session, item: AsideItem, reason: str) -> None:
    """Send the record of a line back to its commune; it hears it with its next receipt, and the line goes on waiting.

    Raises TD-SYNC-081 without a reason, TD-SYNC-152 when it does not wait any more, TD-SYNC-153, TD-STORE-220.
    """
    session.require(Permission.RECEIVE)
    said = " ".join(reason.split())
    if not said or len(said) > LONGEST_REASON:
        raise UserError("TD-SYNC-081", most=LONGEST_REASON)
    line = _waiting(session, item)
    here = _records_here(session, [line]).get((line.register, line.record_id))
    why = _why_no_return(session, line, here)
    if why:
        raise UserError("TD-SYNC-153", detail=why)
    session.file.answers.put(
        KeptAnswer(
            register=line.register, record_id=line.record_id, office=line.office,
            revision=max(line.revision, here.revision if here is not None else 0), state=RecordState.RETURNED,
            reason=said, at=session.now(), actor=session.user.name,
        )
    )  # fmt: skip
    session.announce(Changes(frozenset({line.register}), (line.record_id,)))


def table_of(items: Sequence[AsideItem]) -> list[ScreenTable]:
    """The lines, and beside them each field with both values, as sheets of Excel."""
    fields = [
        (item.office_name, item.register_title, item.title, value.label, value.came, value.stands)
        for item in items
        for value in item.values
    ]
    heads = ("Đơn vị", "Sổ", "Bản ghi", "Ô", "Giá trị đến", "Đang có")
    return [ScreenTable("Dòng để riêng", HEADS, [item.cells for item in items]),
            ScreenTable("Giá trị", heads, fields)]  # fmt: skip


def aside_in_excel(session: Session, items: Sequence[AsideItem]) -> bytes:
    """The same as an .xlsx file; TD-STORE-220."""
    from thidua_desktop.services.spreadsheets import excel_of_tables

    session.require(Permission.RECEIVE)
    return excel_of_tables("Dòng để riêng", table_of(items))


def _opens(session: Session, register: str) -> bool:
    return register not in session.definitions.registers or session.opens(register)


def _waiting(session: Session, item: AsideItem) -> AsideLine:
    line = session.file.aside_lines.get(item.line.office, item.line.register, item.line.record_id)
    if line is None or line.settled_at is not None or not line.says_the_same(item.line):
        raise UserError("TD-SYNC-152", title=item.title)
    return line


def _records_here(session: Session, lines: Sequence[AsideLine]) -> dict[tuple[str, str], PlainRecord]:
    wanted: dict[str, list[str]] = {}
    for line in lines:
        if line.register in session.definitions.registers:
            wanted.setdefault(line.register, []).append(line.record_id)
    return {
        (register, record.id): record
        for register, ids in wanted.items()
        for record in session.file.records.plain_window(register, ids)
    }


def _item(session: Session, line: AsideLine, here: PlainRecord | None, names: Mapping[str, str]) -> AsideItem:
    spec = session.definitions.registers.get(line.register)
    answer = session.file.answers.get(line.register, line.record_id)
    returned = answer is not None and (answer.office, answer.state) == (line.office, RecordState.RETURNED)
    return AsideItem(
        line,
        names.get(line.office, line.office),
        spec.title if spec is not None else line.register,
        _title(session, spec, line, here),
        _STATES.get(line.state, line.state),
        tuple(_values(session, spec, line, here)) if spec is not None else (),
        answer.reason if answer is not None and returned else "",
        here is not None and not here.deleted,
        _why_no_return(session, line, here),
    )


def _why_no_return(session: Session, line: AsideLine, here: PlainRecord | None) -> str:
    if line.record_id.startswith(NO_RECORD) or line.register not in session.definitions.registers:
        return "dòng này không đọc được thành một bản ghi của sổ nào ở tỉnh"
    if here is not None and here.office != line.office:
        return "bản ghi là của đơn vị khác"
    return ""


def _title(session: Session, spec: RegisterSpec | None, line: AsideLine, here: PlainRecord | None) -> str:
    plain = here.plain if here is not None else line.came or {}
    if spec is None:
        return line.record_id
    try:
        return title_with_links(session, spec, values_from_plain(spec, plain)) or spec.singular
    except (ValueError, TypeError, AttributeError):  # what came does not have the shape of the register's values
        return spec.singular


def _values(session: Session, spec: RegisterSpec, line: AsideLine, here: PlainRecord | None) -> Iterator[AsideValue]:
    """What differs; a deletion and a record that is not here are told as a whole first."""
    if line.came is None or (here is not None and here.deleted):
        whole = CAME_DELETED if line.came is None else "Bản ghi còn"
        yield AsideValue(WHOLE, whole, NOT_HERE if here is None else DELETED_HERE if here.deleted else "Bản ghi còn")
    if line.came is None:
        return
    stands: Mapping[str, Any] = here.plain if here is not None else {}
    for field in spec.fields:
        came, there = line.came.get(field.name), stands.get(field.name)
        if field.name in line.came and came != there:
            nothing = NOT_HERE if here is None else EMPTY
            yield AsideValue(field.label, _shown(session, field, came) or EMPTY,
                             _shown(session, field, there) or nothing)  # fmt: skip


def _shown(session: Session, field: FieldSpec, plain: Any) -> str:
    """A value for the eye, also one that does not have the shape of its field."""
    try:
        return history.shown_value(session, field, plain)
    except (TypeError, AttributeError, KeyError):
        return str(plain)
