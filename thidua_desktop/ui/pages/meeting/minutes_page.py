"""The minutes (or the invitation) of a meeting as they will be printed, to print or to keep as PDF."""

from __future__ import annotations

from thidua_desktop.services import records
from thidua_desktop.services.documents.printing import documents_of
from thidua_desktop.services.session import Session
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.lists.paper_page import PaperPage
from thidua_desktop.ui.pages.meeting import meeting_values as on
from thidua_desktop.ui.shell.page import Navigate


class MinutesPage(PaperPage):
    """Papers of one saved meeting."""

    def __init__(
        self, session: Session, look: Look, navigate: Navigate, record_id: str, document: str = "meeting_minutes"
    ) -> None:
        title = on.meeting_title(session, records.get(session, on.REGISTER, record_id).values)
        documents = documents_of(session, on.REGISTER)
        super().__init__(
            session, look, navigate, documents, (record_id,), document=document, of=title, back_to="Cuộc họp"
        )
        self.record_id = record_id
