"""FORMAT sections 4 to 6 taken literally: what the scenario suite's own engine would answer. An oracle, not a model.

Where it parts from the physics of section 2, ours has to differ; `test_format_laws` names each of these places.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import zip_longest
from typing import Any

from .format_tables import Budget, bits, pooled, separate

DUST_A = 1e-6
FINEST_A = 0.002
URGENCY = {"standard": 0, "solar_priority": 1, "solar_only": 2, "excess": 3}
Facts = Mapping[str, Any]


class FormatEngine:
    """Allocates one scenario's loads. `wire_left_a`: what its wires had left for each load afterwards."""

    def __init__(self, scenario: Facts) -> None:
        self._site, self._loads = scenario["site"], scenario["loads"]
        self.wire_left_a: dict[str, float] = {}

    def allocate(self, readings: Facts) -> tuple[dict[str, float], dict[str, float]]:
        """Return load -> amps allocated, and load -> amps available, both to a tenth."""
        active = [load for load in self._loads if readings["loads"][load["id"]]["status"] == "active"]
        table = _Table(self._site, readings)
        order = sorted(active, key=lambda load: (URGENCY[load["mode"]], load["priority"]))
        table.got = {load["id"]: 0.0 for load in order}
        _DISTRIBUTE[self._site["distribution"]](table, order)
        _cut_to_groups(self._site, table.got, order)
        left, could = _Table(self._site, readings), dict(table.got)
        for load in order:
            left.take(load, table.got[load["id"]])
        self.wire_left_a = {load["id"]: left.wire_a(load) for load in self._loads}
        for load in self._loads:
            if load["id"] not in table.got:
                most_a = min(left.wire_a(load), left.device_max_a(load), load["max_a"])
                could[load["id"]] = most_a if most_a + DUST_A >= load["min_a"] else 0.0
        ids = [load["id"] for load in self._loads]
        return {i: round(table.got.get(i, 0.0), 1) for i in ids}, {i: round(could[i], 1) for i in ids}


class _Table:
    """The three budgets during an allocation."""

    def __init__(self, site: Facts, readings: Facts) -> None:
        self.got: dict[str, float] = {}
        self._wire, self._solar, self._excess = _budgets(site, readings)
        battery, found = site["battery"], readings["battery"]
        self._below = battery is not None and found["soc_pct"] < battery["soc_target_pct"]

    def saved(self) -> tuple[Budget, Budget, Budget]:
        return self._wire, self._solar, self._excess

    def restore(self, budgets: tuple[Budget, Budget, Budget]) -> None:
        self._wire, self._solar, self._excess = budgets

    def wire_a(self, load: Facts) -> float:
        return self._wire.alone(bits(load["phases"]))

    def source_a(self, load: Facts) -> float:
        """Return what the source of a load's mode still has for it [A]."""
        if load["mode"] == "standard":
            return float("inf")
        if load["mode"] == "excess":
            return self._excess.alone(bits(load["phases"]))
        return 0.0 if self._below else self._solar.alone(bits(load["phases"]))

    def device_max_a(self, load: Facts) -> float:
        source_a = self.source_a(load)
        backed = load["mode"] == "solar_priority" or (load["mode"] == "excess" and source_a > DUST_A)
        return max(source_a, load["min_a"]) if backed else source_a

    def can_run(self, load: Facts) -> bool:
        return bool(min(self.device_max_a(load), self.wire_a(load)) + DUST_A >= load["min_a"])

    def take(self, load: Facts, amps: float) -> None:
        """Take amps for a load: all from the wires, from other budgets at most what the load could still take there."""
        phases = bits(load["phases"])
        self._wire = self._wire.less(phases, amps)
        self._solar = self._solar.less(phases, min(amps, self._solar.alone(phases)))
        self._excess = self._excess.less(phases, min(amps, self._excess.alone(phases)))

    def give(self, load: Facts, amps: float) -> None:
        self.got[load["id"]] += amps
        self.take(load, amps)

    def more_a(self, load: Facts) -> float:
        """Return how much a running load may still rise [A]."""
        return max(min(float(load["max_a"]) - self.got[load["id"]], self.wire_a(load), self.source_a(load)), 0.0)


