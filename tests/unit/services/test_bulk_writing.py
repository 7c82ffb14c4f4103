"""Many records at once leave in the office file what saving them one by one leaves: to the last cell and hash."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from tests.unit.services.made_lines import lines_of
from thidua_desktop.formdef.model import FieldType, RegisterSpec, Values
from thidua_desktop.formdef.records import normalise
from thidua_desktop.services.session import Session
from thidua_desktop.store import change_content, undo
from thidua_desktop.store.new_records import columns_of
from thidua_desktop.store.search import remove_all

INDEX = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.words_of_search USING fts5vocab(main, search, instance)"
Written = dict[str, list[Any]]


class TakenBackError(Exception):
    """Ends a writing that was only looked at."""


def lines(session: Session, spec: RegisterSpec, area: str) -> list[tuple[str, Values]]:
    """(id, values): ids in order, one record linked to another of the same lines, areas that are there."""
    made = []
    for number, values in enumerate(lines_of(session, spec, wrong=False)):
        links = [f for f in spec.living_fields if f.type is FieldType.LINK]
        own = {f.name: area if f.register == "residential_area" else made_id(max(number - 1, 0)) for f in links}
        tidy = normalise(spec, {**values, **own})
        made.append((made_id(number), tidy))
    return made


def made_id(number: int) -> str:
    return str(UUID(int=(0x7 << 76) + number))


def together(session: Session, register: str, given: list[tuple[str, Values]], **who: Any) -> None:
    session.file.records.save_many(register, given, **who)


def one_after_another(session: Session, register: str, given: list[tuple[str, Values]], **who: Any) -> None:
    for record_id, values in given:
        session.file.records.save(register, values, id=record_id, **who)


def by_column(session: Session, register: str, given: list[tuple[str, Values]], **who: Any) -> None:
    """As imports write; the new ids are those given."""
    ids = iter([record_id for record_id, _ in given])
    parts = [columns_of([values for _, values in given[start : start + 7]]) for start in range(0, len(given), 7)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("thidua_desktop.store.record_writer.new_id", lambda: next(ids))
        session.file.records.create_many(register, parts, **who)


def written(session: Session, register: str, given: list[tuple[str, Values]], write: Callable[..., None]) -> Written:
    """Everything that the writing leaves; then it is taken back."""
    office, who = session.file, {"actor": "Y Bhăm", "now": session.now(), "reason": "Nhập “thử”"}
    database, found = office.records._database, dict[str, list[Any]]()
    try:
        with office.atomic():
            write(session, register, given, **who)
            found["change"] = database.all("SELECT * FROM change ORDER BY seq")
            found["record"] = database.all(f'SELECT * FROM "{register}" ORDER BY row')
            found["search"] = database.all("SELECT term, doc FROM temp.words_of_search ORDER BY doc, term")
            raise TakenBackError
    except TakenBackError:
        return found


def test_together_and_one_by_one_leave_the_same(
    session: Session, area_ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    database = session.file.records._database
    database.run(INDEX)
    monkeypatch.setattr("thidua_desktop.store.record_writer.BLOCK", 7)
    monkeypatch.setattr("secrets.token_hex", lambda _size: "00" * 16)
    for spec in session.definitions.registers.values():
        given = lines(session, spec, area_ids[0])
        ways = (together, by_column, one_after_another)
        at_once, in_columns, one_by_one = (written(session, spec.name, given, way) for way in ways)
        assert len(at_once["change"]) >= len(given) and any(at_once["search"])
        for part, rows in one_by_one.items():
            assert (spec.name, part, rows) == (spec.name, part, at_once[part])
            assert (spec.name, part, rows) == (spec.name, part, in_columns[part])


def test_an_import_taken_back_and_done_again_leaves_what_one_record_after_another_does(
    session: Session, area_ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Records that only go or come back are marked block by block; any other way leaves the same."""
    session.file.records._database.run(INDEX)
    monkeypatch.setattr("thidua_desktop.store.record_writer.BLOCK", 7)
    monkeypatch.setattr("secrets.token_hex", lambda _size: "00" * 16)
    for spec in session.definitions.registers.values():
        given = lines(session, spec, area_ids[0])
        marked = [written(session, spec.name, given, way) for way in (taken_back, done_again)]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(undo, "_mark", lambda *_: False)
            singly = [written(session, spec.name, given, way) for way in (taken_back, done_again)]
        assert marked == singly
        assert len(marked[1]["change"]) >= 3 * len(given)


def taken_back(session: Session, register: str, given: list[tuple[str, Values]], **who: Any) -> None:
    together(session, register, given, **who)
    turn_back(session, who["actor"], who["now"])


def done_again(session: Session, register: str, given: list[tuple[str, Values]], **who: Any) -> None:
    taken_back(session, register, given, **who)
    turn_back(session, who["actor"], who["now"])


def turn_back(session: Session, actor: str, now: datetime) -> None:
    """The last action, as an action of its own: here all are in one transaction."""
    database = session.file.records._database
    number, database.action = database.action, None
    undo._take_back(database, number, actor, now, undo.to_nobody)


def test_an_undo_gives_the_search_index_what_is_gone_once_and_in_order(
    session: Session, area_ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Row by row from the last to the first it took two fifths of the undo of an import."""
    asked: list[list[int]] = []
    monkeypatch.setattr("thidua_desktop.store.record_writer.BLOCK", 7)
    monkeypatch.setattr(
        "thidua_desktop.store.search.remove_all",
        lambda database, table, rows: (asked.append(list(rows)), remove_all(database, table, rows)),
    )
    spec = session.register("household")
    given = lines(session, spec, area_ids[0])
    keys = session.file.records.save_many("household", given, actor=session.user.name, now=session.now())
    session.file.changes.undo(session.user.name, session.now())
    [rows] = [rows for rows in asked if rows]
    assert len(rows) == len(keys) and rows == sorted(rows)


def test_some_new_some_known_and_some_the_same_as_before(session: Session, area_ids: list[str]) -> None:
    database, spec = session.file.records._database, session.register("household")
    database.run(INDEX)
    given = lines(session, spec, area_ids[0])
    for record_id, values in given[:3]:
        session.file.records.save("household", values, id=record_id, actor="khác", now=session.now())
    changed = [(given[0][0], {**given[0][1], "members": 9}), *given[1:]]
    at_once, one_by_one = (written(session, "household", changed, way) for way in (together, one_after_another))
    assert at_once == one_by_one
    assert not change_content.kept_aside(database, "household")
    assert [row[4] for row in at_once["change"][-len(given) :]].count("update") == 1
