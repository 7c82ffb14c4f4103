"""What import must tell apart: one code for each, with its words in ``resources/errors.toml``."""

from __future__ import annotations

from enum import StrEnum

from thidua_desktop.errors import UserError


class Code(StrEnum):
    """Every reason of this layer; the values are codes of the error table."""

    NOT_A_PACKAGE = "TD-SYNC-001"
    CUT = "TD-SYNC-002"  # values: percent, sender
    DAMAGED = "TD-SYNC-003"
    NEWER_FORMAT = "TD-SYNC-004"  # values: version, known
    UNKNOWN_SENDER = "TD-SYNC-005"  # values: sender, installation
    REVOKED_SENDER = "TD-SYNC-006"  # values: sender, installation
    BAD_SIGNATURE = "TD-SYNC-007"  # values: sender
    NOT_ADDRESSED = "TD-SYNC-008"  # values: sender
    ALREADY_IMPORTED = "TD-SYNC-009"  # values: sender, number
    GAP = "TD-SYNC-010"  # told, not refused; values: sender, missing
    OLDER = "TD-SYNC-011"  # values: sender, number, highest
    CLONE = "TD-SYNC-012"  # values: sender, installation, number
    NEWER_DEFINITION = "TD-SYNC-013"  # values: sender, definitions
    BAD_CONTENT = "TD-SYNC-014"  # values: sender, detail
    TOO_LARGE = "TD-SYNC-015"  # values: sender, detail
    CUT_AT_START = "TD-SYNC-016"
    NOT_A_CARD = "TD-SYNC-017"
    BAD_CARD = "TD-SYNC-018"
    NEWER_CARD = "TD-SYNC-019"  # values: version, known
    NOT_AN_ACCEPTANCE = "TD-SYNC-154"
    NEWER_ACCEPTANCE = "TD-SYNC-155"  # values: version, known
    BAD_ACCEPTANCE = "TD-SYNC-156"
    NOT_A_KEY_CHANGE = "TD-SYNC-020"
    BAD_KEY_CHANGE = "TD-SYNC-021"
    NEWER_KEY_CHANGE = "TD-SYNC-022"  # values: version, known
    WRONG_PASSPHRASE = "TD-SYNC-023"
    NOT_A_KEY_PART = "TD-SYNC-024"
    PARTS_DIFFER = "TD-SYNC-025"
    TOO_SLOW_FOR_PART = "TD-SYNC-246"
    ASIDE_UNREADABLE = "TD-SYNC-031"  # values: register, line
    ASIDE_ORDER = "TD-SYNC-032"  # values: register, record
    ASIDE_NO_VERSION = "TD-SYNC-105"  # values: register, record
    ASIDE_ERASED = "TD-SYNC-106"  # values: register, record
    ASIDE_OFFICE = "TD-SYNC-033"  # values: register, record
    ASIDE_OWNER = "TD-SYNC-034"  # values: register, record
    ASIDE_MISFIT = "TD-SYNC-035"  # values: register, record, detail
    ASIDE_UNKNOWN_REGISTER = "TD-SYNC-036"  # values: register


class Refusal(UserError):
    """A package or card that is not taken in; nothing was touched."""

    def __init__(self, code: Code, **values: object) -> None:
        super().__init__(str(code), **values)
        self.reason = code
