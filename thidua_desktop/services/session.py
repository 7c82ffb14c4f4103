"""One open office at one desk: what every service is handed first. Frozen; what changes lives in the office file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, cast

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import Definitions, FieldSpec, RegisterSpec
from thidua_desktop.services.acts import Acts
from thidua_desktop.text import fold_joined, sort_key

if TYPE_CHECKING:
    from thidua_desktop.store.open_file import OfficeFile

VIETNAM_TIME = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
"""UTC+7 the whole year; Việt Nam has no summer time, so no time-zone data are needed."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The one source of the time of day. ``fixed`` stops it (tests, demo data)."""

    fixed: datetime | None = None

    def now(self) -> datetime:
        """This moment, aware, in Vietnam time, without microseconds."""
        moment = self.fixed or datetime.now(VIETNAM_TIME)
        return moment.astimezone(VIETNAM_TIME).replace(microsecond=0)

    def today(self) -> date:
        """The day in Vietnam, whatever zone the machine is set to."""
        return self.now().date()


class Role(StrEnum):
    """What a person is in the office; decides what the program offers."""

    OFFICER = "officer"
    LEADER = "leader"
    ADMINISTRATOR = "administrator"
    PROVINCE = "province"


class Permission(StrEnum):
    """What a person may do."""

    VIEW = "view"
    RECORD = "record"
    PRINT = "print"
    HAND_OVER = "hand_over"
    CLOSE_PERIOD = "close_period"
    RECEIVE = "receive"
    MANAGE = "manage"  # letterhead, users, keys
    SEES_SENSITIVE = "sees_sensitive"


_EVERYDAY = frozenset({Permission.VIEW, Permission.RECORD, Permission.PRINT, Permission.HAND_OVER})
PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.OFFICER: _EVERYDAY | {Permission.CLOSE_PERIOD, Permission.SEES_SENSITIVE},
    Role.LEADER: frozenset({Permission.VIEW, Permission.PRINT, Permission.CLOSE_PERIOD}),
    Role.ADMINISTRATOR: frozenset(Permission),
    Role.PROVINCE: _EVERYDAY | {Permission.CLOSE_PERIOD, Permission.RECEIVE, Permission.MANAGE},
}
_DONE_BY: dict[Permission, str] = {
    Permission.VIEW: "xem sổ",
    Permission.RECORD: "ghi sổ",
    Permission.PRINT: "in giấy tờ",
    Permission.HAND_OVER: "gửi gói lên tỉnh",
    Permission.CLOSE_PERIOD: "chốt kỳ báo cáo",
    Permission.RECEIVE: "nhận gói của xã",
    Permission.MANAGE: "đổi thông tin đơn vị",
    Permission.SEES_SENSITIVE: "xem dữ liệu nhạy cảm",
}


@dataclass(frozen=True, slots=True)
class User:
    """The person at the desk."""

    login: str
    name: str
    role: Role


class Changes(NamedTuple):
    """What one write touched: names of registers, ids of records ("" in ``ids`` never stands)."""

    registers: frozenset[str]
    ids: tuple[str, ...] = ()


Listener = Callable[[Changes], None]


@dataclass(frozen=True)
class Entry:
    """What a link to a record shows: its title, where it belongs, when it is valid; ``names`` are what it is called.

    What it is found and ordered by is made at the first search: of 20,000 persons that is half a second, and each
    further letter typed must not wait so long.
    """

    id: str
    label: str
    detail: str
    names: tuple[str, ...]
    area: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    @cached_property
    def search_key(self) -> str:
        """Everything it may be found by, folded."""
        return fold_joined(" ".join((*self.names, self.detail)))

    @cached_property
    def called(self) -> str:
        """What it is called first, folded."""
        return fold_joined(self.names[0]) if self.names else ""

    @cached_property
    def order(self) -> str:
        """Its place among labels in Vietnamese order."""
        return sort_key(self.label)

    def valid_on(self, day: date | None) -> bool:
        """Whether the record stood on ``day``; always, when no day is asked for."""
        if day is None:
            return True
        return not ((self.valid_from and day < self.valid_from) or (self.valid_to and day > self.valid_to))


