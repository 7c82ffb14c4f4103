"""Figures counted a second time, by plain loops over exported records; no code of the program's own counting."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

Record = dict[str, Any]
FIRST, LAST = date(2026, 10, 15), date(2026, 11, 14)


def read(path: Path) -> list[Record]:
    """The values of every record in a .jsonl export, with its id."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [{**row["values"], "id": row["id"]} for row in map(json.loads, lines)]


def in_period(records: list[Record]) -> list[Record]:
    """Records of the report month of November 2026."""
    return [record for record in records if FIRST <= date.fromisoformat(record["held_on"]) <= LAST]


def standing(records: list[Record], begins: str, ends: str) -> list[Record]:
    """Records that stand on the last day of the month; ISO days compare as text."""
    day = LAST.isoformat()
    return [record for record in records if (record.get(begins) or "") <= day <= (record.get(ends) or "9999")]


def total(records: list[Record], field: str) -> int:
    """Sum of a field, empty ones as nothing."""
    return sum(record.get(field) or 0 for record in records)


def of_kind(records: list[Record], *kinds: str) -> list[Record]:
    """Records of some kinds."""
    return [record for record in records if record["kind"] in kinds]


def figures(
    activities: list[Record], meetings: list[Record], areas: list[Record], groups: list[Record]
) -> dict[str, int]:
    """A selection of the report's figures."""
    activities = in_period(activities)
    areas, groups = standing(areas, "valid_from", "valid_to"), standing(groups, "founded_on", "closed_on")
    meetings = [record for record in in_period(meetings) if record["status"] in {"ended", "signed", "sent"}]
    items = [item for meeting in meetings for item in meeting.get("agenda", [])]
    voted = [item for item in items if item.get("outcome") in {"passed", "not_passed"}]
    passed = [item for item in voted if item["outcome"] == "passed"]
    tasks = [task for meeting in meetings for task in meeting.get("tasks", [])]
    return {
        "areas_total": len(areas),
        "area_households": total(areas, "households"),
        "area_people": total(areas, "people"),
        "groups_total": len(groups),
        "activities_total": len(activities),
        "areas_active": len({record["residential_area"] for record in activities}),
        "launches": len(of_kind(activities, "launch")),
        "sessions": len(of_kind(activities, "propaganda")),
        "patrols": len(of_kind(activities, "patrol")),
        "households_signed": total(activities, "households_signed"),
        "documents_handed_out": total(activities, "documents_handed_out"),
        "meetings_total": len(meetings),
        "meetings_group": len([meeting for meeting in meetings if meeting.get("group")]),
        "meetings_area": len([meeting for meeting in meetings if not meeting.get("group")]),
        "groups_met": len({meeting["group"] for meeting in meetings if meeting.get("group")}),
        "meeting_households_present": total(meetings, "households_present"),
        "meeting_households_total": total(meetings, "households_total"),
        "meeting_women": total(meetings, "women_present"),
        "items_voted": len(voted),
        "items_passed": len(passed),
        "contribution_items_passed": len([i for i in passed if i["matter"] in {"clause_1", "clause_2"}]),
        "tasks_given": len(tasks),
        "tasks_done": len([task for task in tasks if task.get("done")]),
    }
