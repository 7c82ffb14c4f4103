"""A small set of definitions made for tests of the store: places, and events at them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from thidua_desktop.formdef.model import (
    Aggregate,
    CatalogItem,
    CatalogSpec,
    Condition,
    Definitions,
    FieldSpec,
    FieldType,
    IndicatorSpec,
    ListLayout,
    RegisterSpec,
    Values,
)
from thidua_desktop.store.identity import NewUser, OfficeIdentity
from thidua_desktop.store.key_slots import KeyCost
from thidua_desktop.store.office_file import Created, create_office

NOW = datetime(2026, 11, 9, 8, 30)
QUICK = KeyCost(memory_kib=64, passes=1, lanes=1)
PASSWORD = "bốn từ viết liền"


def field(name: str, kind: FieldType, **more: object) -> FieldSpec:
    """A field whose label is its name."""
    return FieldSpec(name=name, type=kind, label=name, **more)  # type: ignore[arg-type]


def register(name: str, fields: tuple[FieldSpec, ...], **more: object) -> RegisterSpec:
    """A register whose titles are its name."""
    return RegisterSpec(
        name=name, version=1, title=f"Sổ {name}", singular=name, group="movement", icon="list", fields=fields,
        sections=(), list=ListLayout((), ()), **more,  # type: ignore[arg-type]
    )  # fmt: skip


PLACE = register(
    "place",
    (
        field("name", FieldType.TEXT, required=True),
        field("head", FieldType.NAME),
        field("people", FieldType.INTEGER, total=True),
        field("area_types", FieldType.CHOICES, catalog="kind"),
        field("valid_from", FieldType.DATE),
        field("valid_to", FieldType.DATE),
    ),
    title_fields=("name",), area_field="id", valid_from="valid_from", valid_to="valid_to", sort="name",
)  # fmt: skip

EVENT = register(
    "event",
    (
        field("held_on", FieldType.DATE, required=True),
        field("ended_on", FieldType.DATE),
        field("place", FieldType.LINK, register="place"),
        field("kind", FieldType.CHOICE, catalog="kind"),
        field("topics", FieldType.CHOICES, catalog="kind"),
        field("title", FieldType.TEXT),
        field("host", FieldType.NAME),
        field("present", FieldType.INTEGER, total=True),
        field("cost", FieldType.DECIMAL, digits=2, total=True),
        field("public", FieldType.BOOLEAN),
        field("identity", FieldType.IDENTITY_NUMBER, sensitive=True),
        field("note", FieldType.LONG_TEXT),
        field("items", FieldType.ROWS, fields=(
            field("subject", FieldType.TEXT), field("yes", FieldType.INTEGER), field("due", FieldType.DATE),
            field("passed", FieldType.BOOLEAN), field("paid", FieldType.DECIMAL, digits=1),
        )),
    ),
    title_fields=("title", "held_on"), date_field="held_on", area_field="place", sort="-held_on",
)  # fmt: skip

KIND = CatalogSpec(
    name="kind", title="Loại", items=tuple(CatalogItem(code, label) for code, label in (
        ("patrol", "Tuần tra"), ("launch", "Lễ phát động"), ("talk", "Tuyên truyền")
    )),
)  # fmt: skip


def indicator(name: str, aggregate: Aggregate, **more: object) -> IndicatorSpec:
    """An indicator of events unless told otherwise."""
    more.setdefault("register", "event")
    return IndicatorSpec(name=name, label=name, unit="", aggregate=aggregate, **more)  # type: ignore[arg-type]


INDICATORS = (
    indicator("events", Aggregate.COUNT),
    indicator("patrols", Aggregate.COUNT, where=(Condition("kind", ("patrol",)),)),
    indicator("about_talk", Aggregate.COUNT, where=(Condition("topics", ("talk", "launch")),)),
    indicator("present", Aggregate.SUM, field="present"),
    indicator("cost_public", Aggregate.SUM, field="cost", where=(Condition("public", ("true",)),)),
    indicator("without_host", Aggregate.COUNT, where=(Condition("host", ("",)),)),
    indicator("items_passed", Aggregate.COUNT, rows="items", row_where=(Condition("passed", ("true",)),)),
    indicator("paid", Aggregate.SUM, rows="items", field="paid"),
    indicator("paid_by_due", Aggregate.SUM, rows="items", field="paid", date_field="items.due"),
    indicator("places_visited", Aggregate.DISTINCT, field="place"),
    indicator("events_in_patrolled", Aggregate.COUNT, area_types=("patrol",)),
    indicator(
        "present_in_two",
        Aggregate.SUM,
        field="present",
        where=(Condition("kind", ("talk",)),),
        area_types=("patrol", "launch"),
    ),
    indicator("topics_seen", Aggregate.DISTINCT, field="topics"),
    indicator("places", Aggregate.COUNT, register="place", stock=True),
    indicator("people", Aggregate.SUM, register="place", field="people", stock=True),
    indicator("places_before", Aggregate.COUNT, register="place", stock=True, opening=True),
    indicator("places_by_quarter", Aggregate.COUNT, register="place", stock=True, every=3),
    indicator("places_opened", Aggregate.COUNT, register="place", date_field="valid_from"),
    indicator("places_and_events", Aggregate.COUNT, register="place", stock=True, plus=("events", "cost_public")),
    indicator(
        "people_in_patrolled", Aggregate.SUM, register="place", field="people", stock=True, area_types=("patrol",)
    ),
)

FORMS = Definitions(
    registers={"place": PLACE, "event": EVENT}, catalogs={"kind": KIND},
    indicators={one.name: one for one in INDICATORS}, reports={}, documents={},
)  # fmt: skip


def event(day: date, title: str = "Ra quân tuần tra", **more: object) -> Values:
    """Values of an event."""
    return {"held_on": day, "title": title, **more}  # type: ignore[dict-item]


FULL_EVENT: Values = {
    "held_on": date(2026, 11, 8),
    "kind": "launch",
    "topics": ("talk", "patrol"),
    "title": "Lễ phát động phong trào",
    "host": "Đặng Thị Ánh",
    "present": 125,
    "cost": Decimal("1250.50"),
    "public": False,
    "identity": "001234567890",
    "note": "Dòng một\nDòng hai",
    "items": (
        {"subject": "Đường làng", "yes": 40, "due": date(2026, 12, 1), "passed": True, "paid": Decimal("2.5")},
        {"subject": "Camera", "passed": False},
    ),
}


def make_office(path: Path, code: str = "26734", kind: str = "commune") -> Created:
    """A new office file with the made-up registers, open."""
    identity = OfficeIdentity(code=code, name="Xã Tân Lập", kind=kind)
    created = create_office(path, FORMS, identity, NewUser("Lò Thị Đào", "dao"), PASSWORD, NOW, cost=QUICK)
    for spec in FORMS.registers.values():
        created.file.add_register(spec)
    return created
