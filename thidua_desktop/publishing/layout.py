"""The tables on the server as the definitions make them: names, typed columns, comments, and what never leaves."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from thidua_desktop.formdef.model import Definitions, FieldSpec, FieldType, RegisterSpec
from thidua_desktop.formdef.travel import travelling_fields

SCHEMA = "thidua"
PARTITIONS = 8
ATTACHMENT = "attachment"

BOOKKEEPING = (
    ("office", 'text COLLATE "C" NOT NULL', "Mã đơn vị ghi bản ghi (khóa phân vùng)"),
    ("id", 'text COLLATE "C" NOT NULL', "Mã bản ghi, không đổi suốt đời bản ghi"),
    ("revision", "integer NOT NULL", "Lần sửa của bản ghi; lần lớn hơn thay lần nhỏ hơn"),
    ("deleted", "boolean NOT NULL", "Bản ghi đã xóa: chỉ còn dấu vết, các cột nội dung để trống"),
    ("changed_at", "timestamptz NOT NULL", "Lúc bản ghi được ghi vào tệp của tỉnh"),
    ("published_from", "text NOT NULL", "Bản cài đặt của tỉnh đã đưa bản ghi lên"),
    ("published_seq", "bigint NOT NULL", "Số thứ tự trong nhật ký thay đổi của bản cài đặt đó"),
)
_TYPES = {
    FieldType.INTEGER: "bigint",
    FieldType.DATE: "date",
    FieldType.TIME: "time",
    FieldType.BOOLEAN: "boolean",
    FieldType.CHOICES: "text[]",
    FieldType.ROWS: "jsonb",
}


@dataclass(frozen=True, slots=True)
class PublishedRegister:
    """A register with the fields that leave; ``fields`` never holds a private one."""

    spec: RegisterSpec
    fields: tuple[FieldSpec, ...]

    @property
    def table(self) -> str:
        """The table's full name."""
        return f"{SCHEMA}.{quoted(self.spec.name)}"

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column in the order of ``row``."""
        return (*(name for name, _, _ in BOOKKEEPING), *(field.name for field in self.fields))

    def row(self, head: tuple[Any, ...], plain: Mapping[str, Any], deleted: bool) -> tuple[Any, ...]:
        """A row for COPY; of a deleted record no content leaves."""
        values = (None if deleted else cell(field, plain.get(field.name)) for field in self.fields)
        return (*head, *values)


def quoted(name: str) -> str:
    """An SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """An SQL text; standard_conforming_strings is on in every PostgreSQL that is still kept up."""
    return "'" + text.replace("'", "''") + "'"


def leaves(field: FieldSpec) -> bool:
    """Whether a field goes to the server: it travels, and it is not sensitive."""
    return field.travels and not field.sensitive


def published_registers(definitions: Definitions) -> dict[str, PublishedRegister]:
    """The registers that travel whole and are open to everybody in the office."""
    found = {}
    for name, spec in definitions.registers.items():
        if spec.travels == "full" and not spec.restricted:
            found[name] = PublishedRegister(spec, tuple(field for field in travelling_fields(spec) if leaves(field)))
    return found


def staying_registers(definitions: Definitions) -> tuple[RegisterSpec, ...]:
    """The registers of which not one record goes to the server."""
    published = published_registers(definitions)
    return tuple(spec for name, spec in definitions.registers.items() if name not in published)


def column_type(field: FieldSpec) -> str:
    """The column's type in PostgreSQL; codes, links and texts are text."""
    if field.type is FieldType.DECIMAL:
        return f"numeric(20,{field.digits})"
    return _TYPES.get(field.type, "text")


def cell(field: FieldSpec, plain: Any) -> Any:
    """A plain value as COPY takes it; child rows keep only what may leave. PostgreSQL knows no NUL in texts."""
    if plain is None or plain in ("", []):
        return None
    if field.type is FieldType.ROWS:
        names = [child.name for child in field.fields if leaves(child)]
        rows = [{name: row[name] for name in names if row.get(name) not in (None, "", [])} for row in plain]
        return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).replace("\\u0000", "")
    if isinstance(plain, list):
        return [str(one).replace("\0", "") for one in plain]
    return plain.replace("\0", "") if isinstance(plain, str) else plain


