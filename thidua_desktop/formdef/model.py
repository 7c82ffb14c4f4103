"""What a definition in ``forms/`` says, as frozen values that every layer above reads.

Nothing here reads files or knows a database or a window. The loader builds these, the field types interpret them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from thidua_desktop.domain.assessments.sets import (  # what assessments are made of is defined where it is computed
    AssessmentSpec,
    Band,
    Ceiling,
    Criterion,
    Exclusion,
    IncidentMatch,
    Level,
)
from thidua_desktop.domain.calendars import Calendar, ClosingRule, Due, NamedSpan

__all__ = [
    "Aggregate", "AssessmentSpec", "Band", "Calendar", "CatalogItem", "CatalogSpec", "Ceiling", "ChartSpec", "Check",
    "ClosingRule", "Computation", "Condition", "Criterion", "Definitions", "DocumentSpec", "DocumentTable", "Due",
    "DueSpec", "Exclusion", "FieldSpec", "FieldType", "IncidentMatch", "IndicatorSpec", "Level", "ListLayout",
    "NamedSpan", "NarrativeSpec", "RegisterSpec", "ReportSpec", "Row", "Scalar", "Section", "Value",
    "Values",
]  # fmt: skip

Scalar: TypeAlias = str | int | bool | date | Decimal | None
"""text-like, choice, link, time ("HH:MM") -> str; the other types as their Python namesakes; empty -> None."""

Row: TypeAlias = Mapping[str, Scalar | tuple[str, ...]]
Value: TypeAlias = Scalar | tuple[str, ...] | tuple[Row, ...]
"""A field's value: a scalar, codes of a ``choices`` field, or the child rows of a ``rows`` field."""

Values: TypeAlias = Mapping[str, Value]
"""A record's values by field name; an absent name means empty."""


AREA_TYPES = "area_types"
"""The field of the register of residential areas that says what kinds of place an area is."""

GROUPS = {
    "plans": "Kế hoạch",
    "movement": "Phong trào",
    "community": "Cộng đồng",
    "forces": "Lực lượng cơ sở",
    "security": "An ninh, trật tự",
    "emulation": "Thi đua",
    "awards": "Khen thưởng",
}
"""Fields of work, in their order, as people read them."""


class FieldType(StrEnum):
    """The closed list of field types. Each has one file in ``formdef/field_types/`` and one per layer that needs it."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NAME = "name"  # a person's name: sorts by its last word
    PHONE = "phone"
    IDENTITY_NUMBER = "identity_number"  # 12 digits, text; never a number
    INTEGER = "integer"
    DECIMAL = "decimal"  # exact, ``digits`` places; stored scaled as an integer
    DATE = "date"
    TIME = "time"
    BOOLEAN = "boolean"
    CHOICE = "choice"  # one code of a catalog
    CHOICES = "choices"  # several codes of a catalog
    LINK = "link"  # the id of a record of another register
    ROWS = "rows"  # child rows with fields of their own, one level


class Condition(NamedTuple):
    """``field`` is one of ``values`` (choices: has any), or empty / filled when they are ("",) / ("*",).

    A date may also be before a day: ("<2026-11-09",).
    """

    field: str
    values: tuple[str, ...]


class FieldSpec(NamedTuple):
    """One field. Never renamed, retyped or reused once released: it is retired."""

    name: str
    type: FieldType
    label: str
    head: str = ""  # over a column, where the label is too long for it
    called: tuple[str, ...] = ()  # other headings that offices' own tables give to it
    help: str = ""
    basis: str = ""  # legal source
    certainty: str = "V"  # V seen, M from memory, ? open: M and ? are shown as editable defaults
    required: bool = False
    unit: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    max_length: int = 0  # 0: the type's own limit
    digits: int = 0
    catalog: str = ""
    register: str = ""  # target of a link
    fields: tuple[FieldSpec, ...] = ()  # of child rows
    known_by: tuple[str, ...] = ()  # child rows of a record that are equal in these say the same: an import changes it
    default: Scalar = None
    sample: str = ""
    search: bool = False
    total: bool = False  # summed at the foot of lists
    keep: bool = False  # kept by "save and next"
    later: bool = False  # known only later: in a new record Enter passes it over
    born_year: str = ""  # of a birthday: the field that takes the year where no more is known
    takes_month: bool = False  # any day of a month or quarter: who says the month means its first day
    runs_in: tuple[str, ...] = ()  # a running number: goes on within records that are equal in these fields
    asked_when: tuple[Condition, ...] = ()  # asked for only in records that meet these
    seldom: bool = False  # child rows that few records have: counted from an index of those alone
    counts: tuple[str, ...] = ()  # (register, link): how many of it point here; follows where it agreed with them
    counts_alone: bool = False  # left empty, it is their number
    sensitive: bool = False
    travels: bool = True  # False: never leaves the office
    retired: bool = False

    @property
    def heading(self) -> str:
        """What stands over the field's column in lists and tables."""
        return self.head or self.label

    @property
    def shown_unit(self) -> str:
        """The unit that stands beside a value: none beside a calendar year, 1951 is no 1.951 years."""
        is_year = self.unit == "năm" and max(self.minimum or 0, self.maximum or 0) >= 1000
        return "" if is_year else self.unit

    def child(self, name: str) -> FieldSpec:
        """The child field ``name`` of a rows field; KeyError when there is none."""
        for spec in self.fields:
            if spec.name == name:
                return spec
        raise KeyError(name)


