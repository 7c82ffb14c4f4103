"""Texts of papers: which places a layout has for them, which names they may use, and their faults."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from thidua_desktop.domain.paper_types import LETTER, PAPER_TYPES, paper_type
from thidua_desktop.formdef.faults import Fault, fault
from thidua_desktop.formdef.jinja_texts import OFFICE_NAMES, text_faults
from thidua_desktop.formdef.model import Definitions, DocumentSpec, FieldSpec, FieldType, RegisterSpec
from thidua_desktop.formdef.text_shapes import TEXT, Calls, Shape, texts

SHOWN_NAMES = {
    "value": "giá trị lưu: mã, số, ngày, True, False; trống thì None",
    "words": "ngày 16 tháng 11 năm 2026 · 19 giờ 30 phút · 05 · nhãn viết thường chữ đầu",
    "lines": "như đã ghi, giữ xuống dòng",
}
"""What stands behind every shown value: ``record.kind`` is its label, ``record.kind.value`` its code."""

PLAIN_NAMES = {
    "today": "ngày 16 tháng 11 năm 2026",
    "year": "2026",
    "count": "40 (số bản ghi được chọn, để so sánh)",
    "count_text": "05",
}

STANDING_NAMES = {
    "place": "2",
    "tied": "đồng hạng; một mình một hạng thì trống",
    "name": "Thôn Tân Lập",
    "total": "95,5",
    "band": "xuất sắc",
}
"""A line of ``standings``, which ranks selected sheets set by set as their page does."""

_ISSUING = ("issuer", "issuer_parent", "issuer_code", "number")
_SIGNING = ("signer_capacity", "signer_position", "signer_name", "signed_on")
MINUTES_LINES = ("started", "venue", "attendants", "chair", "secretary")
"""The lines that office minutes begin with (sample layout 1.9); with an ``opening`` only those that are named."""

PLACES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "official": (
            "type_name", "type_code", "subject", "to", "authority", "grounds", "opening", "body", "closing",
            "recipients", "annex_title", "annex", "drafting_unit", "symbol", *_ISSUING, *_SIGNING,
        ),
        "sheet": ("type_name", "subject", "opening", "closing", "signer_left", "signer_right"),
        "minutes_office": (
            "type_name", "type_code", "subject", "opening", *MINUTES_LINES, "chair_title", "secretary_title", "body",
            "closing", "ended", "signer_left", "signer_right", "recipients", "annex_title", *_ISSUING,
        ),
        "certificate": (
            "giver", "verb", "award", "receiver", "detail", "achievement", "decision", "book_number", "emblem",
            *_SIGNING,
        ),
        "minutes_decree59": ("subject",),
        "invitation_decree59": ("type_name", "subject", "to", "opening", "body", "closing"),
    }
)  # fmt: skip
"""The places that each layout has for texts."""


def document_text_faults(definitions: Definitions, document: DocumentSpec, file: str) -> list[Fault]:
    """Faults of a document's texts: syntax, names, fields; places that its layout does not have; an unknown type."""
    register = definitions.registers.get(document.register)
    if register is None:
        return []
    found = _place_faults(document, file)
    names, calls = document_names(definitions, document, register)
    for place, text in document.texts.items():
        found += text_faults(text, file, f"texts.{place}", names, calls)
    return found


def _place_faults(document: DocumentSpec, file: str) -> list[Fault]:
    allowed = PLACES[document.layout]
    found = [
        fault("TD-FORM-040", file, f"texts.{place}", place=place, layout=document.layout, allowed=", ".join(allowed))
        for place in document.texts
        if place not in allowed
    ]
    if document.layout == "official" and "{{" not in document.texts.get("type_name", ""):
        name = paper_type(document.texts.get("type_name", ""), document.title)
        if not name or (name not in PAPER_TYPES and name != LETTER and not document.texts.get("type_code")):
            found.append(fault("TD-FORM-041", file, "texts.type_name", type=name or document.title))
    return found


def document_names(
    definitions: Definitions, document: DocumentSpec, register: RegisterSpec
) -> tuple[Mapping[str, Shape], Calls]:
    """The names and calls that a document's texts may use, by its scope."""
    record = record_shape(definitions, register.fields)
    names = {"office": texts(OFFICE_NAMES), "records": Shape(each=record), **dict.fromkeys(PLAIN_NAMES, TEXT)}
    calls: dict[str, Mapping[tuple[str, ...], Shape]] = {
        "total": {(field.name,): TEXT for field in register.fields if is_number(field)},
        "related": {
            (other.name, field.name): Shape(each=record_shape(definitions, other.fields))
            for other in definitions.registers.values()
            for field in other.fields
            if field.register == register.name
        },
    }
    if document.scope == "selection" and register.name == "assessment":
        ranked = Shape(each=texts(STANDING_NAMES))
        names["standings"] = Shape(each=Shape({**dict.fromkeys(("title", "year", "unplaced"), TEXT), "lines": ranked}))
    if document.scope != "selection":
        names["record"] = record
        calls["rows"] = {
            (field.name,): Shape(each=record_shape(definitions, field.fields))
            for field in register.fields
            if field.fields
        }
    return names, calls


def is_number(field: FieldSpec) -> bool:
    """Whether a field can be summed."""
    return field.type in {FieldType.INTEGER, FieldType.DECIMAL}


def record_shape(definitions: Definitions, fields: tuple[FieldSpec, ...]) -> Shape:
    """A record as shown: its fields, and behind a link the fields of the record that it points at, one step away."""
    return Shape({field.name: _field_shape(definitions, field) for field in fields})


def _field_shape(definitions: Definitions, field: FieldSpec) -> Shape:
    shown = texts(SHOWN_NAMES)
    target = definitions.registers.get(field.register)
    if field.type is not FieldType.LINK or target is None:
        return shown
    return Shape({"value": TEXT, "words": TEXT, **{far.name: shown for far in target.fields}})