def child_columns(field: FieldSpec) -> str:
    """The column list that unfolds child rows: ``jsonb_to_recordset(t.x) AS child(…)``."""
    columns = (f"{quoted(child.name)} {column_type(child)}" for child in field.fields if leaves(child))
    return ", ".join(columns)


def table_statements(register: PublishedRegister, partitions: int) -> Iterator[str]:
    """Make the table, or add the columns that came since; PostgreSQL keeps what is there.

    Partitions by hash of the office: a new office needs no new table, and 3,321 of them do not make 130,000 tables.
    """
    spec, table = register.spec, register.table
    head = ", ".join(f"{name} {kind}" for name, kind, _ in BOOKKEEPING)
    yield f"CREATE TABLE IF NOT EXISTS {table} ({head}, PRIMARY KEY (office, id)) PARTITION BY HASH (office)"
    for part in range(partitions):
        name = f"{SCHEMA}.{quoted(f'{spec.name}__p{part}')}"
        yield (
            f"CREATE TABLE IF NOT EXISTS {name} PARTITION OF {table} "
            f"FOR VALUES WITH (MODULUS {partitions}, REMAINDER {part})"
        )
    for field in register.fields:
        yield f"ALTER TABLE {table} ADD COLUMN IF NOT EXISTS {quoted(field.name)} {column_type(field)}"
    if spec.date_field and spec.date_field in register.columns:
        yield f"CREATE INDEX IF NOT EXISTS {quoted(spec.name + '__day')} ON {table} ({quoted(spec.date_field)})"
    yield from _comments(register)
    for field in register.fields:
        if field.fields:
            yield from _unfolding(register, field)


def _comments(register: PublishedRegister) -> Iterator[str]:
    spec = register.spec
    yield _comment("TABLE", register.table, [spec.title, _basis(spec.basis)])
    for name, _, words in BOOKKEEPING:
        yield _comment("COLUMN", f"{register.table}.{name}", [words])
    for field in register.fields:
        yield _comment("COLUMN", f"{register.table}.{quoted(field.name)}", field_words(field))


def _unfolding(register: PublishedRegister, field: FieldSpec) -> Iterator[str]:
    """A view with a row for each child row, typed: what an analyst would else write by hand."""
    view = f"{SCHEMA}.{quoted(f'{register.spec.name}__{field.name}')}"
    names = [quoted(child.name) for child in field.fields if leaves(child)]
    rows = f"jsonb_to_recordset(t.{quoted(field.name)}) AS ({child_columns(field)})"
    yield f"DROP VIEW IF EXISTS {view}"
    yield (
        f"CREATE VIEW {view} AS SELECT t.office AS record_office, t.id AS record_id, child.row_number, "
        f"{', '.join(f'child.{name}' for name in names)} FROM {register.table} AS t "
        f"CROSS JOIN LATERAL ROWS FROM ({rows}) WITH ORDINALITY AS child({', '.join(names)}, row_number) "
        "WHERE NOT t.deleted"
    )
    yield _comment("VIEW", view, [f"{register.spec.title}: {field.label}", _basis(field.basis)])
    for child in field.fields:
        if leaves(child):
            yield _comment("COLUMN", f"{view}.{quoted(child.name)}", field_words(child))


def field_words(field: FieldSpec) -> list[str]:
    """What a column's comment says: label, unit, where the codes or the link lead, legal basis."""
    words = [f"{field.label} ({field.unit})" if field.unit else field.label]
    if field.catalog:
        words.append(f"Mã trong danh mục {field.catalog} ({SCHEMA}.catalog_item)")
    if field.register:
        words.append(f"Mã bản ghi của {SCHEMA}.{field.register}")
    return [*words, _basis(field.basis)]


def _basis(basis: str) -> str:
    return f"Căn cứ: {basis}" if basis else ""


def _comment(kind: str, name: str, words: Iterable[str]) -> str:
    return f"COMMENT ON {kind} {name} IS {literal('. '.join(part.rstrip('.') for part in words if part))}"


comment = _comment
