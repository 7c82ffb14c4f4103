"""How long to wait after wrong passwords and sheets: 1, 2, 4 … seconds, at most five minutes, never for good.

Failures in a row are kept beside the office file (``<name>.tries``), where every copy of the program and every person
of this PC meets them, and in this person's settings under a digest of the file's salt, where a copy of the file meets
them. One guess at a time (``<name>.tries.lock``): who starts the program ten times has no ten guesses for one wait.
Nothing there names a file or a person, for a password is tried without anybody saying whose it is: so a wait cannot be
one account's. Coming in ends the wait, but forgets nothing: who guesses at a colleague's password and comes in with the
own one in between goes on where the guesses stood. Time alone forgets, one failure in five minutes. Time is measured by
how long the machine runs, which nobody sets; the clock of the wall only counts where it says that less time passed.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import math
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

from thidua_desktop.errors import UserError
from thidua_desktop.services.own_places import settings_folder
from thidua_desktop.store.file_lock import FileLock

LONGEST = 300
"""Seconds."""
WRONG = frozenset({"TD-STORE-001", "TD-STORE-021"})
"""What counts as a failure: a password or a whole recovery sheet that does not open the file."""
_MOST_COUNTED = 1_000
_SALT_BYTES = 16
_LARGEST = 400
"""Bytes of what is kept; more was not written here."""
_ATTEMPTS, _PAUSE = 500, 0.01
"""How often, and after how many seconds, the turn to guess is asked for while another program has it."""


class Moment(NamedTuple):
    """Seconds that the machine has been running, and seconds of the clock that people set."""

    running: float
    wall: float


@dataclass(frozen=True, slots=True)
class Failures:
    """So many that are not forgotten yet, the last one at ``running``, ``wall`` (``Moment``).

    ``new``: so many of them since somebody came in last.
    """

    count: int
    running: float
    wall: float
    new: int = 1

    def left(self, now: Moment) -> int:
        """Seconds still to wait; none after somebody came in."""
        return max(0, math.ceil(wait_after(self.count) - self._passed(now))) if self.new else 0

    def remembered(self, now: Moment) -> int:
        """How many are not forgotten: one less for every five minutes that passed."""
        return max(0, self.count - int(self._passed(now) // LONGEST))

    def _passed(self, now: Moment) -> float:
        """Seconds since the last one. A machine started anew since then has at least run until now."""
        ran = now.running - self.running if now.running >= self.running else now.running
        walled = now.wall - self.wall
        return max(0.0, min(ran, walled) if walled >= 0 else ran)


_of_this_start: dict[str, Failures] = {}
"""By salt; all that counts where neither folder can be written."""


def wait_after(failures: int) -> int:
    """Seconds to wait after so many failures in a row."""
    if failures <= 0:
        return 0
    doubled: int = 1 << min(failures - 1, 20)
    return min(LONGEST, doubled)


def now() -> Moment:
    """This moment; a machine that slept has been running meanwhile, where the system tells."""
    with_sleep = getattr(time, "CLOCK_BOOTTIME", None)
    running = time.monotonic() if with_sleep is None else time.clock_gettime(with_sleep)
    return Moment(running, time.time())


def failures(path: Path) -> int:
    """Failures for this office file since somebody came in."""
    found = _known(path)
    return found.new if found is not None else 0


def waiting(path: Path) -> int:
    """Seconds until the next password may be tried."""
    found = _known(path)
    return found.left(now()) if found is not None else 0


def in_words(seconds: int) -> str:
    """ "2 phút 5 giây", "40 giây"."""
    minutes, rest = divmod(seconds, 60)
    parts = ([f"{minutes} phút"] if minutes else []) + ([f"{rest} giây"] if rest or not minutes else [])
    return " ".join(parts)


@contextlib.contextmanager
def one_guess(path: Path) -> Iterator[int]:
    """Around one trying of a password or sheet; gives the failures since somebody came in.

    Raises TD-STORE-370 while one has to wait, 005 while another program tries one all the time. After a failure each
    further guess counts before it is tried, so that ending the program at once does not make it undone; the first one
    does not, so that nobody waits after a power cut. What fails for another reason than ``WRONG`` was no guess.
    """
    with _turn(path), _counted(path) as count:
        yield count


@contextlib.contextmanager
def _turn(path: Path) -> Iterator[None]:
    """Hold the turn to guess; where the folder cannot be written, everybody has it."""
    held = _ask_for_turn(path) if _salt(path) else None
    try:
        yield
    finally:
        if held is not None:
            held.release()


def _ask_for_turn(path: Path) -> FileLock | None:
    for _ in range(_ATTEMPTS):
        try:
            return FileLock(path.with_name(path.name + ".tries"))
        except OSError:
            return None
        except UserError:
            time.sleep(_PAUSE)
    raise UserError("TD-STORE-005", path=str(path))


@contextlib.contextmanager
def _counted(path: Path) -> Iterator[int]:
    before = _known(path)
    left = before.left(now()) if before is not None else 0
    if before is not None and left:
        _put_back(path, before)  # also to a place that did not know of it
        raise UserError("TD-STORE-370", count=before.count, left=in_words(left))
    if before is not None:
        _keep_one_more(path, before)
    try:
        yield before.new if before is not None else 0
    except UserError as refused:
        if refused.code in WRONG:
            _keep_one_more(path, before)
        elif before is not None:
            _put_back(path, before)
        raise
    except BaseException:
        if before is not None:
            _put_back(path, before)
        raise
    if before is not None:
        _put_back(path, _after_coming_in(before))


def _after_coming_in(before: Failures) -> Failures | None:
    """What is still remembered, without a wait."""
    moment = now()
    left = before.remembered(moment)
    return Failures(left, moment.running, moment.wall, 0) if left else None


def _known(path: Path) -> Failures | None:
    """The longest of what is kept in the different places."""
    salt = _salt(path)
    kept = [_read(place) for place in _places(path, salt)] + [_of_this_start.get(salt)]
    moment = now()
    return max((one for one in kept if one), key=lambda one: (one.left(moment), one.remembered(moment)), default=None)


def _keep_one_more(path: Path, before: Failures | None) -> None:
    moment = now()
    count, new = (before.remembered(moment), before.new) if before is not None else (0, 0)
    _put_back(path, Failures(min(count + 1, _MOST_COUNTED), moment.running, moment.wall, min(new + 1, _MOST_COUNTED)))


def _put_back(path: Path, found: Failures | None) -> None:
    salt = _salt(path)
    if not salt:
        return
    if found is None:
        _of_this_start.pop(salt, None)
    else:
        _of_this_start[salt] = found
    for place in _places(path, salt):
        with contextlib.suppress(OSError):
            _write(place, found)


def _places(path: Path, salt: str) -> tuple[Path, ...]:
    if not salt:
        return ()
    return (path.with_name(path.name + ".tries"), settings_folder() / "tries" / f"{salt}.json")


def _salt(path: Path) -> str:
    """A digest that a file has in common with its copies; "" when there is no such file."""
    try:
        with path.open("rb") as stream:
            return hashlib.sha256(b"thidua tries" + stream.read(_SALT_BYTES)).hexdigest()[:32]
    except OSError:
        return ""


def _read(place: Path) -> Failures | None:
    try:
        if not place.is_file():  # a pipe would be waited for
            return None
        with place.open("rb") as stream:
            content = stream.read(_LARGEST + 1)
        kept = json.loads(content.decode("ascii")) if len(content) <= _LARGEST else {}
        found = Failures(int(kept["count"]), float(kept["running"]), float(kept["wall"]), int(kept.get("new", 1)))
    except (OSError, ValueError, TypeError, KeyError, OverflowError):
        return None
    counted = 0 < found.count <= _MOST_COUNTED and 0 <= found.new <= _MOST_COUNTED
    sound = counted and math.isfinite(found.running) and math.isfinite(found.wall)
    return found if sound else None


def _write(place: Path, found: Failures | None) -> None:
    if found is None:
        place.unlink(missing_ok=True)
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    unfinished = place.with_name(place.name + ".new")
    try:
        unfinished.write_text(json.dumps(asdict(found)), encoding="ascii")
        unfinished.replace(place)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
