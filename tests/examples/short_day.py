"""A day of 24 hours in five minutes: some seconds of each hour at its real pace, more by day in a house with sun.

So every event of a day occurs, and seconds are seconds: cuts, ramps, breakers. Only the quiet times between are
shortened; the scripts see a house that changes more often than any real one.
"""

from __future__ import annotations

import copy
import json
import sys
from array import array
from collections.abc import Iterator, Mapping, MutableSequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from itertools import accumulate, pairwise
from math import pi, sin
from pathlib import Path
from random import Random
from typing import Any

from fusebox.runtime.config_file import run_config_file
from simhouse.devices.ports import free_port
from simhouse.host.event_loop import run_in_host_loop
from simhouse.host.pyscript_host import Host
from simhouse.house.build import Inputs, build_house
from simhouse.house.house import House, Instant
from simhouse.house.record import Record
from simhouse.house.run import Reply, run
from simhouse.physics.car import Car, Visit
from simhouse.physics.household import household_seconds
from simhouse.physics.seconds import SecondSeries

ONLY_PRICES = {
    "below_a_price", "danish_grid_fees", "dutch_day_and_night", "flemish_day_and_night", "german_grid_fees_module_3",
    "norwegian_grid_fees",
}  # fmt: skip
"""Examples of the house of `slovenian_time_blocks` with other prices: no night comes in a short day."""
EXAMPLES = sorted(
    each for each in (Path(__file__).parents[2] / "config_examples").glob("*.py") if each.stem not in ONLY_PRICES
)
HOUR_S = 3600
NIGHT_HOUR_S, QUIET_HOUR_S, BUSY_HOUR_S = 2, 5, 15
"""Simulated seconds of an hour: while people sleep, usually, and when people cook."""
CAR_HOUR_S = 20
"""Those of an hour in which a car is there that has to become known first."""
LONGEST_HOUR_S = 30
BEFORE_S = 6
"""Seconds simulated before the hour's highest second."""

SETTLED_S = 5
"""Time allowed for connections to open [s]."""

TRUE_PACE_S = 30
"""An inverter is polled at its real pace for this long [s]; a whole day of it would be mere waiting."""

START = datetime(2025, 4, 24, 11, 29, tzinfo=UTC)
"""What the clock shows meanwhile: the controller of a Quasar begins to charge a minute later."""

BUSY = frozenset({7, 12, 17, 18, 19, 20})
"""Hours of which the seconds around the highest one are lived; of the others the first."""

NIGHT = frozenset({1, 2, 3, 4, 5, 21, 22, 23})
"""Hours of which the first seconds only are lived: the house is calm, and its loads have come earlier."""

SUNRISE_H, SUNSET_H, CLOUDY_H, PEAK_W = 6, 20, 18, 9800.0
"""The sun's day, and what the roof gives at noon [W]."""

SUN, SHARED_SUN = (8, 17, 24), (8, 20, LONGEST_HOUR_S)
"""From and to which hour of the day each lasts this long, as loads wait for minutes for the sun [s]; the second where
several cars take their turns."""

SOC_PCT = 85.0
"""Where a home battery begins: above its target, so that the loads have their share of the sun."""

BY_NIGHT = ((0, 7), (16, 24))
BY_DAY = ((8, 20),)
IN_TURN = (((8, 11),), ((14, 20),))
"""From and to which hours of the day cars are at home; two that charge on the sun come one after the other."""

Hours = tuple[MutableSequence[float], ...]
"""The powers of one phase in the seconds of each hour [W]."""


