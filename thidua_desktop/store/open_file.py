"""The office file: one encrypted database with everything an office knows; made, opened, backed up, closed here.

An ``OfficeFile`` belongs to the thread that opened it, or took it up from there (``let_go``, ``take_up``). A worker
thread takes ``file.reader()``, called in that thread.
"""

from __future__ import annotations

import contextlib
import copy
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.growing import hand_over, office_definitions
from thidua_desktop.formdef.model import Calendar, Definitions, FieldSpec, RegisterSpec, Values
from thidua_desktop.formdef.surveys import SurveyForm
from thidua_desktop.store import access_log, change_log, key_slots, office_calendars, search, survey_forms
from thidua_desktop.store.access_log import AccessLog
from thidua_desktop.store.added_registers import add_register
from thidua_desktop.store.attached_files import AttachedFiles
from thidua_desktop.store.changes import Changes
from thidua_desktop.store.commune_changes import CommuneChanges
from thidua_desktop.store.connection import BUSY_MILLISECONDS, DatabaseError, connect, keep_from_writing
from thidua_desktop.store.deleted_records import DeletedRecords
from thidua_desktop.store.drafts import Drafts
from thidua_desktop.store.environment import told_to_the_person
from thidua_desktop.store.exchange_parts import ExchangeParts
from thidua_desktop.store.file_lock import FileLock
from thidua_desktop.store.hash_chain import linked
from thidua_desktop.store.identity import OfficeIdentity, User, Users, write_identity
from thidua_desktop.store.kept_apart import KeptApart
from thidua_desktop.store.office_definitions import OfficeDefinitions
from thidua_desktop.store.open_database import OpenDatabase, Waiting
from thidua_desktop.store.packages import Packages, Partners
from thidua_desktop.store.periods import Periods, Reports
from thidua_desktop.store.queries import DateSpan, FigureRow, OfficeDays, RecordKey, RowKeys
from thidua_desktop.store.records import Records, refuse_closed
from thidua_desktop.store.settings import Settings, read_secret, write_secret
from thidua_desktop.store.waiting_drafts import WaitingDrafts

if TYPE_CHECKING:
    from sqlite3 import Connection

    from thidua_desktop.store.backup import Contents
    from thidua_desktop.store.figures import Shares
    from thidua_desktop.store.merge import MergeResult, RecordLine
    from thidua_desktop.store.queries import Record
    from thidua_desktop.store.record_versions import VersionLine
    from thidua_desktop.store.record_writer import Writing
    from thidua_desktop.store.unmerge import TakenBack

FOREIGN_RECORDS = "office.foreign_records"
"""Setting of a commune: records of its province have come with a directive, so figures count its own alone."""

_STEPS_BETWEEN_LOOKS = 20_000
"""Of SQLite's machine, some milliseconds: how long a statement goes on after the person pressed stop."""

_BETWEEN_LOOKS = 0.02  # seconds

_OFFICE_KEYS = "sync.office_keys"
_EARLIER_KEYS = "sync.earlier_keys"


@dataclass(slots=True)
class FileAccess:
    """What an opened office file is made of; put together by ``office_file``. ``program``: what every office knows."""

    path: Path
    key: bytes
    lock: FileLock
    connection: Connection
    program: Definitions
    definitions: Definitions
    identity: OfficeIdentity
    installation: str
    login: str | None


