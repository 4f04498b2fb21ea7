"""A house of late devices, a load of each kind among them, whose scripts are killed, restarted or reloaded."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from fusebox.balancer.balancer import Balancer
from fusebox.config.config import Config
from fusebox.config.read_config import read_config
from fusebox.model.durations import NEVER_S
from fusebox.model.own_entities import LOAD_ENTITIES, SITE_ENTITY
from fusebox.runtime import lifecycle
from fusebox.runtime.load_files import LoadedConfig
from fusebox.runtime.store import STORE
from simhouse.physics.breaker import Pole, breaker, step_pole

from ..runtime.home import Home, State, empty_store

NOW_S = 1_796_000_400.0
PHASES = ("L1", "L2", "L3")
FUSE_A = 25.0
STEP_S = 2
LOOK_S = 10
"""Interval of plans, battery and inverter [s]."""
BATTERY = {
    "soc_pct": "sensor.soc",
    "charge_w": "sensor.battery",
    "hold": {"select": "select.battery", "hold": "hold", "normal": "auto"},
}
FACTS: dict[str, Any] = {
    "site": {
        "main_fuse_a": FUSE_A,
        "grid": {phase: f"sensor.{phase.lower()}" for phase in PHASES},
        "solar_w": "sensor.sun",
        "battery": BATTERY,
        "export": {"max_w": 0, "when_price_below": 0, "curtail": {"number": "number.export", "normal": 10_000}},
    },
    "loads": {
        "car": {
            "type": "number",
            "current": "number.car",
            "switch": "switch.car",
            "draw": "sensor.car",
            "status": "sensor.car_status",
            "phases": [*PHASES],
            "switch_phases": True,
            "phase_switch": {"select": "select.car_phases", "one": "one", "three": "three"},
            "phase_rest_s": 5,
            "phase_dwell_s": 60,
            "start_after_s": 10,
            "pause_s": 60,
        },
        "pool": {"type": "plug", "switch": "switch.pool", "power": "sensor.pool", "rated_w": 1150, "phases": ["L1"],
                 "min_on_s": 0, "min_off_s": 0, "start_after_s": 10},
        "tank": {"type": "tank", "switch": "switch.tank", "temperature": "sensor.tank_c", "power": "sensor.tank",
                 "rated_w": 1150, "phases": ["L3"], "min_on_s": 0, "min_off_s": 0, "start_after_s": 10},
        "pump": {"type": "sg_ready", "relay_1": "switch.sg1", "relay_2": "switch.sg2", "power": "sensor.pump",
                 "rated_w": 1150, "phases": ["L2"], "start_after_s": 10, "stop_after_s": 10, "dwell_s": 30},
        "room": {"type": "thermostat", "climate": "climate.room", "phases": ["L1"], "start_after_s": 10,
                 "recommend_above_w": 1000},
    },
    "prices": {"fixed": 0.3, "export": "input_number.feed_in"},
}  # fmt: skip
LOADS = tuple(FACTS["loads"])
NORMAL: dict[str, object] = {
    "select.battery": "auto",
    "number.export": 10_000.0,
    "number.car": 16.0,
    "switch.car": "on",
    "select.car_phases": "three",
    "switch.pool": "on",
    "switch.tank": "on",
    "switch.sg1": "off",
    "switch.sg2": "off",
    "climate.room": 20.0,
}
"""Entity -> what it displays while nothing is limited and nothing recommended."""


class Cause(NamedTuple):
    """A situation of the house: base load of each phase [A], sun [W], and whether the car is plugged in."""

    base_a: tuple[float, float, float] = (1.0, 1.0, 1.0)
    sun_w: float = 0.0
    car: bool = True


CAUSES = {
    "calm": Cause(),
    "sun": Cause(sun_w=18_000.0),
    "full L2": Cause((1.0, 22.0, 1.0)),
    "full": Cause((21.0, 21.0, 21.0)),
    "half full": Cause((13.0, 14.0, 15.0)),
    "no car": Cause(car=False),
}


class Moment(NamedTuple):
    """Some time with a cause.

    `event` is `after_s` after the command of this number in it, and the scripts run again `down_s` later.
    """

    cause: str
    seconds: int
    event: str
    number: int
    after_s: int
    down_s: int


class InterruptedHome(Home):
    """Its devices follow and display each command `late_s` later, in their order."""

    def __init__(self, folder: Path, late_s: int) -> None:
        super().__init__()
        self.folder, self.late_s, self.now_s = folder, late_s, NOW_S
        result = read_config(FACTS, {})
        assert not result.errors, result.errors
        self.config: Config = result.config
        self.real = dict(NORMAL)
        self.under_way: list[tuple[float, str, object]] = []
        self.cause, self.tank_c, self.sent = CAUSES["calm"], 40.0, 0
        self.saved: dict[str, State] = {}
        """Persisted entity -> its last state that Home Assistant has written to disk."""
        self.persisted: set[str] = set()
        self.fuse = breaker("main", FUSE_A)
        self.poles = dict.fromkeys(PHASES, Pole())
        self.runs = True
        for entity, value in self.real.items():
            self.show(entity, value)
        self.load()

    async def _persist(self, entity: str, default_value: str, default_attributes: dict[str, Any]) -> None:
        self.persisted.add(entity)
        await super()._persist(entity, default_value, default_attributes)

    async def _call(self, domain: str, service: str, blocking: bool = False, **data: Any) -> None:
        if data.get("entity_id") not in NORMAL:
            return
        self.sent += 1
        value = data.get("option", data.get("value", data.get("temperature", service.removeprefix("turn_"))))
        self.under_way.append((self.now_s + self.late_s, data["entity_id"], value))

    def load(self) -> None:
        """Load the scripts, or reload them."""
        self.balancer = Balancer(LoadedConfig(self.config, (), (), storage=self.folder), self.ports)

    async def stop(self, event: str) -> None:
        """End the process and bring the entities back from disk, where a `kill` has not written the present ones."""
        if event == "restart":
            await lifecycle.stop_all()
            self.saved = {entity: self.states[entity] for entity in self.persisted}
        empty_store()
        for entity in [each for each in self.states if each.startswith((LOAD_ENTITIES, SITE_ENTITY))]:
            del self.states[entity]
        for entity in self.persisted:
            self.states.pop(entity, None)
        self.states |= self.saved

    def show(self, entity: str, value: object) -> None:
        """Let a device's entity display a value."""
        if entity == "climate.room":
            attributes = {"temperature": value, "current_temperature": 20.1, "target_temp_step": 0.5, "min_temp": 7}
            self.shows(entity, "heat", self.now_s, **attributes)
        elif entity == "number.car":
            self.shows(entity, value, self.now_s, min=6, max=32, step=1, unit_of_measurement="A")
        else:
            self.shows(entity, value, self.now_s, **({"unit_of_measurement": "W"} if entity.endswith("export") else {}))

    def flows(self) -> tuple[dict[str, float], dict[str, float]]:
        """Return the current of each phase [A], + is import, and the power of each device [W]."""
        real, lines = self.real, 3 if self.real["select.car_phases"] == "three" else 1
        car_a = min(float(str(real["number.car"])), 16.0) if self.cause.car and real["switch.car"] == "on" else 0.0
        pool_a = 5.0 if real["switch.pool"] == "on" else 0.0
        tank_a = 5.0 if real["switch.tank"] == "on" and self.tank_c < 75 else 0.0
        pump_a = 0.0 if (real["switch.sg1"], real["switch.sg2"]) == ("on", "off") else 5.0
        own = {"L1": pool_a, "L2": pump_a, "L3": tank_a}
        used = {
            phase: base_a + own[phase] + (car_a if place < lines else 0.0)
            for place, (phase, base_a) in enumerate(zip(PHASES, self.cause.base_a, strict=True))
        }
        most_w = sum(used.values()) * 230 + float(str(real["number.export"]))
        sun_w = min(self.cause.sun_w, most_w)
        powers = {"car": car_a, "pool": pool_a * 230, "tank": tank_a * 230, "pump": pump_a * 230, "battery": 0.0}
        return {phase: a - sun_w / 690 for phase, a in used.items()}, {**powers, "sun": sun_w}

    def report(self) -> None:
        """Let commands arrive, and all entities report."""
        for _, entity, value in [each for each in self.under_way if each[0] <= self.now_s]:
            self.real[entity] = value
        self.under_way = [each for each in self.under_way if each[0] > self.now_s]
        for entity, value in self.real.items():
            self.show(entity, value)
        flows, powers = self.flows()
        for phase, flow_a in flows.items():
            self.shows(f"sensor.{phase.lower()}", round(flow_a, 2), self.now_s, unit_of_measurement="A")
        for name, power in powers.items():
            self.shows(f"sensor.{name}", round(power, 2), self.now_s, unit_of_measurement="A" if name == "car" else "W")
        status = ("Charging" if powers["car"] else "Connected") if self.cause.car else "Available"
        self.shows("sensor.car_status", status, self.now_s)
        feed_in = -0.05 if self.cause.sun_w else 0.05
        self.shows("input_number.feed_in", feed_in, self.now_s, unit_of_measurement="EUR/kWh")
        self.shows("sensor.soc", 50, self.now_s, unit_of_measurement="%")
        self.shows("sensor.tank_c", round(self.tank_c, 1), self.now_s, unit_of_measurement="°C")

    async def step(self, step_s: int) -> None:
        """One step."""
        self.now_s += step_s
        self.report()
        for phase, flow_a in self.flows()[0].items():
            self.poles[phase] = step_pole(self.fuse, self.poles[phase], flow_a, step_s)
        if not self.runs:
            return
        if not self.balancer.ready:
            await self.balancer.restore_and_run(self.now_s)
        await self.balancer.changed(self.now_s)
        if self.now_s % LOOK_S < step_s:
            await self.balancer.replan(self.now_s)

    async def settle(self) -> None:
        """Live until the delays of most devices are known, and Home Assistant has written all that is persisted."""
        await self.rest("half full", 60)
        await self.rest("calm", 60)
        await self.rest("sun", 60)
        self.saved = {entity: self.states[entity] for entity in self.persisted}

    async def live(self, moment: Moment) -> None:
        """Live through a moment."""
        self.cause, sent, event_s = CAUSES[moment.cause], self.sent, NEVER_S
        for _ in range(0, moment.seconds, STEP_S):
            await self.step(STEP_S)
            if self.sent >= sent + moment.number and event_s == NEVER_S:
                event_s = self.now_s + moment.after_s
            if event_s != NEVER_S and self.now_s >= event_s and moment.event:
                await self.interrupt(moment.event, moment.down_s)
                moment = moment._replace(event="")

    async def interrupt(self, event: str, down_s: int) -> None:
        """Kill, restart or reload the scripts."""
        if event != "reload":
            await self.stop(event)
            self.runs = False
            for _ in range(0, down_s, STEP_S):
                await self.step(STEP_S)
            self.runs = True
        self.load()

    async def rest(self, cause: str, seconds: int, until: Callable[[], bool] = lambda: False) -> None:
        """Live without interruption, in longer steps, until a condition holds."""
        self.cause = CAUSES[cause]
        for _ in range(0, seconds, LOOK_S):
            if not until():
                await self.step(LOOK_S)

    @property
    def unlike_normal(self) -> dict[str, object]:
        """Entity -> its real value, of those that differ from `NORMAL`."""
        return {entity: value for entity, value in self.real.items() if value != NORMAL[entity]}

    @property
    def by_hand(self) -> dict[str, object]:
        """Load -> its memory of a user's choice or phase switch, although no user has made one."""
        manual = {name: past.manual for name, past in self.balancer.memory.loads.items()}
        found = {name: m for name, m in manual.items() if m.off or m.on or m.limit_a is not None}
        switches = self.balancer.memory.phase_switches
        return {**found, **{name: switch for name, switch in switches.items() if switch.by_hand is not None}}

    def shown(self, name: str) -> dict[str, Any]:
        """The attributes of a status entity."""
        return vars(self.states[f"sensor.fusebox_{name}"])


@contextmanager
def in_this_thread() -> Iterator[None]:
    """Run everything in this thread, inside the context."""

    async def at_once(function: Callable[..., Any], *args: Any) -> Any:
        return function(*args)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asyncio, "to_thread", at_once)
        for key in [key for key in STORE if not key.startswith("__")]:
            patch.delitem(STORE, key)
        yield
        empty_store()
