"""Enter goes through a form, field by field, also through child rows and tick boxes."""

from __future__ import annotations

from collections.abc import Callable

from thidua_desktop.ui.pages.entry.widgets.boolean import BooleanInput
from thidua_desktop.ui.pages.entry.widgets.field_input import FieldInput, TypedLine


def on_enter(made: FieldInput, act: Callable[[], None]) -> None:
    """Calls ``act`` at Enter in a field of one line or at a tick; long texts keep their Enter."""
    target = made.focus_target()
    if isinstance(target, TypedLine):
        target.returnPressed.connect(act)
    elif isinstance(made, BooleanInput):
        made.passed.connect(act)


class EnterStays:
    """Enter at what is wrong stays there, once: what is typed next would land in another field."""

    def __init__(self) -> None:
        self._said: tuple[int, str] | None = None

    def stays_at(self, made: FieldInput, in_error: bool = False) -> bool:
        """Whether to stay, at what is not understood or ``in_error``; the field then shows what may be done."""
        said = (id(made), str(made.draft())) if in_error or made.read()[1] else None
        stays, self._said = said is not None and said != self._said, said
        if stays:
            made.stay()
        return stays
