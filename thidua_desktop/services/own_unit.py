"""What an office knows of its own unit by the province's directives: that it ends, begins, or has another name.

The office goes on under its code; its name and letterhead change only when a person says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.periods import Period, with_days
from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import RegisterSpec, Values
from thidua_desktop.services.change_words import told
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.store.commune_changes import CommuneChange, CommuneUnit, arrival_ids, correction
from thidua_desktop.store.queries import OfficeWindow
from thidua_desktop.text import format_date

if TYPE_CHECKING:
    from thidua_desktop.sync.directive import SentChange

ENDS, BEGINS, NAME, LEFT = "ends", "begins", "name", "left"
TAKEN = "take_over.taken"
"""Setting: code of an old unit -> a record that was taken over from it, and how many wait to be assigned."""
RENAMED = "office.renamed"
"""Setting: the new name that a person has put on papers; the office's other machines take it with it."""
SOON = 60
"""So many days before its last one an office is told every day."""


class OwnNews(NamedTuple):
    """Something that the office has to do or to know; ``what``: ENDS, BEGINS, NAME, or LEFT by a change that was taken
    back; ``days`` until it holds."""

    what: str
    title: str
    detail: str
    days: int


def window(session: Session) -> OfficeWindow:
    """The days on which this unit is there."""
    code = session.file.identity.code
    return session.file.commune_changes.windows().get(code, OfficeWindow(code))


def last_day(session: Session) -> date | None:
    """The last day of this unit; None for one that goes on."""
    return None if session.is_province else window(session).last


def concerning(session: Session) -> list[CommuneChange]:
    """The standing changes that name this unit, the latest day first."""
    code = session.file.identity.code
    standing = session.file.commune_changes.standing()
    return [one for one in standing if code in {unit.code for unit in (*one.before, *one.after)}]


def own_days(session: Session, period: Period) -> Period:
    """The period up to this unit's last day: its last report is about the days that it was there."""
    last = last_day(session)
    if last is None or not period.start <= last < period.end:
        return period
    return with_days(period, period.start, last)


def is_over(session: Session, period: Period) -> bool:
    """Whether the period begins after this unit's last day: nothing is reported of it any more."""
    last = last_day(session)
    return last is not None and period.start > last


def is_before(session: Session, period: Period) -> bool:
    """Whether the period ends before this unit's first day: the units that it took over from report it."""
    first = None if session.is_province else window(session).first
    return first is not None and period.end < first


def reports(session: Session, period: Period) -> bool:
    """Whether this unit is there on any day of the period."""
    return not (is_over(session, period) or is_before(session, period))


def news(session: Session) -> list[OwnNews]:
    """What the office has to know of itself now: its end, its beginning until it has taken over, its new name."""
    if session.is_province:
        return []
    found: list[OwnNews] = []
    code = session.file.identity.code
    for change in concerning(session):
        left = (change.effective_on - session.today).days
        after = ", ".join(one.name for one in change.after)
        if code in {one.code for one in change.ending} and left <= SOON:
            found.append(_ending(session, change, after, left))
        if takes_over(session, change) and left <= 0:
            found += _to_take_over(session, change, left)
    found += _left_over(session)
    name = offered_name(session)
    if name:
        own = session.file.identity.name
        found.append(OwnNews(NAME, f"Đơn vị mang tên mới: {name}", f"Giấy tờ và gói vẫn ghi {own}.", 0))
    return found


def _ending(session: Session, change: CommuneChange, after: str, left: int) -> OwnNews:
    ends = f"{session.file.identity.name} {'' if left > 0 else 'đã '}kết thúc ngày {format_date(change.last_day)}"
    words = "Chốt báo cáo kỳ cuối đến hết ngày đó, gửi gói cuối lên tỉnh, rồi bàn giao tệp sổ"
    if left <= 0:
        words = "Không ghi việc từ hôm sau trở đi ở đây; chốt báo cáo kỳ cuối, gửi gói cuối, bàn giao tệp sổ"
    return OwnNews(ENDS, ends, f"{told(change)}. {words} cho {after}.", left)


def _to_take_over(session: Session, change: CommuneChange, left: int) -> list[OwnNews]:
    names = ", ".join(one.name for one in change.ending if not is_taken_over(session, one.code))
    words = "Mở tệp sổ hoặc bản sao lưu của từng đơn vị cũ để nhận phần đang có"
    return [OwnNews(BEGINS, f"Nhận bàn giao từ {names}", f"{told(change)}. {words}.", left)] if names else []


def _left_over(session: Session) -> list[OwnNews]:
    """What was taken over by a change that was taken back since is still here, and counts on no day."""
    taken = session.file.settings.get(TAKEN, {})
    standing = {unit.code for one in concerning(session) if takes_over(session, one) for unit in one.ending}
    names = {unit.code: unit.name for one in session.file.commune_changes.all() for unit in one.ending}
    left = [names.get(code, code) for code, kept in taken.items() if code not in standing and _is_there(session, kept)]
    if not left:
        return []
    words = f"Phần đã nhận bàn giao từ {', '.join(left)} còn ở đây, không tính vào số liệu"
    return [OwnNews(LEFT, "Thay đổi đơn vị hành chính đã bỏ", f"{words}. Hỏi lại tỉnh trước khi ghi tiếp hay xóa.", 0)]


def _is_there(session: Session, kept: Mapping[str, Any]) -> bool:
    record = session.file.records.get(kept["register"], kept["id"]) if kept["id"] else None
    return record is not None and not record.deleted


