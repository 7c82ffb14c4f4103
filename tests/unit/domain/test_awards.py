"""Awards in numbers: the law's own amounts, shares and terms."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from thidua_desktop.domain import awards
from thidua_desktop.domain.awards import Recipient, Service, ServiceYears

NOW = date(2026, 12, 9)
PERSON, COLLECTIVE, HOUSEHOLD = Recipient.PERSON, Recipient.COLLECTIVE, Recipient.HOUSEHOLD


@pytest.mark.parametrize(
    ("award", "recipient", "amount"),
    [
        ("advanced_worker", PERSON, 759_000),
        ("base_fighter", PERSON, 2_530_000),
        ("province_fighter", PERSON, 7_590_000),
        ("national_fighter", PERSON, 11_385_000),
        ("advanced_collective", COLLECTIVE, 2_024_000),
        ("excellent_collective", COLLECTIVE, 3_795_000),
        ("culture_area", COLLECTIVE, 3_795_000),
        ("model_commune", COLLECTIVE, 5_060_000),
        ("government_flag", COLLECTIVE, 30_360_000),
        ("province_flag", COLLECTIVE, 20_240_000),
        ("commune_citation", PERSON, 759_000),
        ("commune_citation", COLLECTIVE, 1_518_000),
        ("commune_citation", HOUSEHOLD, 1_138_500),
        ("province_citation", PERSON, 3_795_000),
        ("province_citation", COLLECTIVE, 7_590_000),
        ("prime_minister_citation", PERSON, 8_855_000),
        ("prime_minister_citation", COLLECTIVE, 17_710_000),
    ],
)
def test_amounts_of_decree_152_with_the_base_salary_of_2026(award: str, recipient: Recipient, amount: int) -> None:
    found = awards.money(award, recipient, NOW)
    assert found is not None
    assert (found.amount, found.base_salary, found.certainty) == (amount, 2_530_000, "V")


@pytest.mark.parametrize(
    ("day", "base", "amount"),
    [
        (date(2026, 6, 30), 2_340_000, 702_000),
        (date(2026, 7, 1), 2_530_000, 759_000),
        (date(2024, 6, 30), 1_800_000, 540_000),
        (date(2024, 7, 1), 2_340_000, 702_000),
    ],
)
def test_the_base_salary_is_that_of_the_day_of_decision(day: date, base: int, amount: int) -> None:
    found = awards.money("advanced_worker", PERSON, day)
    assert found is not None
    assert (found.base_salary, found.amount) == (base, amount)


def test_money_is_rounded_up_to_ten_thousand() -> None:
    paid = {
        recipient: found.paid
        for recipient in Recipient
        if (found := awards.money("commune_citation", recipient, NOW)) is not None
    }
    assert paid == {PERSON: 760_000, COLLECTIVE: 1_520_000, HOUSEHOLD: 1_140_000}
    whole = awards.money("base_fighter", PERSON, NOW)
    assert whole is not None and whole.paid == 2_530_000


def test_what_no_text_in_force_says_is_left_open() -> None:
    assert awards.money("advanced_worker", PERSON, date(2027, 2, 28)) is not None
    assert awards.money("advanced_worker", PERSON, date(2027, 3, 1)) is None
    assert awards.money("advanced_worker", COLLECTIVE, NOW) is None
    unsure = awards.money("security_medal", PERSON, NOW), awards.money("culture_family", HOUSEHOLD, NOW)
    assert [one and (one.amount, one.certainty) for one in unsure] == [(1_518_000, "?"), (253_000, "?")]
    before = awards.coefficient("commune_citation", PERSON, date(2025, 6, 30))
    assert before == (Decimal("0.15"), "?")


def test_powers_of_the_commune_chair_since_july_2025() -> None:
    own = {
        "culture_area",
        "culture_family",
        "advanced_collective",
        "base_fighter",
        "advanced_worker",
        "commune_citation",
    }
    every = awards.law_table("award_recipients")[0].value
    assert isinstance(every, dict)
    assert {award for award in every if awards.decided_by(award, NOW) == "commune_chair"} == own
    assert awards.decided_by("base_fighter", date(2025, 6, 30)) == "district_chair"
    assert awards.decided_by("province_flag", NOW) == "province_chair"
    assert awards.decided_by("unheard_of", NOW) == ""


@pytest.mark.parametrize(
    ("award", "members", "needed"),
    [
        ("commune_citation", 11, 6), ("commune_citation", 10, 6), ("base_fighter", 11, 9), ("base_fighter", 10, 8),
        ("province_flag", 15, 12), ("province_fighter", 11, 10), ("national_fighter", 10, 9),
    ],
)  # fmt: skip
def test_votes_of_the_council_in_whole_members(award: str, members: int, needed: int) -> None:
    assert awards.vote_share(award, NOW).needed(members) == needed


def test_shares_in_whole_people() -> None:
    share = awards.share_on("advanced_collective_share", NOW)
    assert [share.needed(total) for total in (10, 11, 20, 25)] == [7, 8, 14, 18]
    assert awards.share_on("award_council_present", NOW).needed(11) == 9


def test_terms_of_dossiers_and_decisions() -> None:
    assert awards.dossier_limit("service", 2026, NOW, None) == date(2026, 5, 30)
    assert awards.dossier_limit("merit", 2026, NOW, None) == date(2026, 12, 10)
    assert awards.dossier_limit("merit", 2026, NOW, date(2026, 12, 18)) == date(2026, 12, 8)
    assert awards.dossier_limit("movement", 2026, NOW, None) is None
    assert awards.dossier_limit("sudden", 2026, NOW, date(2026, 12, 18)) is None
    assert awards.decision_limit("merit", date(2026, 11, 30)) == date(2026, 12, 14)  # ten working days
    assert awards.decision_limit("sudden", date(2026, 11, 30)) == date(2026, 12, 10)


def years(*services: Service, sex: str = "male") -> ServiceYears | None:
    return awards.service_years(services, sex, NOW)


def test_service_for_the_medal() -> None:
    ten = Service(date(2016, 12, 10), NOW)  # ten years to the day
    assert years(ten) == ServiceYears(120, 180)
    assert years(ten, sex="female") == ServiceYears(120, 120)
    assert years(Service(date(2016, 12, 10), NOW, leading=True)) == ServiceYears(120, 120)
    hard = Service(date(2019, 6, 10), NOW, hard=True)  # seven and a half years count double
    assert years(hard) == ServiceYears(180, 180)
    assert years(Service(date(2019, 6, 10), NOW, leading=True, hard=True)) == ServiceYears(90, 120)
    assert years() is None


def test_service_in_pieces_is_added_and_counted_once() -> None:
    first, second = Service(date(2010, 1, 1), date(2012, 6, 15)), Service(date(2020, 1, 1), date(2020, 1, 15))
    assert years(first, second) == ServiceYears(30, 180)  # 29 months 15 days and 15 days: 30 days are a month
    assert years(first, Service(date(2011, 1, 1), date(2012, 6, 15))) == ServiceYears(29, 180)
    assert awards.overlapping([first, Service(date(2012, 6, 15), date(2013, 1, 1))])
    assert not awards.overlapping([second, first])
    whole = Service(date(2010, 1, 1), date(2012, 12, 31))  # three years, the middle one in a hard area
    assert years(whole, Service(date(2011, 1, 1), date(2011, 12, 31), hard=True)) == ServiceYears(48, 180)
    best = years(Service(date(2018, 12, 10), NOW, leading=True), Service(date(2001, 1, 1), date(2014, 12, 31)))
    assert best == ServiceYears(168, 180)  # a year as a member is nearer than two as a leader
    assert best.missing == 12


def test_months_by_the_calendar_and_in_words() -> None:
    assert awards.whole_months(date(2024, 1, 31), date(2024, 2, 29)) == (1, 1)
    assert awards.whole_months(date(2026, 11, 9), date(2026, 11, 9)) == (0, 1)
    assert awards.whole_months(date(2020, 2, 1), date(2026, 1, 31)) == (72, 0)
    assert [awards.months_in_words(count) for count in (0, 5, 12, 147)] == [
        "0 tháng",
        "5 tháng",
        "1 năm",
        "12 năm 3 tháng",
    ]


def test_women_and_groups_of_mostly_women_come_first_on_a_tie() -> None:
    candidates = [("Bà Ánh", "female", 0, 0), ("Ông Minh", "male", 0, 0), ("Tổ 3", "", 10, 7), ("Tổ 5", "", 10, 6)]
    assert awards.women_first(candidates, NOW) == ["Bà Ánh", "Tổ 3"]
