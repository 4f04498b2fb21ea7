"""Separate numbers that are facts from numbers that shape behaviour and belong in tuning.py."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from .sources import FUSEBOX, TUNING, tree

OWN_FACTS = (
    # What a key of CONFIG may be, and is where it is not written: that key itself gives it another value.
    "config.load_schemas.", "config.load_type.", "config.battery_schema.", "config.sections.", "config.site_schema.",
    "config.plan_schema.", "config.load_sections.",
    # The calendar, and how a web address is written.
    "config.times.", "model.durations.", "model.web_address.",
    # Stand-ins of a proposed CONFIG, which its owner corrects before anything is steered by it.
    "detect.",
    # Presets, registers, frames, codes and states, as their vendors give them.
    "config.presets.", "devices.huawei.registers.", "devices.easee.states.",
    "devices.modbus.", "devices.quasar.registers.",
    # How sources of prices write, and when they publish.
    "model.price_sources.", "planning.price_reader.", "planning.times.",
    # Tariffs and contracts, as grid companies and the law give them.
    "control.limits.power_limits.", "model.tariff_rules.",
)  # fmt: skip
"""Files and folders whose numbers are facts."""

FACTS: Mapping[str, frozenset[float]] = {
    "balancer.commissioning": frozenset({100}),  # per cent
    "balancer.controls": frozenset({10, 100}),  # steps of a slider
    "balancer.mqtt_discovery": frozenset({0.001, 0.5, 10, 100, 200, 1000}),  # ends and steps of boxes and sliders
    "balancer.mqtt_messages": frozenset({3, 255}),  # a state of Home Assistant, and the dots of one that is cut
    "balancer.plans.battery_calls": frozenset({3}),  # decimals of a kilowatt
    "balancer.plans.plan_file": frozenset({1000}),  # more than any house takes
    "balancer.plans.reasons": frozenset({0.1, 5, 10}),  # rounding of amounts while a plan runs
    "balancer.sensor_problems": frozenset({10}),  # sentences in one attribute
    "balancer.plans.show": frozenset({180}),  # what a database takes
    "balancer.plans.course": frozenset({0.05}),  # less of an energy is none
    "balancer.plans.plan_format": frozenset({48}),  # the same; rounding of energies
    "planning.house_model": frozenset(
        {58, 59, 60, 63, 67, 73, 82, 91, 92, 95, 98, 101, 104, 108, 110, 112, 114, 129, 130, 142, 146, 149}
    ),  # a standard load profile
    "planning.prices": frozenset({1e-9}),  # floating point
    "planning.wires": frozenset({1000}),  # more than any house has
    "config.check_site": frozenset({80}),  # the largest fuse of homes
    "config.fields": frozenset({3, 100}),  # keys that an example has; more entries than any house has
    "config.read_config": frozenset({12, 4000, 5000}),  # more than any house has
    "config.load_type": frozenset({32}),  # a wallbox
    "config.wiring": frozenset({120, 160}),  # the grids of Japan and America
    "config.tree": frozenset({0.75, 3, 60, 80, 255}),  # how words are compared and a text is cut; an entity id
    "config.values": frozenset({0.25, 25, 50}),  # two examples; less than any house limits
    "model.data_quality": frozenset({2, 3}),  # places in a list of words
    # How often things are so and how exact: evidence is weighed with it, no behaviour hangs on one of them.
    "control.diagnostics.wiring_fit": frozenset({8, 15, 1000}),
    "control.commissioning.level": frozenset({1e-9}),  # floating point
    "control.commissioning.plan": frozenset({3, 3.5, 4, 300, 600}),  # what a test is agreed to do
    "control.commissioning.safety": frozenset({10}),  # a kettle
    "control.commissioning.report": frozenset({2, 5}),  # whole amps to which devices round
    "control.diagnostics.wiring_evidence": frozenset(
        {0.001, 0.1, 0.2, 0.25, 0.4, 0.5, 0.6, 0.8, 0.9, 4.6, 6.9, 80, 100}
    ),
    "control.limits.fuse_budget": frozenset({100, 124.5}),  # per cent; the filter of a Linky meter
    "control.limits.tariff_limit": frozenset({0.001}),  # next to nothing
    "control.site_reason": frozenset({2, 10}),  # how many meters a sentence names; rounding
    "control.modes": frozenset({3}),  # ranks of modes
    "devices.appliances.power": frozenset({255}),  # a light that is fully on, in Home Assistant
    "devices.appliances.tank": frozenset({20, 110}),  # no tank
    "devices.appliances.thermostats": frozenset({0.5, 8, 128, 256}),  # a usual step; bits of `supported_features`
    "control.demand.phase_rules": frozenset({2}),  # up, and down again
    "control.demand.holds_on": frozenset({10}),  # rounding of a budget
    "control.load_reason": frozenset({10}),  # the same
    "devices.easee.cloud": frozenset({2.5, 24, 300, 400, 401, 403, 404, 429, 500, 1e6}),  # HTTP; its limits; mega
    "devices.easee.driver": frozenset({2, 3}),  # phases
    "devices.easee.link": frozenset({10, 30}),  # the limit of the cloud
    "devices.huawei.link": frozenset({0.05, 0.2, 1.5, 2, 4, 6}),  # limits of an inverter; exceptions of Modbus
    "devices.ocpp.observation": frozenset({10}),  # OCPP takes tenths of an amp
    "devices.ocpp.profiles": frozenset({5, 10, 11, 300}),  # tenths; numbers of profiles; clocks; as go-e has it
    "devices.quasar.controller": frozenset({3, 5}),  # three times the same; within its time-out
    "devices.quasar.guard": frozenset({17, 0xFFFF}),  # how controllers read; a register
    "devices.quasar.registers": frozenset({60, 0xFFFF}),  # registers
    "devices.quasar.server": frozenset({16, 100}),  # more clients than any house has
    "model.electrics": frozenset({1e-6, 2, 6, 230}),  # floating point; phases; IEC 61851-1; IEC 60038
    # What CONFIG says by itself; IEC 60898-1; more inverters than any house has.
    "model.equipment": frozenset({2.5, 2.55, 3, 4, 20, 32, 80, 5000}),
    "model.heating": frozenset({1.2, 1.3, 2, 3, 4, 5, 10, 30, 90}),  # what CONFIG says by itself
    "model.load": frozenset({0.1, 60, 180, 1380, 7400}),  # what CONFIG says by itself; a Quasar
    "model.orders": frozenset({0.9, 100}),  # what CONFIG says by itself
    "model.messages.message": frozenset({0.1, 3, 6, 10, 11, 12, 13}),  # decimals; English ordinals
    "model.load_plan": frozenset({15}),  # what CONFIG says by itself
    "model.readings": frozenset({40, 100}),  # longer than any unit; per cent
    "model.records": frozenset({8}),  # how many results are remembered
    "model.vehicle": frozenset({0.9}),  # the same
    "model.numbers": frozenset({10, 15}),  # floating point
    "model.site": frozenset({0.5, 30, 60, 13000}),  # what CONFIG says by itself
    "planning.battery": frozenset({8}),  # how exactly a plan is worked out
    "planning.plan_progress": frozenset({100}),  # per cent
    "planning.least_runs": frozenset({4}),  # how fine a plan is worked out
    "planning.sheet": frozenset({4, 1e3, 1e6, 1e-9}),  # more and less than any two prices differ by; three phases
    "planning.need": frozenset({1e-6, 192}),  # floating point
    "planning.arrangement": frozenset({0.001, 3}),  # how exactly a plan is worked out
    "planning.planner": frozenset({1e-6, 0.05}),  # the same; floating point
    "planning.response": frozenset({1e-4, 0.02, 0.05, 0.1, 8, 16}),  # the same
    "planning.sun_reader": frozenset({2, 3}),  # the days that plans look at
    "planning.plan_standing": frozenset({0.02}),  # how exactly a charger counts
    "model.units": frozenset({0.001, 1000, 1e6, 1.8, 32, 273.15}),  # milli, kilo, mega; degrees Fahrenheit, kelvin
    "balancer.setup": frozenset({12}),  # digits of a check sum
    "runtime.log_throttle": frozenset({3, 200}),  # how a long failure is shown
    "runtime.tasks": frozenset({3, 12}),  # a version of Python
    "tariff.metering": frozenset({0.5}),  # what a mean and a sum are by themselves
}
"""Module -> its numbers that are facts, with the reason for each."""

OTHERS = {name: path for name, path in FUSEBOX.items() if path != TUNING}

CONVERSIONS = frozenset({60, 100, 1000, 3600})
"""Seconds, minutes and hours, per cent, kilo: where something is multiplied or divided by them."""


def short(name: str) -> str:
    """Return a module's name without the package."""
    return name.removeprefix("fusebox.")


