"""A desk that is hidden until its person is back, as the unlock window knows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from thidua_desktop.services.session import Session


class LockedDesk(NamedTuple):
    """``leave`` closes the hidden office for somebody else; False while it cannot be left."""

    session: Session
    leave: Callable[[], bool]
