"""Files attached to records: taken in after a look at their content, listed, opened for a while, removed with undo.

A line of the register ``attachment`` says what is attached to which record; its content lies in the office file under
its SHA-256. Adding, removing, history, undo and packages go by the change log like every other record.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from thidua_desktop.domain.problems import Severity
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import Condition, Values
from thidua_desktop.services import access, files, private_copies, records
from thidua_desktop.services.attached import MEGABYTE, Attached, AttachLimits, Source, size_text
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.store.attached_files import REGISTER
from thidua_desktop.store.queries import ListQuery, Record
from thidua_desktop.text import clean, format_number

if TYPE_CHECKING:
    from thidua_desktop.services.file_kinds import CheckedFile

_TECHNICAL = frozenset({"of_register", "of_record", "media_type", "size", "sha256"})
LIMIT_SETTING = "attachment.megabytes"
"""Setting of the office: the largest file in megabytes; without it the program's default holds."""


def limit_bytes(session: Session) -> int:
    """The largest file that may be attached here."""
    from thidua_desktop.domain.law_table import whole_number_on

    own = session.file.settings.get(LIMIT_SETTING)
    megabytes = own if isinstance(own, int) and own > 0 else whole_number_on("attachment_megabytes", session.today)
    return megabytes * MEGABYTE


def limits(session: Session) -> AttachLimits:
    """What a file may have here; read on the window's thread, used on any."""
    from thidua_desktop.domain.law_table import whole_number_on

    pixels = whole_number_on("attachment_megapixels", session.today) * 1_000_000
    return AttachLimits(limit_bytes(session), pixels)


def set_limit(session: Session, megabytes: int) -> None:
    """Change the office's limit; raises TD-STORE-220 without permission, TD-XFER-066 outside 1 … 200."""
    session.require(Permission.MANAGE)
    if not 1 <= megabytes <= 200:
        raise UserError("TD-XFER-066", megabytes=megabytes)
    session.file.settings.put(LIMIT_SETTING, megabytes)


def total_text(session: Session) -> str:
    """How many contents the office file holds and what they take: "6 tệp, 0,3 MB"."""
    count, size = session.file.attached_files.total()
    return f"{format_number(count)} tệp, {size_text(size)}" if count else "Chưa có tệp nào"


def of_record(session: Session, register: str, record_id: str) -> list[Attached]:
    """The files of a record, the oldest first; raises TD-STORE-220 where the record itself may not be seen."""
    _may_see(session, register)
    query = ListQuery(REGISTER, conditions=(Condition("of_record", (record_id,)),))
    found = session.file.records.every(query)
    mine = (one for one in found if one.values.get("of_register") == register)
    return sorted((_attached(session, one) for one in mine), key=lambda one: one.id)


def is_file(register: str) -> bool:
    """Whether records of a register are the lines of attached files."""
    return register == REGISTER


def is_technical(register: str, field: str) -> bool:
    """Whether a field of a file's line says nothing to a person: ids, digest, media type."""
    return register == REGISTER and field in _TECHNICAL


def owner_words(session: Session, values: Values) -> str:
    """To which record a file belongs: "Sổ hoạt động phong trào: Phòng cháy, 8/11/2026"; "" where it may not be seen."""
    from thidua_desktop.services.titles import title

    register, record_id = str(values.get("of_register") or ""), str(values.get("of_record") or "")
    spec = session.definitions.registers.get(register)
    if spec is None or not session.opens(register):
        return ""
    return f"{spec.title}: {title(session, register, record_id)}"


def owner(session: Session, line: str) -> tuple[str, str]:
    """Register and id of the record to which the file of a line belongs; raises as ``records.get`` does."""
    values = records.get(session, REGISTER, line).values
    return str(values["of_register"]), str(values["of_record"])


def attach(
    session: Session, register: str, record_id: str, path: Path, *, description: str = "", taken_on: date | None = None
) -> Attached:
    """Attach the file at ``path``; raises TD-XFER-060…065, TD-DATA-580…584 for what cannot be read or kept."""
    from thidua_desktop.services.file_intake import look_at

    session.require(Permission.RECORD)
    checked = look_at(Source(path.name, path), limits(session))
    return attach_checked(session, register, record_id, checked, description=description, taken_on=taken_on)


