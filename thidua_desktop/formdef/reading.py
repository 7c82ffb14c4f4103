"""From TOML tables to the frozen specs of ``formdef.model``; shapes only, what names point at is checked afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from thidua_desktop.domain.signing_capacity import ISSUING_BODIES
from thidua_desktop.formdef.model import (
    GROUPS,
    Aggregate,
    CatalogItem,
    CatalogSpec,
    ChartSpec,
    Check,
    Computation,
    Condition,
    DocumentSpec,
    DocumentTable,
    DueSpec,
    DutySpec,
    FieldSpec,
    FieldType,
    IndicatorSpec,
    ListLayout,
    NarrativeSpec,
    RegisterSpec,
    ReportSpec,
    Section,
)
from thidua_desktop.formdef.toml_table import TomlTable

FIELD_TYPES = tuple(kind.value for kind in FieldType)
PAGES = ("derived", "sections", "meeting", "assessment", "succession")
TRAVELS = ("full", "counts", "none")
CERTAINTIES = ("V", "M", "?")
PERIOD_KINDS = ("month", "quarter", "half", "year")
CHARTS = ("bars", "months", "shares", "panels", "grid")
CHART_SIDES = ("period", "area", "indicator")
_USUAL_SIDE = {"panels": "area", "grid": "area"}
DESKS = ("", "commune", "province")
LAYOUTS = ("minutes_decree59", "invitation_decree59", "official", "sheet", "minutes_office", "certificate")
SCOPES = ("record", "selection", "series")


def read_register(table: TomlTable) -> RegisterSpec:
    """A file of ``registers/``."""
    layout = table.table("list", required=True)
    spec = RegisterSpec(
        name=table.name(),
        version=table.whole("version", 1, required=True),
        title=table.text("title", required=True),
        singular=table.text("singular", required=True),
        short=table.text("short"),
        group=table.one_of("group", tuple(GROUPS), required=True),
        icon=table.text("icon", required=True),
        fields=tuple(read_field(inner) for inner in table.tables("fields", required=True)),
        sections=tuple(_read_section(inner) for inner in table.tables("sections", required=True)),
        list=ListLayout(layout.texts("columns", required=True), layout.texts("filters"), layout.texts("stays")),
        title_fields=table.texts("title_fields", required=True),
        known_by=table.texts("known_by"),
        date_field=table.text("date_field"),
        area_field=table.text("area_field"),
        valid_from=table.text("valid_from"),
        valid_to=table.text("valid_to"),
        sort=table.text("sort"),
        checks=tuple(_read_check(inner) for inner in table.tables("checks")),
        computed=tuple(_read_computation(inner) for inner in table.tables("computed")),
        proposed=tuple(_read_computation(inner) for inner in table.tables("proposed")),
        due=_read_due(table),
        open_where=_read_conditions(table, "open_where"),
        page=table.one_of("page", PAGES, "derived"),
        documents=table.texts("documents"),
        travels=table.one_of("travels", TRAVELS, "full"),
        hidden=table.flag("hidden"),
        directed=table.flag("directed"),
        restricted=table.flag("restricted"),
        retention_years=table.whole("retention_years"),
        retention_from=table.text("retention_from"),
        help=table.text("help"),
        basis=table.text("basis"),
    )
    layout.close()
    table.close()
    return spec


def read_field(table: TomlTable) -> FieldSpec:
    """One field, or one field of child rows."""
    kind = table.one_of("type", FIELD_TYPES, required=True) or "text"
    spec = FieldSpec(
        name=table.name(),
        type=FieldType(kind),
        label=table.text("label", required=True),
        head=table.text("head"),
        called=table.texts("called"),
        help=table.text("help"),
        basis=table.text("basis"),
        certainty=table.one_of("certainty", CERTAINTIES, "V"),
        required=table.flag("required"),
        unit=table.text("unit"),
        minimum=table.number("minimum"),
        maximum=table.number("maximum"),
        max_length=table.whole("max_length"),
        digits=table.whole("digits"),
        catalog=table.text("catalog"),
        register=table.text("register"),
        fields=tuple(read_field(inner) for inner in table.tables("fields")),
        known_by=table.texts("known_by"),
        default=table.anything("default"),
        sample=table.text("sample"),
        search=table.flag("search"),
        total=table.flag("total"),
        keep=table.flag("keep"),
        later=table.flag("later"),
        born_year=table.text("born_year"),
        takes_month=table.flag("takes_month"),
        runs_in=table.texts("runs_in"),
        counts=table.texts("counts"),
        counts_alone=table.flag("counts_alone"),
        asked_when=_read_conditions(table, "asked_when"),
        seldom=table.flag("seldom"),
        sensitive=table.flag("sensitive"),
        travels=table.flag("travels", True),
        retired=table.flag("retired"),
    )
    if spec.sensitive and "travels" not in table.raw:
        table.report(
            "TD-FORM-003", "travels", key="travels"
        )  # whether it may leave the office is said in so many words
    table.close()
    return spec


def _read_section(table: TomlTable) -> Section:
    section = Section(table.text("title", required=True), table.lines("lines"))
    table.close()
    return section


def _read_check(table: TomlTable) -> Check:
    check = Check(table.text("rule", required=True), table.texts("args"))
    table.close()
    return check


def _read_computation(table: TomlTable) -> Computation:
    computation = Computation(
        table.text("field", required=True), table.text("function", required=True), table.texts("args")
    )
    table.close()
    return computation


def _read_due(register: TomlTable) -> DueSpec | None:
    if "due" not in register.raw:
        return None
    table = register.table("due")
    due = DueSpec(
        table.text("field", required=True),
        table.text("done", required=True),
        table.text("text", required=True),
        table.whole("soon", 7),
        table.text("within"),
    )
    table.close()
    return due


def read_catalog(table: TomlTable) -> CatalogSpec:
    """A file of ``catalogs/``."""
    items = []
    for inner in table.tables("items", required=True):
        items.append(CatalogItem(inner.name("code"), inner.text("label", required=True), inner.day("since"),
                                 inner.day("until"), inner.texts("called")))  # fmt: skip
        inner.close()
    spec = CatalogSpec(
        name=table.name(),
        title=table.text("title", required=True),
        items=tuple(items),
        basis=table.text("basis"),
        certainty=table.one_of("certainty", CERTAINTIES, "V"),
    )
    table.close()
    return spec


def read_indicator(table: TomlTable) -> IndicatorSpec:
    """One ``[[indicators]]`` of a file of ``indicators/``."""
    spec = IndicatorSpec(
        name=table.name(),
        label=table.text("label", required=True),
        unit=table.text("unit", required=True),
        register=table.text("register", required=True),
        aggregate=Aggregate(table.one_of("aggregate", tuple(Aggregate), required=True) or "count"),
        field=table.text("field"),
        rows=table.text("rows"),
        where=_read_conditions(table, "where"),
        row_where=_read_conditions(table, "row_where"),
        area_types=table.texts("area_types"),
        stock=table.flag("stock"),
        opening=table.flag("opening"),
        every=table.whole("every", 0),
        date_field=table.text("date_field"),
        plus=table.texts("plus"),
        out_of=table.text("out_of"),
        told_by=table.text("told_by"),
        basis=table.text("basis"),
        help=table.text("help"),
    )
    table.close()
    return spec


def _read_conditions(table: TomlTable, key: str) -> tuple[Condition, ...]:
    """``{ kind = ["patrol"], topics = ["drugs"] }``; true and false are written as such and kept as "1" and "0"."""
    return tuple(
        Condition(field, _condition_values(table, f"{key}.{field}", values))
        for field, values in table.mapping(key).items()
    )


def _condition_values(table: TomlTable, place: str, values: Any) -> tuple[str, ...]:
    given = values if isinstance(values, list) else [values]
    if not given or not all(isinstance(value, (str, bool, int)) for value in given):
        table.report("TD-FORM-004", place, key=place, expected="danh sách mã, số nguyên, true hoặc false")
        return ()
    return tuple(str(int(value)) if isinstance(value, (bool, int)) else value for value in given)


def read_report(table: TomlTable) -> ReportSpec:
    """A file of ``reports/``."""
    spec = ReportSpec(
        name=table.name(),
        version=table.whole("version", 1, required=True),
        title=table.text("title", required=True),
        type_name=table.text("type_name", required=True),
        symbol=table.text("symbol", required=True),
        subject=table.text("subject", required=True),
        period_kinds=_closed_texts(table, "period_kinds", PERIOD_KINDS),
        calendar=table.text("calendar", "decree09"),
        calendars=table.texts("calendars"),
        opening=table.text("opening"),
        indicators=table.texts("indicators", required=True),
        narrative=tuple(_read_narrative(inner) for inner in table.tables("narrative", required=True)),
        charts=tuple(_read_chart(inner) for inner in table.tables("charts")),
        duties=tuple(_read_duty(inner) for inner in table.tables("duties")),
        recipients=table.texts("recipients"),
        to=table.text("to"),
        reminded=table.flag("reminded", True),
        basis=table.text("basis"),
    )
    table.close()
    return spec


def _closed_texts(table: TomlTable, key: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
    values = table.texts(key, required=True)
    for value in values:
        if value not in allowed:
            table.report("TD-FORM-006", key, value=value, allowed=", ".join(allowed))
    return values


def _read_narrative(table: TomlTable) -> NarrativeSpec:
    narrative = NarrativeSpec(
        table.name(),
        table.text("heading", required=True),
        table.whole("level", 1),
        table.text("text"),
        table.text("prompt"),
        table.flag("tasks"),
    )
    table.close()
    return narrative


def _read_duty(table: TomlTable) -> DutySpec:
    duty = DutySpec(
        table.text("indicator", required=True),
        table.text("heading", required=True),
        table.one_of("of", ("area", "group"), "area"),
        table.flag("yearly"),
    )
    table.close()
    return duty


def _read_chart(table: TomlTable) -> ChartSpec:
    kind = table.one_of("kind", CHARTS, "bars")
    chart = ChartSpec(
        kind,
        table.text("title", required=True),
        table.texts("indicators", required=True),
        table.one_of("by", CHART_SIDES) or _USUAL_SIDE.get(kind, ""),
    )
    table.close()
    return chart


def read_document(table: TomlTable) -> DocumentSpec:
    """A file of ``documents/``."""
    texts: dict[str, str] = {}
    raw: Mapping[str, Any] = table.mapping("texts")
    for key, value in raw.items():
        if isinstance(value, str):
            texts[key] = value
        else:
            table.report("TD-FORM-004", f"texts.{key}", key=key, expected="văn bản")
    spec = DocumentSpec(
        name=table.name(),
        title=table.text("title", required=True),
        register=table.text("register", required=True),
        layout=table.one_of("layout", LAYOUTS, required=True),
        scope=table.one_of("scope", SCOPES, "record"),
        tables=tuple(_read_document_table(inner) for inner in table.tables("tables")),
        annex=table.flag("annex"),
        landscape=table.flag("landscape"),
        where=_read_conditions(table, "where"),
        methods=table.texts("methods"),
        texts=texts,
        basis=table.text("basis"),
        certainty=table.one_of("certainty", CERTAINTIES, "V"),
        issued_by=table.one_of("issued_by", ISSUING_BODIES, ISSUING_BODIES[0]),
        number_into=table.text("number_into"),
        day_into=table.text("day_into"),
        desk=table.one_of("desk", DESKS, ""),
    )
    table.close()
    return spec


def _read_document_table(table: TomlTable) -> DocumentTable:
    made = DocumentTable(
        columns=table.texts("columns", required=True),
        rows=table.text("rows"),
        register=table.text("register"),
        link=table.text("link"),
        caption=table.text("caption"),
        totals=table.texts("totals"),
        group_by=table.text("group_by"),
        subtotals=table.texts("subtotals"),
        where=_read_conditions(table, "where"),
    )
    table.close()
    return made
