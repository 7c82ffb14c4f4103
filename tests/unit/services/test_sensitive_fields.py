"""Fields that not everybody may see: no service shows them, and who saves without seeing them changes none of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from thidua_desktop.services import history, lists, records, titles, transfer
from thidua_desktop.services.documents.printing import documents_of, papers_in_word, print_documents
from thidua_desktop.services.documents.sheets import list_document, print_list
from thidua_desktop.services.search import search
from thidua_desktop.services.session import PERMISSIONS, Permission, Role, Session, User
from thidua_desktop.store.queries import ListQuery

REGISTER = "household"
SECRET = "001300012345"
Way = Callable[[Session, str, Path], object]


@pytest.fixture
def household(session: Session, area_ids: list[str]) -> str:
    values = {"number": 1, "representative": "Trần Thị Bích Liên", "residential_area": area_ids[0]}
    saved = records.save(session, REGISTER, {**values, "identity_number": SECRET, "ethnicity": "kinh"},
                         reasons={"*": "thử"})  # fmt: skip
    assert isinstance(saved, records.Saved), saved
    return saved.record.id


@pytest.fixture
def blind(session: Session, monkeypatch: pytest.MonkeyPatch) -> Session:
    """The office before one who may do all but see what is sensitive."""
    monkeypatch.setitem(PERMISSIONS, Role.PROVINCE, frozenset(Permission) - {Permission.SEES_SENSITIVE})
    return replace(session, user=User("tinh", "Tỉnh", Role.PROVINCE))


def written(path: Path, write: Callable[[Path], object]) -> bytes:
    write(path)
    return path.read_bytes()


def shown_cells(session: Session, one: str) -> list[str]:
    record = session.file.records.get(REGISTER, one)
    assert record is not None
    spec = session.register(REGISTER)
    return [lists.cell_text(session, field, record.values.get(field.name)) for field in spec.fields]


WAYS: dict[str, Way] = {
    "get": lambda s, one, _: records.get(s, REGISTER, one),
    "find": lambda s, one, _: records.find(s, REGISTER, one),
    "copy": lambda s, one, _: records.copy_of(s, REGISTER, one),
    "history": lambda s, one, _: history.history(s, REGISTER, one),
    "cells": lambda s, one, _: shown_cells(s, one),
    "title": lambda s, one, _: titles.title(s, REGISTER, one),
    "entries": lambda s, one, _: titles.entries_of(s, REGISTER),
    "search": lambda s, one, _: search(s, SECRET) + search(s, "Bích Liên"),
    "list on paper": lambda s, one, _: list_document(s, ListQuery(REGISTER)),
    "csv": lambda s, one, folder: written(
        folder / "x.csv", lambda to: transfer.export_records(s, ListQuery(REGISTER), to)
    ),
    "jsonl": lambda s, one, folder: written(
        folder / "x.jsonl", lambda to: transfer.export_records(s, ListQuery(REGISTER), to)
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_nobody_sees_it_who_may_not(blind: Session, household: str, tmp_path: Path, way: str) -> None:
    assert SECRET not in str(WAYS[way](blind, household, tmp_path))


@pytest.mark.parametrize("way", ["get", "find", "copy", "cells", "csv", "jsonl"])
def test_the_others_see_it(session: Session, household: str, tmp_path: Path, way: str) -> None:
    assert SECRET in str(WAYS[way](session, household, tmp_path))


def test_no_paper_has_it(blind: Session, household: str) -> None:
    import pypdfium2

    papers = [print_list(blind, ListQuery(REGISTER)).pdf]
    papers += [print_documents(blind, one.name, [household]).pdf for one in documents_of(blind, REGISTER)]
    for pdf in papers:
        text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
        assert "Bích Liên" in text and SECRET not in text
    for one in documents_of(blind, REGISTER):
        assert papers_in_word(blind, one.name, [household])


def test_a_save_without_seeing_changes_nothing_unseen(blind: Session, session: Session, household: str) -> None:
    values: dict[str, Any] = dict(records.get(blind, REGISTER, household).values)
    assert "identity_number" not in values
    saved = records.save(
        blind, REGISTER, {**values, "representative": "Trần Thị Liên", "identity_number": "001300099999"},
        record_id=household, reasons={"*": "thử"},
    )  # fmt: skip
    assert isinstance(saved, records.Saved), saved
    kept = records.get(session, REGISTER, household).values
    assert (kept["representative"], kept["identity_number"], kept["ethnicity"]) == ("Trần Thị Liên", SECRET, "kinh")
