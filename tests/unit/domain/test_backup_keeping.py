"""Which copies stay: the edges of days, weeks, months and of the size; clocks that leap cost nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from thidua_desktop.domain.backup_keeping import LEAST_KEPT, Copy, superfluous

NOW = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
ROOM = 10**12


def copy_at(at: datetime, size: int = 10) -> Copy:
    return Copy(f"{at:%Y%m%d-%H%M%S}", at, size)


def kept_after(copies: list[Copy], now: datetime = NOW, limit: int = ROOM) -> list[datetime]:
    gone = {one.name for one in superfluous(copies, now, limit)}
    return [one.at for one in copies if one.name not in gone]


def test_everything_of_two_days_stays_and_then_the_last_of_each_day() -> None:
    moments = [NOW - timedelta(hours=8 * count) for count in range(12)]  # 16, 8, 0 o'clock of four days
    kept = kept_after([copy_at(at) for at in moments])
    assert [at for at in moments if NOW - at <= timedelta(days=2)] == kept[:7]
    assert [f"{at:%d.%H}" for at in kept[7:]] == ["21.08", "20.16"]


def test_the_edge_of_two_days_belongs_to_them() -> None:
    pair = [copy_at(NOW - timedelta(days=2)), copy_at(NOW - timedelta(days=2, seconds=1))]
    newer = [copy_at(NOW), copy_at(NOW - timedelta(hours=1))]
    assert kept_after([*newer, *pair])[2:] == [NOW - timedelta(days=2), NOW - timedelta(days=2, seconds=1)]
    assert len(kept_after([*newer, *pair], NOW + timedelta(seconds=1))) == 3


def test_a_copy_of_every_noon_for_three_years() -> None:
    start = NOW.replace(hour=12) - timedelta(days=1095)
    living: list[Copy] = []
    for day in range(1096):
        now = start + timedelta(days=day)
        living.append(copy_at(now))
        gone = superfluous(living, now, ROOM)
        living = [one for one in living if one not in gone]
    ages = [(NOW.replace(hour=12) - one.at).days for one in living]
    assert [age for age in ages if age <= 14] == list(range(14, -1, -1))
    weeks = [age for age in ages if 14 < age <= 92]
    assert 11 <= len(weeks) <= 13 and all(a - b <= 7 for a, b in pairwise(weeks))
    months = [age for age in ages if age > 92]
    assert 20 <= len(months) <= 23 and max(months) > 690 and max(ages) <= 731


def test_size_takes_the_oldest_and_never_the_two_newest() -> None:
    copies = [copy_at(NOW - timedelta(hours=hours), 100) for hours in range(6)]
    assert kept_after(copies, limit=400) == [one.at for one in copies[:4]]
    assert kept_after(copies, limit=399) == [one.at for one in copies[:3]]
    assert kept_after(copies, limit=0) == [one.at for one in copies[:LEAST_KEPT]]


def test_a_clock_ten_years_ahead_removes_nothing_of_the_last_weeks() -> None:
    copies = [copy_at(NOW - timedelta(days=days)) for days in range(10)]
    leapt = NOW + timedelta(days=3653)
    late = [copy_at(leapt), copy_at(leapt + timedelta(minutes=30))]
    kept = kept_after([*copies, *late], leapt + timedelta(hours=1))
    assert set(kept) >= {late[0].at, late[1].at, NOW} and len(kept) >= 4
    assert kept_after([*copies, *late]) == [one.at for one in (*copies, *late)]  # the clock is right again


def test_copies_from_the_future_go_first_when_there_is_no_room() -> None:
    ahead = copy_at(NOW + timedelta(days=900))
    copies = [copy_at(NOW - timedelta(hours=hours)) for hours in range(3)]
    assert kept_after([ahead, *copies], limit=30) == [one.at for one in copies]


moments = st.lists(st.integers(0, 60 * 24 * 1200), max_size=40, unique=True)


@given(moments, st.integers(0, 500))
def test_thinning_twice_is_thinning_once_and_the_newest_stays(minutes: list[int], limit: int) -> None:
    copies = [copy_at(NOW - timedelta(minutes=one)) for one in minutes]
    once = kept_after(copies, limit=limit)
    assert kept_after([copy_at(at) for at in once], limit=limit) == once or len(once) > LEAST_KEPT
    assert not copies or max(one.at for one in copies) in once
    assert len(once) >= min(LEAST_KEPT, len(copies)) and (len(once) * 10 <= limit or len(once) <= LEAST_KEPT)
