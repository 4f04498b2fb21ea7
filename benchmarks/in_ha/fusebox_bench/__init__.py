"""Play meters and cars inside Home Assistant and measure there: each service of this integration is one measurement.

A house of `loads` chargers, each an `input_number`, an `input_boolean` and a draw; all cars draw what they are offered,
on three phases, and the fuse is full. So each rise of the house calls for a cut.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from homeassistant.core import Event, HomeAssistant, ServiceCall, SupportsResponse, callback

PHASES = ("l1", "l2", "l3")
AMPS = {"unit_of_measurement": "A"}
NO_CALL_S = 0.5
"""A change that has not been answered by then [s] called for nothing."""

HOUR_S = 3600
WARM_UP_S = 600
"""Time for one-off publications, such as the state of a plan, on the shifted clock [s]."""

RAN = "pyscript_running"
"""pyscript's own event, whenever a reading wakes a script."""

QUIET_S = (0.02, 0.06)
"""Between two changes [s], at random: they meet the scripts' own tick at any moment of it."""


class Clock:
    """The time of day plus `ahead_s`; installed before anything reads the time."""

    def __init__(self) -> None:
        self._real = time.time
        self.ahead_s = 0.0

    def __call__(self) -> float:
        return self._real() + self.ahead_s


CLOCK = Clock()
time.time = CLOCK


async def async_setup(hass: HomeAssistant, config: dict[str, Any]) -> bool:
    """Register the services; the meters exist before the scripts start."""
    house = House(hass, **config["fusebox_bench"])
    hass.bus.async_listen_once("homeassistant_start", callback(lambda event: house.fill()))

    def offer(name: str, measure: Callable[[House, ServiceCall], Awaitable[dict[str, Any]]]) -> None:
        async def run(call: ServiceCall) -> dict[str, Any]:
            return await measure(house, call)

        hass.services.async_register("fusebox_bench", name, run, supports_response=SupportsResponse.ONLY)

    offer("latency", latency)
    offer("cpu", cpu)
    offer("day", day)
    offer("rest", rest)
    return True


class House:
    """The meters and draws of a house with cars only, and `house_a` on each phase [A]."""

    def __init__(self, hass: HomeAssistant, loads: int, room_a: float) -> None:
        self.hass = hass
        self.loads = loads
        self.room_a = room_a
        self.house_a = 0.0
        self.away = False
        """Whether no car is plugged in."""

    def fill(self) -> None:
        """Let the house use everything that the cars leave, and report it on the meters."""
        self.house_a = self.room_a - sum(self.car_draws_a())
        self.report_draws()
        self.report_meter()

    def car_draws_a(self) -> list[float]:
        """Return each car's draw [A]: its offer while it is on, 0 otherwise and while the devices are away."""
        states = self.hass.states
        return [
            float(states.get(f"input_number.car_{n}").state)
            if states.get(f"input_boolean.car_{n}").state == "on" and not self.away
            else 0
            for n in range(self.loads)
        ]

    def report_draws(self) -> None:
        """Report the cars' draws."""
        for number, drawn in enumerate(self.car_draws_a()):
            self.hass.states.async_set(f"sensor.car_{number}_draw", f"{drawn:.2f}", AMPS)

    def report_meter(self, noise_a: float = 0.0) -> None:
        """Report all three phases at once, like a meter's telegram."""
        drawn = sum(self.car_draws_a())
        for phase in PHASES:
            shown = self.house_a + drawn + random.uniform(-noise_a, noise_a)
            self.hass.states.async_set(f"sensor.meter_{phase}", f"{shown:.2f}", AMPS)


class Stopwatch:
    """Waits for one event that `wanted` accepts, and returns how long after `start` it came [ms]."""

    def __init__(self, hass: HomeAssistant, kind: str, wanted: Callable[[dict[str, Any]], bool]) -> None:
        self._wanted = wanted
        self._begun_s = self._begun_cpu_s = 0.0
        self.cpu_ms: list[float] = []
        """CPU of the event loop's thread from each change to its event: untouched by the machine's other work."""
        self._came: asyncio.Future[float] | None = None
        self._stop = hass.bus.async_listen(kind, self._seen)

    @callback
    def _seen(self, event: Event) -> None:
        if self._came is not None and not self._came.done() and self._wanted(event.data):
            self.cpu_ms.append(1000 * (time.thread_time() - self._begun_cpu_s))
            self._came.set_result(time.perf_counter() - self._begun_s)

    async def after(self, change: Callable[[], None]) -> float | None:
        """Make the change; None when nothing came of it."""
        self._came = asyncio.get_running_loop().create_future()
        self._begun_cpu_s = time.thread_time()
        self._begun_s = time.perf_counter()
        change()
        try:
            return 1000 * await asyncio.wait_for(self._came, NO_CALL_S)
        except TimeoutError:
            return None

    def close(self) -> None:
        """Stop listening."""
        self._stop()


