"""Drafts, closed periods, reports, packages, partners, settings, identity."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.unit.store.made_up import FORMS, NOW, PASSWORD
from thidua_desktop.store.office_file import open_office
from thidua_desktop.store.open_file import OfficeFile
from thidua_desktop.store.packages import PackageEntry, Partner
from thidua_desktop.store.periods import PeriodLock

LATER = NOW + timedelta(hours=1)


def test_drafts(office: OfficeFile) -> None:
    office.drafts.put("event", None, "dao", {"title": "Đang gõ"}, NOW)
    office.drafts.put("event", "id-1", "dao", {"title": "a"}, LATER)
    office.drafts.put("event", "id-1", "dao", {"title": "b"}, LATER)
    office.drafts.put("event", "id-1", "an", {"title": "c"}, NOW)
    kept = office.drafts.get("event", "id-1", "dao")
    assert kept is not None and (dict(kept.values), kept.at) == ({"title": "b"}, LATER)
    assert [draft.record_id for draft in office.drafts.all("dao")] == ["id-1", None]
    assert len(office.drafts.all()) == 3
    office.drafts.drop("event", None, "dao")
    assert office.drafts.get("event", None, "dao") is None


def test_closed_periods(office: OfficeFile) -> None:
    start, end = date(2026, 10, 15), date(2026, 11, 14)
    office.periods.lock("movement_result", "2026-11", start, end, "dao", NOW)
    lock = PeriodLock("movement_result", "2026-11", start, end, NOW, "dao")
    assert office.periods.locks_of(start) == [lock] == office.periods.locks_of(end)
    assert office.periods.locks_of(start - timedelta(1)) == [] == office.periods.locks_of(end + timedelta(1))
    assert office.periods.all() == [lock]
    office.periods.unlock("movement_result", "2026-11")
    assert office.periods.locks_of(start) == []


def test_narratives(office: OfficeFile) -> None:
    office.reports.put_narrative("r", "2026-11", "opening", "Bản một", actor="dao", now=NOW)
    office.reports.put_narrative("r", "2026-11", "opening", "Bản hai", actor="an", now=LATER)
    paragraph = office.reports.narrative("r", "2026-11")["opening"]
    assert (paragraph.text, paragraph.actor, paragraph.at) == ("Bản hai", "an", LATER)
    office.reports.drop_narrative("r", "2026-11", "opening")
    assert office.reports.narrative("r", "2026-11") == {} == office.reports.narrative("r", "2026-12")


def test_frozen_reports_keep_every_edition(office: OfficeFile) -> None:
    assert office.reports.frozen("r", "2026-11") is None
    first = office.reports.freeze("r", "2026-11", {"events": 3}, b"%PDF", actor="dao", now=NOW)
    second = office.reports.freeze("r", "2026-11", {"events": 4}, actor="dao", now=LATER)
    assert office.reports.editions("r", "2026-11") == [first, second]
    assert office.reports.frozen("r", "2026-11") == second
    assert office.reports.all_frozen() == [("r", "2026-11", 2)]


def entry(number: int, direction: str = "received") -> PackageEntry:
    """A package of 00001."""
    return PackageEntry(
        direction=direction, office="00001", installation="ab12", number=number, header_hash=f"h{number}{direction}",
        sha256="s", state="merged", at=NOW, actor="dao", last_seq=number * 10, details={"new": 3},
    )  # fmt: skip


def test_packages(office: OfficeFile) -> None:
    for number in (1, 2, 4):
        office.packages.put(entry(number))
    office.packages.put(entry(1, "made"))
    assert office.packages.numbers("received", "00001", "ab12") == [1, 2, 4]
    assert office.packages.last("received", "00001", "ab12") == entry(4)
    assert office.packages.last("received", "00002", "ab12") is None
    office.packages.put(entry(2)._replace(state="undone"))
    found = office.packages.by_header("h2received")
    assert found is not None and found.state == "undone"
    assert (len(office.packages.all()), len(office.packages.all("made"))) == (4, 1)


def test_partners(office: OfficeFile) -> None:
    first = Partner(office="00001", installation="a", name="Xã A", keys={"sign": "x"}, status="accepted", at=NOW)
    second = first._replace(installation="b", at=LATER)
    office.partners.put(first)
    office.partners.put(second)
    assert office.partners.get("00001") == second and office.partners.get("00001", "a") == first
    assert office.partners.get("00009") is None and office.partners.all() == [first, second]


def test_settings(office: OfficeFile) -> None:
    office.settings.put("list.event", {"columns": ["a"]})
    assert office.settings.get("list.event") == {"columns": ["a"]}
    assert list(office.settings.all("list.")) == ["list.event"]
    office.settings.put("list.event", None)
    assert office.settings.get("list.event", 7) == 7


def test_the_letterhead_changes_but_not_the_office(office: OfficeFile) -> None:
    office.change_identity(office.identity._replace(header_issuer="CÔNG AN XÃ TÂN LẬP"))
    with pytest.raises(ValueError):
        office.change_identity(office.identity._replace(code="1"))
    office.close()
    with open_office(office.path, FORMS, PASSWORD) as again:
        assert again.identity == office.identity and again.identity.header_issuer == "CÔNG AN XÃ TÂN LẬP"
