"""Check the form of a scenario file: every mistake in words, before anything runs."""

import math
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

Check = Callable[[Any], bool]
Rule = tuple[Check, str]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _one_of(*words: str) -> Rule:
    return (lambda value: isinstance(value, str) and value in words), f"one of {', '.join(words)}"


def _or_null(rule: Rule) -> Rule:
    check, what = rule
    return (lambda value: value is None or check(value)), f"{what}, or null"


NUMBER: Rule = (_is_number, "a number")
NOT_NEGATIVE: Rule = (lambda value: _is_number(value) and value >= 0, "a number, not below 0")
POSITIVE: Rule = (lambda value: _is_number(value) and value > 0, "a number above 0")
COUNT: Rule = (lambda value: isinstance(value, int) and not isinstance(value, bool) and value > 0, "a whole number > 0")
NUMBERS: Rule = (lambda value: isinstance(value, list) and all(map(_is_number, value)), "a list of numbers")
WORD: Rule = (lambda value: isinstance(value, str) and bool(value), "a text")
WORDS: Rule = (lambda value: isinstance(value, list) and all(isinstance(v, str) for v in value), "a list of texts")
PERCENT: Rule = (lambda value: _is_number(value) and 0 <= value <= 100, "a number from 0 to 100")
FLAG: Rule = (lambda value: isinstance(value, bool), "true or false")
OBJECT: Rule = (lambda value: isinstance(value, dict), "an object")
OBJECTS: Rule = (lambda value: isinstance(value, list) and all(isinstance(v, dict) for v in value), "a list of objects")
PHASES: Rule = (
    lambda value: isinstance(value, list) and 0 < len(value) == len({p for p in "ABC" if p in value}),
    "a list of A, B, C, each at most once",
)

SIMULATION = {
    "cycles": COUNT,
    "cycle_s": POSITIVE,
    "ramp_in": NUMBERS,
    "check_last_cycles": COUNT,
    "max_command_spread_a": NOT_NEGATIVE,
    "tolerance_a": NOT_NEGATIVE,
    "setpoint_up_a_per_cycle": POSITIVE,
    "setpoint_down_a_per_cycle": POSITIVE,
    "battery_full_pct": PERCENT,
}
SCENARIO = {
    "id": WORD,
    "expectation": _one_of("exact", "at_least_total", "unscored"),
    "site": OBJECT,
    "physical": OBJECT,
    "loads": OBJECTS,
    "expected": OBJECT,
}
SITE = {
    "phases": PHASES,
    "voltage_v": POSITIVE,
    "breaker_a": POSITIVE,
    "max_import_w": _or_null(NOT_NEGATIVE),
    "distribution": _one_of("priority", "shared", "strict", "optimized"),
    "allow_grid_charging": FLAG,
    "excess_threshold_w": _or_null(NOT_NEGATIVE),
    "inverter": OBJECT,
    "solar_sensor": FLAG,
    "battery": _or_null(OBJECT),
    "groups": OBJECTS,
}
INVERTER = {
    "max_w": _or_null(NOT_NEGATIVE),
    "max_w_per_phase": _or_null(NOT_NEGATIVE),
    "asymmetric": FLAG,
    "wiring": _one_of("parallel", "series"),
    "output_sensors": FLAG,
}
BATTERY = {
    "soc_pct": PERCENT,
    "soc_min_pct": _or_null(PERCENT),
    "soc_target_pct": PERCENT,
    "max_charge_w": _or_null(NOT_NEGATIVE),
    "max_discharge_w": _or_null(NOT_NEGATIVE),
}
GROUP = {"id": WORD, "limit_a": POSITIVE, "members": WORDS}
LOAD = {
    "id": WORD,
    "kind": _one_of("evse", "plug"),
    "mode": _one_of("standard", "solar_priority", "solar_only", "excess"),
    "priority": NUMBER,
    "min_a": NOT_NEGATIVE,
    "max_a": NOT_NEGATIVE,
    "phases": PHASES,
    "status": _one_of("active", "unplugged", "finished"),
}
EXPECTED = {"allocated_a": NUMBER, "available_a": NUMBER}
"""`available_a` is optional."""


