"""Sunrise and sunset, to about two minutes: enough for triggers in a simulation."""

import math
from datetime import UTC, date, datetime, timedelta

_ALTITUDE_DEG = -0.833
"""The sun's centre at its rise: half its disc and refraction below the horizon."""


def sun_time(day: date, latitude_deg: float, longitude_deg: float, rising: bool) -> datetime | None:
    """The instant (aware UTC) of that day's sunrise or sunset; None where the sun does neither."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    days = (noon - datetime(2000, 1, 1, 12, tzinfo=UTC)).days - longitude_deg / 360
    anomaly = math.radians((357.5291 + 0.98560028 * days) % 360)
    centre = 1.9148 * math.sin(anomaly) + 0.02 * math.sin(2 * anomaly) + 0.0003 * math.sin(3 * anomaly)
    ecliptic = math.radians((math.degrees(anomaly) + centre + 180 + 102.9372) % 360)
    transit = days + 0.0053 * math.sin(anomaly) - 0.0069 * math.sin(2 * ecliptic)
    declination = math.asin(math.sin(ecliptic) * math.sin(math.radians(23.44)))
    latitude = math.radians(latitude_deg)
    cosine = (math.sin(math.radians(_ALTITUDE_DEG)) - math.sin(latitude) * math.sin(declination)) / (
        math.cos(latitude) * math.cos(declination)
    )
    if not -1 <= cosine <= 1:
        return None
    half_day = math.degrees(math.acos(cosine)) / 360
    moment = transit - half_day if rising else transit + half_day
    return datetime(2000, 1, 1, 12, tzinfo=UTC) + timedelta(days=moment)