class OfficeReader(ExchangeParts):
    """Everything that can be read of an office file, over a connection of its own. Use as a context manager."""

    writes = False

    def __init__(self, database: OpenDatabase, identity: OfficeIdentity) -> None:
        self._database = database
        self.identity = identity
        self.path = database.path
        self.definitions = database.definitions
        self.installation_id = database.installation
        self.records = Records(database)
        self.changes = Changes(database)
        self.deleted = DeletedRecords(database)
        self.drafts = Drafts(database)
        self.periods = Periods(database)
        self.reports = Reports(database)
        self.packages = Packages(database)
        self.partners = Partners(database)
        self.settings = Settings(database)
        self.users = Users(database)
        self.attached_files = AttachedFiles(database)
        self.kept_apart = KeptApart(database)
        self.accesses = AccessLog(database)
        self.commune_changes = CommuneChanges(database)
        self.added_definitions = OfficeDefinitions(database)
        self._closed: frozenset[str] = frozenset()
        search.list_words(database)

    def audit_head(self) -> str:
        """One digest (hex) over the heads of both chains, changes and accesses, as it stands in every package."""
        _, changes = change_log.head(self._database)
        return linked(bytes.fromhex(changes), [access_log.head(self._database)[1].hex()]).hex()

    @property
    def office_keys(self) -> bytes:
        """The signing and encryption keys of this office, as sync wrote them; b"" when there are none."""
        return read_secret(self._database, _OFFICE_KEYS)

    @property
    def earlier_keys(self) -> bytes:
        """The keys that this office had before, as services wrote them; b"" when there are none."""
        return read_secret(self._database, _EARLIER_KEYS)

    def closed_to(self, registers: frozenset[str]) -> Self:
        """The same open file for somebody who may not see ``registers``, by whatever way they are asked for."""
        if registers == self._closed:
            return self
        other = copy.copy(self)
        other._closed = registers
        other.records = Records(self._database, registers)
        other.changes = Changes(self._database, registers)
        other.deleted = DeletedRecords(self._database, registers)
        return other

    def when_done(self, act: Callable[[], None]) -> None:
        """Call ``act`` once what is being written stands: now, or after the running transaction; never if it fails."""
        self._database.when_done(act)

    def at_failure(self, act: Callable[[], None]) -> None:
        """Call ``act`` whenever a whole transaction of this open file failed."""
        self._database.at_failure.append(act)

    @property
    def added_calendars(self) -> list[str]:
        """Names of the reporting calendars that came as files."""
        return office_calendars.calendar_names(self._database)

    def calendar_content(self, name: str) -> bytes | None:
        """The bytes that a calendar came in; None of one that is the program's alone."""
        return office_calendars.calendar_content(self._database, name)

    def survey_text(self, register: str) -> str | None:
        """The text that a survey form came in; None when the file has none of this name."""
        return survey_forms.survey_text(self._database, register)

    def search(self, text: str, limit: int = 50) -> list[RecordKey]:
        """Records of all registers that hold every word of ``text`` (folded, each a prefix), the newest first."""
        return search.find(self._database, text, limit, self._closed)

    def holding_together(self, text: str, keys: Iterable[RecordKey]) -> set[RecordKey]:
        """Those of ``keys``, which ``search`` gave, that hold the words of ``text`` one after the other."""
        return search.holding_together(self._database, text, keys, self._closed)

    def searched_texts(self, register: str, values: Values) -> list[tuple[FieldSpec, str]]:
        """What ``search`` looks at of a record, field by field, as people read it; fields without any are left out."""
        return search.texts_by_field(self._database, register, values, self._closed)

    def figures(
        self, indicators: Sequence[str], ranges: Sequence[DateSpan], by_area: bool = False,
        offices: Sequence[str] | None = None, as_kept: bool = False, kind: str = "",
    ) -> list[FigureRow]:  # fmt: skip
        """The figures of ``indicators`` in every range, per office (and residential area); zeros are left out.

        At the province a commune that was merged or split counts on its days alone, so that what its successor has
        taken over counts once; ``as_kept`` counts what stands as the office's own desk does. ``kind``: only in
        residential areas of this kind.
        """
        from thidua_desktop.store import figures

        days = self._office_days(as_kept)
        return figures.figures(self._database, indicators, ranges, by_area, self.counted_offices(offices), days, kind)

    def telling(self, names: Sequence[str], span: DateSpan, offices: Sequence[str] | None = None) -> list[FigureRow]:
        """How many records of a period fill the field that each indicator is told by; none: no row."""
        from thidua_desktop.store.figures import telling

        return telling(self._database, names, span, self.counted_offices(offices), self._office_days(False))

    def filled_shares(self, names: Sequence[str], span: DateSpan, offices: Sequence[str] | None, kind: str) -> Shares:
        """In how many records of an office and period the field is filled that an indicator is told by, of how many."""
        from thidua_desktop.store.figures import filled_shares

        return filled_shares(self._database, names, span, self.counted_offices(offices), self._office_days(False), kind)

    def figure_records(
        self, indicator: str, span: DateSpan, office: str | None = None, area: str | None = None,
        as_kept: bool = False, kind: str = "",
    ) -> RowKeys:  # fmt: skip
        """The records behind one figure, for ``records.window``; ``as_kept`` and ``kind`` as in ``figures``."""
        from thidua_desktop.store import figures

        refuse_closed(self._database, self.definitions.indicators[indicator].register, self._closed)
        (only,) = self.counted_offices(None if office is None else (office,)) or (None,)
        return figures.figure_records(self._database, indicator, span, only, area, self._office_days(as_kept), kind)

    def _office_days(self, as_kept: bool) -> OfficeDays:
        """The days of communes that begin or end; a commune counts for itself, not with others."""
        windows, arrivals = self.commune_changes.days()
        return OfficeDays(windows, arrivals, as_kept or self.identity.kind == "commune")

    def counted_offices(self, offices: Sequence[str] | None) -> Sequence[str] | None:
        """Whose records are counted: a commune counts its own, whatever its province has sent."""
        own = offices is None and self.identity.kind == "commune" and self.settings.get(FOREIGN_RECORDS)
        return (self.identity.code,) if own else offices

    def fates_of_merge(self, action: int) -> list[TakenBack]:
        """What taking back a merge would do to each record that it wrote."""
        from thidua_desktop.store import unmerge

        return unmerge.look(self._database, action)

    def check(self) -> list[str]:
        """Everything that is not as it should be, in words; reads the whole file."""
        from thidua_desktop.store import checks

        return checks.check(self._database)

    def page_faults(self) -> list[str]:
        """Pages of the file that were changed from outside or damaged; reads the whole file."""
        from thidua_desktop.store import checks

        return checks.page_faults(self._database)

    def content_state(self) -> str:
        """A text that stays the same as long as nothing worth a copy was written (``file_state``)."""
        from thidua_desktop.store import file_state

        return file_state.content_state(self._database)

    def let_go(self) -> None:
        """The thread that opened it uses it no more; another one takes it up."""
        self._database.let_go()

    def take_up(self) -> None:
        """From now on it belongs to the thread that calls this."""
        self._database.take_up()

    def wait_by(self, waiting: Waiting | None) -> None:
        """How this connection, which never sleeps then, waits while another one writes.

        None: the driver sleeps some seconds (TD-ENV-005).
        """
        self._database.wait_by(waiting, BUSY_MILLISECONDS if waiting is None else 0)

    @property
    def in_transaction(self) -> bool:
        """Whether something is being written that does not stand yet."""
        return bool(self._database.connection.in_transaction)

    def close(self) -> None:
        """Close the connection."""
        self._database.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class OfficeFile(OfficeReader):
    """An office file opened for work; made by ``office_file.create_office`` and ``open_office``."""

    writes = True

    def __init__(self, access: FileAccess) -> None:
        database = OpenDatabase(
            access.path, access.connection, access.definitions, access.identity.code, access.installation
        )
        super().__init__(database, access.identity)
        self._access = access
        self.login = access.login
        self.waiting_drafts = WaitingDrafts(access.path, access.key)
        self.rescued = False  # opened with the secret that the province kept

    def atomic(self) -> AbstractContextManager[None]:
        """Everything written in the block is one transaction and one undoable action, or nothing."""
        return self._database.atomic()

    @property
    def office_keys(self) -> bytes:
        """The signing and encryption keys of this office, as sync wrote them; b"" when there are none."""
        return read_secret(self._database, _OFFICE_KEYS)

    @office_keys.setter
    def office_keys(self, content: bytes) -> None:
        write_secret(self._database, _OFFICE_KEYS, content)

    @property
    def earlier_keys(self) -> bytes:
        """The keys that this office had before, as services wrote them; b"" when there are none."""
        return read_secret(self._database, _EARLIER_KEYS)

    @earlier_keys.setter
    def earlier_keys(self, content: bytes) -> None:
        write_secret(self._database, _EARLIER_KEYS, content)

    def change_identity(self, identity: OfficeIdentity) -> None:
        """Change name and letterhead; the office's code and kind never change."""
        if (identity.code, identity.kind) != (self.identity.code, self.identity.kind):
            raise ValueError("an office file never changes its office")
        write_identity(self._database, identity)
        self.identity = identity

    def merge(
        self, lines: Iterable[RecordLine], sender: str, package: str, *, actor: str, now: datetime
    ) -> MergeResult:
        """Take records of another office in one transaction (``package`` is written as the reason of every change)."""
        from thidua_desktop.store import merge

        return merge.merge(self._database, lines, sender, package, actor, now)

    def merge_versions(self, lines: Iterable[VersionLine], package: str, *, actor: str, now: datetime) -> MergeResult:
        """Take records as merged with those of another installation of this office, in one transaction."""
        from thidua_desktop.store import record_versions

        return record_versions.take_versions(self._database, lines, package, actor, now)

    def decide(
        self, key: RecordKey, plain: Mapping[str, Any], fields: Iterable[str], deleted: bool, by: Writing
    ) -> Record:
        """Write what people decided about a record as one change."""
        from thidua_desktop.store import record_versions

        return record_versions.decide(self._database, key, plain, fields, deleted, by)

    def take_back_merge(self, action: int, *, actor: str, now: datetime, reason: str) -> list[TakenBack]:
        """Take a merge back, but for records changed since or still needed; in one transaction."""
        from thidua_desktop.store import unmerge

        return unmerge.take_back(self._database, action, actor, now, reason)

    def add_register(self, spec: RegisterSpec) -> None:
        """Make the table of a register that the definitions have and no migration made."""
        with self._database.atomic():
            add_register(self._database.connection, spec)

    def keep_calendar(self, calendar: Calendar, content: bytes, actor: str, now: datetime) -> None:
        """Take in a reporting calendar that came as data, or a newer version of one."""
        with self._database.atomic():
            office_calendars.keep_calendar(self._database, calendar, content, actor, now)

    def put_calendar_back(self, name: str, content: bytes | None) -> None:
        """Keep a calendar's bytes as they were before, or with None forget it; known from the next opening on."""
        office_calendars.put_calendar_back(self._database, name, content)

    def keep_survey(self, form: SurveyForm, actor: str, now: datetime) -> None:
        """Take in a register that came as data (a survey form): its table, its text, and what the office knows."""
        survey_forms.keep_survey(self._database, form, actor, now)

    def rebuild_search(self) -> None:
        """Make the search index again from the records."""
        search.rebuild(self._database)

    def reader(self, stop: Callable[[], bool] | None = None) -> OfficeReader:
        """A second connection that only reads; call it in the worker thread that will use it, and close it there.

        ``stop`` is asked every few milliseconds of a statement: once it says True the statement ends with the driver's
        ``OperationalError`` ("interrupted").
        """
        access = self._access
        with told_to_the_person(access.path):
            connection = connect(access.path, access.key)
        _cut_off_when(connection, stop)
        database = OpenDatabase(access.path, connection, access.definitions, access.identity.code, access.installation)
        reader = OfficeReader(database, access.identity)
        keep_from_writing(connection)
        return reader

    @contextmanager
    def worker(self, stopped: Callable[[], bool] | None = None) -> Iterator[OfficeFile]:
        """This file over a connection of its own that also writes, for one long piece of work in a worker thread.

        Enter and leave it in that thread. While it writes, other connections read what stood before; a second writer
        waits for its turn. Once ``stopped`` says so, the statement that runs is cut off, and so is waiting (TD-UI-100).
        Definitions that it takes in are known elsewhere when it ends: their tables stand then.
        """
        access = self._access
        definitions = office_definitions(access.definitions)
        with told_to_the_person(access.path):
            connection = connect(access.path, access.key)
        _cut_off_when(connection, stopped)
        try:
            own = OfficeFile(replace(access, connection=connection, identity=self.identity, definitions=definitions))
            own._database.wait_by(partial(_asleep, stopped), BUSY_MILLISECONDS)
            yield own
        finally:
            connection.close()
            hand_over(definitions, access.definitions)

    def set_password(
        self,
        user: User,
        password: str,
        cost: key_slots.KeyCost = key_slots.KeyCost(),  # noqa: B008  a frozen value
    ) -> None:
        """Let ``user`` open the file with ``password`` (adds the user, or changes name, role and password)."""
        slots = [slot for slot in key_slots.read_slots(self.path) if not self._is_slot_of(slot, user.login)]
        self.users.put(user)
        with told_to_the_person(self.path):
            key_slots.write_slots(
                self.path, [*slots, key_slots.password_slot(self._access.key, user.login, password, cost)]
            )

    def remove_password(self, login: str) -> None:
        """Take a user's way into the file; UserError TD-STORE-018 when it is the last one with a password."""
        slots = key_slots.read_slots(self.path)
        kept = [slot for slot in slots if not self._is_slot_of(slot, login)]
        if not any(slot.kind == "password" for slot in kept):
            raise UserError("TD-STORE-018")
        with told_to_the_person(self.path):
            key_slots.write_slots(self.path, kept)
        user = self.users.get(login)
        if user is not None:
            self.users.put(User(user.login, user.name, user.role, active=False))

    def new_recovery_sheet(self, random_bytes: Callable[[int], bytes] | None = None) -> str:
        """A new recovery sheet; the one before opens the file no longer."""
        from thidua_desktop.store import backup

        return backup.new_recovery_sheet(self.path, self._access.key, random_bytes)

    @property
    def has_escrow(self) -> bool:
        """Whether the province keeps a way in."""
        return any(slot.kind == key_slots.ESCROW for slot in key_slots.read_slots(self.path))

    def put_escrow(self, secret: bytes) -> None:
        """Let whoever has ``secret`` open the file; one before opens it no longer."""
        self._write_escrow([key_slots.escrow_slot(self._access.key, secret)])

    def remove_escrow(self) -> None:
        """What the province keeps opens the file no longer."""
        self._write_escrow([])

    def _write_escrow(self, fresh: list[key_slots.KeySlot]) -> None:
        kept = [slot for slot in key_slots.read_slots(self.path) if slot.kind != key_slots.ESCROW]
        with told_to_the_person(self.path):
            key_slots.write_slots(self.path, [*kept, *fresh])

    def backup_to(self, target: Path, gone: bool = False) -> None:
        """A complete, checked copy at ``target``, key slots beside it; of a ``gone`` file too. TD-STORE-019, 300."""
        from thidua_desktop.store import backup

        (backup.rescue if gone else backup.backup)(self._database, self._access.key, target)

    def look_into(self, copy: Path) -> Contents:
        """What a copy of this file holds; UserError TD-STORE-002 when it is not one, 020 when it is gone."""
        from thidua_desktop.store import backup

        return backup.look_into(copy, self._access.key)

    def require_sound(self, copy: Path) -> None:
        """UserError TD-STORE-019 unless every page of a copy of this file can be read, 020 when it is gone."""
        from thidua_desktop.store import backup

        backup.require_sound(copy, self._access.key)

    def has_slots_of(self, copy: Path) -> bool:
        """Whether the key slots beside a copy are those of this file."""
        return key_slots.read_slots(copy) == key_slots.read_slots(self._access.path)

    def make_ready(self, copy: Path) -> OfficeFile:
        """An earlier copy of this file, checked and open beside it (``restore_files``)."""
        from thidua_desktop.store import restore_files

        access = self._access
        return restore_files.make_ready(access.path, access.key, access.program, copy, access.login)

    def swap(self) -> OfficeFile:
        """Close this file and open what ``make_ready`` left in its place; UserError TD-STORE-390, still open then."""
        from thidua_desktop.store import restore_files

        access = self._access
        restore_files.require_whole(access.path)
        self.close()
        return restore_files.swap(access.path, access.key, access.program, access.login)

    @property
    def is_open(self) -> bool:
        """Whether it was not closed yet."""
        return self._access.lock.is_held

    def close(self) -> None:
        """Write everything to the one file and let others in."""
        connection = self._database.connection
        try:
            with contextlib.suppress(DatabaseError, UserError):  # a damaged or full disk must not keep the file locked
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                self._database.measure_tables()
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            connection.close()
        finally:
            self._access.lock.release()

    @staticmethod
    def _is_slot_of(slot: key_slots.KeySlot, login: str) -> bool:
        return slot.kind == "password" and key_slots.belongs_to(slot, login)


@contextmanager
def releasing_on_failure(lock: FileLock) -> Iterator[None]:
    """Give the lock back when opening fails."""
    try:
        yield
    except BaseException:
        lock.release()
        raise


def _asleep(stopped: Callable[[], bool] | None, is_free: Callable[[], bool]) -> None:
    """In a worker thread: sleeps until nobody else writes; UserError TD-UI-100 once it is stopped."""
    while not is_free():
        if stopped is not None and stopped():
            raise UserError("TD-UI-100")
        time.sleep(_BETWEEN_LOOKS)


def _cut_off_when(connection: Connection, stop: Callable[[], bool] | None) -> None:
    """From now on a statement that runs when ``stop`` begins to say True ends as one that fails."""
    if stop is not None:
        connection.set_progress_handler(stop, _STEPS_BETWEEN_LOOKS)
