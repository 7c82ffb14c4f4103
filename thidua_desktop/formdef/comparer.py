"""What changed between two versions of the definitions, and whether released data survive it.

A field is never renamed, retyped or reused; it is retired. Everything that only says more, or asks less, is harmless.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Image = Mapping[str, Any]
"""The image of a definition that ``formdef.lock`` writes: plain dicts by name, only what data depend on."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One change: ``kind`` (added, removed, retyped, retired, widened, narrowed, recatalogued, moved, redefined)."""

    kind: str
    harmless: bool
    text: str


def compare(old: Image, new: Image) -> list[Difference]:
    """All differences between two images (see ``lock.image``), registers first."""
    found: list[Difference] = []
    found += _compare_named("sổ", old.get("registers", {}), new.get("registers", {}), _compare_register)
    found += _compare_named("danh mục", old.get("catalogs", {}), new.get("catalogs", {}), _compare_catalog)
    found += _compare_named("chỉ tiêu", old.get("indicators", {}), new.get("indicators", {}), _compare_indicator)
    old_sets, new_sets = old.get("assessments", {}), new.get("assessments", {})
    found += _compare_named("bộ tiêu chí", old_sets, new_sets, _compare_assessment)
    return found + _compare_named("lịch", old.get("calendars", {}), new.get("calendars", {}), _compare_calendar)


def _compare_named(
    what: str, old: Image, new: Image, inner: Callable[[str, Image, Image], list[Difference]]
) -> list[Difference]:
    found = [Difference("removed", False, f"bỏ {what} {name}") for name in old if name not in new]
    found += [Difference("added", True, f"thêm {what} {name}") for name in new if name not in old]
    for name in old:
        if name in new:
            found += inner(name, old[name], new[name])
    return found


def _compare_register(name: str, old: Image, new: Image) -> list[Difference]:
    found = _compare_fields(name, old["fields"], new["fields"])
    for role in ("date_field", "area_field", "valid_from", "valid_to"):
        if old[role] != new[role]:
            found.append(Difference("moved", False, f"sổ {name} đổi {role} từ “{old[role]}” thành “{new[role]}”"))
    if old["travels"] != new["travels"]:
        harmless = _TRAVEL_ORDER.index(new["travels"]) <= _TRAVEL_ORDER.index(old["travels"])
        found.append(
            Difference("moved", harmless, f"sổ {name} đổi phạm vi gửi từ {old['travels']} thành {new['travels']}")
        )
    return found


_TRAVEL_ORDER = ("none", "counts", "full")


def _compare_fields(owner: str, old: Image, new: Image) -> list[Difference]:
    found = [Difference("removed", False, f"bỏ mục {owner}.{name}") for name in old if name not in new]
    for name, spec in new.items():
        if name not in old:
            harmless = not spec["required"]
            note = "" if harmless else " là mục bắt buộc, bản ghi cũ sẽ thiếu"
            found.append(Difference("added", harmless, f"thêm mục {owner}.{name}{note}"))
    for name in old:
        if name in new:
            found += _compare_field(f"{owner}.{name}", old[name], new[name])
    return found


def _compare_field(place: str, old: Image, new: Image) -> list[Difference]:
    found = []
    for key, what in (("type", "kiểu"), ("catalog", "danh mục"), ("register", "sổ liên kết"), ("digits", "số lẻ")):
        if old[key] != new[key]:
            text = f"mục {place} đổi {what} từ “{old[key]}” thành “{new[key]}”"
            found.append(Difference("retyped", False, text))
    if old["retired"] != new["retired"]:
        back = old["retired"]
        text = f"mục {place} được dùng lại" if back else f"mục {place} thôi dùng"
        found.append(Difference("reused" if back else "retired", not back, text))
    if old["required"] != new["required"]:
        text = f"mục {place} {'thành bắt buộc' if new['required'] else 'không còn bắt buộc'}"
        found.append(Difference("narrowed" if new["required"] else "widened", not new["required"], text))
    if old["travels"] != new["travels"]:
        text = f"mục {place} {'được gửi ra ngoài' if new['travels'] else 'thôi gửi ra ngoài'}"
        found.append(Difference("moved", not new["travels"], text))
    found += _compare_limits(place, old, new)
    return found + _compare_fields(place, old["fields"], new["fields"])


def _compare_limits(place: str, old: Image, new: Image) -> list[Difference]:
    """Limits that forbid what was allowed narrow the field; the others widen it."""
    found = []
    for key, tighter in (("minimum", 1), ("maximum", -1), ("max_length", -1)):
        before, after = old[key], new[key]
        if before == after:
            continue
        narrowed = after is not None and (before is None or tighter * (float(after) - float(before)) > 0)
        text = f"mục {place} đổi {key} từ {before} thành {after}"
        found.append(Difference("narrowed" if narrowed else "widened", not narrowed, text))
    return found


def _compare_catalog(name: str, old: Image, new: Image) -> list[Difference]:
    found = [
        Difference("removed", False, f"danh mục {name} bỏ mã {code}")
        for code in old["items"]
        if code not in new["items"]
    ]
    for code, label in new["items"].items():
        if code not in old["items"]:
            found.append(Difference("added", True, f"danh mục {name} thêm mã {code}"))
        elif label != old["items"][code]:
            text = f"danh mục {name} đổi tên mã {code}: “{old['items'][code]}” thành “{label}”"
            found.append(Difference("recatalogued", True, text))
    return found


def _compare_indicator(name: str, old: Image, new: Image) -> list[Difference]:
    """An indicator that counts something else makes old reports incomparable."""
    if old == new:
        return []
    return [Difference("redefined", False, f"chỉ tiêu {name} đổi cách tính")]


def _compare_assessment(name: str, old: Image, new: Image) -> list[Difference]:
    """Sheets are scored again at every save: a set that scores otherwise comes under a new name, or raises its version
    where the change mends an error."""
    changed = [key for key in ("method", "window", "subjects", "criteria", "bands") if old[key] != new[key]]
    if not changed:
        return []
    raised = new["version"] > old["version"]
    return [Difference("redefined", raised, f"bộ tiêu chí {name} đổi {', '.join(changed)}")]


def _compare_calendar(name: str, old: Image, new: Image) -> list[Difference]:
    """A later rule beside the old ones is harmless; another mark, rule or day of a span moves periods of the past."""
    found = []
    if old["mark"] != new["mark"]:
        found.append(Difference("moved", False, f"lịch {name} đổi mark từ “{old['mark']}” thành “{new['mark']}”"))
    if new["rules"][: len(old["rules"])] != old["rules"]:
        found.append(Difference("redefined", False, f"lịch {name} đổi ngày chốt đã ban hành"))
    elif new["rules"] != old["rules"]:
        found.append(Difference("added", True, f"lịch {name} thêm ngày chốt áp dụng từ {new['rules'][-1][0]}"))
    for code, days in old["spans"].items():
        if code not in new["spans"]:
            found.append(Difference("removed", False, f"lịch {name} bỏ đợt {code}"))
        elif new["spans"][code] != days:
            raised = new["version"] > old["version"]  # reports that were closed keep their days
            found.append(Difference("moved", raised, f"lịch {name} đổi ngày của đợt {code}"))
    added = [code for code in new["spans"] if code not in old["spans"]]
    return found + [Difference("added", True, f"lịch {name} thêm đợt {code}") for code in added]
