"""Updates by stick: what a file brings, a backup first, the set-up started, and the way back with that backup.

The program never fetches anything. Of the set-up files the installed one and the one before are kept by the set-up
itself (``setups`` in the folder of settings); ``update.json`` beside it says which backup belongs to the way back.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from thidua_desktop import __version__
from thidua_desktop.errors import UserError
from thidua_desktop.os_faults import fault_words
from thidua_desktop.paths import is_there, portable_folder, resource_path
from thidua_desktop.services.own_places import settings_folder
from thidua_desktop.services.session import VIETNAM_TIME

if TYPE_CHECKING:
    from thidua_desktop.services.session import Session
    from thidua_desktop.sync.keys import VerifyKey
    from thidua_desktop.sync.update import UpdateFacts

    Brought = UpdateFacts  # as windows call it

SETUPS = "setups"
NOTE = "update.json"
BACKUPS = "Truoc cap nhat"


@dataclass(frozen=True, slots=True)
class Prepared:
    """An update that is ready: the set-up file, and how it is started when this program is closed."""

    version: str
    setup: Path
    command: tuple[str, ...]
    backup: Path | None


@dataclass(frozen=True, slots=True)
class FoundUpdate:
    """An update file in a folder: what it brings, or why it is not taken."""

    path: Path
    facts: UpdateFacts | None
    refusal: UserError | None = None


@dataclass(frozen=True, slots=True)
class WayBack:
    """The version before, its set-up file, and the office with the backup made before the update ("" for none)."""

    before: str
    after: str
    setup: str
    office: str
    backup: str

    @property
    def backed_up(self) -> datetime | None:
        """When the backup was made, in Vietnam; None when no office was open."""
        try:
            return datetime.fromtimestamp(Path(self.backup).stat().st_mtime, VIETNAM_TIME) if self.backup else None
        except OSError:
            return None


def platform_name() -> str:
    """Which kind of set-up file fits here."""
    return "windows" if sys.platform == "win32" else "debian"


def release_keys() -> list[VerifyKey]:
    """The public keys whose updates this program installs: ``resources/release/*.pub``."""
    from thidua_desktop.sync.keys import VerifyKey

    found = sorted(resource_path("release").glob("*.pub"))
    return [VerifyKey.from_text(path.read_text(encoding="utf-8")) for path in found]


def look_at(path: Path) -> UpdateFacts:
    """What an update file brings, wholly checked: signature, every byte, system, version.

    Raises TD-ENV-060 (no update), 061 (later format), 062 (not signed by the publisher), 063 (damaged), 064 (other
    system), 065 (not newer than this program), TD-ENV-00x (cannot be read).
    """
    facts = brought_by(path)
    if facts.platform != platform_name():
        raise UserError("TD-ENV-064", path=path.name, platform=_SYSTEMS[facts.platform], here=_SYSTEMS[platform_name()])
    _require_newer(facts)
    return facts


def brought_by(path: Path) -> UpdateFacts:
    """What an update file brings, for whatever system and version. Raises as ``look_at``, but for 064 and 065."""
    return _checked(path, None)


def find_updates(folder: Path) -> list[FoundUpdate]:
    """Update files on the folder's top level that this PC could use, the newest first; then those that are refused.

    Files for other systems and versions that are here already are passed over. Raises TD-ENV-00x.
    """
    from thidua_desktop.services.files import environment_problem

    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix.lower() == ENDING)
    except OSError as fault:
        raise environment_problem(fault) from fault
    found = []
    for path in paths:
        try:
            found.append(FoundUpdate(path, look_at(path)))
        except UserError as refusal:
            if refusal.code not in ("TD-ENV-064", "TD-ENV-065"):
                found.append(FoundUpdate(path, None, refusal))
    return sorted(found, key=lambda one: _order(one.facts.version) if one.facts else (), reverse=True)


def newest(versions: Sequence[str]) -> str:
    """The latest of some versions."""
    return max(versions, key=_order)


def wanted_version(session: Session) -> str:
    """The version that the province asks for by a directive, "" when this program is not older than that."""
    from thidua_desktop.services.handoff.directive_settings import PROGRAM

    wanted = session.file.settings.get(PROGRAM)
    return str(wanted) if wanted and _order(str(wanted)) > _order(__version__) else ""


def prepare(path: Path, session: Session | None = None) -> Prepared:
    """Check the file, copy the open office to safety, lay the set-up file ready; nothing is installed yet.

    Raises as ``look_at``; TD-ENV-066 for a portable program, TD-STORE-019 when the copy of the office is not sound.
    """
    from thidua_desktop.services.backups import backup_now

    facts = look_at(path)
    if portable_folder() is not None:
        raise UserError("TD-ENV-066")
    folder = settings_folder() / SETUPS
    folder.mkdir(parents=True, exist_ok=True)
    setup = folder / facts.file
    _checked(path, setup)
    backup = None
    if session is not None:
        safe = session.file.path.parent / BACKUPS
        safe.mkdir(exist_ok=True)
        backup = backup_now(session, safe).path
    office = str(session.file.path) if session is not None else ""
    before = folder / _SETUP_NAMES[platform_name()].format(version=__version__)
    _remember(WayBack(__version__, facts.version, str(before), office, str(backup or "")))
    return Prepared(facts.version, setup, _command(setup, office), backup)


def way_back() -> WayBack | None:
    """The way back to the version before, None when there is none: never updated, or its set-up file is gone."""
    try:
        note = json.loads((settings_folder() / NOTE).read_text(encoding="utf-8"))
        known = WayBack(**{name: str(note[name]) for name in WayBack.__dataclass_fields__})
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return known if is_there(Path(known.setup), Path.is_file) else None


def go_back() -> Prepared:
    """Put the backup in the office's place (the later file stays beside it) and name the set-up of the version before.

    The office must be closed. Raises TD-ENV-067 when there is no way back, TD-ENV-068 when the backup is gone,
    TD-ENV-00x when files are held or cannot be written.
    """
    from thidua_desktop.services.files import environment_problem

    known = way_back()
    if known is None:
        raise UserError("TD-ENV-067")
    if known.backup:
        if not is_there(Path(known.backup), Path.is_file):
            raise UserError("TD-ENV-068", path=known.backup)
        try:
            _change_places(Path(known.office), Path(known.backup), known.after)
        except OSError as fault:
            raise environment_problem(fault) from fault
    setup = Path(known.setup)
    return Prepared(known.before, setup, _command(setup, known.office), Path(known.backup) if known.backup else None)


def start_setup(prepared: Prepared) -> None:
    """Start the set-up on its own; the caller then ends this program. Raises TD-ENV-080 when it does not start."""
    import subprocess

    try:
        subprocess.Popen(prepared.command, close_fds=True, cwd=prepared.setup.parent)
    except OSError as fault:
        raise UserError("TD-ENV-080", path=prepared.setup, detail=fault_words(fault)) from fault


_SYSTEMS = {"windows": "Windows", "debian": "Debian, Ubuntu"}
_SETUP_NAMES = {"windows": "thidua-{version}-setup.exe", "debian": "thidua-desktop_{version}_amd64.deb"}
"""As the builds name them; the set-up on Windows keeps itself under this name."""
ENDING = ".tdupdate"
_PARTS = ("", ".keys")


def _command(setup: Path, office: str) -> tuple[str, ...]:
    if platform_name() == "windows":
        return (str(setup), "/UPDATE", *([f"/OPEN={office}"] if office else []))
    again = (
        'pkexec apt-get install -y "$1"; shift; exec thidua window "$@"'  # the program comes back whatever came of it
    )
    return ("/bin/sh", "-c", again, "thidua-update", str(setup), *([office] if office else []))


def _checked(path: Path, target: Path | None) -> UpdateFacts:
    from thidua_desktop.services.files import environment_problem
    from thidua_desktop.sync import update

    part = target.with_name(f"{target.name}.part") if target is not None else None
    try:
        with path.open("rb") as stream:
            facts = update.read_facts(stream, release_keys())
            if part is None or target is None:
                update.copy_setup(stream, facts, None)
                return facts
            with part.open("wb") as out:
                update.copy_setup(stream, facts, out)
                out.flush()
                os.fsync(out.fileno())
            part.replace(target)
            return facts
    except update.NotAnUpdateError as fault:
        raise UserError("TD-ENV-060", path=path.name) from fault
    except update.NewerUpdateError as fault:
        raise UserError("TD-ENV-061", path=path.name, version=__version__) from fault
    except update.ForeignUpdateError as fault:
        raise UserError("TD-ENV-062", path=path.name) from fault
    except update.DamagedUpdateError as fault:
        raise UserError("TD-ENV-063", path=path.name) from fault
    except OSError as fault:
        raise environment_problem(fault) from fault
    finally:
        if part is not None:
            part.unlink(missing_ok=True)


def _require_newer(facts: UpdateFacts) -> None:
    from thidua_desktop.sync.update import is_later

    if not is_later(facts.version, __version__):
        raise UserError("TD-ENV-065", version=facts.version, here=__version__)


def _order(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _remember(known: WayBack) -> None:
    from thidua_desktop.services.files import write_whole

    write_whole(settings_folder() / NOTE, json.dumps(asdict(known), ensure_ascii=False, indent=1).encode())


def _change_places(office: Path, backup: Path, after: str) -> None:
    import shutil

    later = office.with_name(f"{office.stem} (bản {after}){office.suffix}")
    for ending in _PARTS:
        fresh = office.with_name(f"{office.name}{ending}.part")
        shutil.copyfile(f"{backup}{ending}", fresh)
    for ending in _PARTS:
        current = office.with_name(f"{office.name}{ending}")
        with suppress(FileNotFoundError):
            current.replace(f"{later}{ending}")
        office.with_name(f"{office.name}{ending}.part").replace(current)
