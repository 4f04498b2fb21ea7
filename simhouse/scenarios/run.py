"""Run one scenario: the physics of its site by cycle, and the verdict on an engine's allocations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

Amps = dict[str, float]


class Allocator(Protocol):
    """Interface of an engine under test."""

    def allocate(self, readings: Mapping[str, Any]) -> tuple[Amps, Amps]:
        """Return load -> amps allocated and load -> amps available, for one cycle's readings."""


@dataclass(frozen=True)
class Outcome:
    """The result of a scenario; `passed` is None when nothing is expected."""

    id: str
    passed: bool | None
    allocated_a: Amps
    available_a: Amps
    errors: Sequence[str]

    def as_json(self) -> dict[str, Any]:
        """Return the object for `--json`."""
        return {
            "id": self.id,
            "passed": self.passed,
            "allocated_a": self.allocated_a,
            "available_a": self.available_a,
            "errors": list(self.errors),
        }

    def as_line(self) -> str:
        """Return one line for a person."""
        word = {True: "passed", False: "FAILED", None: "not scored"}[self.passed]
        shares = ", ".join(f"{load} {amps:g} A" for load, amps in self.allocated_a.items())
        return "; ".join([f"{word:10} {self.id}: {shares}", *self.errors])


@dataclass(frozen=True)
class Cycle:
    """Readings of one cycle, the engine's allocation, and the resulting commands."""

    readings: Mapping[str, Any]
    allocated_a: Amps
    available_a: Amps
    command_a: Amps

    @property
    def grid_a(self) -> Amps:
        """The meter's current on each phase [A, + = import]."""
        found: Amps = self.readings["grid_a"]
        return found


def run_scenario(simulation: Mapping[str, Any], scenario: Mapping[str, Any], engine: Allocator) -> Outcome:
    """Simulate the cycles and judge the last ones."""
    return judge_cycles(simulation, scenario, simulate_cycles(simulation, scenario, engine))


def judge_cycles(simulation: Mapping[str, Any], scenario: Mapping[str, Any], cycles: Sequence[Cycle]) -> Outcome:
    """Compare the last of all cycles of a simulation with what the scenario expects."""
    last, expectation = cycles[-1], scenario["expectation"]
    if expectation == "unscored":
        return Outcome(scenario["id"], None, last.allocated_a, last.available_a, [])
    judge = _deviation_errors if expectation == "exact" else _total_errors
    errors = [*judge(simulation, scenario, last), *_stability_errors(simulation, cycles)]
    return Outcome(scenario["id"], not errors, last.allocated_a, last.available_a, errors)


def simulate_cycles(simulation: Mapping[str, Any], scenario: Mapping[str, Any], engine: Allocator) -> list[Cycle]:
    """Return every cycle of the simulation, without a verdict."""
    command_a = {load["id"]: 0.0 for load in scenario["loads"]}
    cycles = []
    for number in range(simulation["cycles"]):
        readings = _cycle_readings(simulation, scenario, number, command_a)
        allocated_a, available_a = engine.allocate(readings)
        command_a = {load: _next_command_a(simulation, a, allocated_a[load]) for load, a in command_a.items()}
        cycles.append(Cycle(readings, allocated_a, available_a, command_a))
    return cycles


def _cycle_readings(
    simulation: Mapping[str, Any], scenario: Mapping[str, Any], number: int, command_a: Amps
) -> dict[str, Any]:
    """Return the readings of meter, battery, inverter and loads in one cycle."""
    site, physical = scenario["site"], scenario["physical"]
    phases, voltage_v, inverter = site["phases"], site["voltage_v"], site["inverter"]
    ramp = simulation["ramp_in"]
    part = ramp[number] if number < len(ramp) else 1.0
    solar_w = physical["solar_w"] * part
    solar_a = solar_w / len(phases) / voltage_v
    draws = {
        load["id"]: dict.fromkeys(load["phases"], command_a[load["id"]]) if command_a[load["id"]] > 0 else {}
        for load in scenario["loads"]
    }
    used = {p: physical["household_a"][p] * part + sum(d.get(p, 0.0) for d in draws.values()) for p in phases}
    raw = {p: used[p] - solar_a for p in phases}
    battery_a = _regulating_battery_a(simulation, site, sum(raw.values()), solar_a * len(phases)) / len(phases)
    return {
        "cycle": number,
        "t_s": number * simulation["cycle_s"],
        "grid_a": {p: a + battery_a for p, a in raw.items()},
        "solar_w": solar_w if site["solar_sensor"] else None,
        "battery": site["battery"]
        and {"soc_pct": site["battery"]["soc_pct"], "power_w": -battery_a * voltage_v * len(phases)},
        "inverter_a": {p: solar_a if inverter["wiring"] == "parallel" else used[p] for p in phases}
        if inverter["output_sensors"]
        else None,
        "loads": {
            load["id"]: {"draw_a": draws[load["id"]], "status": load["status"], "command_a": command_a[load["id"]]}
            for load in scenario["loads"]
        },
    }


