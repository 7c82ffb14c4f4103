"""Sổ tay cán bộ: a printed guide of the program, from ``resources/guide.toml`` and the definitions in ``forms/``.

It says what is the same in every office, so it needs no open one; with one, registers that the person may not open
are left out.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from thidua_desktop.formdef.model import GROUPS, RegisterSpec, ReportSpec
from thidua_desktop.paths import resource_path
from thidua_desktop.services.session import Session
from thidua_desktop.text import lower_first

if TYPE_CHECKING:
    from thidua_desktop.formdef.model import Definitions
    from thidua_desktop.printing.blocks import Block, Document
    from thidua_desktop.printing.marks import Rendered

NAME = "Sổ tay cán bộ"
_KINDS = {"month": "tháng", "quarter": "quý", "half": "6 tháng", "year": "năm"}
_SIZE = 11.3


def print_guide(session: Session | None = None) -> Rendered:
    """The guide as PDF; raises what rendering raises."""
    from thidua_desktop.printing.render import render

    return render(guide_document(session))


def guide_document(session: Session | None = None) -> Document:
    """The guide as blocks: chapters numbered in their order."""
    from thidua_desktop.formdef.loader import load_definitions
    from thidua_desktop.printing.blocks import Align, Document, Heading, Meta, Paragraph, Run, Title

    told = _told()
    definitions = session.definitions if session is not None else load_definitions()
    blocks: list[Block] = [
        Title(told["title"]),
        Paragraph((Run(told["subtitle"], italic=True),), align=Align.CENTER, keep_with_next=True),
    ]
    for number, chapter in enumerate(told["chapter"], start=1):
        blocks.append(Heading(1, f"{number}. {chapter['title']}"))
        blocks += _words(chapter)
        if chapter.get("kind") == "registers":
            blocks += _registers(definitions, session)
        elif chapter.get("kind") == "reports":
            blocks.append(_reports(definitions))
    return Document(tuple(blocks), Meta(NAME, subject=told["subtitle"], foot_note=NAME))


def room_help(title: str) -> str:
    """What the guide says of a room; empty for one that it does not name."""
    told = _told()
    rows = next(chapter["rows"] for chapter in told["chapter"] if chapter.get("kind") == "rooms")
    return str({**dict(rows), **told["rooms"]}.get(title, ""))


def page_help(key: str) -> tuple[str, str]:
    """Title and words of a page that is no room; empty for one that is not told of."""
    title, words = _told()["pages"].get(key, ("", ""))
    return str(title), str(words)


def dialog_help(key: str) -> str:
    """What the guide says of a dialog; empty for one that it does not name."""
    return str(_told()["dialogs"].get(key, ""))


def card_help(title: str) -> tuple[str, str]:
    """What the guide says of a card on a page, and on what it rests; empty for one that it does not name."""
    words, *basis = _told()["cards"].get(title, ("",))
    return str(words), "; ".join(basis)


def how_to(key: str) -> tuple[str, str]:
    """Title and words about work that is done within a list, a form or a paper; empty for one that is not told of."""
    title, words = how_tos().get(key, ("", ""))
    return str(title), str(words)


@cache
def how_tos() -> Mapping[str, tuple[str, str]]:
    """All of them."""
    return dict(_told()["how"])


def _told() -> Mapping[str, Any]:
    return tomllib.loads(resource_path("guide.toml").read_text(encoding="utf-8"))


def _words(chapter: Mapping[str, Any]) -> Iterator[Block]:
    """What stands in the file: paragraphs, numbered steps, a table."""
    from thidua_desktop.printing.blocks import Column, Paragraph, Table

    yield from (Paragraph(text) for text in chapter.get("paragraphs", ()))
    for number, step in enumerate(chapter.get("steps", ()), start=1):
        yield Paragraph(f"{number}) {step}")
    if "columns" in chapter:
        first, second = chapter["columns"]
        rows = tuple(tuple(row) for row in chapter["rows"])
        yield Table((Column(first, 2.4), Column(second, 7.6)), rows, size=_SIZE)


def _registers(definitions: Definitions, session: Session | None) -> Iterator[Block]:
    """Every register under its field of work: what it is for, its basis, the papers printed from it."""
    from thidua_desktop.printing.blocks import Column, Heading, Table

    for group, title in GROUPS.items():
        shown = [
            spec
            for spec in definitions.registers.values()
            if spec.group == group and not spec.hidden and spec.survey is None
            and (session is None or session.opens(spec.name))
        ]  # fmt: skip
        if shown:
            yield Heading(2, title)
            columns = (Column("Sổ", 2.2), Column("Để làm gì", 5.4), Column("Căn cứ", 2.4))
            yield Table(columns, tuple(_register(definitions, spec) for spec in shown), size=_SIZE)


def _register(definitions: Definitions, spec: RegisterSpec) -> tuple[str, str, str]:
    papers = "; ".join(lower_first(definitions.documents[name].title) for name in spec.documents[:3])
    told = spec.help or f"Ghi từng {spec.singular}."
    return spec.title, _ended(told) + (f" In được: {papers}." if papers else ""), spec.basis


def _ended(text: str) -> str:
    """A sentence with its stop."""
    return text if re.search(r"[.!?…]$", text) else f"{text}."


def _reports(definitions: Definitions) -> Block:
    from thidua_desktop.printing.blocks import Column, Table

    columns = (Column("Báo cáo", 4.2), Column("Kỳ", 2.2), Column("Căn cứ", 3.6))
    return Table(columns, tuple(_report(spec) for spec in definitions.reports.values()), size=_SIZE)


def _report(spec: ReportSpec) -> tuple[str, str, str]:
    return spec.title, ", ".join(_KINDS.get(kind, kind) for kind in spec.period_kinds), spec.basis