class Check(NamedTuple):
    """A named rule of ``domain.rules`` and the fields (or literals) that it is given."""

    rule: str
    args: tuple[str, ...]


class Computation(NamedTuple):
    """A named function of ``domain.rules`` that gives a field's value from other fields of the record."""

    field: str
    function: str
    args: tuple[str, ...]


class DueSpec(NamedTuple):
    """A register whose records wait for something: by the day in ``field``, or so many days after it as the law table
    ``within`` says, until ``done`` is filled (or true)."""

    field: str
    done: str
    text: str  # what is due, as Hôm nay says it: "nhiệm vụ chưa xong"
    soon: int = 7  # days before, from which it is shown
    within: str = ""


class SurveySpec(NamedTuple):
    """What makes a register a survey: asked once, answered until a day, counted by itself (``formdef.surveys``)."""

    deadline: date
    asked_by: str = ""


class Section(NamedTuple):
    """One part of the entry form: ``lines`` are rows of field names that stand beside each other."""

    title: str
    lines: tuple[tuple[str, ...], ...]


class ListLayout(NamedTuple):
    """Columns of the list in order, the fields offered as filter chips, and the columns that stay when room is short.

    Without ``stays`` the first column of numbers stays.
    """

    columns: tuple[str, ...]
    filters: tuple[str, ...]
    stays: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterSpec:
    """A register (sổ): everything that is a fact about one kind of record."""

    name: str
    version: int
    title: str  # "Sổ họp dân"
    singular: str  # "cuộc họp"
    short: str = ""  # name of its room in the sidebar: "Họp dân, họp tổ"; empty: the title
    group: str  # field of work in the sidebar: movement, forces, security, community
    icon: str
    fields: tuple[FieldSpec, ...]
    sections: tuple[Section, ...]
    list: ListLayout
    title_fields: tuple[str, ...]  # joined by ", " they name a record
    known_by: tuple[str, ...] = ()  # living records with equal values here are one thing, written twice
    date_field: str = ""  # scopes lists and figures by period; empty: a standing register
    area_field: str = ""  # link to residential_area; "id" on the register of areas itself
    valid_from: str = ""  # standing registers: counted while valid
    valid_to: str = ""
    sort: str = ""  # field name, "-" before it for newest first
    checks: tuple[Check, ...] = ()
    computed: tuple[Computation, ...] = ()
    proposed: tuple[Computation, ...] = ()  # what a new record's form offers until the person writes something else
    due: DueSpec | None = None
    open_where: tuple[Condition, ...] = ()  # a record that still waits for its end, where ``due`` does not say so
    page: str = "derived"  # derived | sections | meeting (hand-made, bound through the same specs)
    documents: tuple[str, ...] = ()
    travels: str = "full"  # full | counts | none
    hidden: bool = False  # no room of its own: reached from the records that it belongs to
    directed: bool = False  # the province's own records go down to the communes with a directive
    restricted: bool = False  # needs a permission, every opening is logged, not found by the search of others
    retention_years: int = 0  # after ``retention_from`` the record is due to be erased for good; 0: kept
    retention_from: str = ""
    survey: SurveySpec | None = None  # only of registers that came to the office as data
    help: str = ""
    basis: str = ""
    living_fields: tuple[FieldSpec, ...] = field(init=False, repr=False, compare=False)  # those not retired
    computed_fields: frozenset[str] = field(init=False, repr=False, compare=False)  # those that nobody types
    linked: frozenset[str] = field(init=False, repr=False, compare=False)  # registers that its own links point at
    running_fields: tuple[FieldSpec, ...] = field(init=False, repr=False, compare=False)  # numbers that run on
    by_name: Mapping[str, FieldSpec] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "living_fields", tuple(spec for spec in self.fields if not spec.retired))
        object.__setattr__(self, "running_fields", tuple(spec for spec in self.living_fields if spec.runs_in))
        object.__setattr__(self, "computed_fields", frozenset(one.field for one in self.computed))
        object.__setattr__(self, "linked", frozenset(spec.register for spec in self.fields if spec.register))
        object.__setattr__(self, "by_name", {spec.name: spec for spec in self.fields})

    def field(self, name: str) -> FieldSpec:
        """The field ``name``; KeyError when there is none."""
        return self.by_name[name]