def are_facts(name: str) -> bool:
    """Return whether all numbers of a module are facts."""
    return f"{short(name)}.".startswith(OWN_FACTS)


def passed_over(node: ast.AST) -> list[ast.expr]:
    """Return the expressions that are no shaping numbers: digits of a rounding, and an index of a sequence."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "round":
        return node.args[1:]
    return [node.slice] if isinstance(node, ast.Subscript) and not isinstance(node.slice, ast.Slice) else []


def numbers_in(node: ast.AST, parent: ast.AST) -> Iterator[float]:
    """Yield the numbers written in a node, without 0, 1, a plain 2, and unit conversion factors."""
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        has_name = isinstance(parent, ast.Assign | ast.AnnAssign | ast.Tuple)
        converts = isinstance(parent, ast.BinOp) and isinstance(parent.op, ast.Mult | ast.Div | ast.FloorDiv | ast.Mod)
        is_plain = node.value in (0, 1) or (node.value == 2 and not has_name)
        if not is_plain and not (converts and node.value in CONVERSIONS):
            yield node.value
    skipped = passed_over(node)
    for child in ast.iter_child_nodes(node):
        if child not in skipped:
            yield from numbers_in(child, node)


def outside_tuning() -> list[str]:
    """Return the numbers that shape behaviour and are not in tuning.py."""
    return [
        f"{short(name)}: {number:g}"
        for name, path in OTHERS.items()
        if not are_facts(name)
        for number in set(numbers_in(tree(path), ast.Module())) - FACTS.get(short(name), frozenset())
    ]
