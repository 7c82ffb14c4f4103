"""Run by test_killed: saves records and tells each one after it is committed, until it is killed."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.unit.store.made_up import FORMS, NOW, PASSWORD, event
from thidua_desktop.store.office_file import open_office


def main(path: Path) -> None:
    """Save for ever; also drafts, changes, deletions, so that any write can be the one that is cut."""
    file = open_office(path, FORMS, PASSWORD)
    number = file.records.count("event")
    while True:
        number += 1
        saved = file.records.save("event", event(NOW.date(), f"Việc {number}", present=1), actor="dao", now=NOW)
        file.records.save("event", event(NOW.date(), f"Việc {number}", present=2), id=saved.id, actor="dao", now=NOW)
        print(saved.id, flush=True)
        file.drafts.put("event", saved.id, "dao", {"title": "x" * 2000}, NOW)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
