"""Many records at once leave in the office file what saving them one by one leaves: to the last cell and hash."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from tests.unit.services.made_lines import lines_of
from thidua_desktop.formdef.model import FieldType, RegisterSpec, Values
from thidua_desktop.formdef.records import normalise
from thidua_desktop.services.session import Session
from thidua_desktop.store import change_content

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


def written(session: Session, register: str, given: list[tuple[str, Values]], together: bool) -> Written:
    """Everything that the writing leaves; then it is taken back."""
    office, who = session.file, {"actor": "Y Bhăm", "now": session.now(), "reason": "Nhập “thử”"}
    database, found = office.records._database, dict[str, list[Any]]()
    try:
        with office.atomic():
            if together:
                office.records.save_many(register, given, **who)
            else:
                for record_id, values in given:
                    office.records.save(register, values, id=record_id, **who)
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
        at_once, one_by_one = (written(session, spec.name, given, together) for together in (True, False))
        assert len(at_once["change"]) >= len(given) and any(at_once["search"])
        for part, rows in at_once.items():
            assert (spec.name, part, rows) == (spec.name, part, one_by_one[part])


def test_some_new_some_known_and_some_the_same_as_before(session: Session, area_ids: list[str]) -> None:
    database, spec = session.file.records._database, session.register("household")
    database.run(INDEX)
    given = lines(session, spec, area_ids[0])
    for record_id, values in given[:3]:
        session.file.records.save("household", values, id=record_id, actor="khác", now=session.now())
    changed = [(given[0][0], {**given[0][1], "members": 9}), *given[1:]]
    at_once, one_by_one = (written(session, "household", changed, together) for together in (True, False))
    assert at_once == one_by_one
    assert not change_content.kept_aside(database, "household")
    assert [row[4] for row in at_once["change"][-len(given) :]].count("update") == 1
