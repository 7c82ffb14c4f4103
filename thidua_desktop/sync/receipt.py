"""What a receipt says: how far the province has a commune's changes, what it says of single records and reports, and
what was decided about records that were proposed to it.

The content of ``receipt.json`` in a package of kind ``receipt`` (FORMAT.md, "Receipts"): canonical JSON, read strictly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from thidua_desktop.sync.canonical import MAX_INTEGER, NotCanonicalError, canonical_bytes, parse_canonical
from thidua_desktop.sync.header import MAX_NUMBER, is_installation, is_office_code

MOST_PACKAGES = 200
"""A receipt names the newest packages that were merged; older ones are covered by ``acknowledged``."""
LONGEST_REASON = 2_000

_DIGEST = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
_DECIMAL = re.compile(r"(?:0|[1-9][0-9]{0,14})\.[0-9]{1,6}")
_RECORD_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,63}")
_PERIOD = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


class ReceiptError(ValueError):
    """The bytes, or the facts, are not a receipt as FORMAT.md says."""


class RecordState(StrEnum):
    """What became of a record that is not simply merged."""

    SET_ASIDE = "set_aside"  # did not fit the province's definitions
    CONFLICT = "conflict"  # the same revision is there with other content
    RETURNED = "returned"  # a person at the province sends it back to be mended


class ReportState(StrEnum):
    """How a closed report stands at the province."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class MergedPackage:
    """A package that was merged; ``header`` is its header hash."""

    installation: str
    number: int
    header: str