class Unwritten(NamedTuple):
    """A draft that waits for its turn to be written (``services.drafts``); ``texts`` None: it is to be forgotten.

    ``refused``: it does not wait for other work, the disk did not take it.
    """

    texts: Mapping[str, object] | None
    at: datetime
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """An opened office file, its definitions, who sits there, and who wants to hear of writes."""

    definitions: Definitions = field(repr=False)
    file: OfficeFile = field(repr=False)
    user: User
    clock: Clock = Clock()
    listeners: list[Listener] = field(default_factory=list, compare=False, repr=False)
    at_close: list[Callable[[], None]] = field(default_factory=list, compare=False, repr=False)
    entries: dict[str, dict[str, Entry]] = field(default_factory=dict, compare=False, repr=False)
    whole_registers: set[str] = field(default_factory=set, compare=False, repr=False)
    unread: dict[str, set[str]] = field(default_factory=dict, compare=False, repr=False)
    missed: set[str] = field(default_factory=set, compare=False, repr=False)
    unwritten: dict[tuple[str, str | None], Unwritten] = field(default_factory=dict, compare=False, repr=False)
    acts: Acts = field(default_factory=Acts, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "file", self.file.closed_to(self.closed))
        self.file.at_failure(self._forget_all)

    @property
    def closed(self) -> frozenset[str]:
        """Registers that the person at the desk may not see: restricted ones, without the permission."""
        if self.may(Permission.SEES_SENSITIVE):
            return frozenset()
        return frozenset(name for name, spec in self.definitions.registers.items() if spec.restricted)

    def opens(self, register: str) -> bool:
        """Whether the person at the desk may see a register."""
        return register not in self.closed

    @property
    def today(self) -> date:
        """The day in Vietnam."""
        return self.clock.today()

    def now(self) -> datetime:
        """This moment in Vietnam time."""
        return self.clock.now()

    @property
    def is_province(self) -> bool:
        """Whether this is a province's office."""
        return self.file.identity.kind == "province"

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` after every write; the returned function ends that (twice does no harm)."""
        self.listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self.listeners:
                self.listeners.remove(listener)

        return unsubscribe

    def announce(self, changes: Changes) -> None:
        """Tell every listener of a write: at once, or when the running transaction stands; never if it fails.

        Titles that it may have changed are forgotten (``forget``).
        """
        self.forget(changes)
        self.file.when_done(lambda: self._tell(changes))

    def _forget_all(self) -> None:
        """Titles that were read in a transaction which failed may be of records that are not there."""
        for kept in (self.entries, self.whole_registers, self.unread, self.missed):
            kept.clear()

    def _tell(self, changes: Changes) -> None:
        self.forget(changes)
        for listener in tuple(self.listeners):
            listener(changes)

    def forget(self, changes: Changes) -> None:
        """Forget the titles remembered of the written records.

        Where one may have changed, also those of all registers whose titles may name it. Without ids everything of the
        touched registers is forgotten.
        """
        for register in _naming(self.definitions, self._retitled(changes)):
            self.entries.pop(register, None)
            self.whole_registers.discard(register)
            self.unread.pop(register, None)

    def _retitled(self, changes: Changes) -> frozenset[str]:
        """The touched registers of which a remembered title may have changed; what is new is noted as unread."""
        if not changes.ids:
            return changes.registers
        found = frozenset(
            name
            for name in changes.registers
            if _naming(self.definitions, frozenset({name})) != {name}
            and not (self.entries.get(name, {}).keys() | self.missed).isdisjoint(changes.ids)
        )
        self.missed.difference_update(changes.ids)
        for register in changes.registers - found:
            for record_id in changes.ids:
                self.entries.get(register, {}).pop(record_id, None)
            if register in self.whole_registers:
                self.unread.setdefault(register, set()).update(changes.ids)
        return found

    def may(self, permission: Permission) -> bool:
        """Whether the person at the desk may do this."""
        return permission in PERMISSIONS[self.user.role]

    def require(self, permission: Permission) -> None:
        """Raise TD-STORE-220 unless the person at the desk may do this."""
        if not self.may(permission):
            raise UserError("TD-STORE-220", name=self.user.name, what=_DONE_BY[permission])

    def register(self, name: str) -> RegisterSpec:
        """The definition of a register; raises TD-STORE-225 when there is none of that name, 240 when it is closed."""
        try:
            spec = self.definitions.registers[name]
        except KeyError:
            known = ", ".join(sorted(self.definitions.registers.keys() - self.closed))
            raise UserError("TD-STORE-225", register=name, known=known) from None
        if spec.restricted and name in self.closed:
            raise UserError("TD-STORE-240", register=spec.title)
        return spec

    def sees(self, spec: FieldSpec) -> bool:
        """Whether the person at the desk may see this field's values."""
        return not spec.sensitive or self.may(Permission.SEES_SENSITIVE)

    def reader(self, stop: Callable[[], bool] | None = None) -> Session:
        """The same office over a connection of its own that only reads; made, used and closed in one worker thread.

        A statement that runs when ``stop`` begins to say True ends with an error of the driver, within milliseconds.
        """
        file = cast("OfficeFile", self.file.reader(stop))
        return replace(
            self, file=file, listeners=[], at_close=[], entries={}, whole_registers=set(), unread={}, missed=set()
        )

    @contextmanager
    def worker(self, stopped: Callable[[], bool] | None = None) -> Iterator[Session]:
        """The same office over a connection of its own that also writes, for long work in the thread that enters it.

        Nobody hears what is written there; whoever started the work announces it on the window's thread. Once
        ``stopped`` says so, the statement that runs is cut off like any that fails (TD-UI-100).
        """
        with self.file.worker(stopped) as file:
            yield replace(
                self, definitions=file.definitions, file=file, listeners=[], at_close=[], entries={},
                whole_registers=set(), unread={}, missed=set(), unwritten={},
            )  # fmt: skip

    def let_go(self) -> None:
        """Opened in a worker thread: that thread uses it no more, and the window's takes it up."""
        self.file.let_go()

    def take_up(self) -> None:
        """From now on the session belongs to the thread that calls this; RuntimeError unless it was let go."""
        self.file.take_up()

    def leave(self) -> None:
        """Nobody uses it any more: who waits for that is told, what was typed is on the disk; the file stays open."""
        self.listeners.clear()
        self.entries.clear()
        while self.at_close:
            self.at_close.pop()()
        if self.file.writes:
            from thidua_desktop.services import drafts

            with suppress(UserError):  # a full disk was told of; the office is closed all the same
                drafts.write_waiting(self)
            with suppress(UserError):  # what is left there comes to its place at the next opening
                drafts.beside(self)()

    def close(self) -> None:
        """Leave it and close the office file; nothing can be read afterwards."""
        self.leave()
        self.file.close()


def _naming(definitions: Definitions, touched: frozenset[str]) -> set[str]:
    """``touched`` and every register with a link, direct or through others, to one of them."""
    found: set[str] = set()
    waiting = set(touched)
    while waiting:
        found |= waiting
        waiting = {
            name
            for name, spec in definitions.registers.items()
            if name not in found and not spec.linked.isdisjoint(waiting)
        }
    return found
