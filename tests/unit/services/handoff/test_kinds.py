"""A file that was dropped or double-clicked: what it is to the office that is open."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.services.handoff.two_machines import machines
from tests.unit.services.handoff.two_offices import TwoOffices
from thidua_desktop.errors import UserError
from thidua_desktop.services.handoff import answers, sideways
from thidua_desktop.services.handoff.kinds import Came, came, is_known, is_office


def test_packages_go_where_they_are_meant_for(pair: TwoOffices) -> None:
    pair.activity()
    made = pair.send()
    assert came(pair.province, made.path) is Came.RECORDS
    with pytest.raises(UserError, match="TD-UI-061"):
        came(pair.commune, made.path)
    pair.take(made)
    receipt = answers.make_receipts(pair.province, pair.folder)[0].path
    assert came(pair.commune, receipt) is Came.RECEIPT
    with pytest.raises(UserError, match="TD-UI-061"):
        came(pair.province, receipt)


def test_a_package_of_the_other_machine_is_an_exchange(tmp_path: Path) -> None:
    with machines(tmp_path) as two:
        main, second = two.all
        folder = tmp_path / "stick"
        folder.mkdir()
        assert came(second, sideways.make_exchange(main, folder).path) is Came.EXCHANGE


def test_other_files_are_told_by_their_names(pair: TwoOffices) -> None:
    names = {"a.thidua": Came.OFFICE, "A.TDCARD": Came.CARD, "a.tdkey": Came.KEY_CHANGE, "a.xlsx": Came.TABLE}
    assert {name: came(pair.commune, Path(name)) for name in names} == names
    assert is_office(Path("X.THIDUA")) and not is_office(Path("a.tdp"))
    assert not is_known(Path("a.png"))
    with pytest.raises(UserError, match="TD-UI-060"):
        came(pair.commune, Path("a.png"))
