"""A package that comes back to the machine that made it: refused, and the next one is made as ever."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.scenarios.conftest import Answer
from thidua_desktop.services import offices
from thidua_desktop.services.demo.build import PASSWORD, DemoOffice

Thidua = Callable[..., Answer]


def test_an_office_does_not_take_in_its_own_package(thidua: Thidua, own_demo: DemoOffice, tmp_path: Path) -> None:
    keys = ("--password-file", own_demo.password_file)
    answer = thidua("package", "receive", own_demo.packages[0], "--into", own_demo.commune, *keys)
    assert (answer.status, answer.err[:12]) == (1, "TD-SYNC-059:")
    assert thidua("package", "make", own_demo.commune, "--out", tmp_path / "new folder", *keys).status == 0
    assert len(list((tmp_path / "new folder").glob("*.tdp"))) == 1


def test_reports_of_others_go_no_further(thidua: Thidua, own_demo: DemoOffice, tmp_path: Path) -> None:
    session = offices.open_office(own_demo.commune, PASSWORD)
    session.file.reports.freeze("99002:movement_result", "2026-11", {}, None, actor="", now=session.now())
    session.close()
    keys = ("--password-file", own_demo.password_file)
    assert thidua("package", "make", own_demo.commune, "--out", tmp_path, *keys).status == 0


def test_figures_of_a_commune_that_never_sent_are_refused(thidua: Thidua, demo: DemoOffice) -> None:
    keys = (demo.province, "--period", "2026-11", "--password-file", demo.password_file, "--json")
    assert thidua("province", "figures", *keys, "--commune", "99001").status == 0
    answer = thidua("province", "figures", *keys, "--commune", "12345")
    assert (answer.status, answer.err[:12], "99001" in answer.err) == (1, "TD-SYNC-060:", True)


def test_a_name_that_links_nowhere_names_its_field_and_register(thidua: Thidua, own_demo: DemoOffice) -> None:
    keys = ("--password-file", own_demo.password_file)
    answer = thidua("record", "add", "household", own_demo.commune, *keys, "--set", "residential_area=Tân")
    assert answer.err.startswith("TD-CLI-008: Không hiểu residential_area=Tân: không có mục này trong Khu dân cư.")


def test_closed_periods_are_told_by_their_codes(thidua: Thidua, demo: DemoOffice) -> None:
    answer = thidua("office", "info", demo.commune, "--password-file", demo.password_file)
    assert "kỳ đã chốt: 2026-11, 2026-10" in answer.out
