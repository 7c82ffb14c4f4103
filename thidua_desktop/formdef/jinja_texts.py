"""Texts with figures in them: which names they may use, how they are checked and how they are filled.

The environment is sandboxed and strict; a text can read the names below and nothing else. jinja2 is imported only
when a text is checked or filled, never at start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from thidua_desktop.formdef.faults import Fault, fault
from thidua_desktop.formdef.field_types.codes import words_of
from thidua_desktop.formdef.text_shapes import Calls, Shape, texts, unknown_names
from thidua_desktop.text import match_key

if TYPE_CHECKING:
    from jinja2 import Environment, Template, nodes
    from jinja2.sandbox import SandboxedEnvironment

OFFICE_NAMES = {
    "name": "xã Phú Hòa",
    "name_capital": "Xã Phú Hòa",
    "kind": "xã, phường, đặc khu, tỉnh hoặc thành phố",
    "level": "commune hoặc province: nơi in",
    "committee": "Ủy ban nhân dân xã Phú Hòa",
    "province": "tỉnh Hòa Giang",
    "superior": "Ủy ban nhân dân tỉnh Hòa Giang",
}
PERIOD_NAMES = {
    "kind": "month, quarter, half, year, hoặc span (đợt có tên)",
    "year": "2026",
    "number": "11",
    "label": "Tháng 11/2026: 15/10 – 14/11",
    "name": "Tháng 11/2026",
    "paper_name": "tháng 11 năm 2026",
    "title": "tháng 11 năm 2026; của đợt có thêm từ ngày nào đến ngày nào",
    "start_text": "ngày 15 tháng 10 năm 2026",
    "end_text": "ngày 14 tháng 11 năm 2026",
}
FIGURE_NAMES = {
    "value": "21 (số để so sánh)",
    "recorded": "True; False khi sổ chưa từng ghi gì, nên số 0 chưa nói lên điều gì",
    "last": "14 (kỳ trước; không có thì None)",
    "last_year": "12 (cùng kỳ năm trước; không có thì None)",
    "label": "Cuộc tuyên truyền",
    "unit": "cuộc",
    "number": "21 (số dưới 10 viết 01 đến 09)",
    "text": "21 cuộc",
    "named": "21 cuộc tuyên truyền",
    "phrase": "21 cuộc tuyên truyền, tăng 9 cuộc (75%) so với cùng kỳ",
    "change": "tăng 9 cuộc (75%) so với cùng kỳ",
    "change_last": "tăng 7 cuộc (50%) so với kỳ trước",
    "total": "86 (số chung của out_of)",
    "share": "84/86 tổ (97,7%)",
    "missing": "2 (số chung trừ số này)",
    "missing_text": "02 tổ",
}
REPORT_NAMES: Mapping[str, Mapping[str, str]] = {"office": OFFICE_NAMES, "period": PERIOD_NAMES}
"""Names of report texts and their attributes with an example each; besides, ``fig("indicator")`` with FIGURE_NAMES."""


@cache
def environment() -> SandboxedEnvironment:
    """The one environment: sandboxed, unknown names are errors, no loader, no file access."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    made = ImmutableSandboxedEnvironment(undefined=StrictUndefined, trim_blocks=False, autoescape=False)
    for name in ("range", "dict", "lipsum", "cycler", "joiner", "namespace"):
        made.globals.pop(name, None)
    made.filters["distinct"] = _distinct()
    return made


def _distinct() -> Callable[..., list[object]]:
    """``records | distinct("name", "person.value")``: the first record of each combination of what these show, however
    it is spelt ("Thôn Hòa Bắc", "thôn Hoà Bắc.")."""
    from jinja2 import pass_environment
    from jinja2.filters import make_attrgetter

    @pass_environment
    def distinct(made: Environment, records: Iterable[object], *fields: str) -> list[object]:
        read = [make_attrgetter(made, field) for field in fields]
        first: dict[tuple[object, ...], object] = {}
        for record in records:
            first.setdefault(tuple(words_of(match_key(str(one(record)))) for one in read), record)
        return list(first.values())

    return distinct


def fill(text: str, names: Mapping[str, object]) -> str:
    """``text`` with ``names`` filled in, one paragraph per line, empty lines and surplus spaces dropped.

    Raises jinja2.TemplateError when a name is missing or the text reaches for something forbidden.
    """
    filled = _template(text).render(names)
    lines = (" ".join(line.split()) for line in filled.splitlines())
    return "\n".join(line for line in lines if line)


@lru_cache(maxsize=256)
def _template(text: str) -> Template:
    """A text compiled once; a series of papers fills the same one a thousand times."""
    return environment().from_string(text)


def report_text_faults(text: str, file: str, place: str, indicators: frozenset[str]) -> list[Fault]:
    """Faults of a report text: syntax, names, attributes, and indicators that the report does not list."""
    names = {name: texts(attributes) for name, attributes in REPORT_NAMES.items()}
    figure = texts(FIGURE_NAMES)
    return text_faults(text, file, place, names, {"fig": {(name,): figure for name in indicators}})


def _strange_words(tree: nodes.Template) -> list[str]:
    """Filters and tests that there are not; within a condition jinja2 itself would only miss them when it fills."""
    from jinja2 import nodes

    filters = {node.name for node in tree.find_all(nodes.Filter)} - set(environment().filters)
    tests = {node.name for node in tree.find_all(nodes.Test)} - set(environment().tests)
    return sorted(filters | tests)


def text_faults(text: str, file: str, place: str, names: Mapping[str, Shape], calls: Calls) -> list[Fault]:
    """Faults of a text that may use ``names`` and ``calls``."""
    from jinja2 import TemplateSyntaxError

    try:
        tree = environment().parse(text)
    except TemplateSyntaxError as error:
        return [fault("TD-FORM-030", file, place, reason=error.message or "")]
    strange = _strange_words(tree)
    if strange:
        return [fault("TD-FORM-030", file, place, reason=f"không có “{word}”") for word in strange]
    return [fault("TD-FORM-031", file, place, name=name) for name in unknown_names(tree, names, calls)]