def attach_content(
    session: Session, register: str, record_id: str, name: str, content: bytes, *, description: str = "",
    taken_on: date | None = None,
) -> Attached:  # fmt: skip
    """The same for a content that is in memory (a picture from the clipboard)."""
    from thidua_desktop.services.file_intake import look_at

    session.require(Permission.RECORD)
    checked = look_at(Source(name, content=content), limits(session))
    return attach_checked(session, register, record_id, checked, description=description, taken_on=taken_on)


def attach_checked(
    session: Session, register: str, record_id: str, checked: CheckedFile, *, description: str = "",
    taken_on: date | None = None,
) -> Attached:  # fmt: skip
    """Attach a file that was looked at; raises TD-DATA-580 when the record has the same content already.

    Raises TD-STORE-270 for a record of another office, as every change of a file there does.
    """
    session.require(Permission.RECORD)
    _may_see(session, register)
    records.refuse_foreign(session, records.whole(session, register, record_id))
    others = of_record(session, register, record_id)
    refuse_twin(checked, others)
    with session.file.atomic():
        digest = session.file.attached_files.put(checked.content, session.now(), checked.sha256)
        values: Values = {
            "of_register": register,
            "of_record": record_id,
            "file_name": distinct_name(checked.name, others),
            "media_type": checked.kind.media_type,
            "size": len(checked.content),
            "sha256": digest,
            "taken_on": taken_on,
            "description": clean(description)[:300] or None,
        }
        return write_line(session, values)


def keep_contents(session: Session, files: Iterable[CheckedFile]) -> None:
    """Write contents before anything names them, in a worker: large ones take long, and only their names are left to
    write then. Those that nothing comes to name go with the next ``sweep``.
    """
    session.require(Permission.RECORD)
    for one in files:
        session.file.attached_files.put(one.content, session.now(), one.sha256)


def as_one(session: Session) -> AbstractContextManager[None]:
    """Files that are attached in the block are one action, which one undo takes back; one refused stops no other."""
    return session.file.atomic()


def owner_elsewhere(session: Session, register: str, record_id: str) -> str:
    """The other office to which a record belongs, whose files are only looked at here; "" for this office's own."""
    found = session.file.records.get(register, record_id)
    return records.owner_of(session, found) if found is not None else ""


def write_line(session: Session, values: Values) -> Attached:
    """Write the line of a file whose content lies here, inside a transaction; raises TD-XFER-067 for odd words."""
    found = [one for one in records.check(session, REGISTER, values) if one.severity is not Severity.HINT]
    if found:
        raise UserError("TD-XFER-067", name=values["file_name"], reason=found[0].text)
    written = session.file.records.save(REGISTER, values, actor=session.user.name, now=session.now())
    session.announce(Changes(frozenset({REGISTER}), (written.id,)))
    return _attached(session, written)


def refuse_twin(checked: CheckedFile, others: Sequence[Attached]) -> None:
    """Raise TD-DATA-580 when one of ``others`` has the very same content."""
    twin = next((one for one in others if one.sha256 == checked.sha256), None)
    if twin is not None:
        raise UserError("TD-DATA-580", name=checked.name, other=twin.name)


def distinct_name(name: str, others: Sequence[Attached]) -> str:
    """``name``, or with a number where another file is called so: "Bản quét (2).pdf"."""
    taken = {one.name for one in others}
    stem, dot, ending = name.rpartition(".")
    return next(
        tried for number in range(1, len(taken) + 2)
        if (tried := name if number == 1 else f"{stem} ({number}){dot}{ending}") not in taken
    )  # fmt: skip