@dataclass
class Day:
    """The result of a house's day: its record, the commands, and times above a rating."""

    house: House
    record: Record
    errors: set[str] = field(default_factory=set)
    calls: list[tuple[int, str]] = field(default_factory=list)
    longest_over_s: dict[str, int] = field(default_factory=dict)
    balanced: bool = True  # whether CONFIG has a site
    length_s: int = 0
    _over_s: dict[tuple[str, str], int] = field(default_factory=dict)

    def watch(self, instant: Instant, reply: Reply) -> None:
        """Add a second."""
        self.record.watch(instant, reply)
        if instant.t_s >= SETTLED_S:
            self.errors |= set(self.record.site_errors)
        self.calls += [(instant.t_s, call["service"]) for call in reply["calls"]]
        for name, circuit in self.house.circuits.items():
            for phase, amps in self.house.circuit_a(name, instant).items():
                alone = name == "main" and instant.base_a[phase] > circuit.device.rating_a
                is_over = abs(amps) > 1.13 * circuit.device.rating_a and not alone
                for_s = self._over_s.get((name, phase), 0) + 1 if is_over else 0
                self._over_s[name, phase] = for_s
                self.longest_over_s[name] = max(self.longest_over_s.get(name, 0), for_s)


def lived(example: Path, folder: Path, *, look_s: int = 0, is_dry: bool = False) -> Day:
    """Simulate the day of an example's house with the shipped scripts.

    In dry run for the first `look_s` seconds, or with `is_dry` all day.
    """
    written, problem = run_config_file(str(example))
    assert problem is None
    config = _at_home(written)
    begins_s = hour_begins(config)
    length_s = begins_s[24]
    house = _house(config, begins_s)
    day = Day(house, Record(house), balanced="site" in config, length_s=length_s)
    dry_run_until_s = length_s if is_dry else look_s
    path = folder / "site_config.py"

    async def live() -> None:
        async with house.linked or nullcontext():
            known = config if house.linked is None else house.linked.with_addresses(config)
            _write(path, known, dry_run=dry_run_until_s > 0)
            async with Host(path, START) as host:
                await run(house, host, dry_run_until_s, watch=day.watch)
                _write(path, known, dry_run=False)
                from_s = dry_run_until_s
                if house.linked is not None and house.linked.inverter is not None:
                    await run(house, host, from_s + TRUE_PACE_S, from_s, watch=day.watch)
                    from_s += TRUE_PACE_S
                with _without_waits(house):
                    await run(house, host, length_s, from_s, watch=day.watch)

    run_in_host_loop(live())
    return day


@contextmanager
def _without_waits(house: House) -> Iterator[None]:
    """Remove the pauses between two requests to an inverter inside the context."""
    if house.linked is None or house.linked.inverter is None:
        yield
        return
    link: Any = sys.modules["fusebox.devices.huawei.link"]
    habits, between_s = house.linked.inverter.server.habits, link.BETWEEN_S
    house.linked.inverter.server.habits, link.BETWEEN_S = replace(habits, hasty_s=0.0), 0.0
    try:
        yield
    finally:
        # The next house of this process may go on with the same module.
        house.linked.inverter.server.habits, link.BETWEEN_S = habits, between_s


def _write(path: Path, config: Mapping[str, Any], *, dry_run: bool) -> None:
    written = copy.deepcopy(dict(config))
    if "site" in written:
        written["site"]["dry_run"] = dry_run
    path.write_text(f"CONFIG = {written!r}\n", encoding="utf-8")
    (path.parent / "secrets.yaml").write_text("{}\n", encoding="utf-8")


def _at_home(config: object) -> dict[str, Any]:
    """Return the CONFIG with free local sockets instead of a Quasar's addresses."""
    found = json.loads(json.dumps(config))
    for load in found["loads"].values() if "loads" in found else ():
        if load["type"] == "quasar":
            own = {"quasar_host": "127.0.0.1", "quasar_port": free_port(), "listen_port": free_port()}
            load["guard"] |= own | {"listen_host": "127.0.0.1", "allowed_clients": ["127.0.0.1"]}
    return dict(found)


def hour_begins(config: Mapping[str, Any]) -> list[int]:
    """Return when each hour of the short day begins, from hour 0 to the end of the day [s].

    A house with `vehicles` or a Quasar has no quiet hours while its cars are there: who has come is known after two
    minutes, and a Quasar begins after one.
    """
    is_slow = "vehicles" in config or any(load["type"] == "quasar" for load in config.get("loads", {}).values())
    lengths_s = [NIGHT_HOUR_S if hour in NIGHT else BUSY_HOUR_S if hour in BUSY else QUIET_HOUR_S for hour in range(24)]
    for begin, end in BY_NIGHT if is_slow else ():
        lengths_s[begin:end] = [CAR_HOUR_S] * (end - begin)
    if "solar_w" in config.get("site", {}):
        begin, end, hour_s = SHARED_SUN if len(_sunny_cars(config)) > 1 else SUN
        lengths_s[begin:end] = [hour_s] * (end - begin)
    return [0, *accumulate(lengths_s)]


