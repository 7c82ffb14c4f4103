"""The columns of a register's spreadsheet template: what to write in each, a sample, and the list to choose from."""

from __future__ import annotations

from dataclasses import dataclass

from thidua_desktop.formdef.field_types import field_type
from thidua_desktop.formdef.model import Definitions, FieldSpec, FieldType, RegisterSpec

_TYPE_HINTS = {
    FieldType.TEXT: "Văn bản một dòng",
    FieldType.LONG_TEXT: "Văn bản",
    FieldType.NAME: "Họ và tên",
    FieldType.PHONE: "Chữ số, giữ số 0 ở đầu",
    FieldType.IDENTITY_NUMBER: "12 chữ số, giữ số 0 ở đầu",
    FieldType.INTEGER: "Số nguyên",
    FieldType.DECIMAL: "Số, dấu phẩy ngăn phần thập phân",
    FieldType.DATE: "Ngày/tháng/năm",
    FieldType.TIME: "Giờ:phút",
    FieldType.BOOLEAN: "có hoặc không",
    FieldType.CHOICE: "Chọn một mục trong danh mục",
    FieldType.CHOICES: "Một hoặc nhiều mục, ngăn bằng dấu chấm phẩy",
    FieldType.LINK: "Tên đúng như trong sổ",
    FieldType.ROWS: "Nhập trong phần mềm",
}


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """One column: ``choices`` are the labels to choose from, ``as_text`` keeps leading zeros in the spreadsheet."""

    name: str
    label: str
    hint: str
    sample: str
    choices: tuple[str, ...]
    required: bool
    as_text: bool


def template_columns(definitions: Definitions, register: RegisterSpec) -> list[TemplateColumn]:
    """The columns in the order of the entry form; child rows have none, they are entered in the program."""
    placed = [name for section in register.sections for line in section.lines for name in line]
    fields = [register.field(name) for name in placed]
    return [_column(definitions, field) for field in fields if field.type is not FieldType.ROWS and not field.retired]


def _column(definitions: Definitions, field: FieldSpec) -> TemplateColumn:
    catalog = definitions.catalogs.get(field.catalog)
    return TemplateColumn(
        name=field.name,
        label=column_label(field),
        hint=type_hint(definitions, field),
        sample=_sample(definitions, field),
        choices=tuple(item.label for item in catalog.items) if catalog else (),
        required=field.required,
        as_text=field.type not in (FieldType.INTEGER, FieldType.DECIMAL, FieldType.DATE),
    )


def column_label(field: FieldSpec) -> str:
    """The label with its unit: "Số hộ (hộ)" says nothing new, "Lượt người dự (lượt)" neither, so only other units."""
    if not field.unit or field.unit.casefold() in field.label.casefold() or field.unit == "năm":
        return field.label
    return f"{field.label} ({field.unit})"


def type_hint(definitions: Definitions, field: FieldSpec) -> str:
    """What kind of text a cell takes, with the field's limits; links name their register."""
    hint = _TYPE_HINTS[field.type]
    target = definitions.registers.get(field.register)
    if target:
        hint = f"{hint} “{target.title}”"
    if field.maximum is not None and field.type in (FieldType.INTEGER, FieldType.DECIMAL):
        shown = field_type(FieldType.INTEGER).show(field, int(field.maximum))
        hint = f"{hint}, không quá {shown}"
    return hint


def _sample(definitions: Definitions, field: FieldSpec) -> str:
    if field.type is FieldType.LINK:
        target = definitions.registers[field.register]
        named = [target.field(name) for name in target.title_fields]
        texts = (field_type(part).show(part, field_type(part).sample(part, definitions.catalogs), definitions.catalogs)
                 for part in named)  # fmt: skip
        return ", ".join(texts)
    kind = field_type(field)
    return kind.show(field, kind.sample(field, definitions.catalogs), definitions.catalogs)
