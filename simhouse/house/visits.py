"""The cars that come to the chargers of the simulated house, and their times."""

from datetime import datetime, timedelta
from random import Random

from ..physics.car import Car, Visit, some_car

# (arrives, leaves) as hours of the day; leaving before arriving means on the next day
COMMUTER = ((17.4, 7.1),)
AT_HOME = ((12.6, 16.2), (18.3, 7.6))
# Cars that charge on solar power are there when the sun shines: one around noon, others before and after.
SUNNY = (((9.4, 15.2),), ((7.3, 11.6), (16.8, 20.6)))
SHORT_S = 2700  # a car that leaves this soon after the start is skipped
BATTERY_KWH = (40.0, 52.0, 64.0)


def usual_car(position: int, phases: int, mode: str, start: datetime, length_s: float, random: Random) -> Car:
    """The car of the charger at this position: commuters and people at home take turns, or people of the day."""
    battery_kwh = BATTERY_KWH[position % len(BATTERY_KWH)]
    habits = SUNNY if mode.lower().startswith(("solar", "excess")) else (COMMUTER, AT_HOME)
    visits = _make_visits(habits[position % 2], start, length_s, battery_kwh, random)
    if not any(visit.arrives_s < 0.6 * length_s for visit in visits):  # a short run would have no visit
        arrives_s = length_s * (0.06 + 0.15 * position)
        visits = (Visit(arrives_s, length_s + 1, battery_kwh * 0.4), *visits)
    return some_car(random, phases, visits, battery_kwh, max_a=16.0 if phases > 1 else 32.0)


def _make_visits(
    habit: tuple[tuple[float, float], ...], start: datetime, length_s: float, battery_kwh: float, random: Random
) -> tuple[Visit, ...]:
    midnight = start.replace(hour=0, minute=0, second=0, microsecond=0) - start
    found = []
    for day in range(-1, int(length_s // 86_400) + 2):
        for arrives_h, leaves_h in habit:
            late_h = random.gauss(0, 0.1)
            stays_h = (leaves_h - arrives_h) % 24
            arrives_s = (midnight + timedelta(days=day, hours=arrives_h + late_h)).total_seconds()
            visit = Visit(max(0.0, arrives_s), arrives_s + stays_h * 3600, battery_kwh * random.uniform(0.25, 0.55))
            if visit.departs_s > SHORT_S and visit.arrives_s < length_s:
                found.append(visit)
    return tuple(sorted(found, key=lambda visit: visit.arrives_s))