async def latency(house: House, call: ServiceCall) -> dict[str, Any]:
    """Measure each rise of the meter by `step_a`, in turn with an empty trigger and one that only makes a call."""
    hass, changes, step_a = house.hass, call.data["changes"], call.data["step_a"]
    house.fill()
    await asyncio.sleep(5)
    watches = {
        "fusebox": Stopwatch(hass, "call_service", lambda data: "car_" in str(data["service_data"].get("entity_id"))),
        "empty": Stopwatch(hass, "state_changed", lambda data: data["entity_id"] == "sensor.bench_seen"),
        "only_calls": Stopwatch(
            hass, "call_service", lambda data: data["service_data"].get("entity_id") == "input_number.bench"
        ),
    }

    def rise() -> None:
        house.house_a += step_a
        house.report_meter()

    found: dict[str, list[float | None]] = {name: [] for name in watches}
    for turn in range(changes):
        for name in ("empty", "only_calls"):
            await asyncio.sleep(random.uniform(*QUIET_S))
            found[name].append(
                await watches[name].after(partial(hass.states.async_set, f"sensor.bench_{name}", str(turn % 100)))
            )
        await asyncio.sleep(random.uniform(*QUIET_S))
        found["fusebox"].append(await watches["fusebox"].after(rise))
        await asyncio.sleep(random.uniform(*QUIET_S))
        house.fill()
    for watch in watches.values():
        watch.close()
    return {"ms": found, "cpu_ms": {name: watch.cpu_ms for name, watch in watches.items()}}


async def cpu(house: House, call: ServiceCall) -> dict[str, Any]:
    """Measure the CPU time of a meter that reports every second, with noise, for `seconds`."""
    house.house_a = 5.0
    house.report_draws()
    begun_s, used_s = time.monotonic(), time.process_time()
    for second in range(call.data["seconds"]):
        house.report_draws()
        house.report_meter(noise_a=0.2)
        await asyncio.sleep(begun_s + second + 1 - time.monotonic())
    return {"cpu_s_per_minute": 60 * (time.process_time() - used_s) / (time.monotonic() - begun_s)}


async def day(house: House, call: ServiceCall) -> dict[str, Any]:
    """Play `changes` changes of the meter, one for each second of a clock that moves with them."""
    balancer = sys.modules["fusebox"].STORE["balancer"]
    changes = call.data["changes"]
    house.house_a = 5.0
    resident_mb, hour_mb = [], _resident_mb()
    begun_s = time.monotonic()
    for turn in range(changes):
        CLOCK.ahead_s += 1.0
        house.house_a += 8.0 if turn % 600 == 300 else -8.0 if turn % 600 == 450 else 0.0
        before = balancer.result
        house.report_draws()
        house.report_meter(noise_a=0.2)
        while balancer.result is before:
            await asyncio.sleep(0.0005)
        if turn % (changes // 8) == 0:
            resident_mb.append(_resident_mb())
        if turn == HOUR_S:
            hour_mb = _resident_mb()
    return {
        "hour_mb": hour_mb,
        "resident_mb": [*resident_mb, _resident_mb()],
        "ms_per_change": 1000 * (time.monotonic() - begun_s) / changes,
    }


async def rest(house: House, call: ServiceCall) -> dict[str, Any]:
    """Count what the recorder would write in an hour of a moved clock, with no car plugged in and a noisy meter.

    Each changed state is a row of the recorder's states, each event of pyscript's own a row of its events.
    """
    balancer = sys.modules["fusebox"].STORE["balancer"]
    house.away = True
    house.house_a = 5.0
    rows: Counter[str] = Counter()

    @callback
    def changed(event: Event) -> None:
        domain, _, name = str(event.data["entity_id"]).partition(".")
        if "fusebox" in name and not name.startswith("fusebox_bench"):
            rows[f"{domain}.{name}"] += 1

    @callback
    def ran(event: Event) -> None:
        rows["pyscript_running"] += 1

    for second in range(WARM_UP_S + HOUR_S):
        if second == WARM_UP_S:
            listening = (house.hass.bus.async_listen("state_changed", changed), house.hass.bus.async_listen(RAN, ran))
        CLOCK.ahead_s += 1.0
        before = balancer.result
        house.report_draws()
        house.report_meter(noise_a=0.2)
        while balancer.result is before:
            await asyncio.sleep(0.0005)
    for stop in listening:
        stop()
    return {"rows": dict(rows)}


def _resident_mb() -> float:
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