@dataclass(frozen=True, slots=True)
class RecordAnswer:
    """One record with its reason, in Vietnamese; ``field`` is the one to look at, "" when it is none in particular."""

    register: str
    id: str
    revision: int
    state: RecordState
    reason: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class CheckedFigure:
    """One figure as it was checked: another number (a decimal as text; None: as reported), and a remark ("" none)."""

    indicator: str
    checked: int | str | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class ReportCheck:
    """What a decision on a report says of it: on which day, by whom, in general, and of single figures."""

    day: str
    by: str
    remark: str = ""
    figures: tuple[CheckedFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportAnswer:
    """A closed report; ``figures`` is the digest of the canonical JSON of the figures that came.

    A reason with the state ``received`` says why a decision was taken back ("opened again").
    """

    report: str
    period: str
    figures: str
    state: ReportState
    reason: str = ""
    check: ReportCheck | None = None


@dataclass(frozen=True, slots=True)
class RecordDecision:
    """What was decided about a record that the commune proposed: field -> plain value, a text, never empty."""

    register: str
    id: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Receipt:
    """``acknowledged``: installation -> the change up to which everything has come (no gap below)."""

    office: str
    acknowledged: Mapping[str, int]
    packages: tuple[MergedPackage, ...] = ()
    records: tuple[RecordAnswer, ...] = ()
    reports: tuple[ReportAnswer, ...] = ()
    decided: tuple[RecordDecision, ...] = ()


def receipt_bytes(receipt: Receipt) -> bytes:
    """``receipt.json``; ReceiptError when a fact is outside its rule.

    ``decided`` is absent where nothing was: such a receipt is byte for byte what it was before there was any.
    """
    _check(receipt)
    decided = [{"id": one.id, "register": one.register, "values": dict(one.values)} for one in receipt.decided]
    return canonical_bytes(
        {
            **({"decided": decided} if decided else {}),
            "acknowledged": dict(receipt.acknowledged),
            "office": receipt.office,
            "packages": [
                {"header": one.header, "installation": one.installation, "number": one.number}
                for one in receipt.packages
            ],
            "records": [
                {
                    "field": one.field, "id": one.id, "reason": one.reason, "register": one.register,
                    "revision": one.revision, "state": str(one.state),
                }
                for one in receipt.records
            ],
            "reports": [_report_json(one) for one in receipt.reports],
        }
    )  # fmt: skip


def parse_receipt(data: bytes) -> Receipt:
    """The receipt; ReceiptError unless the bytes are exactly what ``receipt_bytes`` writes."""
    try:
        value: Any = parse_canonical(data)
        receipt = Receipt(
            value["office"],
            dict(value["acknowledged"]),
            tuple(MergedPackage(row["installation"], row["number"], row["header"]) for row in value["packages"]),
            tuple(_record(row) for row in value["records"]),
            tuple(_report(row) for row in value["reports"]),
            tuple(RecordDecision(row["register"], row["id"], dict(row["values"])) for row in value.get("decided", ())),
        )
        again = receipt_bytes(receipt)
    except (NotCanonicalError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise ReceiptError(f"receipt: {error}") from error
    if again != data:
        raise ReceiptError("receipt with unknown fields")
    return receipt


def _record(row: Mapping[str, Any]) -> RecordAnswer:
    state = RecordState(row["state"])
    return RecordAnswer(row["register"], row["id"], row["revision"], state, row["reason"], row["field"])


def _report(row: Mapping[str, Any]) -> ReportAnswer:
    state, check = ReportState(row["state"]), _check_of(row["check"]) if "check" in row else None
    return ReportAnswer(row["report"], row["period"], row["figures"], state, row["reason"], check)


def _report_json(one: ReportAnswer) -> dict[str, Any]:
    """``check`` is absent where there is none: such a receipt is byte for byte what it was before there were any."""
    row: dict[str, Any] = {
        "figures": one.figures, "period": one.period, "reason": one.reason, "report": one.report,
        "state": str(one.state),
    }  # fmt: skip
    if one.check is not None:
        figures = [
            {"checked": figure.checked, "indicator": figure.indicator, "remark": figure.remark}
            for figure in one.check.figures
        ]
        row["check"] = {"by": one.check.by, "day": one.check.day, "figures": figures, "remark": one.check.remark}
    return row


def _check_of(row: Mapping[str, Any]) -> ReportCheck:
    figures = tuple(CheckedFigure(one["indicator"], one["checked"], one["remark"]) for one in row["figures"])
    return ReportCheck(row["day"], row["by"], row["remark"], figures)


def _check(receipt: Receipt) -> None:
    checks = {
        "office": is_office_code(receipt.office),
        "acknowledged": all(map(_is_acknowledged, receipt.acknowledged.items())),
        "packages": len(receipt.packages) <= MOST_PACKAGES and all(map(_is_package, receipt.packages)),
        "records": all(map(_is_record, receipt.records)),
        "reports": all(map(_is_report, receipt.reports)),
        "decided": all(map(_is_decision, receipt.decided)),
        "order": _ascends((one.register, one.id) for one in receipt.records)
        and _ascends((one.register, one.id) for one in receipt.decided)
        and _ascends((one.report, one.period) for one in receipt.reports),
    }
    wrong = [name for name, right in checks.items() if not right]
    if wrong:
        raise ReceiptError(f"receipt outside its rule: {', '.join(wrong)}")


def _ascends(keys: Iterable[tuple[str, str]]) -> bool:
    """Whether the keys stand in ascending order, each once."""
    listed = list(keys)
    return listed == sorted(set(listed))


def _is_acknowledged(item: tuple[Any, Any]) -> bool:
    return is_installation(item[0]) and _is_number(item[1], 0, MAX_INTEGER)


def _is_package(one: MergedPackage) -> bool:
    return is_installation(one.installation) and _is_number(one.number, 1, MAX_NUMBER) and _is(_DIGEST, one.header)


def _is_record(one: RecordAnswer) -> bool:
    return (
        _is(_NAME, one.register)
        and _is(_RECORD_ID, one.id)
        and _is_number(one.revision, 1, MAX_INTEGER)
        and (one.field == "" or _is(_NAME, one.field))
        and _is_reason(one.reason)
        and one.reason != ""
    )


def _is_decision(one: RecordDecision) -> bool:
    named = _is(_NAME, one.register) and _is(_RECORD_ID, one.id) and len(one.values) > 0
    return named and all(_is(_NAME, name) and _is_reason(text) and text != "" for name, text in one.values.items())


def _is_report(one: ReportAnswer) -> bool:
    named = _is(_NAME, one.report) and _is(_PERIOD, one.period) and _is(_DIGEST, one.figures)
    reasoned = _is_reason(one.reason) and (one.state is not ReportState.RETURNED or one.reason != "")
    return named and reasoned and (one.check is None or _is_check(one.check))


def _is_check(one: ReportCheck) -> bool:
    names = [figure.indicator for figure in one.figures]
    told = _is_day(one.day) and _is_reason(one.by) and one.by != "" and _is_reason(one.remark)
    return told and names == sorted(set(names)) and all(map(_is_checked, one.figures))


def _is_checked(one: CheckedFigure) -> bool:
    """A figure that is named says something of it."""
    number = one.checked is None or (
        _is(_DECIMAL, one.checked) if isinstance(one.checked, str) else _is_number(one.checked, 0, MAX_INTEGER)
    )
    return (
        _is(_NAME, one.indicator)
        and number
        and _is_reason(one.remark)
        and (one.checked is not None or one.remark != "")
    )


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_reason(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_REASON and value.strip() == value


def _is_number(value: object, least: int, most: int) -> bool:
    return type(value) is int and least <= value <= most


def _is(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None
