"""Homes with sun: as `home_of`, on a spring, summer or autumn day, with loads that use the surplus.

Weights and ranges are chosen. The homes stay small, without circuits, battery, Quasar and radiators, because the sun
is what they test.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from .draw import draw_home, some_switched
from .home import Box, Home

LENGTH_S = 7200
"""Simulated time of a home with sun [s]."""

MODES = (("solar_only", 6), ("solar_priority", 2), ("excess", 2))
FIRST_DAY, DAYS = date(2026, 3, 1), 214
"""From March to September."""

HOURS = (8.0, 15.0)
"""When it begins, by local summer time."""

PEAK_W = (2500.0, 6000.0)
"""The panels' power for a car on one phase [W]; up to twice that where a car uses more."""

THRESHOLD_SHARE = (0.1, 0.5)
"""Range of what `excess` leaves to the grid first, as a share of the panels' peak power."""


def draw_sunny_home(seed: int) -> Home:
    """Return the home with sun of this seed; phases, meter, people, chargers and cars as in `home_of`."""
    random = Random(f"{seed}:sunny")
    home = draw_home(seed)
    mode = random.choices([mode for mode, _ in MODES], [weight for _, weight in MODES])[0]
    phases = max(box.car.phases for box in home.boxes)
    peak_w = random.uniform(*PEAK_W) * (1 if phases == 1 else random.uniform(1.4, 2.0))
    site: dict[str, object] = {"netting": "sum"} if len(home.phases) > 1 else {}
    if mode == "excess":
        site["excess_threshold_w"] = round(peak_w * random.uniform(*THRESHOLD_SHARE), -2)
    plugs = tuple(some_switched(random, f"plug{n + 1}", "plug", home) for n in range(random.random() < 0.3))
    return replace(
        home,
        circuits=(),
        boxes=tuple(_on_main(box) for box in home.boxes[:2]),
        switched=plugs,
        start_hour=random.uniform(*HOURS),
        busyness=random.uniform(0.5, 2.0),
        solar_peak_w=peak_w,
        battery_kwh=0.0,
        quasar=None,
        heating=None,
        in_watts=None,
        length_s=LENGTH_S,
        day=FIRST_DAY + timedelta(days=random.randrange(DAYS)),
        mode=mode,
        site=site,
    )


def _on_main(box: Box) -> Box:
    """Return the charger on the main fuse, with its car staying until the end."""
    visit = replace(box.car.visits[0], departs_s=LENGTH_S + 1.0)
    return replace(box, circuit="main", car=replace(box.car, visits=(visit,)), switches_phases=False)
