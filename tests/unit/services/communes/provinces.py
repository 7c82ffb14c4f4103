"""A province with records of made-up communes, written as packages write them: small enough for tests of days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from tests.unit.services.handoff.two_offices import NOW, make_office
from thidua_desktop.services.commune_changes import AskedChange
from thidua_desktop.services.session import Session
from thidua_desktop.store.commune_changes import arrived_id
from thidua_desktop.store.merge import RecordLine
from thidua_desktop.store.packages import Partner

OLD_A, OLD_B, NEW = "24412", "24406", "24999"
NAMES = {OLD_A: "Xã Ea Kao", OLD_B: "Xã Hòa Sơn", NEW: "Xã Ea Sơn"}
DAY = date(2026, 8, 20)
MERGED = AskedChange(
    kind="merge", effective_on=DAY, before=(OLD_A, OLD_B), after=((NEW, NAMES[NEW]),),
    decision="1685/NQ-UBTVQH15", decided_on=date(2026, 7, 20), decided_by="Ủy ban Thường vụ Quốc hội",
)  # fmt: skip


@dataclass
class Province:
    """The session, and how many records were written."""

    session: Session
    count: int = field(default=0)

    def accept(self, code: str, name: str = "") -> None:
        """A commune whose card was accepted: the new one's after it was made."""
        keys = {"kind": "commune", "verify": "", "age": "", "fingerprint": code}
        self.session.file.partners.put(
            Partner(office=code, installation=f"may-{code}", name=name or NAMES[code], keys=keys, status="accepted",
                    at=NOW.replace(month=8, day=20) if code == NEW else NOW.replace(month=1)),
        )  # fmt: skip

    def record(self, office: str, register: str, *, taken_by: str = "", **values: Any) -> None:
        """A record of a commune, as its package brings it; ``taken_by``: by which change it was taken over."""
        self.count += 1
        plain: Mapping[str, Any] = {k: v.isoformat() if isinstance(v, date) else v for k, v in values.items()}
        own = f"{office}-{self.count}"
        name = arrived_id(taken_by, office, own) if taken_by else own
        line = RecordLine(register=register, id=name, office=office, revision=1, values=plain)
        result = self.session.file.merge([line], office, "thử", actor="thử", now=NOW)
        assert result.new == 1, result

    def stands(self, office: str, since: date, count: int, taken_by: str = "") -> None:
        """Groups that stand since a day."""
        for number in range(count):
            self.record(office, "self_managed_group", number=str(number + 1), name=f"Tổ {number + 1}",
                        kind="security", founded_on=since, residential_area="", taken_by=taken_by)  # fmt: skip

    def held(self, office: str, day: date) -> None:
        """An activity."""
        self.record(office, "movement_activity", held_on=day, kind="propaganda", title="Buổi", attendance_total=10)

    def case(self, office: str, received: date) -> None:
        """A mediation case that is not closed."""
        self.record(office, "mediation_case", received_on=received, subject="Vụ")


def make_province(folder: Path) -> Province:
    """An empty one."""
    return Province(make_office(folder / "tinh.thidua", "66", province=True))
