"""Pages about the registers and figures, in Markdown: what ``thidua forms doc`` writes and F1 shows."""

from __future__ import annotations

from thidua_desktop.domain.rules import known_rules
from thidua_desktop.formdef.field_types import field_type
from thidua_desktop.formdef.help_assessments import criteria_page
from thidua_desktop.formdef.help_words import CERTAINTY_NOTES, basis_text
from thidua_desktop.formdef.model import (
    AREA_TYPES,
    Check,
    Definitions,
    FieldSpec,
    FieldType,
    IndicatorSpec,
    RegisterSpec,
)

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


def help_page(definitions: Definitions, register: RegisterSpec) -> str:
    """One register: what it is for, its fields part by part, its checks and the figures made of it."""
    lines = [f"# {register.title}", ""]
    lines += [text for text in (register.help, basis_text(register.basis)) if text]
    for section in register.sections:
        lines += ["", f"## {section.title}", ""]
        for name in (name for line in section.lines for name in line):
            lines += field_lines(definitions, register.field(name))
    lines += ["", "## Kiểm tra khi lưu", ""]
    rules = known_rules()
    lines += [f"- {rules[check.rule].summary}" for check in _distinct_checks(register)] or ["- Chỉ kiểm tra từng mục."]
    lines += _figure_lines(definitions, register)
    return "\n".join(lines) + "\n"


def _distinct_checks(register: RegisterSpec) -> list[Check]:
    return list({check.rule: check for check in register.checks}.values())


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


def field_lines(definitions: Definitions, field: FieldSpec, indent: str = "") -> list[str]:
    """One field as a list item, its child fields below it."""
    marks = [type_hint(definitions, field)]
    if field.required:
        marks.append("bắt buộc")
    if field.unit and field.unit != "năm":
        marks.append(f"đơn vị tính: {field.unit}")
    if not field.travels:
        marks.append("không gửi ra ngoài cơ quan")
    if field.sensitive:
        marks.append("dữ liệu cá nhân cần bảo vệ")
    notes = " ".join(part for part in (field.help, basis_text(field.basis), CERTAINTY_NOTES[field.certainty]) if part)
    lines = [f"{indent}- **{field.label}** ({'; '.join(marks)}). {notes}".rstrip()]
    catalog = definitions.catalogs.get(field.catalog)
    if catalog and len(catalog.items) <= 25:
        lines.append(f"{indent}  Danh mục: {'; '.join(item.label for item in catalog.items)}.")
    for child in field.fields:
        lines += field_lines(definitions, child, indent + "  ")
    return lines


def indicator_page(definitions: Definitions) -> str:
    """All figures by register, with how each is counted."""
    lines = ["# Chỉ tiêu thống kê", ""]
    for register in definitions.registers.values():
        own = _figure_lines(definitions, register)
        if own:
            lines += [f"## {register.title}", "", *own[3:], ""]
    return "\n".join(lines).rstrip() + "\n"


def documentation(definitions: Definitions) -> dict[str, str]:
    """Every page by file name, as ``thidua forms doc --out DIR`` writes them."""
    pages = {f"{register.name}.md": help_page(definitions, register) for register in definitions.registers.values()}
    pages["indicators.md"] = indicator_page(definitions)
    links = [f"- [{register.title}]({register.name}.md)" for register in definitions.registers.values()]
    sets = definitions.assessments.values()
    pages |= {f"assessment_{spec.name}.md": criteria_page(spec, definitions) for spec in sets}
    links += [f"- [{spec.title}](assessment_{spec.name}.md)" for spec in sets]
    pages["README.md"] = "\n".join(["# Sổ sách và chỉ tiêu", "", *links, "- [Chỉ tiêu thống kê](indicators.md)", ""])
    return pages


def _figure_lines(definitions: Definitions, register: RegisterSpec) -> list[str]:
    own = [indicator for indicator in definitions.indicators.values() if indicator.register == register.name]
    if not own:
        return []
    return ["", "## Chỉ tiêu lấy từ sổ này", "", *(_figure_line(definitions, indicator) for indicator in own)]


def _figure_line(definitions: Definitions, indicator: IndicatorSpec) -> str:
    moment = _moment(definitions, indicator)
    whole = definitions.indicators.get(indicator.out_of)
    share = f"; so với {whole.label.lower()}" if whole else ""
    added = [definitions.indicators[name].label.lower() for name in indicator.plus]
    share = "".join(f"; cộng {label}" for label in added) + share
    places = f"; chỉ ở khu dân cư: {_area_types(definitions, indicator)}" if indicator.area_types else ""
    notes = " ".join(part for part in (indicator.help, basis_text(indicator.basis)) if part)
    return f"- **{indicator.label}** ({indicator.unit}, {moment}{share}{places}). {notes}".rstrip()


def _area_types(definitions: Definitions, indicator: IndicatorSpec) -> str:
    areas = next(register for register in definitions.registers.values() if register.area_field == "id")
    catalog = definitions.catalogs[areas.field(AREA_TYPES).catalog]
    return ", ".join(catalog.label(code).lower() for code in indicator.area_types)


def _moment(definitions: Definitions, indicator: IndicatorSpec) -> str:
    """When a record counts, as the help page says it."""
    if indicator.opening:
        return "tại ngày trước kỳ"
    if indicator.every:
        return f"cuối mỗi {indicator.every} tháng trong kỳ, cộng lại"
    if indicator.date_field:
        rows, _, column = indicator.date_field.rpartition(".")
        register = definitions.registers[indicator.register]
        label = (register.field(rows).child(column) if rows else register.field(column)).label.lower()
        return f"trong kỳ, tính theo {label}"
    return "tại ngày cuối kỳ" if indicator.stock else "phát sinh trong kỳ"
