"""Composition root: which of the two programs was asked for, the command line or the window."""

from __future__ import annotations

import sys
from collections.abc import Sequence

WINDOW_WORDS = ("window", "cua-so")
OPENED = {
    ".thidua": "Sổ thi đua",
    ".tdp": "Gói gửi thi đua",
    ".tdcard": "Thẻ đơn vị thi đua",
    ".tdkey": "Tệp đổi khóa thi đua",
    ".tdaccept": "Thẻ trả lại thi đua",
    ".tdupdate": "Tệp cập nhật Thi đua",
}
"""Endings of the files that a double click opens in the window, and what systems call such files."""


def start(arguments: Sequence[str]) -> int:
    """Run with the arguments of the process and give its exit status.

    Without arguments, with ``window``, or with the path of an office, package or card, the window opens; everything
    else goes to the command line. Qt is imported only for the window.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # a windowed Windows program has no streams; consoles there are rarely UTF-8
            reconfigure(encoding="utf-8", errors="replace")
    from thidua_desktop.services.own_places import use_portable_places

    use_portable_places()
    words = list(arguments)
    if not words or words[0] in WINDOW_WORDS or words[0].lower().endswith(tuple(OPENED)):
        import gc

        gc.disable()  # what a start makes, stays; from then on ``ui.collecting`` chooses the moments
        from thidua_desktop.ui.desk.start import run_window

        return run_window(words[1:] if words and words[0] in WINDOW_WORDS else words)
    from thidua_desktop.cli import run

    return run(words)
