"""The province writes which communes were merged, split or renamed: looked at first, then done and undone in one step.

No record is touched: what a commune wrote stays its own for ever. The change says on which days each commune is there
(``store.commune_changes``); figures, boards and papers follow from that alone.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.problems import Problem, Severity, blocking
from thidua_desktop.errors import UserError
from thidua_desktop.services.acts import Act
from thidua_desktop.services.automatic_backups import Step, copy_before
from thidua_desktop.services.change_words import told
from thidua_desktop.services.communes import communes
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.store.commune_changes import CommuneChange, CommuneUnit, windows_of
from thidua_desktop.store.packages import RECEIVED
from thidua_desktop.store.queries import OfficeWindow
from thidua_desktop.sync.directive import LONGEST_ABOUT, LONGEST_TEXT
from thidua_desktop.text import clean, fold, format_date, match_key, sort_key

if TYPE_CHECKING:
    from thidua_desktop.services.units import Unit

__all__ = [
    "COMMUNE_KINDS", "KINDS", "MERGE", "RENAME", "SPLIT", "AskedChange", "ChangePlan", "CommuneChange", "apply",
    "changeable", "plan", "typed_unit", "undo", "unit_problems", "written",
]  # fmt: skip

MERGE, SPLIT, RENAME = "merge", "split", "rename"
KINDS = {MERGE: "Sáp nhập", SPLIT: "Chia tách", RENAME: "Đổi tên hoặc đổi mã"}
_RULES = {
    MERGE: "Sáp nhập: từ hai đơn vị thành một, hoặc vào một đơn vị đang có",
    SPLIT: "Chia tách: một đơn vị thành từ hai trở lên, mỗi đơn vị một mã",
    RENAME: "Đổi tên hoặc đổi mã: một đơn vị thành một, tên hoặc mã phải khác",
}
COMMUNE_KINDS = ("Xã", "Phường", "Đặc khu")
_CODE = re.compile(r"[0-9]{5}")
_SPACE = uuid.UUID("6b0f5b2e-8d1c-5c1e-9a55-0a4b3c9d7f10")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedChange:
    """What is asked for: codes of the old communes, (code, full name) of the new ones."""

    kind: str
    effective_on: date
    before: tuple[str, ...]
    after: tuple[tuple[str, str], ...]
    decision: str = ""
    decided_on: date | None = None
    decided_by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ChangePlan:
    """The change as it would be written, what it means, and what stands in the way."""

    change: CommuneChange
    steps: tuple[str, ...]
    problems: tuple[Problem, ...]


def plan(session: Session, asked: AskedChange) -> ChangePlan:
    """What writing the change would mean, with every finding; nothing is written. Raises TD-SYNC-214 at a commune."""
    _at_the_province(session)
    change = _change(session, asked)
    problems = tuple(_problems(session, change))
    return ChangePlan(change, tuple(_steps(session, change)) if not blocking(list(problems)) else (), problems)


def apply(session: Session, asked: AskedChange) -> CommuneChange:
    """Write the change. Raises TD-SYNC-210 with the first finding that stands in the way, TD-SYNC-214, TD-STORE-220."""
    session.require(Permission.MANAGE)
    planned = plan(session, asked)
    stopping = blocking(list(planned.problems))
    if stopping:
        raise UserError("TD-SYNC-210", reason=stopping[0].text)
    copy_before(session, Step.SUCCESSION)
    with session.file.atomic():
        session.file.commune_changes.put(planned.change)
    from thidua_desktop.services import units

    units.learn({unit.code: unit.name for unit in planned.change.after}, session.file.identity.code)
    session.announce(Changes(frozenset(session.definitions.registers)))
    session.acts.note(session, Act("ghi sắp xếp đơn vị", elsewhere="bấm Bỏ thay đổi này ở Sắp xếp đơn vị"))
    return planned.change


def undo(session: Session, change_id: str) -> CommuneChange:
    """Take a change back: every commune is there again as before; the row stays, marked so.

    Communes hear it with the next directive that carries changes. Raises TD-SYNC-211 when it does not stand,
    TD-SYNC-212 while a later change builds on it, TD-SYNC-214, TD-STORE-220.
    """
    session.require(Permission.MANAGE)
    _at_the_province(session)
    standing = session.file.commune_changes.standing()
    found = next((one for one in standing if one.id == change_id and one.number == 0), None)
    if found is None:
        raise UserError("TD-SYNC-211")
    later = [one for one in standing if _builds_on(one, found)]
    if later:
        raise UserError("TD-SYNC-212", later=told(later[-1]))
    copy_before(session, Step.SUCCESSION)
    back = replace(found, stands=False, at=session.now(), actor=session.user.name)
    with session.file.atomic():
        session.file.commune_changes.put(back)
    _unlearn(session, back)
    session.announce(Changes(frozenset(session.definitions.registers)))
    session.acts.note(session, Act("bỏ sắp xếp đơn vị", elsewhere="ghi lại thay đổi ấy ở Sắp xếp đơn vị"))
    return back


def _unlearn(session: Session, back: CommuneChange) -> None:
    """The list of units of this machine forgets communes that nothing names any more: a mistyped name does not stay."""
    from thidua_desktop.services import units

    named = {unit.code for one in session.file.commune_changes.standing() for unit in one.after}
    units.unlearn(unit.code for unit in back.beginning if unit.code not in named)


def _at_the_province(session: Session) -> None:
    if not session.is_province:
        raise UserError("TD-SYNC-214", unit=session.file.identity.name)


def _builds_on(later: CommuneChange, found: CommuneChange) -> bool:
    """Whether a later change is about a commune of ``found``, or joins others to one that begins by it."""
    old = {unit.code for unit in found.after} & {unit.code for unit in later.before}
    joined = {unit.code for unit in found.beginning} & {unit.code for unit in later.after if not unit.begins}
    return later.effective_on > found.effective_on and bool(old | joined)


def written(session: Session) -> list[CommuneChange]:
    """Every change that this file knows, also those taken back; the latest day first."""
    return session.file.commune_changes.all()


def changeable(session: Session) -> list[tuple[str, str]]:
    """(code, name) of the communes that a change can be about: accepted here, or in the province's list of units."""
    from thidua_desktop.services import units

    try:
        listed = units.communes(session.file.identity.code)
    except UserError:
        listed = []
    names = {one.code: one.name for one in listed} | {one.office: one.name for one in communes(session)}
    for change in reversed(session.file.commune_changes.standing()):
        names |= {unit.code: unit.name for unit in change.after}
    return sorted(names.items(), key=lambda pair: sort_key(pair[1]))