def _regulating_battery_a(
    simulation: Mapping[str, Any], site: Mapping[str, Any], need_a: float, solar_a: float
) -> float:
    """Return the current of a battery that regulates the meter to zero [A, + = charging], sum of the phases."""
    battery, voltage_v = site["battery"], float(site["voltage_v"])
    if not battery:
        return 0.0
    if need_a > 0 and battery["soc_pct"] > (battery["soc_min_pct"] or 0):
        most_a: float = (battery["max_discharge_w"] or 0) / voltage_v
        if site["inverter"]["max_w"]:
            most_a = min(most_a, max(0.0, site["inverter"]["max_w"] / voltage_v - solar_a))
        return -min(need_a, most_a)
    if need_a < 0 and battery["soc_pct"] < simulation["battery_full_pct"]:
        return min(-need_a, float(battery["max_charge_w"] or 0) / voltage_v)
    return 0.0


def _next_command_a(simulation: Mapping[str, Any], before_a: float, target_a: float) -> float:
    """Return a load's current for the next cycle [A]: to or from 0 at once, otherwise one step to the target."""
    if before_a <= 0 or target_a <= 0:
        return target_a
    up_a, down_a = float(simulation["setpoint_up_a_per_cycle"]), float(simulation["setpoint_down_a_per_cycle"])
    return round(before_a + max(-down_a, min(up_a, target_a - before_a)), 1)


def _deviation_errors(simulation: Mapping[str, Any], scenario: Mapping[str, Any], last: Cycle) -> list[str]:
    """Return errors for loads that differ from the expectation by more than the tolerance."""
    errors = []
    for load, expected in scenario["expected"].items():
        for word, found in (("allocated", last.allocated_a[load]), ("available", last.available_a[load])):
            wanted = expected.get(f"{word}_a", found)
            if not round(abs(found - wanted), 6) <= simulation["tolerance_a"]:  # 16.1 - 16 is a little above 0.1
                errors.append(f"{load}: {word} {found:g} A, expected {wanted:g} A")
    return errors


def _total_errors(simulation: Mapping[str, Any], scenario: Mapping[str, Any], last: Cycle) -> list[str]:
    """Return errors when the total is too low, or a limit is broken."""
    lines = {load["id"]: len(load["phases"]) for load in scenario["loads"]}
    total_a = sum(a * lines[load] for load, a in last.allocated_a.items())
    wanted_a = sum(expected["allocated_a"] * lines[load] for load, expected in scenario["expected"].items())
    errors = []
    if total_a < wanted_a - simulation["tolerance_a"] * len(lines):
        errors.append(f"total {total_a:.1f} A, expected at least {wanted_a:.1f} A")
    for group in scenario["site"]["groups"]:
        for phase in scenario["site"]["phases"]:
            used_a = sum(
                last.allocated_a[load["id"]]
                for load in scenario["loads"]
                if load["id"] in group["members"] and phase in load["phases"]
            )
            if used_a > group["limit_a"] + simulation["tolerance_a"]:
                errors.append(f"{group['id']}: {used_a:.1f} A on {phase}, limit {group['limit_a']:g} A")
    for phase, flow_a in last.grid_a.items():
        if flow_a > scenario["site"]["breaker_a"] + simulation["tolerance_a"]:
            errors.append(f"main breaker: {flow_a:.1f} A on {phase}, rating {scenario['site']['breaker_a']:g} A")
    return errors


def _stability_errors(simulation: Mapping[str, Any], cycles: Sequence[Cycle]) -> list[str]:
    errors = []
    for load in cycles[-1].command_a:
        values = [cycle.command_a[load] for cycle in cycles[-simulation["check_last_cycles"] :]]
        if round(max(values) - min(values), 6) > simulation["max_command_spread_a"]:
            errors.append(f"{load}: unstable, its command moves by {max(values) - min(values):.2f} A")
    return errors
