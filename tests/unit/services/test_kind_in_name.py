"""A kind of place written before its name is the kind, not a part of the name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.services.test_transfer import sheet
from thidua_desktop.services import transfer
from thidua_desktop.services.kind_in_name import kind_and_name, taken_apart
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import ListQuery

AREA = "residential_area"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Buôn Ea Đar", ("buon", "Ea Đar")),
        ("buon ea dar", ("buon", "ea dar")),
        ("TỔ DÂN PHỐ: 3", ("to_dan_pho", "3")),
        ("Thôn Thôn Trong", ("thon", "Thôn Trong")),
        ("Lăng Cô", ("", "Lăng Cô")),  # no Làng
        ("Bản", ("", "Bản")),
        ("Tân Lập", ("", "Tân Lập")),
    ],
)
def test_a_kind_before_a_name(session: Session, written: str, meant: tuple[str, str]) -> None:
    assert kind_and_name(session.definitions.catalogs["area_kind"].items, written) == meant


def test_a_kind_that_was_chosen_is_not_changed_by_a_name_that_begins_like_another(session: Session) -> None:
    spec = session.register(AREA)
    assert taken_apart(session, spec, "name", {"kind": "ap", "name": "Bản Phủ"}) == {}
    assert taken_apart(session, spec, "name", {"kind": "ap", "name": "Ấp Bản Phủ"}) == {"kind": "ap", "name": "Bản Phủ"}
    assert taken_apart(session, spec, "name", {"kind": "thon", "name": "Bản Phủ"}) == {"kind": "ban", "name": "Phủ"}
    assert taken_apart(session, spec, "note", {"kind": "thon", "name": "Bản Phủ"}) == {}


def test_the_list_that_an_office_has_keeps_no_kind_twice(session: Session, tmp_path: Path) -> None:
    names = ("Thôn Đồng Bông", "Buôn Ea Đar", "Tổ dân phố 3", "Đồng Xuân")
    lines = [("Tên thôn, buôn", "Số hộ"), *((name, 100 + place) for place, name in enumerate(names))]
    plan = transfer.preview_import(session, AREA, sheet(tmp_path / "thon.xlsx", lines))
    assert not plan.problems
    transfer.apply_import(session, plan)
    found = {(str(one.values["kind"]), str(one.values["name"])) for one in session.file.records.every(ListQuery(AREA))}
    assert {("thon", "Đồng Bông"), ("buon", "Ea Đar"), ("to_dan_pho", "3"), ("thon", "Đồng Xuân")} <= found
    assert transfer.preview_import(session, AREA, sheet(tmp_path / "lai.xlsx", lines)).unchanged == len(names)
