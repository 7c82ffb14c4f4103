"""An office that is written to and put back to a copy without an end; the test kills the process.

Every told line is so: ``saved`` a number, ``copied`` that a copy holds all saved so far, ``begun`` that this copy is
being put back, ``back`` that it stands in the place of the office.
``python -m tests.unit.services.restoring_until_killed OFFICE SEED``.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from tests.unit.services.conftest import PASSWORD
from thidua_desktop.services import records, restoring
from thidua_desktop.services.backups import backup_now
from thidua_desktop.services.offices import open_office

REGISTER = "movement_activity"
BEGUN = "Tuần tra lần"


def tell(what: str, words: str = "") -> None:
    sys.stdout.write(f"{what}\t{words}\n")
    sys.stdout.flush()


def main(office: str, seed: str) -> None:
    """Work until somebody ends it."""
    dice, path = random.Random(seed), Path(office)
    session = open_office(path, PASSWORD)
    tell("ready")
    number = 0
    while True:
        for _ in range(dice.randrange(1, 5)):
            number += 1
            values = {"held_on": session.today, "kind": "patrol", "title": f"{BEGUN} {number}", "attendance_total": 5}
            saved = records.save(session, REGISTER, values, reasons={"*": "thử"})
            assert isinstance(saved, records.Saved), saved
            tell("saved", str(number))
        folder = path.parent / f"bản sao {number}"
        folder.mkdir()
        copy = backup_now(session, folder).path
        tell("copied", str(number))
        number += 1
        values = {"held_on": session.today, "kind": "patrol", "title": f"{BEGUN} {number}", "attendance_total": 5}
        assert isinstance(records.save(session, REGISTER, values, reasons={"*": "thử"}), records.Saved)
        tell("saved", str(number))
        tell("begun", str(number - 1))
        session = restoring.restore(session, copy)
        tell("back", str(number - 1))


if __name__ == "__main__":
    main(*sys.argv[1:])
