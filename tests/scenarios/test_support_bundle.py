"""The bundle for support holds nothing of what people wrote, in no byte and no name."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

from tests.scenarios.test_every_register import DEFINITIONS, with_links
from tests.unit.services.handoff.two_offices import CHEAP, NOW, PASSWORD, make_office
from thidua_desktop.cli import run
from thidua_desktop.formdef.model import FieldSpec, FieldType
from thidua_desktop.services import offices, support
from thidua_desktop.services.demo.build import linked_first
from thidua_desktop.services.session import Role, Session

MARK = "Zqxwvđ"
_WRITTEN = {FieldType.TEXT, FieldType.LONG_TEXT}


def marked(fields: tuple[FieldSpec, ...], values: dict[str, Any]) -> dict[str, Any]:
    """The values with a mark in every text, also of rows."""
    found = dict(values)
    for field in fields:
        if field.type in _WRITTEN:
            found[field.name] = f"{MARK} 079099000123"
        elif field.fields:
            found[field.name] = tuple(marked(field.fields, dict(row)) for row in values.get(field.name) or ())
    return found


def filled(folder: Path) -> Session:
    """An office with a marked record in every register, a marked person, a marked place."""
    folder.mkdir()
    session = make_office(folder / f"{MARK}.thidua", "24412")
    ids: dict[str, str] = {}
    for spec in map(DEFINITIONS.registers.__getitem__, linked_first(DEFINITIONS)):
        values = marked(spec.living_fields, dict(with_links(spec, ids)))
        ids[spec.name] = session.file.records.save(spec.name, values, actor=MARK, now=NOW, reason=MARK).id
    offices.add_user(session, name=MARK, login="zqxwv1", role=Role.OFFICER, password="tre xanh làng cũ", cost=CHEAP)
    session.file.settings.put("signer.name", MARK)
    return session


def test_no_byte_of_a_bundle_is_of_a_person(tmp_path: Path) -> None:
    folder = tmp_path / MARK
    session, log, package = filled(folder), folder / "thidua.log", folder / f"{MARK}.tdp"
    log.write_text(f"2026-11-16 08:30:00,123 ERROR thidua_desktop.store: {MARK} TD-ENV-001\n{MARK} dòng sau\n", "utf-8")
    package.write_text(MARK, encoding="utf-8")
    made = support.write_bundle(session, tmp_path / "hỗ-trợ.zip", package, log)
    assert session.file.search(MARK)  # the marks are in the office
    session.close()
    with zipfile.ZipFile(made.path) as archive:
        parts = {name: archive.read(name).decode("utf-8") for name in archive.namelist()}
    whole = made.path.read_bytes() + "".join([*parts, *parts.values()]).encode("utf-8")
    for personal in (MARK, MARK.lower(), "zqxwv", "079099000123", "Bhăm", "ybham", str(tmp_path), str(Path.home())):
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
