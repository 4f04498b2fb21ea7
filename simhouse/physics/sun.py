"""Photovoltaic power: a clear sky for the day of the year, and passing clouds."""

from array import array
from collections.abc import MutableSequence
from datetime import datetime, timedelta
from math import acos, cos, pi, radians, sin, tan
from random import Random

LATITUDE_DEG = 50.0  # mid Europe
SOLAR_NOON_H = 13.3  # local clock, summer time
SUNNY_S, CLOUDY_S = 480.0, 240.0  # mean lengths of a clear spell and of a cloud
CLEAR_SHARE, CLOUD_SHARE = (0.9, 1.0), (0.2, 0.6)  # of what a clear sky gives
CLOUD_FOLLOWS = 0.85  # how likely a clear spell ends in a cloud, and not in another clear spell
EDGE_S = 25.0  # a cloud's edge: ramps of 1 to 3 % of the peak a second, as measured in the field


def clear_sky_share(at: datetime) -> float:
    """Return the share of the peak power under a clear sky at a local time, 0 at night."""
    day = at.timetuple().tm_yday
    declination = radians(23.44) * sin(2 * pi * (day - 81) / 365)
    latitude = radians(LATITUDE_DEG)
    hour_angle = radians(15 * (at.hour + at.minute / 60 + at.second / 3600 - SOLAR_NOON_H))
    height = sin(latitude) * sin(declination) + cos(latitude) * cos(declination) * cos(hour_angle)
    return float(max(0.0, height) ** 1.15)


def day_length_h(at: datetime) -> float:
    """Return the hours between sunrise and sunset."""
    declination = radians(23.44) * sin(2 * pi * (at.timetuple().tm_yday - 81) / 365)
    return 24 / pi * acos(max(-1.0, min(1.0, -tan(radians(LATITUDE_DEG)) * tan(declination))))


def sunny_seconds(start: datetime, length_s: int, peak_w: float, random: Random) -> MutableSequence[float]:
    """Return AC power [W] for each second from `start`, with clouds."""
    watts = array("d", bytes(8 * length_s))
    clear, sky, target, left_s = 0.0, 1.0, 1.0, 0.0
    for second in range(length_s):
        if second % 60 == 0:
            clear = clear_sky_share(start + timedelta(seconds=second))
        left_s -= 1
        if left_s <= 0:
            cloudy = target > 0.8 and random.random() < CLOUD_FOLLOWS
            target = random.uniform(*(CLOUD_SHARE if cloudy else CLEAR_SHARE))
            left_s = random.expovariate(1 / (CLOUDY_S if cloudy else SUNNY_S))
        sky += (target - sky) / EDGE_S
        watts[second] = peak_w * clear * sky
    return watts
