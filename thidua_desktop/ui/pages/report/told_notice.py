"""What the province said of a closed report: accepted, returned or opened again, with its remarks on single figures."""

from __future__ import annotations

from thidua_desktop.services.report_checks.told import ToldReport
from thidua_desktop.ui.components.fields import Notice
from thidua_desktop.ui.components.showing import set_shown
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.look.theme import Look

_FIGURES_SHOWN = 3


class ToldNotice(Notice):
    """Hidden while the province has nothing to say; all remarks are in the tooltip, the first ones in the block."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, State.INFO, "")
        self.hide()

    def show_told(self, told: ToldReport | None) -> None:
        """Another report, or another word on it. A return of an earlier closing is no longer of interest."""
        speaks = told is not None and (told.accepted or ((told.returned or told.reopened) and told.current))
        if told is None or not speaks:
            set_shown(self, False)
            return
        head, _, reason = told.words.partition(": ")  # the reason may be long, and bold words do not break
        remarks = [*([told.remark] if told.remark else []), *(figure.words for figure in told.figures)]
        shown = [*([reason] if reason else []), *remarks[: _FIGURES_SHOWN + 1]]
        if len(remarks) > _FIGURES_SHOWN + 1:
            shown.append(f"và {len(remarks) - _FIGURES_SHOWN - 1} nhận xét khác")
        state = State.OK if told.accepted else State.RETURNED if told.returned else State.INFO
        self.set_notice(state, head, ". ".join(shown))
        self.setToolTip("\n".join(remarks))
        set_shown(self, True)
