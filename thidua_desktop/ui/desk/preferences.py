"""What one person's PC remembers between starts: recent offices, theme, text size, window place. No record data."""

from __future__ import annotations

import contextlib
import json
from datetime import date
from pathlib import Path
from typing import NamedTuple

from thidua_desktop.services.own_places import found_place, settings_folder, written_place
from thidua_desktop.ui.look.tokens import Theme

RECENT_KEPT = 8
_WORDS = ("theme", "geometry", "room", "room_of", "room_day")


class Preferences(NamedTuple):
    """``recent``: office files as own_places writes them, newest first. ``geometry``: Qt's window place, base64.

    ``room``: the room that was open last in the office ``room_of``, on the day ``room_day`` (ISO).
    """

    recent: tuple[str, ...] = ()
    theme: str = "light"
    text_scale: float = 1.0
    geometry: str = ""
    room: str = ""
    room_of: str = ""
    room_day: str = ""

    def with_recent(self, path: Path) -> Preferences:
        """With ``path`` as the newest office."""
        newest = written_place(path)
        others = (known for known in self.recent if known != newest)
        return self._replace(recent=(newest, *others)[:RECENT_KEPT])

    def known(self) -> list[Path]:
        """The recent offices, newest first; those that are not there now (a stick that is not in) among them."""
        return [found_place(text) for text in self.recent]

    def with_room(self, office: Path, room: str, day: date) -> Preferences:
        """With the room that is open when the office is left."""
        return self._replace(room=room, room_of=written_place(office), room_day=day.isoformat())

    def room_for(self, office: Path, day: date) -> str:
        """The room to open first: the one that was left earlier on the same day; "" for Hôm nay, as on a new day."""
        same = self.room_of == written_place(office) and self.room_day == day.isoformat()
        return self.room if same else ""


def preferences_file() -> Path:
    """Where they are kept for this person on this PC; THIDUA_CONFIG_DIR moves the folder (portable use, tests)."""
    return settings_folder() / "preferences.json"


def load_preferences() -> Preferences:
    """As kept; whatever cannot be read or is no such thing stays at its default: no preference may stop the start."""
    try:
        kept = json.loads(preferences_file().read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return Preferences()
    if not isinstance(kept, dict):
        return Preferences()
    words = {name: kept[name] for name in _WORDS if isinstance(kept.get(name), str)}
    if words.get("theme") not in tuple(Theme):
        words.pop("theme", None)
    recent, scale = kept.get("recent"), kept.get("text_scale")
    offices = tuple(one for one in recent if isinstance(one, str) and one) if isinstance(recent, list) else ()
    return Preferences(
        recent=offices[:RECENT_KEPT], text_scale=float(scale) if isinstance(scale, int | float) else 1.0, **words
    )


def keep_preferences(preferences: Preferences) -> None:
    """Write them whole; a full disk or a read-only folder is no reason to disturb anyone."""
    path = preferences_file()
    temporary = path.with_suffix(".tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(json.dumps(preferences._asdict(), ensure_ascii=False, indent=1), encoding="utf-8")
        temporary.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
