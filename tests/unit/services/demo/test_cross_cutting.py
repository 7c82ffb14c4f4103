"""The demo office shows what lies across the fields of work: files, a survey, a split area, people written twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from thidua_desktop.domain.likeness import Likeness
from thidua_desktop.services import attachments, duplicates, records, succession, surveys
from thidua_desktop.services.demo.build import PASSWORD, USUAL_DAY, DemoOffice, build_demo, demo_clock
from thidua_desktop.services.offices import open_office
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import ListQuery

SURVEY = "survey_fire_2026"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> DemoOffice:
    return build_demo(tmp_path_factory.mktemp("demo"), today=USUAL_DAY)


@pytest.fixture
def commune(demo: DemoOffice) -> Iterator[Session]:
    yield from opened(demo.commune)


@pytest.fixture
def province(demo: DemoOffice) -> Iterator[Session]:
    yield from opened(demo.province)


def opened(path: Path) -> Iterator[Session]:
    session = open_office(path, PASSWORD, clock=demo_clock())
    yield session
    session.close()


def test_files_travelled_with_their_contents(commune: Session, province: Session) -> None:
    lines = list(commune.file.records.every(ListQuery("attachment")))
    assert len(lines) == 6 and commune.file.attached_files.total()[1] < 2_000_000
    for line in lines:
        assert attachments.content_of(province, line.id) == attachments.content_of(commune, line.id)


def test_the_survey_is_counted_at_the_province(commune: Session, province: Session) -> None:
    here, there = surveys.results(commune, SURVEY), surveys.results(province, SURVEY)
    assert there.answered_text == "1/1 đơn vị đã trả lời" and there.rows[0].total == 10
    assert [row.total for row in here.rows] == [row.total for row in there.rows]


def test_an_area_was_split_and_some_wait(commune: Session) -> None:
    (record,) = commune.file.records.every(ListQuery(succession.REGISTER))
    old = str(record.values["areas"][0]["old"])  # type: ignore[index]
    assert len(succession.successors(commune, succession.AREA, old)) == 2
    left = {one.register for one in succession.waiting(commune, succession.AREA, old)}
    assert "household" not in left and "self_managed_group" not in left
    assert records.get(commune, succession.AREA, old).values["valid_to"] == date(2026, 11, 14)


def test_a_person_stands_twice_and_twins_are_two(commune: Session) -> None:
    pairs = duplicates.find(commune)
    kinds = [pair.likeness for pair in pairs]
    assert Likeness.LIKELY in kinds
    assert any(pair.why == "cùng tên, khác số căn cước" for pair in pairs)
    assert commune.file.check() == []
