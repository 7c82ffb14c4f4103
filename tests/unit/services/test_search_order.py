"""What is called so comes before what only lies there."""

from __future__ import annotations

from thidua_desktop.services import records
from thidua_desktop.services.search import search
from thidua_desktop.services.session import Session


def test_an_area_comes_before_the_households_in_it(session: Session, area_ids: list[str]) -> None:
    for name in ("Nguyễn Văn Hạnh", "Tân Lập Phương"):
        values = {"residential_area": area_ids[1], "representative": name}
        assert isinstance(records.save(session, "household", values, reasons={"*": "thử"}), records.Saved)
    found = search(session, "tan lap")
    assert found[0].register == "residential_area"
    households = [one.title for group in found if group.register == "household" for one in group.records]
    assert len(households) == 2 and households[0].startswith("Tân")


def test_without_a_name_the_order_of_the_definitions_stays(session: Session, area_ids: list[str]) -> None:
    found = search(session, "thon")
    order = list(session.definitions.registers)
    assert [order.index(group.register) for group in found] == sorted(order.index(g.register) for g in found)
