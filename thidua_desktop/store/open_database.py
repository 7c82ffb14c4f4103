"""An open connection with what every part of the store needs beside it: definitions, whose file it is, transactions."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.growing import keepers
from thidua_desktop.formdef.model import Definitions
from thidua_desktop.store.connection import DatabaseError
from thidua_desktop.store.environment import is_busy, told_to_the_person
from thidua_desktop.store.register_table import RegisterTable, register_table

if TYPE_CHECKING:
    from sqlite3 import Connection, Cursor


_Done = TypeVar("_Done")
Waiting: TypeAlias = Callable[[Callable[[], bool]], None]
"""Comes back once what it is handed says True: nobody else writes. Or raises what the person is told instead."""


@dataclass(slots=True)
class OpenDatabase:
    """Belongs to the thread that made it, until ``let_go``. ``office`` is the code of the file's own office."""

    path: Path
    _connection: Connection
    definitions: Definitions
    office: str
    installation: str
    action: int | None = None  # seq of the first change of the running transaction
    at_failure: list[Callable[[], None]] = field(default_factory=list)  # called when a whole transaction failed
    _tables: dict[str, RegisterTable] = field(default_factory=dict)
    _when_done: list[Callable[[], None]] = field(default_factory=list)
    _waiting: Waiting | None = None
    _owner: int | None = field(default_factory=threading.get_ident)

    @property
    def connection(self) -> Connection:
        """The connection, for the thread that it belongs to alone; RuntimeError for any other."""
        if self._owner != threading.get_ident():
            raise RuntimeError("an open office file is used by the thread alone that opened it or took it up")
        return self._connection

    def let_go(self) -> None:
        """The thread that made it uses it no more; the next one to ``take_up`` may, where the connection allows it."""
        if self.connection.in_transaction:
            raise RuntimeError("what is being written belongs to the thread that writes it")
        self._owner = None

    def take_up(self) -> None:
        """From now on it belongs to the thread that calls this; RuntimeError unless it was let go."""
        if self._owner is not None:
            raise RuntimeError("an open office file belongs to one thread at a time")
        self._owner = threading.get_ident()

    def table(self, register: str) -> RegisterTable:
        """The table of a register; KeyError when the definitions do not have it."""
        known = self._tables.get(register)
        if known is None:
            spec = self.definitions.registers[register]
            row = self.one("SELECT number FROM register_number WHERE register = ?", (register,))
            if row is None:
                raise KeyError(register)
            known = self._tables[register] = register_table(spec, row[0])
        return known

    def tables(self) -> list[RegisterTable]:
        """The tables of all registers."""
        return [self.table(name) for name in self.definitions.registers]

    def run(self, sql: str, parameters: Sequence[Any] = ()) -> Cursor:
        """Execute one statement; environment problems become ``UserError``."""
        try:
            return self.connection.execute(sql, parameters)
        except (DatabaseError, OSError) as problem:
            return self._in_turn(problem, lambda: self.connection.execute(sql, parameters))

    def run_at_once(self, sql: str, parameters: Sequence[Any] = ()) -> bool:
        """Execute one statement unless another connection writes just now; whether it was done.

        Only where there is a way to wait (``wait_by``); elsewhere as ``run``.
        """
        try:
            self.connection.execute(sql, parameters)
        except (DatabaseError, OSError) as problem:
            if not self._has_to_wait(problem):
                with told_to_the_person(self.path):
                    raise
            return False
        return True

    def run_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Execute one statement for each of ``rows``; problems as with ``run``."""
        with told_to_the_person(self.path):
            self.connection.executemany(sql, rows)

    def one(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        """The first row, or None."""
        return self.run(sql, parameters).fetchone()

    def all(self, sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
        """All rows."""
        try:
            return self.connection.execute(sql, parameters).fetchall()
        except (DatabaseError, OSError) as problem:
            return self._in_turn(problem, lambda: self.connection.execute(sql, parameters).fetchall())

    def wait_by(self, waiting: Waiting | None, driver: int) -> None:
        """How to wait while another connection writes, after the driver's own ``driver`` milliseconds.

        None: nothing but those (TD-ENV-005).
        """
        self._waiting = waiting
        self.run(f"PRAGMA busy_timeout = {driver}")

    def _has_to_wait(self, problem: Exception) -> bool:
        return self._waiting is not None and is_busy(problem) and not self.connection.in_transaction

    def _in_turn(self, problem: Exception, act: Callable[[], _Done]) -> _Done:
        """``act`` failed: again when it is its turn, if that is all there was."""
        while self._waiting is not None and self._has_to_wait(problem):
            self._waiting(self._is_free)
            try:
                return act()
            except (DatabaseError, OSError) as next_problem:
                problem = next_problem
        with told_to_the_person(self.path):
            raise problem

    def _is_free(self) -> bool:
        """Whether nobody else writes just now; of any other problem the statement itself will tell."""
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            self.connection.execute("ROLLBACK")
        except (DatabaseError, OSError) as problem:
            return not is_busy(problem)
        return True

    def when_done(self, act: Callable[[], None]) -> None:
        """Call ``act`` once what is being written stands: now, or after the running transaction; never if it fails."""
        if self.connection.in_transaction:
            self._when_done.append(act)
        else:
            act()

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """All or nothing; inside another ``atomic`` a savepoint, so that a caught error undoes only its own part."""
        if self.connection.in_transaction:
            yield from self._savepoint()
            return
        self.run("BEGIN IMMEDIATE")
        self.action = None
        known = keepers(self.definitions)
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            self._forget(known, 0)
            for act in self.at_failure:
                act()
            raise
        finally:
            self.action = None
        waiting, self._when_done = self._when_done, []
        for act in waiting:
            act()

    def _savepoint(self) -> Iterator[None]:
        self.run("SAVEPOINT part")
        action, waiting, known = self.action, len(self._when_done), keepers(self.definitions)
        try:
            yield
            self.run("RELEASE part")
        except BaseException:
            self.action = action
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK TO part")
                self.connection.execute("RELEASE part")
            self._forget(known, waiting)
            raise

    def _forget(self, known: Iterable[Callable[[], None]], waiting: int) -> None:
        """What the office learned in a transaction that was taken back, its tables too; nobody hears of it."""
        del self._when_done[waiting:]
        for put_back in known:
            put_back()
        for name in self._tables.keys() - self.definitions.registers.keys():
            del self._tables[name]

    def measure_tables(self) -> None:
        """Let SQLite look at a sample of each index that has grown, so that it chooses well between them."""
        self.run("PRAGMA analysis_limit = 400")
        self.all("PRAGMA optimize = 0x10002")

    def refuse_unknown(self, register: str) -> None:
        """UserError TD-STORE-011 when the file keeps no such register."""
        if register not in self.definitions.registers:
            raise UserError("TD-STORE-011", register=register)
