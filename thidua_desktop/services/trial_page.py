"""The page that shows whether a printer prints to the size; it needs no office."""

from __future__ import annotations


def trial_page() -> bytes:
    """The page as PDF: rulers of 100 mm, margins, letters, greys, a code, and what to do when they are not right."""
    from thidua_desktop.printing import trial_page as pages

    return pages.trial_page().pdf