class CatalogItem(NamedTuple):
    """One entry of a code list: the code is stored, the label shown; valid by dates, never deleted."""

    code: str
    label: str
    since: date | None = None
    until: date | None = None
    called: tuple[str, ...] = ()  # what people say instead, typed or in their tables


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogSpec:
    """A code list (danh mục)."""

    name: str
    title: str
    items: tuple[CatalogItem, ...]
    basis: str = ""
    certainty: str = "V"
    labels: Mapping[str, str] = field(init=False, repr=False, compare=False)  # by code

    def __post_init__(self) -> None:
        object.__setattr__(self, "labels", {item.code: item.label for item in self.items})

    def label(self, code: str) -> str:
        """The label of ``code``; the code itself when the list does not know it (a later list may)."""
        return self.labels.get(code, code)


class Aggregate(StrEnum):
    """How an indicator makes a number of the records that meet its conditions."""

    COUNT = "count"
    SUM = "sum"
    DISTINCT = "distinct"


BEFORE = "<"
"""Of a date, before a text of a condition: earlier than that day."""


class IndicatorSpec(NamedTuple):
    """A declared figure (chỉ tiêu thống kê): register, aggregate, conditions, unit."""

    name: str
    label: str
    unit: str
    register: str
    aggregate: Aggregate
    field: str = ""  # summed or counted distinct; a child field when ``rows`` is set
    rows: str = ""  # rows field whose child rows are counted instead of records
    where: tuple[Condition, ...] = ()
    row_where: tuple[Condition, ...] = ()
    area_types: tuple[str, ...] = ()  # only records of residential areas that have one of these types
    stock: bool = False  # as it stands on the period's last day (valid_from/valid_to), not the flow within it
    opening: bool = False  # a stock figure as it stood on the eve of the period's first day (carried over)
    every: int = 0  # a stock figure at the end of every so many months of the period, added up
    date_field: str = ""  # the day that places a record in a period, where it is not the register's own
    plus: tuple[str, ...] = ()  # other indicators whose figures are added to this one
    out_of: str = ""  # another indicator: shown as x/y
    told_by: str = ""  # a field: a 0 tells nothing while no record of the period has it filled
    basis: str = ""
    help: str = ""

    @property
    def telling(self) -> IndicatorSpec:
        """How many of its records have ``told_by`` filled, whatever it says."""
        where = tuple(one for one in self.where if one.field != self.told_by)
        filled = Condition(self.told_by, ("*",))
        return self._replace(aggregate=Aggregate.COUNT, field="", where=(*where, filled), plus=(), out_of="")


class NarrativeSpec(NamedTuple):
    """One editable paragraph of a report: heading and first draft (sandboxed Jinja2 over figures)."""

    name: str
    heading: str
    level: int
    text: str
    prompt: str = ""  # what the officer should add; shown while editing, never printed
    tasks: bool = False  # the tasks of the next period, which the report of that period is measured by