def mistakes_in_simulation(simulation: Any) -> list[str]:
    """Return what is wrong with the numbers of the simulation."""
    return list(_missing_keys("simulation.", simulation, SIMULATION))


def mistakes_in_scenario(scenario: Any) -> list[str]:
    """Return what is wrong with one scenario, each with its path."""
    found = list(_missing_keys("", scenario, SCENARIO))
    if found:
        return found
    site, physical, loads = scenario["site"], scenario["physical"], scenario["loads"]
    found += _missing_keys("site.", site, SITE)
    for place, load in enumerate(loads):
        household = {"household": _or_null(WORD)} if "household" in load else {}
        found += list(_missing_keys(f"loads[{place}].", load, LOAD | household)) or _current_mistakes(place, load)
    if found:
        return found
    found += _missing_keys("site.inverter.", site["inverter"], INVERTER)
    if site["battery"] is not None:
        found += _missing_keys("site.battery.", site["battery"], BATTERY)
    for place, group in enumerate(site["groups"]):
        found += _missing_keys(f"site.groups[{place}].", group, GROUP)
    found += _missing_keys("physical.", physical, {"household_a": OBJECT, "solar_w": NOT_NEGATIVE})
    if found:
        return found
    found += _missing_keys("physical.household_a.", physical["household_a"], dict.fromkeys(site["phases"], NUMBER))
    return found + list(_naming_mistakes(scenario, [load["id"] for load in loads]))


def _missing_keys(path: str, found: Any, rules: Mapping[str, Rule]) -> Iterator[str]:
    if not isinstance(found, dict):
        yield f"{path.rstrip('.') or 'the scenario'} is not an object"
        return
    for key, (check, what) in rules.items():
        if key not in found:
            yield f"{path}{key} is missing"
        elif not check(found[key]):
            yield f"{path}{key} is {found[key]!r}, expected {what}"


def _current_mistakes(place: int, load: Mapping[str, Any]) -> Iterator[str]:
    """Yield a message if `min_a` does not suit `max_a`: the same for a plug, at most that for a charger."""
    lowest, highest, plug = load["min_a"], load["max_a"], load["kind"] == "plug"
    if lowest > highest or (plug and lowest < highest):
        yield f"loads[{place}].min_a is {lowest}, expected {'' if plug else 'at most '}max_a ({highest})"


def _naming_mistakes(scenario: Mapping[str, Any], names: list[str]) -> Iterator[str]:
    """Yield duplicate or missing names, and groups that do not form a tree."""
    if len(set(names)) < len(names):
        yield "two loads have the same id"
    for load, expected in scenario["expected"].items():
        if load not in names:
            yield f"expected.{load}: there is no such load"
        given = expected if isinstance(expected, dict) else {}
        rules = {key: rule for key, rule in EXPECTED.items() if key == "allocated_a" or key in given}
        yield from _missing_keys(f"expected.{load}.", expected, rules)
        for key in [key for key in given if key not in EXPECTED]:
            near = get_close_matches(key, EXPECTED, 1) or EXPECTED
            yield f"expected.{load}.{key} is not a key, expected {' or '.join(near)}"
    members = {group["id"]: set(group["members"]) for group in scenario["site"]["groups"]}
    if len(members) < len(scenario["site"]["groups"]):
        yield "two groups have the same id"
    for group, mine in members.items():
        for load in sorted(mine - set(names)):
            yield f"group {group}: there is no load {load}"
        for other, theirs in members.items():
            if group < other and mine & theirs and not (mine <= theirs or theirs <= mine):
                yield f"groups {group} and {other} overlap and neither is inside the other"
