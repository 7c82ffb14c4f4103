"""Records of other registers that point at one record: tasks of a plan, points of a model, awards of a person.

Found by the links that registers declare, answered by their indexes, so that asking costs the same for an area with
100,000 records as for a plan with three. Child rows (attendance) are no relation of this kind.
"""

from __future__ import annotations

from dataclasses import dataclass

from thidua_desktop.formdef.model import FieldSpec, FieldType, RegisterSpec, Value, Values
from thidua_desktop.services import access, records
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.services.titles import title_with_links
from thidua_desktop.text import lower_first

SHOWN, COUNTED = 5, 999
ATTACHMENTS = "attachment"


@dataclass(frozen=True, slots=True)
class Related:
    """One record that points here."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class RelatedGroup:
    """The records of one register that point here by one field; ``count`` stops at ``COUNTED`` and one more."""

    register: str
    field: str
    title: str
    singular: str
    icon: str
    count: int
    newest: tuple[Related, ...]
    may_add: bool

    @property
    def is_exact(self) -> bool:
        """Whether ``count`` is the whole number."""
        return self.count <= COUNTED

    @property
    def new_text(self) -> str:
        """What writing a new one is called."""
        return f"Ghi {self.singular}"

    @property
    def count_text(self) -> str:
        """The number, or that there are more."""
        return str(self.count) if self.is_exact else f"hơn {COUNTED}"


def related(session: Session, register: str, record_id: str) -> list[RelatedGroup]:
    """What points at a record, by register and field, those with records first; closed registers are left out."""
    own = session.register(register)
    found = [
        _group(session, spec, field, record_id)
        for spec in session.definitions.registers.values()
        if spec.name != ATTACHMENTS and spec.survey is None and session.opens(spec.name)
        for field in spec.living_fields
        if field.type is FieldType.LINK and field.register == own.name and session.sees(field)
    ]
    return sorted(found, key=lambda group: not group.count)


def linked_values(session: Session, group: RelatedGroup, record_id: str) -> Values:
    """What a new record of the group's register starts with: the link, and the area where this record has one."""
    spec = session.register(group.register)
    values: dict[str, Value] = {**records.blank(session, group.register), group.field: record_id}
    target = session.register(spec.field(group.field).register)
    if spec.area_field and spec.area_field != group.field and target.area_field not in {"", "id"}:
        area = records.get(session, target.name, record_id).values.get(target.area_field)
        if area is not None and spec.area_field != "id":
            values[spec.area_field] = area
    return values


def _group(session: Session, spec: RegisterSpec, field: FieldSpec, record_id: str) -> RelatedGroup:
    count, newest = session.file.records.linked(spec.name, field.name, record_id, SHOWN, COUNTED + 1)
    if newest:
        access.note(session, spec, access.LIST, records=len(newest))
    twice = sum(one.type is FieldType.LINK and one.register == field.register for one in spec.living_fields) > 1
    title = spec.short or spec.title
    return RelatedGroup(
        spec.name,
        field.name,
        f"{title}, {lower_first(field.label)}" if twice else title,
        spec.singular,
        spec.icon,
        count,
        tuple(Related(record.id, title_with_links(session, spec, record.values)) for record in newest),
        session.may(Permission.RECORD) and field.name not in spec.computed_fields,
    )
