"""Random sites against FORMAT taken literally: the same amps wherever FORMAT keeps to its own physics.

Each difference that is wanted has a name and a reason here, and a test in `test_format_differences` that shows it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import assume, given, settings

from simhouse.scenarios.engine import Engine
from simhouse.scenarios.run import Cycle

from .format_engine import FormatEngine
from .format_sites import VOLTAGE_V, Scenario, scenarios, settled

ROUNDING_A = 0.15
SAME_SITES = settings(max_examples=min(settings().max_examples, 70), derandomize=True)
"""Every run has the same sites: another party's rule has corner cases, and a build is no place to find one."""
FULL_A = 0.3
"""A breaker or a contract with less than this left is what limits a load."""


def has(scenario: Scenario, *modes: str) -> bool:
    return any(load["mode"] in modes for load in scenario["loads"])


def import_a(cycle: Cycle) -> float:
    return sum(max(flow_a, 0.0) for flow_a in cycle.grid_a.values())


def battery_gives_w(cycle: Cycle) -> float:
    return max(float((cycle.readings["battery"] or {}).get("power_w", 0.0)), 0.0)


def without_grid_charging(scenario: Scenario) -> bool:
    """FORMAT adds the export to the grid's part and to the inverter's: it is there twice."""
    return bool(scenario["site"]["battery"]) and not scenario["site"]["allow_grid_charging"]


def runs_on_a_battery_that_does_not_lend(scenario: Scenario, *ends: Cycle) -> bool:
    """FORMAT takes what the battery discharges into loads for export, and lets more loads run on it."""
    battery = scenario["site"]["battery"]
    if not battery or not any(battery_gives_w(end) > 1 for end in ends):
        return False
    lends = battery["soc_pct"] > battery["soc_target_pct"]
    return has(scenario, "excess") or (not lends and has(scenario, "solar_priority", "solar_only"))


def has_own_power(scenario: Scenario) -> bool:
    return bool(scenario["physical"]["solar_w"] > 0 or scenario["site"]["battery"])


def meets_a_limit_with_own_power(scenario: Scenario, theirs: FormatEngine, *ends: Cycle) -> bool:
    """FORMAT adds what an inverter could give to what is left of breaker and contract; we go by what flows there.

    So either may be held back where the other is not: by a limit that is really met, or by FORMAT's idea of it.
    """
    if not has_own_power(scenario):
        return False
    for load in scenario["loads"]:
        left_a, got_a = theirs.wire_left_a[load["id"]], ends[0].allocated_a[load["id"]]
        least_a = FULL_A if got_a > 0 else load["min_a"]
        if load["status"] == "active" and left_a < least_a and got_a < load["max_a"]:
            return True
    return any(is_full(scenario, end.grid_a) for end in ends)


def is_full(scenario: Scenario, grid_a: Mapping[str, float]) -> bool:
    site = scenario["site"]
    contract_a = float("inf") if site["max_import_w"] is None else site["max_import_w"] / VOLTAGE_V
    imported_a = sum(max(flow_a, 0.0) for flow_a in grid_a.values())
    return max(grid_a.values()) > site["breaker_a"] - FULL_A or imported_a > contract_a - FULL_A


def spares_an_excess(scenario: Scenario) -> bool:
    """`optimized`: we spare an excess load its minimum, FORMAT the last drop that keeps it open."""
    return scenario["site"]["distribution"] == "optimized" and has(scenario, "excess")


def has_sensors_that_do_not_see_its_battery(scenario: Scenario) -> bool:
    """In parallel the inverter's sensors measure the sun alone: the battery is then a part of the house, or less than
    one.

    With that each sum of loads is its own limit, and where it ends depends on how it came there.
    """
    inverter = scenario["site"]["inverter"]
    return bool(scenario["site"]["battery"] and inverter["output_sensors"] and inverter["wiring"] == "parallel")


def is_exactly_at_its_minimum(scenario: Scenario) -> bool:
    """FORMAT's section 4 has a battery give at its minimum, and its section 2 only above it."""
    battery = scenario["site"]["battery"]
    return bool(battery) and battery["soc_pct"] == battery["soc_min_pct"]


def breaks_its_own_physics(scenario: Scenario, cycles: Sequence[Cycle]) -> bool:
    """A breaker or the contract is left over its limit, a solar load runs on import, or it never comes to rest."""
    site, end = scenario["site"], cycles[-1]
    return (
        max(end.grid_a.values()) > site["breaker_a"] + ROUNDING_A
        or (site["max_import_w"] is not None and import_a(end) * VOLTAGE_V > site["max_import_w"] + 60)
        or (runs(scenario, end, "solar_only") and sum(end.grid_a.values()) > 1)
        or not at_rest(cycles)
    )


def is_full_with(scenario: Scenario, theirs: FormatEngine, end: Cycle, load: Scenario) -> bool:
    """Whether what FORMAT says that an absent load could have meets a limit, where own power makes a difference."""
    could_a = end.available_a[load["id"]]
    flow_a = end.grid_a | {p: end.grid_a[p] + could_a for p in load["phases"] if p in end.grid_a}
    wires_bind = theirs.wire_left_a[load["id"]] < max(could_a + FULL_A, load["min_a"])
    return has_own_power(scenario) and (wires_bind or is_full(scenario, flow_a))


def runs(scenario: Scenario, end: Cycle, mode: str) -> bool:
    return any(load["mode"] == mode and end.allocated_a[load["id"]] > 0 for load in scenario["loads"])


