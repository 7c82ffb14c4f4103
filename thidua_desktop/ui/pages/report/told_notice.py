"""What the province said of a closed report: accepted, returned or opened again, with its remarks on single figures."""

from __future__ import annotations

from thidua_desktop.services.report_checks.told import ToldReport
from thidua_desktop.sync.receipt import ReportState
from thidua_desktop.ui.components.fields import Notice
from thidua_desktop.ui.components.showing import set_shown
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.look.theme import Look

_FIGURES_SHOWN = 3
_STATES = {ReportState.ACCEPTED: State.OK, ReportState.RETURNED: State.RETURNED, ReportState.RECEIVED: State.INFO}


class ToldNotice(Notice):
    """Hidden while the province has nothing to say; all remarks are in the tooltip, the first ones in the block."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, State.INFO, "")
        self.hide()

    def show_told(self, told: ToldReport | None) -> None:
        """Another report, or another word on it. A return of an earlier closing is no longer of interest."""
        over = told is None or (told.state is ReportState.RECEIVED and not told.reopened)
        if told is None or over or (told.state is not ReportState.ACCEPTED and not told.current):
            set_shown(self, False)
            return
        remarks = [*([told.remark] if told.remark else []), *(figure.words for figure in told.figures)]
        shown = remarks[: _FIGURES_SHOWN + 1]
        if len(remarks) > len(shown):
            shown.append(f"và {len(remarks) - len(shown)} nhận xét khác")
        self.set_notice(_STATES[told.state], told.words, "; ".join(shown))
        self.setToolTip("\n".join(remarks))
        set_shown(self, True)
