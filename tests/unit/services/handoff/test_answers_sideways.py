"""What the province said of a report reaches the PC that did not take the receipt in; the newest receipt stands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.unit.services.handoff.two_machines import Machines, machines
from tests.unit.services.handoff.two_offices import NOVEMBER, REPORT, introduce, make_office
from thidua_desktop.errors import UserError
from thidua_desktop.services.handoff import answers, incoming, outgoing, receipts
from thidua_desktop.services.report_checks import decisions
from thidua_desktop.services.report_checks.told import told
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.session import Session


@dataclass
class Loop:
    """Two machines of a commune and their province."""

    two: Machines
    province: Session
    stick: Path

    def receipt(self, *takers: Session) -> None:
        """The province's next receipt, taken in on some machines."""
        made = answers.make_receipt(self.province, "24412", self.stick)
        for one in takers:
            receipts.take_receipt(one, receipts.look_at_receipt(one, made.path))

    def said(self, machine: Session) -> str:
        found = told(machine, REPORT, NOVEMBER.code)
        return str(found.state) if found is not None else ""


@pytest.fixture
def loop(tmp_path: Path) -> Iterator[Loop]:
    with machines(tmp_path) as two, closing(make_office(tmp_path / "t.thidua", "66", province=True)) as province:
        for one in two.all:
            introduce(one, province)
        main = two.all[0]
        two.activity(main)
        reports.close(main, REPORT, NOVEMBER)
        about = outgoing.what_would_go(main).about_bytes
        made = outgoing.make_package(main, tmp_path)
        assert made.size * 0.7 < about < made.size * 1.3
        incoming.receive(province, incoming.plan_receive(province, made.path))
        yield Loop(two, province, tmp_path)


def test_the_pc_that_did_not_take_the_receipt_is_locked_too(loop: Loop) -> None:
    main, second = loop.two.all
    decisions.accept(loop.province, "24412", REPORT, NOVEMBER)
    loop.receipt(main)
    assert (loop.said(main), loop.said(second)) == ("accepted", "")
    loop.two.hand(main, second)
    assert loop.said(second) == "accepted"
    with pytest.raises(UserError) as refused:
        reports.reopen(second, REPORT, NOVEMBER)
    assert refused.value.code == "TD-SYNC-136"


def test_the_newest_receipt_stands_whoever_counted_more(loop: Loop) -> None:
    main, second = loop.two.all
    loop.receipt(main)
    decisions.accept(loop.province, "24412", REPORT, NOVEMBER)
    loop.receipt(main)
    loop.two.make(main)  # main has counted twice
    decisions.reopen(loop.province, "24412", REPORT, NOVEMBER, "Còn sai")
    loop.receipt(second)
    exchanged = loop.two.hand(main, second)
    assert loop.said(second) == "received" and exchanged.lost == ()
    loop.two.hand(second, main)
    assert loop.said(main) == "received"
    loop.two.hand(main, second)
    assert loop.said(second) == "received"
