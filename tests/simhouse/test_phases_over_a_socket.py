"""Phases that are switched over a socket: a charge point by `numberPhases`, an Easee by its circuit's currents."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

import pytest

from simhouse.devices.ocpp.firmware import Firmware
from simhouse.host.event_loop import run_in_host_loop
from simhouse.host.pyscript_host import Host
from simhouse.house.build import Inputs, build_house
from simhouse.house.house import Equipment, House, Instant
from simhouse.house.run import run
from simhouse.physics.car import Car

from .evenings import Resting, base_of
from .houses import START

PHASES = ("L1", "L2", "L3")
FULL_S, LENGTH_S = 60, 300
LOAD = {"phases": list(PHASES), "max_a": 16, "switch_phases": True, "phase_rest_s": 5}
OCPP = {"type": "ocpp", "charger": "evse1", **LOAD}
EASEE = {"type": "easee", "charger": "EH123456", "site": 1, "circuit_id": 2, **LOAD}


def test_a_charge_point_that_reports_only_the_phases_in_use_comes_back_to_three(tmp_path):
    base = {phase: base_of(460, 800.0) for phase in PHASES}
    base["L2"] = base_of(460, lambda t: 5000.0 if FULL_S <= t < 250 else 800.0)
    firmware = Firmware(switches_phases=True, current_by="used")
    house, seen, reasons = lived(tmp_path, {**OCPP, "phase_dwell_s": 60}, base, firmware=firmware)
    connector = house.chargers["car"].connector
    assert (connector.lines, connector.moves, connector.under_current) == (3, 2, 0)
    assert min(seen[-1].loads_a["car"].values()) > 6
    assert not any("more than the one phase" in reason for reason in reasons)


def l2_is_full(folder: Any, load: dict[str, Any]) -> tuple[House, list[Instant], list[str]]:
    """The course of a house whose L2 becomes full, and all reasons of the charger's entity."""
    base = {phase: base_of(LENGTH_S, 800.0) for phase in PHASES}
    base["L2"] = base_of(LENGTH_S, lambda t: 5000.0 if t >= FULL_S else 800.0)
    return lived(folder, load, base)


def lived(
    folder: Any, load: dict[str, Any], base: dict[str, Any], firmware: Firmware | None = None, **site: Any
) -> tuple[House, list[Instant], list[str]]:
    """The same for a house with this draw on each phase."""
    config = {
        "site": {"main_fuse_a": 25, "grid": {phase: f"sensor.net_{phase.lower()}" for phase in PHASES}, **site},
        "loads": {"car": load},
    }
    cars = {"car": Car(phases=3, max_a=16.0, wakes_after_s=3)}
    firmwares = {"evse1": firmware or Firmware(switches_phases=True)}
    length_s = len(base["L1"].watts)
    house = build_house(
        config, start=START, length_s=length_s, inputs=Inputs(base, cars=cars), equipment=Equipment(firmwares=firmwares)
    )
    seen: list[Instant] = []
    reasons: list[str] = []

    def watch(instant: Instant, reply: dict[str, Any]) -> None:
        seen.append(instant)
        told = reply["states"].get("sensor.fusebox_car")
        reasons.append(told["attributes"]["phases_reason"] if told else "")

    async def live() -> None:
        async with house.network or nullcontext(), house.linked or nullcontext():
            written = config if house.linked is None else house.linked.with_addresses(config)
            path = folder / "site_config.py"
            path.write_text(f"CONFIG = {written!r}\n", encoding="utf-8")
            async with Host(path, START) as host:
                await run(house, Resting(host, length_s), length_s, watch=watch)

    run_in_host_loop(live())
    return house, seen, reasons


def check(seen: list[Instant], reasons: list[str]) -> None:
    """It was on three phases, and charges on one in the end, at more than its minimum; no breaker opened."""
    assert min(seen[FULL_S - 1].loads_a["car"].values()) > 6
    assert seen[-1].loads_a["car"]["L1"] > 6 and seen[-1].loads_a["car"]["L2"] == 0
    assert not any(instant.trips for instant in seen)
    assert any("on one phase: main L2 has only 3 A left" in reason for reason in reasons)


def test_a_charge_point_is_listed_with_its_limits(tmp_path):
    house, seen, reasons = l2_is_full(tmp_path, OCPP)
    check(seen, reasons)
    connector = house.chargers["car"].connector
    assert (connector.lines, connector.moves, connector.under_current) == (1, 1, 0)


def test_an_easee_is_listed_by_its_circuit(tmp_path):
    house, seen, reasons = l2_is_full(tmp_path, EASEE)
    check(seen, reasons)
    device = house.chargers["car"].device
    assert (device.lines, device.moves, device.under_current) == (1, 1, 0)
    assert device.circuit_a == [16.0, 0.0, 0.0]


@pytest.mark.parametrize("load", [OCPP, EASEE], ids=["ocpp", "easee"])
def test_a_car_that_was_never_measured_begins_on_one_phase_with_little_sun(tmp_path, load):
    """2.7 kW: its number of phases is unknown, and for three that is too little."""
    sun = {phase: base_of(LENGTH_S, -900.0) for phase in PHASES}
    _, seen, reasons = lived(tmp_path, {**load, "mode": "solar_only", "start_after_s": 20}, sun, netting="sum")
    assert seen[-1].loads_a["car"]["L1"] > 6 and seen[-1].loads_a["car"]["L2"] == 0
    assert any("on one phase: not enough sun for three" in reason for reason in reasons)
