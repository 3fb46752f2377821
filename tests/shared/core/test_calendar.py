"""Business days, half-open intervals and clocks that change."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.core import calendar
from shared.core.errors import Refusal

ZONES = ("Europe/Moscow", "Europe/Berlin", "Asia/Almaty", "America/New_York", "Australia/Lord_Howe", "UTC")


def at(text: str, time_zone: str) -> int:
    return calendar.instant(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(time_zone)))


def test_sales_at_01_30_and_06_30_fall_on_different_business_days_with_cutoff_06_00() -> None:
    night, morning = at("2026-11-21T01:30", "Europe/Moscow"), at("2026-11-21T06:30", "Europe/Moscow")
    assert calendar.business_day(night, "Europe/Moscow", 6) == date(2026, 11, 20)
    assert calendar.business_day(morning, "Europe/Moscow", 6) == date(2026, 11, 21)


def test_a_day_begins_at_its_cutoff_and_ends_where_the_next_begins() -> None:
    day = calendar.day_interval(date(2026, 11, 21), "Europe/Moscow", 6)
    assert at("2026-11-21T06:00", "Europe/Moscow") in day
    assert at("2026-11-22T05:59:59.999", "Europe/Moscow") in day
    assert at("2026-11-22T06:00", "Europe/Moscow") not in day


def test_days_last_23_and_25_hours_when_the_clocks_change() -> None:
    spring = calendar.day_interval(date(2026, 3, 29), "Europe/Berlin")
    autumn = calendar.day_interval(date(2026, 10, 25), "Europe/Berlin")
    assert (spring.end_at - spring.start_at) // 3_600_000 == 23
    assert (autumn.end_at - autumn.start_at) // 3_600_000 == 25


def test_elapsed_time_across_the_spring_jump_is_real_minutes() -> None:
    before, after = at("2026-03-29T01:30", "Europe/Berlin"), at("2026-03-29T03:30", "Europe/Berlin")
    assert (after - before) // 60_000 == 60
    assert calendar.local_hour(after, "Europe/Berlin") == 3


@given(st.integers(0, 2_500_000_000_000), st.sampled_from(ZONES), st.integers(0, 23))
def test_every_instant_lies_in_the_interval_of_its_business_day(instant: int, time_zone: str, cutoff_hour: int) -> None:
    day = calendar.business_day(instant, time_zone, cutoff_hour)
    assert instant in calendar.day_interval(day, time_zone, cutoff_hour)


def test_an_instant_survives_the_way_to_local_time_and_back() -> None:
    moment = 1_795_000_000_123
    assert calendar.instant(calendar.local_time(moment, "Asia/Almaty")) == moment
    assert calendar.instant(datetime(1970, 1, 1, tzinfo=UTC)) == 0


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../etc/passwd"])
def test_an_unknown_time_zone_is_refused(name: str) -> None:
    with pytest.raises(Refusal):
        calendar.business_day(0, name)