def _budgets(site: Facts, readings: Facts) -> tuple[Budget, Budget, Budget]:
    phases, voltage_v, inverter = site["phases"], site["voltage_v"], site["inverter"]
    battery, count = site["battery"], len(phases)
    draw = {p: sum(seen["draw_a"].get(p, 0.0) for seen in readings["loads"].values()) for p in phases}
    rest = {p: readings["grid_a"][p] - draw[p] for p in phases}
    imports, exports = {p: max(a, 0.0) for p, a in rest.items()}, {p: max(-a, 0.0) for p, a in rest.items()}
    export_a, import_a = sum(exports.values()), sum(imports.values())
    battery_a = readings["battery"]["power_w"] / voltage_v if battery else 0.0
    charge_a, discharge_a = max(-battery_a, 0.0), max(battery_a, 0.0)
    most_discharge_a = (battery["max_discharge_w"] or 0) / voltage_v if battery else 0.0
    sensor_a = None if readings["solar_w"] is None else readings["solar_w"] / voltage_v
    limit_a = inverter["max_w"] / voltage_v if inverter["max_w"] else float("inf")
    phase_limit_a = inverter["max_w_per_phase"] / voltage_v if inverter["max_w_per_phase"] else float("inf")
    if readings["inverter_a"] and inverter["wiring"] == "parallel":
        house = {p: rest[p] + readings["inverter_a"][p] for p in phases}
    elif readings["inverter_a"]:
        house = {p: readings["inverter_a"][p] - draw[p] for p in phases}
    elif sensor_a is not None:
        house = dict.fromkeys(phases, (sensor_a + battery_a - export_a) / count)
    else:
        house = imports

    def shape(amount_a: float) -> Budget:
        if not inverter["asymmetric"]:
            return separate(dict.fromkeys(phases, min(amount_a / count, phase_limit_a)))
        return pooled(amount_a, {p: min(amount_a, max(phase_limit_a - house[p], 0.0)) for p in phases})

    free = {p: max(site["breaker_a"] - imports[p], 0.0) for p in phases}
    if battery and not site["allow_grid_charging"]:
        free = {p: min(a, exports[p]) for p, a in free.items()}
    grid = separate(free)
    if site["max_import_w"]:
        grid = grid.together(max(site["max_import_w"] / voltage_v - import_a, 0.0))
    solar_a = export_a + charge_a if sensor_a is None else sensor_a
    able = battery and readings["battery"]["soc_pct"] >= (battery["soc_min_pct"] or 0)
    spare_a = (most_discharge_a - (discharge_a if sensor_a is None else 0.0)) if able else 0.0
    wire = grid.plus(shape(solar_a + spare_a).together(limit_a))

    part_a = charge_a
    if battery and readings["battery"]["soc_pct"] > battery["soc_target_pct"]:
        now_a = export_a + charge_a + import_a if sensor_a is None else sensor_a
        part_a += min(most_discharge_a - discharge_a, max(limit_a - now_a, 0.0))
    if inverter["asymmetric"]:
        solar = shape(export_a + part_a)
    else:
        solar = separate({p: min(exports[p] + part_a / count, phase_limit_a) for p in phases})
    over_a = export_a - (site["excess_threshold_w"] or 0) / voltage_v
    return wire, solar.together(max(limit_a - sum(house.values()), 0.0)), shape(max(over_a, 0.0))


def _minimums(table: _Table, order: list[Facts]) -> list[Facts]:
    """Give minimums in order (pass 1 of `priority` and `shared`); return the loads that got one."""
    for load in order:
        if table.can_run(load):
            table.give(load, load["min_a"])
    return [load for load in order if table.got[load["id"]] > 0]


def _priority(table: _Table, order: list[Facts]) -> None:
    for load in _minimums(table, order):
        table.give(load, table.more_a(load))


def _shared(table: _Table, order: list[Facts]) -> None:
    """Raise all loads together by ever finer steps; loads that cannot take the finest step stop."""
    rising = _minimums(table, order)
    while rising:
        step_a = 16.0
        while step_a > FINEST_A:
            step_a /= 2
            before, got = table.saved(), dict(table.got)
            if not all(_rises(table, load, step_a) for load in rising):
                table.restore(before)
                table.got = got
        rising = [load for load in rising if table.more_a(load) > 3 * FINEST_A * len(rising)]


def _rises(table: _Table, load: Facts, step_a: float) -> bool:
    fits = table.more_a(load) >= step_a - DUST_A
    if fits:
        table.give(load, step_a)
    return fits


def _strict(table: _Table, order: list[Facts]) -> None:
    for load in order:
        if table.can_run(load):
            table.give(load, min(load["max_a"], table.device_max_a(load), table.wire_a(load)))


def _optimized(table: _Table, order: list[Facts]) -> None:
    """Serve loads as `strict` does, but leave the next load its minimum."""
    for load, after in zip_longest(order, order[1:]):
        if table.can_run(load):
            whole_a = min(load["max_a"], table.device_max_a(load), table.wire_a(load))
            spared = after is not None and table.can_run(after)
            table.give(load, _sparing(table, load, after, whole_a) if spared else whole_a)


def _sparing(table: _Table, load: Facts, after: Facts, whole_a: float) -> float:
    """Return the most, not below its minimum, that lets the next load still run [A]."""
    before, low_a, high_a = table.saved(), load["min_a"], whole_a
    tried_a = whole_a
    while True:
        table.take(load, tried_a)
        spares = table.can_run(after)
        table.restore(before)
        low_a, high_a = (tried_a, high_a) if spares else (low_a, tried_a)
        if high_a - low_a < FINEST_A:
            return low_a
        tried_a = (low_a + high_a) / 2


_DISTRIBUTE: Mapping[str, Callable[[_Table, list[Facts]], None]] = {
    "priority": _priority,
    "shared": _shared,
    "strict": _strict,
    "optimized": _optimized,
}


def _cut_to_groups(site: Facts, got: dict[str, float], order: list[Facts]) -> None:
    """Cut the shares to the groups' limits, in order of service; what is cut is not given to others."""
    for group in site["groups"]:
        left = dict.fromkeys("ABC", float(group["limit_a"]))
        for load in order:
            if load["id"] in group["members"] and got[load["id"]] > 0:
                most_a = min(got[load["id"]], *(left[p] for p in load["phases"]))
                got[load["id"]] = most_a if most_a + DUST_A >= load["min_a"] else 0.0
                for p in load["phases"]:
                    left[p] -= got[load["id"]]
