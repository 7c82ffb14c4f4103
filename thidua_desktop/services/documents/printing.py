"""Which papers a record has, and printing one: the layout named in its definition, its texts filled from the record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import DocumentSpec, Values
from thidua_desktop.services import records
from thidua_desktop.services.documents.minutes import invitation_of, minutes_of
from thidua_desktop.services.documents.names import document_texts
from thidua_desktop.services.documents.sheets import letter_of, sheet_of
from thidua_desktop.services.session import Permission, Session

if TYPE_CHECKING:
    from thidua_desktop.printing.blocks import Document
    from thidua_desktop.printing.marks import Rendered

Layout = Callable[[Session, DocumentSpec, Values, Mapping[str, str]], "Document"]

LAYOUTS: Mapping[str, Layout] = {
    "minutes_decree59": minutes_of,
    "invitation_decree59": invitation_of,
    "official": letter_of,
    "sheet": sheet_of,
}


def documents_of(session: Session, register: str) -> list[DocumentSpec]:
    """The papers that can be printed from a record of a register."""
    return [session.definitions.documents[name] for name in session.register(register).documents]


def print_document(session: Session, document: str, record_id: str) -> Rendered:
    """The paper of one record as PDF. Raises TD-CLI-004 (no such paper), TD-STORE-221 (no such record), TD-PRINT-…."""
    from thidua_desktop.printing.render import render

    session.require(Permission.PRINT)
    spec = session.definitions.documents.get(document)
    if spec is None:
        raise UserError("TD-CLI-004", document=document, known=", ".join(sorted(session.definitions.documents)))
    values = records.get(session, spec.register, record_id).values
    texts = document_texts(session, spec, values)
    return render(LAYOUTS[spec.layout](session, spec, values, texts))
