"""The program's log: a few rotating UTF-8 files beside the settings, without personal data.

Names of persons are never logged, by convention; ids of records are. What must be logged although it may be personal is
wrapped in ``personal(...)`` and never leaves memory. As a net below that, numbers of identity papers and telephones (9
to 12 digits) are masked.
"""

from __future__ import annotations

import logging
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path

MASK = "•••"
_NUMBERS_OF_PERSONS = re.compile(r"(?<!\d)(?:\d{9,12}|\d{3}(?:[ .\-]\d{3}){2,3})(?!\d)")
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_MEGABYTE = 1_000_000


class Personal:
    """Something that must not be written down: every way of turning it into text gives the mask."""

    __slots__ = ()

    def __str__(self) -> str:
        return MASK

    __repr__ = __str__

    def __format__(self, _spec: str) -> str:
        return MASK


_HIDDEN = Personal()


def personal(_value: object) -> Personal:
    """Stand-in for a personal value in a log call: ``log.info("saved %s", personal(name))``. The value is dropped."""
    return _HIDDEN


def masked(text: str) -> str:
    """``text`` with every run of 9 to 12 digits masked, also 9 or 12 in groups of three (035 199 000 123)."""
    return _NUMBERS_OF_PERSONS.sub(MASK, text)


class MaskingFormatter(logging.Formatter):
    """Masks the finished line, so that arguments, tracebacks and messages of libraries are covered alike.

    The time in front is left as it is: it is put there by the program and holds no run of 9 digits of a record.
    """

    def formatMessage(self, record: logging.LogRecord) -> str:
        """The line of one record, its message masked."""
        record.message = masked(record.message)
        return super().formatMessage(record)

    def formatException(self, ei: object) -> str:
        """The traceback, masked."""
        return masked(super().formatException(ei))  # type: ignore[arg-type]  # logging's own alias is private


def set_up_logging(folder: Path, *, level: int = logging.INFO, megabytes: int = 1, kept_files: int = 5) -> Path:
    """Send the program's log to ``folder``/thidua.log (made if absent), rotated; returns the file's path.

    May be called again (another folder, another test): the earlier handler is closed. Raises OSError when the folder
    cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "thidua.log"
    handler = RotatingFileHandler(path, maxBytes=megabytes * _MEGABYTE, backupCount=kept_files, encoding="utf-8")
    handler.setFormatter(MaskingFormatter(_FORMAT))
    root = logging.getLogger("thidua_desktop")
    close_logging()
    root.addHandler(handler)
    root.setLevel(level)
    root.propagate = False
    return path


def close_logging() -> None:
    """Close the log file, so that Windows lets it be moved or removed."""
    root = logging.getLogger("thidua_desktop")
    for handler in list(root.handlers):
        if isinstance(handler, RotatingFileHandler):
            root.removeHandler(handler)
            handler.close()