def _house(config: Mapping[str, Any], begins_s: list[int]) -> House:
    # A Quasar alone needs no site; its house has a phase all the same.
    site = config.get("site") or {"main_fuse_a": 25, "grid": {"L1": "sensor.net_power_l1"}}
    phases = sorted(site["grid"])
    sunny = _sunny_cars(config)
    cars = {}
    for name, load in _chargers(config).items():
        by_day = IN_TURN[sunny.index(name) % 2] if name in sunny and len(sunny) > 1 else BY_DAY
        cars[name] = _car(len(load.get("phases") or phases), by_day if name in sunny else BY_NIGHT, begins_s)
    short = {p: _short(watts, begins_s) for p, watts in zip(phases, _household(len(phases)), strict=True)}
    return build_house(
        {**config, "site": site},
        start=START,
        length_s=begins_s[24],
        inputs=Inputs(short, _sun(begins_s) if site.get("solar_w") else None, cars, soc_pct=SOC_PCT),
    )


def _chargers(config: Mapping[str, Any]) -> dict[str, Any]:
    """Return the loads that charge a car of the simulation."""
    loads = config.get("loads") or {}
    return {name: load for name, load in loads.items() if load["type"] in ("number", "wallbox", "ocpp", "easee")}


def _sunny_cars(config: Mapping[str, Any]) -> list[str]:
    """Return the names of the chargers that wait for the sun."""
    return [name for name, load in _chargers(config).items() if str(load.get("mode", "")).startswith("solar")]


@cache
def _household(phase_count: int) -> tuple[Hours, ...]:
    """Return the powers [W] of each phase in each hour of a whole day, from a second on that is worth living."""
    midnight = START.replace(hour=0, minute=0)
    base = household_seconds(midnight, 24 * HOUR_S, phase_count, Random("short day"))
    from_s = [_begin(base, hour) for hour in range(24)]
    return tuple(tuple(series.watts[begin : begin + LONGEST_HOUR_S] for begin in from_s) for series in base)


def _begin(base: list[SecondSeries], hour: int) -> int:
    """Return the first second of an hour that is lived: just before the highest one if people cook."""
    if hour not in BUSY:
        return hour * HOUR_S
    seconds = range(hour * HOUR_S, (hour + 1) * HOUR_S)
    highest_s = max(seconds, key=lambda t: max(series.watts[t] for series in base))
    return min(max(highest_s - BEFORE_S, seconds.start), seconds.stop - LONGEST_HOUR_S)


def _short(hours: Hours, begins_s: list[int]) -> SecondSeries:
    """Return the series of the short day from the powers of each hour [W]."""
    lived_hours = zip(hours, pairwise(begins_s), strict=True)
    series = array("d", [w for watts, (begin_s, end_s) in lived_hours for w in watts[: end_s - begin_s]])
    return SecondSeries(series, bytearray(b"\1" * len(series)))


def _sun(begins_s: list[int]) -> MutableSequence[float]:
    """Return the roof's power of a clear day with one cloudy hour [W]."""
    watts = array("d")
    for number, (begin_s, end_s) in enumerate(pairwise(begins_s)):
        for t in range(end_s - begin_s):
            hour = number + t / (end_s - begin_s)
            clear = max(0.0, sin(pi * (hour - SUNRISE_H) / (SUNSET_H - SUNRISE_H)))
            watts.append(PEAK_W * clear * (0.2 if number == CLOUDY_H else 1.0))
    return watts


def _car(phases: int, stays: tuple[tuple[int, int], ...], begins_s: list[int]) -> Car:
    visits = tuple(Visit(begins_s[begin], begins_s[end] + 1, 20.0) for begin, end in stays)
    return Car(phases=3 if phases == 3 else 1, max_a=16.0 if phases == 3 else 32.0, visits=visits)
