"""An old commune with a little of what stands, the province that ends it, and the new one that takes over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.unit.services.communes.provinces import DAY, NEW
from tests.unit.services.handoff.two_offices import CHEAP, NOW, PASSWORD, introduce, make_office, save
from thidua_desktop.services import attachments, commune_changes, take_over
from thidua_desktop.services.commune_changes import AskedChange
from thidua_desktop.services.handoff import directives, orders
from thidua_desktop.services.handoff.directives import DirectiveWish
from thidua_desktop.services.offices import NewOffice, create_office
from thidua_desktop.services.session import Clock, Session
from thidua_desktop.services.take_over import Said, TakeOverPlan
from thidua_desktop.store.commune_changes import arrived_id
from thidua_desktop.store.queries import ListQuery, Record

EARLIER = date(2025, 3, 1)


@dataclass
class OldAndNew:
    """``path``: the old commune's file, closed."""

    path: Path
    new: Session
    province: Session

    def id_here(self, old_id: str) -> str:
        """The id that a record of the old commune has in the new one."""
        (change, *_) = self.new.file.commune_changes.standing()
        return arrived_id(change.id, NEW, old_id)

    def look(self, said: Said | None = None) -> TakeOverPlan:
        """What would come."""
        with take_over.old_office(self.new, self.path, PASSWORD) as old:
            return take_over.plan(self.new, old, said)

    def take(self, said: Said | None = None) -> TakeOverPlan:
        """Takes over."""
        with take_over.old_office(self.new, self.path, PASSWORD) as old:
            return take_over.apply(self.new, old, said)

    def all(self, register: str) -> list[Record]:
        """The living records of a register here."""
        return list(self.new.file.records.every(ListQuery(register)))


def fill(old: Session, attach: Path | None = None) -> dict[str, str]:
    """Two areas with a group, a household and a supervised person in one of them; something without area; events."""
    areas = [one.id for one in old.file.records.every(ListQuery("residential_area"))]
    here, there = areas
    made = {"here": here, "there": there}
    made["group"] = save(old, "self_managed_group", {
        "residential_area": here, "number": "1", "name": "Tổ 1", "kind": "security", "founded_on": EARLIER,
        "leader": "Ông Y Tá",
    })  # fmt: skip
    made["closed"] = save(old, "self_managed_group", {
        "residential_area": here, "number": "2", "name": "Tổ 2", "kind": "security", "founded_on": EARLIER,
        "closed_on": date(2026, 2, 1), "leader": "Ông Y Tá",
    })  # fmt: skip
    made["other group"] = save(old, "self_managed_group", {
        "residential_area": there, "number": "1", "name": "Tổ 1", "kind": "security", "founded_on": EARLIER,
        "leader": "Bà H'Nga",
    })  # fmt: skip
    made["household"] = save(old, "household", {
        "residential_area": here, "number": 1, "representative": "Trần Thị Bích Liên", "group": made["closed"],
    })  # fmt: skip
    made["programme"] = save(old, "programme", {
        "title": "Kế hoạch an ninh trật tự", "kind": "plan", "level": "commune", "number": "15/KH-UBND",
        "issued_on": date(2026, 1, 5), "topics": ("crime",), "valid_from": date(2026, 1, 5),
    })  # fmt: skip
    for day in (date(2026, 8, 10), DAY):
        made[f"held {day:%d/%m}"] = save(old, "movement_activity", {
            "held_on": day, "kind": "propaganda", "title": f"Buổi {day:%d/%m}", "residential_area": here,
            "attendance_total": 40, "attendance_women": 18,
        })  # fmt: skip
    if attach is not None:
        attachments.attach(old, "self_managed_group", made["group"], attach)
    return made


@contextmanager
def old_and_new(folder: Path, asked: AskedChange, old_code: str) -> Iterator[tuple[OldAndNew, dict[str, str]]]:
    """The old commune is closed; the new one has applied the province's directive."""
    province = make_office(folder / "tinh.thidua", "66", province=True)
    old = make_office(folder / "cu.thidua", old_code)
    paper = folder / "quyet-dinh.txt"
    paper.write_text("Quyết định lập tổ", encoding="utf-8")
    made = fill(old, paper)
    name = next(name for code, name in asked.after if code == NEW)
    new = create_office(
        folder / "moi.thidua",
        NewOffice(unit_code=NEW, unit_name=name, unit_province="66", user_name="H'Ngọc", login="hngoc",
                  password=PASSWORD),
        Clock(NOW), CHEAP,
    ).session  # fmt: skip
    for one in (old, new):
        introduce(one, province)
    old.close()
    commune_changes.apply(province, asked)
    (folder / "usb").mkdir()
    directive = directives.make_directive(province, DirectiveWish("Sắp xếp", communes=True), folder / "usb")
    orders.take_directive(new, orders.look_at_directive(new, directive.path))
    try:
        yield OldAndNew(folder / "cu.thidua", new, province), made
    finally:
        new.close()
        province.close()
