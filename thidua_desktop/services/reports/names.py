"""What report texts may read: office, period, and figures in words (the names of ``formdef.jinja_texts``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from thidua_desktop.domain.figures import Number, change, change_words, share_text
from thidua_desktop.domain.periods import Period
from thidua_desktop.services.reports.figure_marks import marked
from thidua_desktop.services.reports.figures import Figure
from thidua_desktop.services.session import Session
from thidua_desktop.text import decree_date, decree_number, format_number, lower_first, upper_first

_LEAST_TWO_DIGITS = 10


def number_text(value: Number) -> str:
    """A figure as papers write it: below ten with a leading zero."""
    if isinstance(value, Decimal):
        return format_number(value)
    return decree_number(value) if 0 < value < _LEAST_TWO_DIGITS else format_number(value)


@dataclass(frozen=True, slots=True)
class FigureWords:
    """One figure as texts read it (``formdef.jinja_texts.FIGURE_NAMES``)."""

    figure: Figure
    marks: bool = False  # write the figure between signs that tell the paper which one it is

    def _mark(self, words: str) -> str:
        return marked(self.figure.indicator, words) if self.marks else words

    @property
    def value(self) -> Number:
        return self.figure.value

    @property
    def recorded(self) -> bool:
        return not self.figure.unrecorded

    @property
    def last(self) -> Number | None:
        return self.figure.last

    @property
    def last_year(self) -> Number | None:
        return self.figure.last_year

    @property
    def label(self) -> str:
        return self.figure.label

    @property
    def unit(self) -> str:
        return self.figure.unit

    @property
    def number(self) -> str:
        return self._mark(number_text(self.figure.value))

    @property
    def text(self) -> str:
        return self._mark(f"{number_text(self.figure.value)} {self.figure.unit}")

    @property
    def named(self) -> str:
        label = lower_first(self.figure.label)
        named = label if label.startswith(f"{self.figure.unit} ") else f"{self.figure.unit} {label}"
        return f"{self.text}{named[len(self.figure.unit) :]}"

    @property
    def phrase(self) -> str:
        return f"{self.named}, {self.change}"

    @property
    def change(self) -> str:
        return change_words(change(self.figure.value, self.figure.last_year), self.figure.unit)

    @property
    def change_last(self) -> str:
        return change_words(change(self.figure.value, self.figure.last), self.figure.unit, "kỳ trước")

    @property
    def total(self) -> Number | None:
        return self.figure.whole

    @property
    def share(self) -> str:
        counts = share_text(self.figure.value, self.figure.whole or 0)
        part, mark, percent = counts.partition(" (")
        return f"{self._mark(f'{part} {self.figure.whole_unit or self.figure.unit}')}{mark}{percent}"

    @property
    def missing(self) -> Number:
        return max((self.figure.whole or 0) - self.figure.value, 0)

    @property
    def missing_text(self) -> str:
        return f"{number_text(self.missing)} {self.figure.whole_unit or self.figure.unit}"


def report_names(
    session: Session, period: Period, figures: Mapping[str, Figure], marks: bool = False
) -> dict[str, object]:
    """The whole environment of a report's texts; with ``marks`` every figure says which one it is."""

    def fig(name: str) -> FigureWords:
        return FigureWords(figures[name], marks)

    return {"office": office_names(session), "period": period_names(period), "fig": fig}


_KINDS = ("đặc khu", "thành phố")
"""Kinds of units whose name is two words."""


def office_names(session: Session) -> dict[str, str]:
    """The office as texts name it ("xã Phú Hòa", not "Xã Phú Hòa", in running text)."""
    identity = session.file.identity
    name = lower_first(identity.name)
    province = lower_first(identity.province_name or identity.name)
    return {
        "name": name,
        "name_capital": upper_first(name),
        "kind": next((kind for kind in _KINDS if name.startswith(f"{kind} ")), name.split(" ", 1)[0]),
        "level": "province" if session.is_province else "commune",
        "committee": f"Ủy ban nhân dân {name}",
        "province": province,
        "superior": "Bộ Công an" if session.is_province else f"Ủy ban nhân dân {province}",
    }


def province_kind(session: Session) -> str:
    """What the province is: "tỉnh" or "thành phố"."""
    identity = session.file.identity
    name = lower_first(identity.province_name or identity.name)
    return "thành phố" if name.startswith("thành phố ") else "tỉnh"


def period_names(period: Period) -> dict[str, object]:
    """The period as texts name it."""
    return {
        "kind": str(period.kind),
        "year": period.year,
        "number": period.number,
        "label": period.label,
        "name": period.name,
        "paper_name": period.paper_name,
        "title": period.paper_title,
        "start_text": decree_date(period.start),
        "end_text": decree_date(period.end),
    }
