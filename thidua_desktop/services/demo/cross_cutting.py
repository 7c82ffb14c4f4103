"""What lies across the fields of work: a person written twice, attached files, a survey answered, a split area."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, timedelta
from typing import cast

from thidua_desktop.formdef.model import Value
from thidua_desktop.formdef.reading_surveys import read_survey
from thidua_desktop.formdef.surveys import SurveyForm
from thidua_desktop.paths import resource_path
from thidua_desktop.services import attachments, succession, surveys
from thidua_desktop.services.demo.calendar import DemoCalendar
from thidua_desktop.services.demo.world import DemoWorld, Made
from thidua_desktop.services.documents.printing import print_document
from thidua_desktop.services.session import Session
from thidua_desktop.services.succession import AREA, SPLIT, NewUnit, Succession
from thidua_desktop.store.queries import ListQuery
from thidua_desktop.text import fold, format_date

ACTIVITY = "movement_activity"
_ATTACHED = 3
_ANSWERED = 10


def records(world: DemoWorld) -> Iterator[Made]:
    """People of whom one stands twice (typed once without marks), and twins of one name with numbers of their own."""
    area = world.areas[0]
    first = world.person(area, "Tổ viên tổ hòa giải")
    yield first
    bare = " ".join(word.capitalize() for word in fold(str(first.values["name"])).split())
    again = {name: first.values[name] for name in ("sex", "birth_year", "residential_area", "since")}
    yield Made("person", world.ids.new(), {**again, "name": bare, "position": "Cộng tác viên phòng, chống ma túy"})
    one = world.person(area, "Dân quân tại chỗ")
    for number in ("000099000101", "000099000102"):
        yield Made("person", world.ids.new(), {**one.values, "sex": "male", "birth_year": 1999,
                                               "identity_number": number})  # fmt: skip


def survey_form(session: Session, calendar: DemoCalendar) -> SurveyForm:
    """The made-up province's survey, due three weeks after the made-up today."""
    text = resource_path("demo", "survey_fire.toml").read_text(encoding="utf-8")
    deadline = calendar.today + timedelta(days=21)
    return read_survey(text.replace("2026-12-15", deadline.isoformat(), 1), session.definitions)


def attach_and_answer(session: Session, calendar: DemoCalendar) -> None:
    """Papers and pictures of the last activities; the survey answered for ten of the areas."""
    keys = session.file.records.ids(ListQuery(ACTIVITY, end=calendar.closed.end))
    for number, record in enumerate(session.file.records.window(ACTIVITY, keys[:_ATTACHED])):
        held = cast("date", record.values["held_on"])
        sheet = print_document(session, "activity_sheet", record.id).pdf
        attachments.attach_content(session, ACTIVITY, record.id, "Phiếu hoạt động đã ký.pdf", sheet)
        attachments.attach_content(
            session, ACTIVITY, record.id, f"Ảnh buổi tuyên truyền {number + 1}.jpg", _picture(number),
            description="Quang cảnh buổi tuyên truyền", taken_on=held,
        )  # fmt: skip
    spec = surveys.add_form(session, survey_form(session, calendar))
    sources = ("hydrant", "pond", "none")
    for number, area in enumerate(list(session.file.records.every(ListQuery(AREA)))[:_ANSWERED]):
        values: dict[str, Value] = {
            "residential_area": area.id,
            "houses": 6 + number * 3,
            "with_second_exit": 2 + number,
            "source": sources[number % 3],
            "team": number % 4 != 0,
        }
        session.file.records.save(spec.name, values, actor=session.user.name, now=session.now())


def split_an_area(session: Session, calendar: DemoCalendar) -> None:
    """The smallest area is split on the first day of the running period; its groups and households are assigned."""
    standing = session.file.records.every(ListQuery(AREA, valid_on=calendar.today))
    area = min(standing, key=lambda one: (int(str(one.values.get("households", 0))), one.id))
    name, households = str(area.values["name"]), int(str(area.values["households"]))
    day, half = calendar.closed.end + timedelta(days=1), households // 2
    asked = Succession(
        kind=SPLIT, level=AREA, effective_on=day, sources=(area.id,), decision="31/NQ-HĐND",
        decided_on=day - timedelta(days=20), decided_by="Hội đồng nhân dân xã",
        targets=(NewUnit(f"{name} 1", households=half), NewUnit(f"{name} 2", households=households - half)),
        note=f"Còn người và cơ quan của khu dân cư cũ chờ phân từ ngày {format_date(day)}.",
    )  # fmt: skip
    succession.apply(session, asked)
    first, second = succession.successors(session, AREA, area.id)
    for moving in succession.waiting(session, AREA, area.id):
        if moving.register not in ("self_managed_group", "household"):
            continue  # left for a person, as it will be in a real office
        ids = [record.id for record in moving.records]
        succession.assign(session, moving, ids[: len(ids) // 2], first)
        succession.assign(session, moving, ids[len(ids) // 2 :], second)


def _picture(number: int) -> bytes:
    """A small picture that nobody took: hills under an evening sky."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (320, 200))
    draw = ImageDraw.Draw(image)
    for line in range(200):
        draw.line((0, line, 320, line), fill=(250 - line // 2, 190 - line // 3 + number * 9, 120 + line // 3))
    for hill in range(4):
        left = hill * 90 - 40 + number * 13
        draw.polygon([(left, 200), (left + 90, 110 + hill * 9), (left + 190, 200)], fill=(40, 90 + hill * 18, 60))
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=80)
    return stream.getvalue()
