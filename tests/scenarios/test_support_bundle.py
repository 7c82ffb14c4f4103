"""The bundle for support holds nothing of what people wrote, in no byte and no name."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.scenarios.test_every_register import DEFINITIONS, with_links
from tests.unit.services.handoff.two_offices import CHEAP, NOW, PASSWORD, make_office
from thidua_desktop.cli import run
from thidua_desktop.formdef.model import FieldSpec, FieldType
from thidua_desktop.services import people, support
from thidua_desktop.services.demo.build import linked_first
from thidua_desktop.services.session import Role, Session

MARK = "Zqxwvđ"
DAY, NUMBER = date(1987, 3, 21), 90817263
_MARKS: dict[FieldType, Any] = {
    FieldType.TEXT: f"{MARK} 079099000123", FieldType.LONG_TEXT: f"{MARK} 079099000123", FieldType.NAME: MARK,
    FieldType.PHONE: "0979099000123", FieldType.IDENTITY_NUMBER: "079099000123", FieldType.INTEGER: NUMBER,
    FieldType.DECIMAL: Decimal(NUMBER), FieldType.DATE: DAY, FieldType.CHOICE: "zqxwv_ma",
    FieldType.CHOICES: ("zqxwv_ma",),
}  # fmt: skip


def marked(fields: tuple[FieldSpec, ...], values: dict[str, Any]) -> dict[str, Any]:
    """The values with a mark in every text, number, day and choice, also of rows."""
    found = dict(values)
    for field in fields:
        if field.type in _MARKS:
            found[field.name] = _MARKS[field.type]
        elif field.fields:
            found[field.name] = tuple(marked(field.fields, dict(row)) for row in values.get(field.name) or ())
    return found


def filled(folder: Path, name: str = MARK) -> tuple[Session, list[str]]:
    """An office with a marked record in every register, a marked person, a marked place; the records' ids."""
    folder.mkdir()
    session = make_office(folder / f"{name}.thidua", "24412")
    ids: dict[str, str] = {}
    for spec in map(DEFINITIONS.registers.__getitem__, linked_first(DEFINITIONS)):
        values = marked(spec.living_fields, dict(with_links(spec, ids)))
        ids[spec.name] = session.file.records.save(spec.name, values, actor=MARK, now=NOW, reason=MARK).id
    people.add_user(session, name=MARK, login="zqxwv1", role=Role.OFFICER, password="tre xanh làng cũ", cost=CHEAP)
    session.file.settings.put("signer.name", MARK)
    return session, list(ids.values())


def test_no_byte_of_a_bundle_is_of_a_person(tmp_path: Path) -> None:
    folder = tmp_path / MARK
    (session, ids), log, package = filled(folder), folder / "thidua.log", folder / f"{MARK}.tdp"
    log.write_text(f"2026-11-16 08:30:00,123 ERROR thidua_desktop.store: {MARK} TD-ENV-001\n{MARK} dòng sau\n", "utf-8")
    package.write_text(MARK, encoding="utf-8")
    made = support.write_bundle(session, tmp_path / "hỗ-trợ.zip", package, log)
    assert session.file.search(MARK)  # the marks are in the office
    session.close()
    with zipfile.ZipFile(made.path) as archive:
        parts = {name: archive.read(name).decode("utf-8") for name in archive.namelist()}
    whole = made.path.read_bytes() + "".join([*parts, *parts.values()]).encode("utf-8")
    texts = (MARK, MARK.lower(), "zqxwv", "079099000123", "Bhăm", "ybham", str(tmp_path), str(Path.home()))
    for personal in (*texts, str(NUMBER), DAY.isoformat(), f"{DAY:%d/%m/%Y}", *ids):
        assert personal.encode("utf-8") not in whole, personal
    office, refused = json.loads(parts["don-vi.json"]), json.loads(parts["goi-bi-tu-choi.json"])
    assert set(office["records"]) == set(DEFINITIONS.registers) and min(office["records"].values()) >= 1
    assert refused == {"code": "TD-SYNC-001"}
    assert json.loads(parts["nhat-ky.json"]) == [["2026-11-16 08:30:00", "ERROR", "thidua_desktop.store", "TD-ENV-001"]]


def test_the_command_tells_what_is_inside(tmp_path: Path, capsys: Any) -> None:
    path, words = tmp_path / "xa.thidua", tmp_path / "mk.txt"
    make_office(path, "24412").close()
    words.write_text(PASSWORD, encoding="utf-8")
    out = tmp_path / "ho-tro.zip"
    assert run(["support", "bundle", str(path), "--password-file", str(words), "--out", str(out)]) == 0
    told = capsys.readouterr().out
    assert support.LEFT_OUT in told and all(line in told for line in support.CONTENTS)
    assert zipfile.is_zipfile(out)
