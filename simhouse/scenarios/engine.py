"""Run Fusebox on a scenario: its facts as a Site, its readings as a Snapshot, one allocation a cycle."""

from collections.abc import Mapping
from dataclasses import replace
from math import inf
from typing import Any

from fusebox.control.allocation.allocation import allocate, attainable_current_a
from fusebox.control.demand.demands import compute_demands
from fusebox.control.estimators.production import update_battery_memories
from fusebox.control.limits.ceilings import ceilings_in_force
from fusebox.model.electrics import PerPhase, Phase
from fusebox.model.equipment import Battery, Circuit, Inverter, Source
from fusebox.model.load import Load, Mode
from fusebox.model.load_memory import LoadMemory
from fusebox.model.memory import Memory
from fusebox.model.site import MAIN, Distribution, Site
from fusebox.model.snapshot import BatteryReadings, InverterReadings, LoadState, Reading, Snapshot, Status

PHASE = {"A": Phase.L1, "B": Phase.L2, "C": Phase.L3}
STATUS = {"active": Status.CHARGING, "unplugged": Status.UNPLUGGED, "finished": Status.FULL}
NO_BATTERY = Source(entity="sensor.battery")


class Engine:
    """Allocates one scenario's loads: no margin, no smoothing, no delays, no memory except the battery's."""

    def __init__(self, scenario: Mapping[str, Any]) -> None:
        self.site = _make_site(scenario["site"], scenario["loads"])
        self._phases = tuple(scenario["site"]["phases"])
        self._memory = Memory(loads={load.name: LoadMemory() for load in self.site.loads})

    def allocate(self, readings: Mapping[str, Any]) -> tuple[dict[str, float], dict[str, float]]:
        """Return load -> amps allocated, and load -> amps available, both to a tenth; remember battery states."""
        snapshot = self._make_snapshot(readings)
        batteries = update_battery_memories(self.site, snapshot, self._memory.batteries)
        self._memory = replace(self._memory, batteries=batteries)
        ceilings, *_ = ceilings_in_force(self.site, snapshot, self._memory)
        demands = compute_demands(self.site, snapshot, self._memory, ceilings)
        shares = allocate(ceilings, demands, self.site.distribution)
        could = {
            demand.load: shares[demand.load].amps or attainable_current_a(ceilings, demand, shares)
            for demand in demands
            if snapshot.loads[demand.load].available
        }
        return (
            {load.name: round(shares[load.name].amps, 1) for load in self.site.loads},
            {load.name: round(could.get(load.name, 0.0), 1) for load in self.site.loads},
        )

    def _make_snapshot(self, readings: Mapping[str, Any]) -> Snapshot:
        grid_a = {PHASE[p]: _reading(a) for p, a in readings["grid_a"].items()}
        battery = readings["battery"] or {}
        return Snapshot(
            now_s=float(readings["t_s"]),
            grid_a={MAIN: grid_a},
            loads={load.name: self._load_state(load, readings["loads"][load.name]) for load in self.site.loads},
            solar_w=_reading(readings["solar_w"]),
            batteries=(BatteryReadings(_reading(battery["soc_pct"]), _reading(-battery["power_w"])),)
            if battery
            else (),
            inverters=(InverterReadings({PHASE[p]: _reading(a) for p, a in (readings["inverter_a"] or {}).items()}),),
        )

    def _load_state(self, load: Load, seen: Mapping[str, Any]) -> LoadState:
        drawn = {PHASE[p]: float(a) for p, a in seen["draw_a"].items()}
        return LoadState(
            draw_a=PerPhase.of({phase: drawn.get(phase, 0.0) for phase in load.phases}),
            offer_a=float(seen["command_a"]),
            on=seen["command_a"] > 0,
            status=STATUS[seen["status"]],
            can_use_power=seen["status"] == "active",
            # A load that is wired to a phase which the site lacks cannot run.
            available=set(load.phases) <= set(self.site.phases),
        )


def _reading(value: float | None) -> Reading:
    return Reading() if value is None else Reading(float(value), float(value), 0.0)


def _make_site(site: Mapping[str, Any], loads: list[Mapping[str, Any]]) -> Site:
    phases = tuple(PHASE[p] for p in site["phases"])
    meter = Source(entity="sensor.grid")
    circuits = [Circuit(MAIN, float(site["breaker_a"]), grid=dict.fromkeys(phases, meter))]
    circuit_of = dict.fromkeys((load["id"] for load in loads), MAIN)
    # Groups are circuits, the largest first: one whose members are all in another is that one's child.
    for group in sorted(site["groups"], key=_size, reverse=True):
        parents = {circuit_of[load] for load in group["members"]}
        circuits.append(Circuit(f"group {group['id']}", float(group["limit_a"]), min(parents, default=MAIN)))
        circuit_of.update(dict.fromkeys(group["members"], circuits[-1].name))
    inverter = site["inverter"]
    return Site(
        voltage_v=float(site["voltage_v"]),
        phases=phases,
        circuits=tuple(circuits),
        loads=tuple(_make_load(load, circuit_of[load["id"]]) for load in loads),
        max_import_w=site["max_import_w"],
        distribution=Distribution(site["distribution"]),
        excess_threshold_w=float(site["excess_threshold_w"] or 0),
        margin_a=0.0,
        # Without a sensor it never reports a number; but in every scenario there may be solar power behind the meter.
        solar_w=Source(entity="sensor.solar"),
        inverters=(
            Inverter(
                max_w=inverter["max_w"] or None,
                max_w_per_phase=inverter["max_w_per_phase"] or None,
                asymmetric=inverter["asymmetric"],
                wiring=inverter["wiring"],
                output=dict.fromkeys(phases, meter) if inverter["output_sensors"] else {},
            ),
        ),
        batteries=_make_batteries(site["battery"], site["allow_grid_charging"]),
    )


def _size(group: Mapping[str, Any]) -> int:
    return len(group["members"])


def _make_batteries(battery: Mapping[str, Any] | None, allow_grid_charging: bool) -> tuple[Battery, ...]:
    if battery is None:
        return ()
    made = Battery(
        soc_pct=NO_BATTERY,
        charge_w=NO_BATTERY,
        soc_min_pct=battery["soc_min_pct"] or 0,
        soc_target_pct=battery["soc_target_pct"],
        max_charge_w=inf,  # in a scenario a battery below its target keeps all of the sun, whatever it can take
        max_discharge_w=battery["max_discharge_w"] or 0,
        allow_grid_charging=allow_grid_charging,
    )
    return (made,)


def _make_load(load: Mapping[str, Any], circuit: str) -> Load:
    phases = tuple(sorted(PHASE[p] for p in load["phases"]))
    made = Load(
        name=load["id"],
        type="plug" if load["kind"] == "plug" else "number",
        circuit=circuit,
        phases=phases,
        priority=load["priority"],
        group=load.get("household"),
        mode=Mode(load["mode"]),
        min_a=float(load["min_a"]),
        max_a=float(load["max_a"]),
        on_off=load["kind"] == "plug",
        pause_s=0,
        start_after_s=0,
        stop_after_s=0,
    )
    # A load without a least current takes any, from one step on.
    return made if made.min_a > 0 else replace(made, min_a=min(made.step_a, made.max_a))