class DutySpec(NamedTuple):
    """What every residential area (or self-managed group) should do in a period; done where its figure is not nothing.

    Of groups the figure tells groups apart by its field. ``yearly``: once a year is enough.
    """

    indicator: str
    heading: str
    of: str = "area"
    yearly: bool = False


class ChartSpec(NamedTuple):
    """A chart: ``bars`` (this, last, same period last year), ``months``, ``shares``, ``panels`` or a ``grid`` map.

    ``by`` says what stands side by side: ``period`` or ``area`` (of shares), ``area`` or ``indicator`` (of panels); at
    the province areas are communes.
    """

    kind: str
    title: str
    indicators: tuple[str, ...]
    by: str = ""


class ReportSpec(NamedTuple):
    """A periodic report: which periods, figures, paragraphs, charts and letter form it has."""

    name: str
    version: int
    title: str  # in lists: "Kết quả phong trào"
    type_name: str  # BÁO CÁO
    symbol: str  # BC
    subject: str  # Jinja2 over period
    period_kinds: tuple[str, ...]  # month, quarter, half, year
    calendar: str  # the one of its ordinary periods
    opening: str
    indicators: tuple[str, ...]
    narrative: tuple[NarrativeSpec, ...]
    charts: tuple[ChartSpec, ...] = ()
    duties: tuple[DutySpec, ...] = ()
    recipients: tuple[str, ...] = ()
    to: str = ""
    calendars: tuple[str, ...] = ()  # further ones: campaigns, assessment windows
    reminded: bool = True  # Hôm nay says when it is due; thematic reports are made when somebody asks for them
    basis: str = ""


class DocumentTable(NamedTuple):
    """A table on a paper: the record's child rows (``rows``), the records that link to it (``register`` and ``link``),
    or, without both, the selected records themselves. A running number stands before the columns."""

    columns: tuple[
        str, ...
    ]  # field names of the rows, in order; "a|b|office": the first that is filled, or this office
    rows: str = ""
    register: str = ""
    link: str = ""
    caption: str = ""
    totals: tuple[str, ...] = ()  # columns that are summed in a last row
    group_by: str = ""  # a column by whose value the rows are put together under heads of their own
    subtotals: tuple[str, ...] = ()  # columns that are summed under each of these groups
    where: tuple[Condition, ...] = ()  # of linked records only those


class DocumentSpec(NamedTuple):
    """A paper: a layout known to ``printing`` and sandboxed texts over the values of a record or of several.

    ``scope``: ``record`` one paper from one record; ``selection`` one paper for all selected records (a proposal with
    its list); ``series`` a page for each selected record (citations).
    """

    name: str
    title: str
    register: str
    layout: str  # minutes_decree59 | invitation_decree59 | official | sheet | minutes_office | certificate
    scope: str = "record"
    tables: tuple[DocumentTable, ...] = ()
    annex: bool = False  # tables stand in an annex of their own ("Danh sách kèm theo")
    landscape: bool = False  # of the annex; of the whole sheet where there is none
    where: tuple[Condition, ...] = ()  # only records that meet it are printed
    methods: tuple[str, ...] = ()  # of assessments: offered only where the criteria set is answered so
    texts: Mapping[str, str] = {}
    basis: str = ""
    certainty: str = "V"
    issued_by: str = "office"  # one of domain.signing_capacity.ISSUING_BODIES
    number_into: str = ""  # field of the register that holds the paper's number, filled when it is taken
    day_into: str = ""  # field that holds its day
    desk: str = ""  # "commune" or "province": only that one issues it


@dataclass(frozen=True, slots=True)
class Definitions:
    """All definitions of the program, by name, checked and compiled; the one value that every layer is handed."""

    registers: Mapping[str, RegisterSpec]
    catalogs: Mapping[str, CatalogSpec]
    indicators: Mapping[str, IndicatorSpec]
    reports: Mapping[str, ReportSpec]
    documents: Mapping[str, DocumentSpec]
    assessments: Mapping[str, AssessmentSpec] = field(default_factory=dict)
    calendars: Mapping[str, Calendar] = field(default_factory=dict)
