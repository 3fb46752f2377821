"""Calendars of a branch: business days with a cutoff hour, in the branch's own time zone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from shared.core.errors import Refusal
from shared.core.text import N_

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Interval:
    """Instants from `start_at` up to but not including `end_at`."""

    start_at: int
    end_at: int

    def __contains__(self, at: int) -> bool:
        return self.start_at <= at < self.end_at


@lru_cache(maxsize=64)
def zone(time_zone: str) -> tzinfo:
    """The zone of an IANA name. Refuses a name nobody knows."""
    try:
        return ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
        raise Refusal(
            "time_zone_is_unknown", N_("Time zone {time_zone} is not known. Choose one from the list"), time_zone=time_zone
        ) from fault


def local_time(at: int, time_zone: str) -> datetime:
    """Wall time of an instant at the branch."""
    return (_EPOCH + at * _MILLISECOND).astimezone(zone(time_zone))


def instant(local: datetime) -> int:
    """Milliseconds UTC of a local time that carries its zone; of a wall time that occurs twice `fold` tells which."""
    return (local.astimezone(UTC) - _EPOCH) // _MILLISECOND


def business_day(at: int, time_zone: str, cutoff_hour: int = 0) -> date:
    """The day an instant counts for: before the cutoff hour (0–23, wall time) it is still yesterday."""
    local = local_time(at, time_zone)
    return local.date() - timedelta(days=local.hour < cutoff_hour)


def day_interval(day: date, time_zone: str, cutoff_hour: int = 0) -> Interval:
    """The half-open interval of a business day; 23 or 25 hours long where the clocks change."""
    return Interval(_cutoff(day, time_zone, cutoff_hour), _cutoff(day + timedelta(days=1), time_zone, cutoff_hour))


def local_hour(at: int, time_zone: str) -> int:
    """Hour of the day (0–23) an instant falls in, for reports by hour."""
    return local_time(at, time_zone).hour


def _cutoff(day: date, time_zone: str, cutoff_hour: int) -> int:
    return instant(datetime(day.year, day.month, day.day, cutoff_hour, tzinfo=zone(time_zone)))