def change_words(session: Session, attachment_id: str, name: str, description: str, taken_on: date | None) -> None:
    """Another name (its ending stays what the content is), what a file shows, and of which day it is, as one change.

    Raises TD-XFER-067 for words that are no Unicode text.
    """
    from thidua_desktop.services.file_kinds import renamed

    session.require(Permission.RECORD)
    line = _line(session, attachment_id)
    records.refuse_foreign(session, line)
    called = renamed(str(line.values["file_name"]), name)
    values = {**line.values, "file_name": called, "description": clean(description)[:300], "taken_on": taken_on}
    found = [one for one in records.check(session, REGISTER, values, line.id) if one.severity is not Severity.HINT]
    if found:
        raise UserError("TD-XFER-067", name=called, reason=found[0].text)
    session.file.records.save(REGISTER, values, id=line.id, actor=session.user.name, now=session.now())
    session.announce(Changes(frozenset({REGISTER}), (line.id,)))


def detach(session: Session, attachment_id: str, reason: str = "Bỏ tệp đính kèm") -> None:
    """Take a file off its record; undo brings it back with its content."""
    session.require(Permission.RECORD)
    line = _line(session, attachment_id)
    records.refuse_foreign(session, line)
    session.file.records.delete(REGISTER, line.id, actor=session.user.name, now=session.now(), reason=reason)
    session.announce(Changes(frozenset({REGISTER}), (line.id,)))


def content_of(session: Session, attachment_id: str) -> bytes:
    """The content; raises TD-XFER-068 when only the line came with a package, 069 when it is not what it was."""
    line = _line(session, attachment_id)
    return content_named(session, str(line.values["sha256"]), str(line.values["file_name"]), "TD-XFER-068")


def content_named(session: Session, digest: str, name: str, missing: str) -> bytes:
    """A content by its digest; raises ``missing`` when it is not here, TD-XFER-069 when it is not what it was."""
    import hashlib

    content = session.file.attached_files.get(digest)
    if content is None:
        raise UserError(missing, name=name)
    if hashlib.sha256(content).hexdigest() != digest:
        raise UserError("TD-XFER-069", name=name)
    return content


def save_as(session: Session, attachment_id: str, path: Path) -> Path:
    """Write the content to a file that the person chose, whole or not at all."""
    written = files.write_whole(path, content_of(session, attachment_id))
    access.note(session, session.register(REGISTER), access.EXPORT, attachment_id)
    return written


def open_copy(session: Session, attachment_id: str) -> Path:
    """A copy to look at, in a private folder that is erased when the office is closed (or at the next start)."""
    content, line = content_of(session, attachment_id), _line(session, attachment_id)
    path = private_copy(str(line.values["file_name"]), content)
    erase_at_close(session, path)
    return path


def private_copy(name: str, content: bytes) -> Path:
    """A content as a file that other programs may look at, for ``erase_at_close``; see ``open_copy``."""
    private_copies.erase_left_behind()
    path = private_copies.new_folder() / name
    path.write_bytes(content)
    path.chmod(0o400)  # what is changed in the copy would be lost; the reader says so
    return path


def erase_at_close(session: Session, copy: Path) -> None:
    """A private copy goes when the office is closed."""
    folder = copy.parent
    session.at_close.append(lambda: private_copies.erase(folder))


def sweep(session: Session) -> int:
    """Let go of contents that nothing names and no undo can bring back; how many went."""
    return session.file.attached_files.sweep()


def _line(session: Session, attachment_id: str) -> Record:
    line = records.whole(session, REGISTER, attachment_id)
    _may_see(session, str(line.values["of_register"]))
    return line


def _may_see(session: Session, register: str) -> None:
    """What is attached to a record of a restricted register is as private as the record."""
    spec = session.register(register)
    session.require(Permission.SEES_SENSITIVE if spec.restricted else Permission.VIEW)


def _attached(session: Session, line: Record) -> Attached:
    values = line.values
    taken_on = values.get("taken_on")
    return Attached(
        id=line.id,
        register=str(values["of_register"]),
        record=str(values["of_record"]),
        name=str(values["file_name"]),
        media_type=str(values["media_type"]),
        size=int(str(values["size"])),
        sha256=str(values["sha256"]),
        taken_on=taken_on if isinstance(taken_on, date) else None,
        description=str(values.get("description") or ""),
        added_by=line.changed_by,
        is_here=session.file.attached_files.size(str(values["sha256"])) is not None,
    )
