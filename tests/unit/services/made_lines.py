"""Lines of people's tables for every register: alike in much, different in some, some of it wrong."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

from thidua_desktop.formdef.model import FieldSpec, FieldType, RegisterSpec, Value, Values
from thidua_desktop.formdef.records import sample_values
from thidua_desktop.services.session import Session

LINES = 24
WORDS = ("Tổ 3", "  Nguyễn   Văn A ", "TuÇn tra ®ªm ë th«n", "x" * 400, "male", "")


def other(field: FieldSpec, luck: random.Random, wrong: bool) -> Value:
    """A value of a field's type that may or may not pass."""
    is_year = field.minimum is not None and field.minimum > 1900
    kinds: dict[FieldType, Value] = {
        FieldType.DATE: date(2026, 11, 23) + timedelta(days=luck.choice((-300, -30, -1, 0, 3, 500))),
        FieldType.INTEGER: luck.choice((2025, 2026, 2027) if is_year else (-1, 0, 1, 7, 99_999)),
        FieldType.DECIMAL: Decimal(luck.choice(("-1", "0", "5.5", "100", "1e6"))),
        FieldType.BOOLEAN: luck.random() < 0.5,
        FieldType.CHOICES: luck.choice((("crime",), ("crime", "crime"), ("không có",))),
        FieldType.ROWS: None,
    }
    return kinds.get(field.type, luck.choice(WORDS)) if luck.random() < 0.9 or not wrong else "sai kiểu"


def lines_of(session: Session, spec: RegisterSpec, wrong: bool = True) -> list[Values]:
    """The lines; without ``wrong`` each value is of its field's type."""
    luck = random.Random(spec.name)
    sample = sample_values(session.definitions, spec)
    lines = []
    for _ in range(LINES):
        changed = luck.sample(spec.living_fields, k=min(len(spec.living_fields), luck.randrange(4)))
        values = {**sample, **{field.name: other(field, luck, wrong) for field in changed}}
        left_out = luck.sample(list(values), k=luck.randrange(3))
        lines.append({name: value for name, value in values.items() if name not in left_out and value is not None})
    return lines