def typed_unit(text: str, known: Sequence[tuple[str, str]] = ()) -> tuple[str, str]:
    """A commune as people type it: "24999; Xã Ea Kly". Of one that is ``known`` the name may be left out, or the code
    where no other is called so; marks and kind do not matter ("buon ho")."""
    code, _, name = text.partition(";")
    if not name and not clean(code).isdigit():
        called = called_so(code, known)
        if len(called) == 1:
            return called[0][0], ""
    return clean(code), clean(name)


def called_so(text: str, known: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those of that name, with their kind or without. Who types marks means them: Xã Thanh An is not Xã Thạnh An."""
    for words in (_words,) if text.isascii() else (_marked_words, _words):
        wanted = words(text)
        found = [one for one in known if wanted and wanted in (words(one[1]), words(_bare(one[1])))]
        if found:
            return found
    return []


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", fold(name))


def _marked_words(name: str) -> list[str]:
    return re.findall(r"\w+", clean(name).lower())


def _bare(name: str) -> str:
    return next((name[len(kind) + 1 :] for kind in COMMUNE_KINDS if name.startswith(f"{kind} ")), name)


def unit_problems(code: str, name: str) -> Iterator[Problem]:
    """What is wrong with the shape of a commune's code and name: TD-DATA-551."""
    kind = next((one for one in COMMUNE_KINDS if name.startswith(f"{one} ")), "")
    if not _CODE.fullmatch(code) or not kind or len(name) <= len(kind) + 1 or len(name) > 120:
        yield finding("TD-DATA-551", "after", number=code or "(trống)", name=name or "(trống)")


def _change(session: Session, asked: AskedChange) -> CommuneChange:
    known = dict(changeable(session))
    before = tuple(CommuneUnit(code, known.get(code, code)) for code in dict.fromkeys(asked.before))
    after = tuple(
        CommuneUnit(code, clean(name) or known.get(code, ""), _is_new(session, asked, code, known))
        for code, name in dict.fromkeys(asked.after)
    )
    key = "|".join([session.file.identity.code, asked.kind, asked.effective_on.isoformat(),
                    *sorted(one.code for one in before), ">", *sorted(one.code for one in after)])  # fmt: skip
    return CommuneChange(
        id=str(uuid.uuid5(_SPACE, key)), kind=asked.kind, effective_on=asked.effective_on, before=before, after=after,
        decision=clean(asked.decision), decided_on=asked.decided_on, decided_by=clean(asked.decided_by),
        note=clean(asked.note), at=session.now(), actor=session.user.name,
    )  # fmt: skip


def _is_new(session: Session, asked: AskedChange, code: str, known: dict[str, str]) -> bool:
    """Whether a commune is there from the day of the change only: its code was nobody's before."""
    if code in asked.before:
        return False
    window = session.file.commune_changes.windows().get(code)
    if window is not None and window.first is not None:
        return window.first >= asked.effective_on
    from thidua_desktop.services import units

    if any(one.code == code for one in units.find(code)) and code not in units.learned():
        return False
    undone = (one for one in session.file.commune_changes.all() if not one.stands)
    if any(unit.code == code for one in undone for unit in one.beginning):
        return True
    return code not in known or not _worked_before(session, code, asked.effective_on)


def _worked_before(session: Session, code: str, day: date) -> bool:
    """Whether a commune's card and a package of it were here before a day; a card alone is made ready beforehand."""
    known = any(one.office == code and one.at.date() < day for one in communes(session))
    return known and any(one.office == code and one.at.date() < day for one in session.file.packages.all(RECEIVED))


# What stands in the way


def _problems(session: Session, change: CommuneChange) -> Iterator[Problem]:
    before, after = len(change.before), len(change.after)
    into_known = change.kind == MERGE and after == 1 and not change.after[0].begins
    fewest = 1 if into_known and change.ending == change.before else 2
    bounds = {MERGE: (fewest, 99, 1, 1), SPLIT: (1, 1, 2, 20), RENAME: (1, 1, 1, 1)}.get(change.kind, (1, 0, 1, 0))
    if not (bounds[0] <= before <= bounds[1] and bounds[2] <= after <= bounds[3]):
        yield finding("TD-DATA-550", "before", rule=_RULES.get(change.kind, "Chọn sáp nhập, chia tách hay đổi tên"))
        return
    standing = session.file.commune_changes.standing()
    if any(one.id == change.id for one in standing):
        yield finding("TD-DATA-557", "before", change=told(change))
        return
    for unit in change.after:
        yield from unit_problems(unit.code, unit.name)
    yield from _repeated(change)
    if not change.decision:
        yield finding("TD-DATA-554", "decision")
    for part, most in (("decision", LONGEST_ABOUT), ("decided_by", LONGEST_ABOUT), ("note", LONGEST_TEXT)):
        if len(getattr(change, part)) > most:  # no directive could carry it, and each carries every change
            yield finding("TD-DATA-561", part, most=most)
    if change.kind == SPLIT and len(change.ending) == 0:
        yield finding("TD-DATA-556", "after", unit=change.before[0].name)
    if change.kind == RENAME and change.before == tuple(replace(one, begins=False) for one in change.after):
        yield finding("TD-DATA-550", "after", rule=_RULES[RENAME])
    yield from _names_and_days(session, change, standing)


def _repeated(change: CommuneChange) -> Iterator[Problem]:
    """A code or a name that two of the new communes have."""
    codes: set[str] = set()
    names: dict[str, str] = {}
    for unit in change.after:
        if unit.code in codes:
            yield finding("TD-DATA-550", "after", rule=_RULES[change.kind])
        elif match_key(unit.name) in names:
            yield finding("TD-DATA-552", "after", name=unit.name, number=names[match_key(unit.name)])
        codes.add(unit.code)
        names[match_key(unit.name)] = unit.code


def _codes(change: CommuneChange) -> set[str]:
    return {unit.code for unit in (*change.before, *change.after)}


def _named_later(change: CommuneChange, others: list[CommuneChange]) -> Iterator[Problem]:
    """A commune ends once, and no change from that day on is about it: what it has would go to two, or to nobody."""
    for unit in change.ending:
        later = [one for one in others if one.effective_on >= change.effective_on and unit.code in _codes(one)]
        if later:
            yield finding("TD-DATA-560", "before", unit=unit.name, change=told(later[-1]))


def _names_and_days(session: Session, change: CommuneChange, others: list[CommuneChange]) -> Iterator[Problem]:
    """Old ones are there on the day before, new ones have names of their own, and cards of all are here."""
    windows, known = windows_of(others), dict(changeable(session))
    for unit in change.before:
        if unit.code not in known:
            yield finding("TD-DATA-553", "before", number=unit.code)
        if not windows.get(unit.code, OfficeWindow(unit.code)).holds(change.last_day):
            yield finding("TD-DATA-555", "before", unit=unit.name, day=format_date(change.last_day))
    yield from _named_later(change, others)
    ending = {unit.code for unit in change.before}
    alive = {
        match_key(name): code
        for code, name in known.items()
        if code not in ending and windows.get(code, OfficeWindow(code)).holds(change.effective_on)
    }
    for unit in change.after:
        holder = alive.get(match_key(unit.name))
        if holder not in (None, unit.code):
            yield finding("TD-DATA-552", "after", name=unit.name, number=holder)
        elsewhere = _elsewhere(session, unit.code)
        if elsewhere is not None:
            yield finding(
                "TD-SYNC-241", "after", number=unit.code, unit=elsewhere.name, province=elsewhere.province_name
            )
        window = windows.get(unit.code)
        if window is not None and window.last is not None and window.last < change.effective_on:
            yield finding("TD-DATA-555", "after", unit=unit.name, day=format_date(change.effective_on))
    accepted = {one.office for one in communes(session)}
    for unit in change.after:
        if unit.code not in accepted:
            yield finding("TD-DATA-558", "after", Severity.HINT, unit=unit.name)


def _elsewhere(session: Session, code: str) -> Unit | None:
    """The commune of another province that has a code in the list of units."""
    from thidua_desktop.services import units

    try:
        found = units.unit(code)
    except UserError:
        return None
    elsewhere = found.province_code != session.file.identity.code and code not in units.learned()
    return found if elsewhere and not found.is_province else None


# Words


def _steps(session: Session, change: CommuneChange) -> Iterator[str]:
    day, last = format_date(change.effective_on), format_date(change.last_day)
    cards = {one.office for one in communes(session)}
    for unit in change.ending:
        card = "thẻ đang nhận" if unit.code in cards else "chưa có thẻ"
        yield (
            f"{unit.name} ({unit.code}) kết thúc ngày {last}: hết phải báo cáo các kỳ bắt đầu từ {day}, kỳ có ngày "
            f"{day} vẫn báo cáo đến hết ngày {last}; {card}, gói gửi muộn vẫn nhận."
        )
    for unit in change.after:
        if unit.begins:
            card = "đã có thẻ" if unit.code in cards else "cần nhận thẻ trước khi nhận gói"
            yield f"{unit.name} ({unit.code}) lập từ ngày {day}: báo cáo từ kỳ có ngày {day}; {card}."
        elif unit.code in {one.code for one in change.before}:
            old = next(one.name for one in change.before if one.code == unit.code)
            named = f", mang tên {unit.name}" if old != unit.name else ""
            yield f"{old} ({unit.code}) vẫn là một đơn vị từ ngày {day}{named}; báo cáo như thường."
        else:
            yield f"{unit.name} ({unit.code}) đang có, nhận thêm từ ngày {day}; báo cáo như thường."
    if change.ending:
        yield (
            f"Việc đã ghi đến ngày {last} vẫn tính của đơn vị cũ; phần đang có (tổ, khu dân cư, lực lượng …) "
            f"tính một lần: đến ngày {last} của đơn vị cũ, sau đó của đơn vị mới khi đã nhận bàn giao."
        )