def at_rest(cycles: Sequence[Cycle]) -> bool:
    columns = zip(*(cycle.command_a.values() for cycle in cycles), strict=True)
    return all(max(column) - min(column) <= 0.5 for column in columns)


@SAME_SITES
@given(scenarios())
def test_where_format_keeps_to_its_own_physics_ours_gives_the_same_amps(scenario: Scenario) -> None:
    assume(not without_grid_charging(scenario) and not spares_an_excess(scenario))
    assume(not has_sensors_that_do_not_see_its_battery(scenario))
    engine = FormatEngine(scenario)
    theirs = settled(scenario, engine)
    assume(not breaks_its_own_physics(scenario, theirs))
    ours = settled(scenario, Engine(scenario))
    assume(not runs_on_a_battery_that_does_not_lend(scenario, theirs[-1], ours[-1]))
    assume(not meets_a_limit_with_own_power(scenario, engine, theirs[-1], ours[-1]))
    for load in scenario["loads"]:
        name = load["id"]
        assert abs(ours[-1].allocated_a[name] - theirs[-1].allocated_a[name]) <= ROUNDING_A, name
        if load["status"] == "active" or not is_full_with(scenario, engine, theirs[-1], load):
            assert abs(ours[-1].available_a[name] - theirs[-1].available_a[name]) <= ROUNDING_A, name


@SAME_SITES
@given(scenarios())
def test_no_load_takes_a_breaker_or_the_contract_over_its_limit(scenario: Scenario) -> None:
    """What the house takes by itself is not ours to cut: the law is for phases on which a load runs."""
    assume(not is_exactly_at_its_minimum(scenario))
    site = scenario["site"]
    for cycle in settled(scenario, Engine(scenario)):
        drawn_a = dict.fromkeys(site["phases"], 0.0)
        for seen in cycle.readings["loads"].values():
            for phase, amps in seen["draw_a"].items():
                drawn_a[phase] = drawn_a.get(phase, 0.0) + amps
        for phase in site["phases"]:
            if drawn_a[phase] > 0:
                assert cycle.grid_a[phase] <= site["breaker_a"] + ROUNDING_A
        if site["max_import_w"] is not None and any(drawn_a.values()):
            assert VOLTAGE_V * import_a(cycle) <= site["max_import_w"] + VOLTAGE_V * 3 * ROUNDING_A


def lent_a(scenario: Scenario, end: Cycle) -> float:
    """What a battery above its target may add to the sun, as far as its inverter carries both [A]."""
    site, battery = scenario["site"], scenario["site"]["battery"]
    if not battery or battery["soc_pct"] <= battery["soc_target_pct"]:
        return 0.0
    most_a = (site["inverter"]["max_w"] or float("inf")) / VOLTAGE_V
    free_a = max(most_a - scenario["physical"]["solar_w"] / VOLTAGE_V, 0.0)
    if site["solar_sensor"]:
        # FORMAT bounds only the discharge that is still unused by what the sun leaves of the inverter.
        free_a += battery_gives_w(end) / VOLTAGE_V
    else:
        # A house behind the sun is not seen: the inverter is taken to serve what it exports and the loads alone.
        free_a += house_a(scenario)
    return float(min(battery["max_discharge_w"] / VOLTAGE_V, free_a))


def house_a(scenario: Scenario) -> float:
    return float(sum(scenario["physical"]["household_a"].values()))


def of_battery_a(scenario: Scenario, end: Cycle) -> float:
    """What the battery charges with, and may lend [A]."""
    power_w = float((end.readings["battery"] or {}).get("power_w", 0.0))
    return lent_a(scenario, end) + max(-power_w, 0.0) / VOLTAGE_V


@SAME_SITES
@given(scenarios())
def test_solar_only_loads_use_the_sun_left_by_the_house_and_lent_by_the_battery(
    scenario: Scenario,
) -> None:
    """A symmetric inverter gives each phase its even part, an asymmetric one its all to any phase.

    Two things stand between this and "never on import", both FORMAT's: a phase that imports under a symmetric
    inverter has its even part of what the battery charges and lends all the same; and an asymmetric one is held to it
    where every phase has a surplus, because while one imports and another exports it does not do what it is said to.
    """
    site, phases = scenario["site"], scenario["site"]["phases"]
    house, sun_a = scenario["physical"]["household_a"], scenario["physical"]["solar_w"] / VOLTAGE_V
    cycles = settled(scenario, Engine(scenario))
    assume(at_rest(cycles))
    end, used_a = cycles[-1], dict.fromkeys("ABC", 0.0)
    for load in scenario["loads"]:
        if load["mode"] == "solar_only":
            for phase in load["phases"]:
                used_a[phase] += end.allocated_a[load["id"]]
    own_a, dust_a = sun_a + lent_a(scenario, end), ROUNDING_A * len(scenario["loads"])
    if not site["inverter"]["asymmetric"]:
        for phase in phases:
            even_a = own_a / len(phases) - house[phase]
            if end.grid_a[phase] > 0:
                even_a = max(even_a, of_battery_a(scenario, end) / len(phases))
            assert used_a[phase] <= max(even_a, 0.0) + dust_a
    elif any(used_a.values()) and all(house[phase] <= sun_a / len(phases) for phase in phases):
        assert sum(used_a.values()) + house_a(scenario) <= own_a + len(phases) * dust_a
