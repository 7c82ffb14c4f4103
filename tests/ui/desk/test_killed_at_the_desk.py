"""The process ends at a moment that nobody chose, while an officer types: what was saved and typed is there."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.ui.desk import typing_until_killed as typing
from tests.ui.desk.conftest import CHEAP, PASSWORD
from thidua_desktop.paths import program_root
from thidua_desktop.services import attachments, drafts, lists, meetings, offices, records
from thidua_desktop.services.offices import NewArea, NewOffice, create_office
from thidua_desktop.services.session import VIETNAM_TIME, Clock, Session

KILLS, FIRST = int(os.environ.get("THIDUA_KILLS", "2")), int(os.environ.get("THIDUA_FIRST_KILL", "0"))
LONGEST_LIFE = 8.0  # seconds
HOUSEHOLDS = 12
DAY = date(2026, 11, 8)

Told = list[tuple[str, str]]


def added(session: Session, register: str, **values: Any) -> str:
    saved = records.save(session, register, values, reasons={"*": "thử"})
    assert isinstance(saved, records.Saved), saved
    return saved.record.id


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """An office with a group of twelve households whose meeting is running, and an activity."""
    path = tmp_path / "phú hòa.thidua"
    areas = (NewArea("thon", "Tân Lập", 364),)
    new = NewOffice(unit_code="22319", user_name="Mai Thu Sương", login="suong", password=PASSWORD, areas=areas)
    session = create_office(path, new, Clock(datetime(2026, 11, 9, 14, 26, tzinfo=VIETNAM_TIME)), CHEAP).session
    area = lists.open_list(session, lists.default_query(session, "residential_area")).row(0).id
    kind = session.definitions.catalogs["group_kind"].items[0].code
    group = added(
        session, "self_managed_group", residential_area=area, number="3", name="Tổ 3", kind=kind, leader="Hồ Lài"
    )
    for number in range(1, HOUSEHOLDS + 1):
        added(
            session,
            "household",
            residential_area=area,
            group=group,
            representative=f"Lò Văn Páo {number}",
            number=number,
        )
    rows = meetings.attendance_for(session, area, group, DAY)
    added(
        session, typing.MEETING, held_on=DAY, starts_at="19:32", kind="regular", residential_area=area, group=group,
        place="Nhà văn hóa", chair="Hồ Lài", secretary="Cao Đình Hợp", households_total=len(rows), households_present=0,
        attendance=rows, agenda=({"subject": "Góp tiền lắp đèn", "matter": "clause_1", "method": "hands"},),
        status="running",
    )  # fmt: skip
    added(session, typing.ACTIVITY, held_on=DAY, kind="patrol", title="Tuần tra", attendance_total=5)
    session.close()
    return path


def killed(office: Path, luck: random.Random, seed: int) -> Told:
    """What the desk told before the process was killed."""
    command = [sys.executable, "-m", "tests.ui.desk.typing_until_killed", str(office), str(seed)]
    with (office.parent / f"lỗi {seed}.txt").open("w+", encoding="utf-8") as errors:
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=errors, text=True, encoding="utf-8", cwd=program_root()
        ) as process:
            assert process.stdout is not None
            first = process.stdout.readline()
            errors.seek(0)
            assert "ready" in first, errors.read()
            time.sleep(luck.uniform(0.2, LONGEST_LIFE))
            process.kill()
            rest = process.stdout.read().splitlines(keepends=True)
        errors.seek(0)
        assert errors.read() == ""
    lines = [line.strip("\n").split("\t") for line in rest if line.endswith("\n")]
    return [(one[0], one[1]) for one in lines]


@contextmanager
def reopened(path: Path) -> Iterator[Session]:
    session = offices.open_office(path, PASSWORD)
    try:
        assert offices.check_office(session) == []
        yield session
    finally:
        session.close()


def activities(session: Session) -> dict[str, str]:
    """The saved activities: number that was told -> id."""
    rows = lists.open_list(session, lists.default_query(session, typing.ACTIVITY))
    found: dict[str, str] = {}
    for at in range(len(rows)):
        record = records.get(session, typing.ACTIVITY, rows.row(at).id)
        number = str(record.values["title"]).removeprefix(f"{typing.BEGUN} ")
        assert number not in found, "saved twice"
        found[number] = record.id
    return found


def check(session: Session, told: Told) -> None:
    saved = activities(session)
    for what, number in told:
        assert what != "saved" or number in saved, f"{number} was saved and is lost"
    for record_id in saved.values():
        for one in attachments.of_record(session, typing.ACTIVITY, record_id):
            assert attachments.content_of(session, one.id).endswith(b"%%EOF\n"), f"half a file: {one.name}"
    draft = words_kept(session, None, "title").removeprefix(f"{typing.BEGUN} ")
    assert draft not in saved, f"{draft} is saved and offered as not saved"
    kept = [number for what, number in told if what == "kept"]
    assert not kept or kept[-1] in saved or draft == kept[-1], "typed words are lost"
    for what, words in told:
        if what in ("noted", "changed"):
            record_id, number = words.split(" ")
            note = str(records.get(session, typing.ACTIVITY, record_id).values.get("note"))
            is_kept = number in words_kept(session, record_id, "note")
            assert number in note or (what == "noted" and is_kept), f"the note {number} is lost"
    check_meeting(session, told)


def words_kept(session: Session, record_id: str | None, field: str) -> str:
    """What the draft of an activity holds; "" without one."""
    draft = drafts.find(session, typing.ACTIVITY, record_id)
    fields: Any = draft.texts["fields"] if draft is not None else {}
    return str(fields.get(field, ""))


def check_meeting(session: Session, told: Told) -> None:
    """As many as were there when the page last said that it is kept, or as at one of the ticks after."""
    meeting = lists.open_list(session, lists.default_query(session, typing.MEETING)).row(0).id
    draft = drafts.find(session, typing.MEETING, meeting)
    values: Any = draft.texts["meeting"] if draft is not None else records.get(session, typing.MEETING, meeting).values
    came = sum(1 for row in values["attendance"] if row.get("present"))
    assert came == int(values["households_present"])
    assert stands(told, "sat", "ticked", came), "ticks are lost"
    hands = int(values["agenda"][0].get("yes") or 0)
    assert stands(told, "counted", "voted", hands), f"{hands} hands: the count is lost"


def stands(told: Told, kept: str, done: str, number: int) -> bool:
    """Whether a number is that of the last time it was kept, or of some time after."""
    numbers = [(what, int(words)) for what, words in told if what in (kept, done)]
    since = max((at for at, (what, _) in enumerate(numbers) if what == kept), default=0)
    return number in [one for _, one in numbers[since:]] or (number == 0 and since == 0)


@pytest.mark.parametrize("seed", range(FIRST, FIRST + KILLS))
def test_nothing_is_lost_when_the_process_is_killed(office: Path, seed: int) -> None:
    told = killed(office, random.Random(seed), seed)
    with reopened(office) as session:
        check(session, told)