def is_taken_over(session: Session, code: str) -> bool:
    """Whether everything that stands of an old unit is here; not so after it was undone, or while records wait."""
    kept = session.file.settings.get(TAKEN, {}).get(code)
    if kept is None or kept["waiting"]:
        return False
    if kept["id"] and code in predecessors(session) and not kept["id"].startswith(arrival_ids(comes_by(session, code))):
        return False
    return not kept["id"] or _is_there(session, kept)


def takes_over(session: Session, change: CommuneChange) -> bool:
    """Whether this unit takes over what stands of others by a change."""
    code = session.file.identity.code
    return code in {one.code for one in change.after} and any(one.code != code for one in change.ending)


def predecessors(session: Session) -> dict[str, CommuneChange]:
    """Code of an ended unit -> the change by which this one takes over of it, once its day has come."""
    return {
        unit.code: change
        for change in reversed(concerning(session))
        if takes_over(session, change) and change.effective_on <= session.today
        for unit in change.ending
    }


def comes_by(session: Session, code: str) -> str:
    """The id of the change by which records of an old unit come: of an earlier one that was corrected since, if by that
    one they came already, so that nothing comes twice. KeyError for a unit of which this one takes over nothing."""
    change, own = predecessors(session)[code], session.file.identity.code
    kept = session.file.settings.get(TAKEN, {}).get(code) or {"id": ""}
    undone = (one for one in session.file.commune_changes.all() if not one.stands)
    earlier = (
        one.id for one in undone if kept["id"].startswith(arrival_ids(one.id)) and correction(one, own, [change])
    )
    return next(earlier, change.id)


def come_by(session: Session) -> frozenset[str]:
    """The ids of the changes by which this unit took something over."""
    first = [kept["id"] for kept in session.file.settings.get(TAKEN, {}).values() if kept["id"]]
    changes = session.file.commune_changes.all()
    return frozenset(one.id for one in changes if any(kept.startswith(arrival_ids(one.id)) for kept in first))


def offered_name(session: Session) -> str:
    """The name that a change gives this unit and that its papers do not have yet; "" for none."""
    identity = session.file.identity
    for change in concerning(session):
        if change.effective_on <= session.today:
            name = next((unit.name for unit in change.after if unit.code == identity.code), "")
            return "" if name in ("", identity.name) else name
    return ""


def take_name(session: Session) -> str:
    """Put the new name on cards, packages and papers, where the old one stood; the name.

    Raises TD-SYNC-213 when no other name is offered, TD-STORE-220 without permission.
    """
    session.require(Permission.MANAGE)
    name = offered_name(session)
    if not name:
        raise UserError("TD-SYNC-213")
    before = session.file.identity
    session.file.change_identity(
        before._replace(
            name=name,
            header_issuer=_renamed(before.header_issuer, before.name, name),
            place=_renamed(before.place, _bare(before.name), _bare(name)),
        )
    )
    session.file.settings.put(RENAMED, name)
    session.announce(Changes(frozenset()))
    return name


def day_problems(session: Session, spec: RegisterSpec, values: Values) -> list[Problem]:
    """TD-DATA-559: an event on a day after this unit's last one, which counts nowhere."""
    last = last_day(session) if spec.date_field else None
    happened = values.get(spec.date_field) if last is not None else None
    if last is None or not isinstance(happened, date) or happened <= last:
        return []
    return [finding("TD-DATA-559", spec.date_field, Severity.WARNING, unit=session.file.identity.name,
                    last=format_date(last), day=format_date(last + timedelta(days=1)))]  # fmt: skip


# Directives


def received_change(session: Session, sent: SentChange, number: int) -> CommuneChange:
    """A change as a directive brings it."""
    before, after = (
        tuple(CommuneUnit(unit.code, unit.name, unit.begins) for unit in units) for units in (sent.before, sent.after)
    )
    return CommuneChange(
        id=sent.id, kind=str(sent.kind), effective_on=sent.on, before=before, after=after, decision=sent.decision,
        decided_on=sent.decided_on, decided_by=sent.decided_by, note=sent.note, stands=sent.stands, number=number,
        at=datetime.fromisoformat(sent.at), actor=session.user.name,
    )  # fmt: skip


def change_line(session: Session, sent: SentChange) -> str:
    """What a change in a directive means for this office, in a line."""
    change = received_change(session, sent, 0)
    code = session.file.identity.code
    if not sent.stands:
        return f"Bỏ thay đổi đơn vị hành chính đã gửi trước: {told(change)}"
    if code in {one.code for one in change.ending}:
        return f"{told(change)}. Đơn vị này kết thúc ngày {format_date(change.last_day)}"
    if takes_over(session, change):
        return f"{told(change)}. Đơn vị này nhận bàn giao"
    own = next((unit.name for unit in change.after if unit.code == code), "")
    if own and own != session.file.identity.name:
        return f"{told(change)}. Đơn vị này mang tên mới; đổi trên giấy tờ ở trang Quản trị"
    return told(change)


def learn(session: Session, sent: Iterable[SentChange]) -> None:
    """Let the list of units of this machine know communes that begin, for the next office that is made here."""
    from thidua_desktop.services import units

    province = session.file.identity.province_code
    units.learn({unit.code: unit.name for one in sent if one.stands for unit in one.after}, province)
    units.unlearn(unit.code for one in sent if not one.stands for unit in one.after if unit.code not in _named(session))


def _named(session: Session) -> frozenset[str]:
    """The codes that standing changes name."""
    return frozenset(unit.code for one in session.file.commune_changes.standing() for unit in one.after)


def _bare(name: str) -> str:
    return next((name[len(kind) + 1 :] for kind in ("Đặc khu", "Phường", "Xã") if name.startswith(f"{kind} ")), name)


def _renamed(text: str, old: str, new: str) -> str:
    """The text with the new name where the old one stood, in capitals where it was."""
    return text.replace(old, new).replace(old.upper(), new.upper())
