"""A house with an ideal battery, the scripts' own object, a disk that may be full, a process that may die."""

from __future__ import annotations

import asyncio
import functools
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from fusebox.balancer.balancer import Balancer
from fusebox.balancer.plans import plan_store
from fusebox.balancer.plans.plan_file import NAME
from fusebox.config.read_config import read_config
from fusebox.model.own_entities import SITE_ENTITY
from fusebox.runtime.load_files import LoadedConfig
from fusebox.runtime.log_throttle import PACKAGE

from ..runtime.home import Home, State, empty_store

NOW_S = 1_796_000_400.0
"""The beginning of a quarter hour."""
LOOK_S = 10
NORMAL = {"select.battery": "auto", "switch.force_charge": "off", "number.charge_w": "4000"}
HOLD = {"select": "select.battery", "hold": "hold", "normal": "auto"}
CHARGE = {"switch": "switch.force_charge", "power_w": "number.charge_w"}
PLAN = {"ready_by": "21:00", "soc_target_pct": 90}
BATTERY = {"soc_pct": "sensor.soc", "charge_w": "sensor.battery", "capacity_kwh": 10}
CAR = {
    "type": "number",
    "current": "number.car",
    "switch": "switch.car",
    "draw": "sensor.car",
    "status": "sensor.car_status",
    "phases": ["L1"],
}
WHY = {"normal": "left to its own logic", "hold": "kept from", "charge": "charges from the grid"}
"""Battery order -> how its reason begins."""
PRICES = {"hours": {"00-02": 0.05}, "else": 0.50}


class Died(BaseException):
    """The process was killed."""


class BatteryHome(Home):
    """`folder` and the entities outlive a process; `begin` starts the next process."""

    def __init__(self, folder: Path, **battery: Any) -> None:
        super().__init__()
        self.folder = folder
        self.facts = {
            "site": {"main_fuse_a": 25, "grid": {"L1": "sensor.l1"}, "battery": {**BATTERY, **battery}},
            "loads": {"car": CAR},
            "prices": {"fixed": PRICES},
            "forecast": {"house": 3000},
        }
        self.now_s = NOW_S
        self.car_a = self.offer_a = 10.0
        self.meter, self.soc_pct = True, 50
        self.disk_is_full = self.refuses_all = False
        self.dies_at: int | None = None
        """The number of the write or call at which the process dies, half of the times before it was done."""
        self.acts = 0
        for entity, text in NORMAL.items():
            self.shows(entity, text, NOW_S)

    def begin(self) -> None:
        """Start a new process that knows only the folder's content."""
        empty_store()
        self.load()

    def load(self) -> None:
        """Load the scripts, or reload them."""
        result = read_config(self.facts, {})
        assert not result.errors, result.errors
        self.balancer = Balancer(LoadedConfig(result.config, (), (), storage=self.folder), self.ports)
        self.report()

    def report(self) -> None:
        """Let all entities report their present states."""
        draws = self.car_a > 0
        shown = {
            "sensor.l1": 2.0 + self.car_a if self.meter else "unavailable",
            "number.car": self.offer_a,
            "switch.car": "on",
            "sensor.car": self.car_a,
            "sensor.car_status": "Charging" if draws else "Available",
            "sensor.soc": self.soc_pct,
            "sensor.battery": 0,
        }
        units = {"sensor.l1": "A", "sensor.car": "A", "sensor.soc": "%", "sensor.battery": "W"}
        for entity, text in shown.items():
            self.shows(entity, text, self.now_s, **({"unit_of_measurement": units[entity]} if entity in units else {}))

    async def live(self, seconds: int, each: Callable[[], None] = lambda: None) -> None:
        """Run for this long, in steps of ten seconds."""
        if not self.balancer.ready:
            await self.balancer.restore_and_run(self.now_s)
        for _ in range(seconds // LOOK_S):
            self.now_s += LOOK_S
            self.report()
            await self.balancer.changed(self.now_s)
            await self.balancer.replan(self.now_s)
            self._see_that_the_reason_agrees()
            each()

    def _see_that_the_reason_agrees(self) -> None:
        """The published order and its reason are about the same order."""
        told = vars(self.states.get(SITE_ENTITY, State.of("")))
        if told.get("battery_order"):
            assert told["battery_reason"].startswith(WHY[told["battery_order"]])

    @property
    def orders(self) -> Mapping[str, str]:
        """What the battery's entities show that is not their normal."""
        shown = {entity: str(self.states[entity]) for entity in NORMAL}
        return {entity: text for entity, text in shown.items() if float_or_text(text) != float_or_text(NORMAL[entity])}

    @property
    def errors(self) -> str:
        """What the site's entity reports."""
        return "; ".join(vars(self.states[SITE_ENTITY]).get("errors") or ())

    @property
    def on_disk(self) -> Mapping[str, str]:
        """What the next start would set, by entity."""
        try:
            kept = json.loads((self.folder / NAME).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        calls = (*kept["blind"], *kept["release"])
        return {data["entity_id"]: data.get("option", data.get("value", "off")) for _, _, data in calls}

    def _act(self, done: Callable[[], None]) -> None:
        """Do something that lasts; or die before or after it."""
        self.acts += 1
        if self.dies_at is not None and self.acts >= self.dies_at:
            if self.acts % 2:
                done()
            raise Died
        done()

    async def _call(self, domain: str, service: str, blocking: bool = False, **data: Any) -> None:
        entity = data["entity_id"]
        if entity == CAR["current"]:
            self.offer_a = data["value"]
        if entity not in NORMAL:
            return
        if self.refuses_all:
            raise RuntimeError("the inverter does not answer")
        text = data.get("option", data.get("value", service.removeprefix("turn_")))
        self._act(lambda: self.shows(entity, text, self.now_s))
        self.calls.append((f"{domain}.{service}", data))
        # Whatever is ordered now, the next start has to know how it ends.
        assert self.orders.keys() <= self.on_disk.keys()

    def replace_file(self, file: Path, text: str) -> None:
        """Replace a file, as the real function does; OSError when the disk is full."""
        if self.disk_is_full:
            raise OSError(28, "No space left on device")
        self._act(lambda: file.write_text(text, encoding="utf-8") and None)


def float_or_text(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


@contextmanager
def in_home(home: BatteryHome) -> Iterator[None]:
    """Use this home's disk, and run everything in this thread, inside the context."""

    async def at_once(function: Callable[..., Any], *args: Any) -> Any:
        return function(*args)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plan_store, "replace_file", home.replace_file)
        patch.setattr(asyncio, "to_thread", at_once)
        yield


@functools.cache
def _path_in_package(file: str) -> Path | None:
    """Return the path within the package, and None of a file elsewhere."""
    return Path(file).relative_to(PACKAGE) if file.startswith(str(PACKAGE)) else None


class Breaker:
    """Records which functions of the package run during a method call, and makes them fail later."""

    def __init__(self, owner: Any, method: str) -> None:
        self.seen: set[str] = set()
        self.broken: str = ""
        self.failed = 0
        inner = getattr(owner, method)

        async def watched(*args: Any) -> Any:
            before = sys.getprofile()
            sys.setprofile(self._profile)
            try:
                return await inner(*args)
            finally:
                sys.setprofile(before)

        setattr(owner, method, watched)

    def _profile(self, frame: FrameType, event: str, _: Any) -> None:
        code = frame.f_code
        if event != "call" or (file := _path_in_package(code.co_filename)) is None:
            return
        name = f"{file}: {code.co_qualname}"
        self.seen.add(name)
        if name == self.broken:
            self.failed += 1
            raise ZeroDivisionError(f"{name} fails")
