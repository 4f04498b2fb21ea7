"""Play a test of the wiring in the embedded host, with the shipped scripts and a simulated house."""

from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from ..house.build import Inputs, build_house
from ..house.house import House
from ..house.run import connected_devices, next_line
from ..physics.car import Car, Visit
from ..physics.wiring import MAIN
from .faults import PlantedHouse

BEFORE_S, LONGEST_S = 90, 660
ENTITY = "sensor.fusebox_commissioning"
SERVICE = "pyscript.fusebox_commission"
BATTERY_KWH = 80.0


class WiringTestResult(NamedTuple):
    """The entity's final state, the duration [s], and for how long more than a fuse tolerates flowed [s]."""

    state: str
    attributes: Mapping[str, Any]
    took_s: int
    over_s: int


def build_planted_house(planted: PlantedHouse, start: datetime, seed: int) -> House:
    """Return the house as it really is, with a car at each charger."""
    loads = planted.real.get("loads") or {}
    cars = {
        name: Car(len(load.get("phases") or planted.real["site"]["grid"]), 16.0, BATTERY_KWH, (Visit(0.0, 1e9, 10.0),))
        for name, load in loads.items()
        if load["type"] in ("number", "wallbox", "ocpp", "easee")
    }
    length_s = BEFORE_S + LONGEST_S
    house = build_house(planted.real, start=start, length_s=length_s, seed=seed, inputs=Inputs(cars=cars))
    planted.wire(house)
    return house


async def play_test(
    planted: PlantedHouse, house: House, host_maker: Callable[..., Any], progress: Callable[[str], None]
) -> WiringTestResult:
    """Play the whole test; `progress` is called with the name of each load under test."""
    shown: dict[str, Any] = {"state": "idle", "attributes": {}}
    over_s, last = 0, ""
    fuse_a = house.circuits[MAIN].device.rating_a
    with TemporaryDirectory(prefix="fusebox-commission-") as folder:
        config = Path(folder) / "site_config.py"
        async with AsyncExitStack() as open_parts:
            await open_parts.enter_async_context(connected_devices(house))
            # The user's own inverter and cloud are not to be reached.
            written = planted.config if house.linked is None else house.linked.with_addresses(planted.config)
            config.write_text(f"CONFIG = {dict(written)!r}\n", encoding="utf-8")
            made = host_maker(config=config, start=house.start, time_zone=None)
            host = await open_parts.enter_async_context(made)
            for t_s in range(BEFORE_S + LONGEST_S):
                line = await next_line(house, t_s)
                calls = [{"service": SERVICE, "data": {"confirm": True}}] if t_s == BEFORE_S else []
                reply = await host.line({**line, "states": planted.shown(line["states"], t_s), "calls": calls})
                await house.obey_reply(reply["calls"], t_s)
                for answer in reply["responses"]:
                    progress(str(answer.get("error") or answer["response"]["plan"]))
                    if "error" in answer:
                        return WiringTestResult("refused", {"reason": answer["error"]}, 0, over_s)
                shown = reply["states"].get(ENTITY) or shown
                if t_s > BEFORE_S and house.now is not None:
                    over_s += any(abs(a) > fuse_a for a in house.now.net_a.values())
                    if shown["state"] != "running":
                        return WiringTestResult(shown["state"], shown["attributes"], t_s - BEFORE_S, over_s)
                    now = shown["attributes"].get("load") or ""
                    if now != last:
                        last = now
                        progress(f"{t_s - BEFORE_S:4} s  {shown['attributes']['reason']}")
    return WiringTestResult(shown["state"], shown["attributes"], LONGEST_S, over_s)
