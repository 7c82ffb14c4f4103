"""A directive whose applying fails, wherever it fails, leaves the office exactly as it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.unit.services.handoff.test_directives import CODES, SET, SURVEY, files, plan, send
from tests.unit.services.handoff.two_offices import TwoOffices
from tests.unit.services.made_calendars import CAMPAIGN
from thidua_desktop.errors import UserError
from thidua_desktop.services import titles
from thidua_desktop.services.handoff import directives, orders
from thidua_desktop.services.report_periods import DUE_DAYS
from thidua_desktop.services.session import Changes, Session
from thidua_desktop.store.open_database import OpenDatabase


class PulledError(Exception):
    """The machine fails here."""


def everything(session: Session) -> tuple[object, ...]:
    """What the office holds and knows."""
    known, file = session.definitions, session.file
    return (
        dict(known.registers), dict(known.catalogs), dict(known.assessments), dict(known.calendars),
        file.packages.all(), file.partners.all(), file.added_calendars, file.survey_text("survey_lakes"),
        file.added_definitions.text("catalog", "activity_topic"), file.settings.get(DUE_DAYS), file.changes.head(),
        file.records.count("programme"), [one.label for one in titles.entries_of(session, "programme").values()],
    )  # fmt: skip


def whole_directive(pair: TwoOffices, tmp_path: Path) -> directives.MadeDirective:
    """A directive of every kind of content."""
    plan(pair)
    sent = files(tmp_path, codes=CODES, criteria=SET, survey=SURVEY, calendar=CAMPAIGN)
    return send(pair, files=sent, registers=("programme",), settings={DUE_DAYS: 3})


def failing_at(number: int) -> tuple[Callable[..., Any], list[str]]:
    """``OpenDatabase.run`` that fails at its ``number``-th writing, and what it has run."""
    real, ran = OpenDatabase.run, list[str]()

    def run(database: OpenDatabase, sql: str, parameters: Any = ()) -> Any:
        if not sql.lstrip().upper().startswith("SELECT"):
            ran.append(sql)
            if len(ran) == number:
                raise PulledError(sql)
        return real(database, sql, parameters)

    return run, ran


def test_failing_at_each_writing_changes_nothing(
    pair: TwoOffices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = orders.look_at_directive(pair.commune, whole_directive(pair, tmp_path).path)
    before, heard, failed = everything(pair.commune), list[Changes](), 0
    pair.commune.subscribe(heard.append)
    while True:
        run, ran = failing_at(failed + 1)
        with monkeypatch.context() as patch:
            patch.setattr(OpenDatabase, "run", run)
            try:
                orders.take_directive(pair.commune, view)
                break
            except PulledError:
                failed += 1
        assert (everything(pair.commune), heard) == (before, []), ran[-1]
    assert failed > 12 and ran[-1] == "COMMIT"
    assert everything(pair.commune) != before and heard
    assert "survey_lakes" in pair.commune.definitions.registers


def test_a_part_that_fails_is_forgotten_and_the_rest_stands(pair: TwoOffices) -> None:
    heard, session = list[Changes](), pair.commune
    session.subscribe(heard.append)
    kept, dropped = Changes(frozenset({"programme"})), Changes(frozenset({"meeting"}))
    with session.file.atomic():
        session.announce(kept)
        with pytest.raises(PulledError), session.file.atomic():
            session.announce(dropped)
            raise PulledError
        assert heard == []  # nobody hears of what does not stand yet
    assert heard == [kept]


def test_a_definition_that_no_longer_fits_takes_the_others_back(pair: TwoOffices, tmp_path: Path) -> None:
    view = orders.look_at_directive(pair.commune, whole_directive(pair, tmp_path).path)
    other = SURVEY.replace('name = "lakes"', 'name = "dams"')
    from thidua_desktop.services import surveys

    surveys.add_survey(pair.commune, files(tmp_path, other=other)[0])
    before = everything(pair.commune)
    with pytest.raises(UserError) as refused:
        orders.take_directive(pair.commune, view)
    assert refused.value.code == "TD-FORM-053"
    assert everything(pair.commune) == before
