"""Fields that nobody types, computed anew where a package is taken in: one that comes out otherwise is told.

They are taken as they were sent and signed (``store.merge``), never replaced. Nothing makes them equal by construction:
the sender computed them with its program, its law tables and the records that it had then. So they are compared where
both desks have the same definition and the province has all that goes into them, and a difference waits for a person
beside the lines set aside; the record itself is taken in. Of another definition nothing can be said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import Definitions, FieldSpec, FieldType, RegisterSpec, Values
from thidua_desktop.formdef.records import show_field, with_computed
from thidua_desktop.formdef.travel import travelling_fields
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import Record

COMPUTED_STATE = "computed"
_AT_ONCE = 500


def differences(
    session: Session, taken: Mapping[str, Iterable[str]], versions: Mapping[str, int]
) -> Iterator[tuple[Record, str]]:
    """Records just taken in, by register, whose computed fields come out otherwise here, each with a sentence.

    ``versions``: the sender's version of each register's definition.
    """
    for register, ids in taken.items():
        spec = session.register(register)
        known = comparable(session.definitions, spec)
        if not known or versions.get(register) != spec.version or not session.opens(register):
            continue
        keys = list(dict.fromkeys(ids))
        for start in range(0, len(keys), _AT_ONCE):
            for record in session.file.records.window(register, keys[start : start + _AT_ONCE]):
                told = "" if record.deleted else _told(session, spec, record, known)
                if told:
                    yield record, str(UserError("TD-SYNC-232", told=told))


def comparable(definitions: Definitions, spec: RegisterSpec) -> frozenset[str]:
    """The computed fields of which everything that goes into them travels, links to what does not stand here aside."""
    travelling = {field.name: field for field in travelling_fields(spec)}
    known: set[str] = set()
    for one in spec.computed:  # in the order in which they are computed: one may go into the next
        typed = [arg for arg in one.args if arg.partition(".")[0] in spec.by_name]
        fields = [travelling.get(arg.partition(".")[0]) for arg in typed]
        whole = all(field is not None and _whole(definitions, field) for field in fields)
        earlier = all(arg in known for arg in typed if arg in spec.computed_fields)
        if whole and earlier and one.field in travelling:
            known.add(one.field)
    return frozenset(known)


def _whole(definitions: Definitions, field: FieldSpec) -> bool:
    """Whether a field is here as its office has it: what it names would have to be here as well."""
    if field.type is FieldType.LINK:
        return False
    return all(child.travels and _whole(definitions, child) for child in field.fields)


def _told(session: Session, spec: RegisterSpec, record: Record, known: frozenset[str]) -> str:
    from thidua_desktop.services.records import rule_context  # the rules: not needed to open an office

    values: Values = with_computed(spec, record.values, rule_context(session, spec, record.id))
    return "; ".join(
        f"“{spec.field(name).label}” ghi {_shown(session, spec, name, record.values)}, "
        f"tính lại là {_shown(session, spec, name, values)}"
        for name in spec.computed_fields
        if name in known and values.get(name) != record.values.get(name)
    )


def _shown(session: Session, spec: RegisterSpec, name: str, values: Values) -> str:
    if values.get(name) in (None, ()):
        return "(trống)"
    return show_field(session.definitions, spec.field(name), values)
