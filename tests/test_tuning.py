"""Every number that shapes behaviour stands in tuning.py, says what it is, and is read when it is used."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

import pytest

from fusebox import tuning

from .test_structure import FUSEBOX, tree

TUNING = FUSEBOX["fusebox.tuning"]
OTHERS = {name: path for name, path in FUSEBOX.items() if path != TUNING}


@pytest.fixture(autouse=True)
def as_shipped() -> Iterator[None]:
    yield
    tuning.override({})


def numbers() -> dict[str, str]:
    """Each number of tuning.py -> what is said under it."""
    body = tree(TUNING).body
    found = {}
    for node, after in zip(body, [*body[1:], None], strict=True):
        if isinstance(node, ast.Assign):
            (target,) = node.targets
            assert isinstance(target, ast.Name), ast.unparse(node)
            said = after.value if isinstance(after, ast.Expr) else None
            found[target.id] = str(said.value) if isinstance(said, ast.Constant) else ""
    return found


def test_every_number_says_what_it_is():
    assert len(numbers()) > 5
    assert [name for name, said in numbers().items() if len(said) < 10] == []


def test_every_number_is_used():
    used = {
        node.attr
        for path in FUSEBOX.values()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "tuning"
    }
    assert set(numbers()) - used == set()


def when_made(node: ast.AST) -> Iterator[ast.AST]:
    """All that runs while a file is imported: not the bodies of functions, but their defaults and decorators."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        defaults = [*node.args.defaults, *(each for each in node.args.kw_defaults if each is not None)]
        parts = [*defaults, *getattr(node, "decorator_list", ())]
    else:
        yield node
        parts = list(ast.iter_child_nodes(node))
    for part in parts:
        yield from when_made(part)


@pytest.mark.parametrize("name", OTHERS)
def test_a_number_is_read_when_it_is_used(name):
    imported = [
        node
        for node in ast.walk(tree(OTHERS[name]))
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[-1] == "tuning"
    ]
    assert imported == [], "write `from ... import tuning` and read tuning.NAME"
    read = [node for node in when_made(tree(OTHERS[name])) if isinstance(node, ast.Attribute)]
    kept = [node.attr for node in read if isinstance(node.value, ast.Name) and node.value.id == "tuning"]
    kept = [attr for attr in kept if not attr.startswith("CONFIG_")]
    assert kept == [], "read while the file is imported, before a CONFIG can give another value"


def test_an_override_holds_until_the_next():
    tuning.override({"raise_step_a": 6.0})
    assert (tuning.RAISE_STEP_A, tuning.overridden()) == (6.0, "raise_step_a 6 instead of 4")
    tuning.override({"raise_every_s": 10.0})
    assert (tuning.RAISE_STEP_A, tuning.RAISE_EVERY_S) == (4.0, 10.0)
    tuning.override({})
    assert tuning.overridden() == ""
    assert {name: getattr(tuning, name.upper()) for name in tuning.SHIPPED} == tuning.SHIPPED


def test_a_number_that_is_given_as_shipped_is_no_difference():
    assert tuning.differences({"raise_step_a": 4}) == ""


def test_how_config_is_read_is_not_given_by_it():
    assert [name for name in tuning.SHIPPED if name.startswith("config_")] == []


OWN_FACTS = (
    # What a key of CONFIG may be, and is where it is not written: that key itself gives it another value.
    "config.load_schemas.", "config.sections.", "config.site_schema.", "config.guard_schema.",
    # The calendar, and how a web address is written.
    "config.calendar.", "model.durations.", "model.web_address.",
    # Presets, registers, frames, codes and states, as their vendors give them.
    "config.presets.", "devices.huawei.registers.", "devices.huawei.readings.", "devices.easee.names.",
    "devices.easee.states.", "devices.quasar.frames.", "devices.quasar.registers.", "devices.ocpp.vendors.",
)  # fmt: skip
"""Files and folders whose numbers are facts."""

FACTS: Mapping[str, frozenset[float]] = {
    "balancer.observe": frozenset({100}),  # per cent
    "config.build": frozenset({6, 230}),  # the site of a CONFIG that has none
    "config.fields": frozenset({3}),  # keys that an example has
    "config.tree": frozenset({3, 255}),  # dots that say that something is left out; an entity id of Home Assistant
    "config.tuning_schema": frozenset({100}),  # per cent
    "control.data_quality": frozenset({2, 3}),  # places in a list of words
    "control.limits.fuse_budget": frozenset({100}),  # per cent
    "control.modes.excess": frozenset({3}),  # ranks of modes
    "detect.dump": frozenset({0.001, 1e3, 1e6}),  # milli, kilo, mega
    "detect.found": frozenset({3}),  # how a CONFIG is laid out
    "devices.appliances.tank": frozenset({1.8, 32, 273.15}),  # degrees Fahrenheit, and Kelvin
    "devices.appliances.thermostats": frozenset({8}),  # bits of `supported_features` in Home Assistant
    "devices.easee.cloud": frozenset({300, 400, 401, 403, 404, 429, 500, 1e6}),  # HTTP; mega
    "detect.loads": frozenset({2}),  # the second of a name
    "devices.easee.driver": frozenset({2, 3}),  # phases
    "devices.easee.link": frozenset({3}),  # phases
    "devices.huawei.link": frozenset({2, 4, 6}),  # exceptions of Modbus
    "devices.ocpp.offer": frozenset({10}),  # OCPP takes tenths of an amp
    "devices.ocpp.profiles": frozenset({3, 10, 11}),  # the stack level of CONFIG; tenths; numbers of profiles
    "devices.ocpp.strategy": frozenset({3}),  # what CONFIG says by itself
    "devices.quasar.controller": frozenset({3, 230}),  # three times the same; what CONFIG says by itself
    "devices.quasar.guard": frozenset({17, 0xFFFF}),  # how controllers read; a register
    "devices.quasar.limiter": frozenset({230, 0xFFFF}),  # what CONFIG says by itself; a register
    "devices.quasar.limits": frozenset({10, 15, 180}),  # what CONFIG says by itself
    "devices.quasar.upstream": frozenset({0xFFFF}),  # a register
    "model.electrics": frozenset({2}),  # phases
    "model.equipment": frozenset({2.5, 3, 4, 20, 80, 5000}),  # what CONFIG says by itself
    "model.load": frozenset({0.1, 6, 60, 180, 1380}),  # what CONFIG says by itself; a Quasar's least
    "model.readings": frozenset({0.001, 1e3, 1e6}),  # milli, kilo, mega
    "model.site": frozenset({0.5, 30, 60, 13000}),  # what CONFIG says by itself
    "radiators.observe": frozenset({128, 256}),  # bits of `supported_features` in Home Assistant
    "radiators.power_saving": frozenset({1.2, 1.3, 3, 90}),  # what CONFIG says by itself
    "runtime.log_throttle": frozenset({3}),  # dots that say that something is left out
    "runtime.tasks": frozenset({3, 12}),  # a version of Python
    "tariff.persistence": frozenset({3}),  # how many parts what was kept has
    "tariff.rules": frozenset({3}),  # peaks that a kind of tariff averages
}
"""Module -> numbers in it that are facts, each for the reason beside it."""

CONVERSIONS = frozenset({60, 100, 1000, 3600})
"""Seconds, minutes and hours, per cent, kilo: where something is multiplied or divided by them."""


def short(name: str) -> str:
    return name.removeprefix("fusebox.")


def are_facts(name: str) -> bool:
    return f"{short(name)}.".startswith(OWN_FACTS)


def passed_over(node: ast.AST) -> list[ast.expr]:
    """To how many digits something is rounded, and a place in a sequence."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "round":
        return node.args[1:]
    return [node.slice] if isinstance(node, ast.Subscript) and not isinstance(node.slice, ast.Slice) else []


def numbers_in(node: ast.AST, parent: ast.AST) -> Iterator[float]:
    """The numbers that are written somewhere: not nothing, the whole, a double or half, or the factor of a unit."""
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


@pytest.mark.parametrize("name", [name for name in OTHERS if not are_facts(name)])
def test_a_number_that_shapes_behaviour_is_nowhere_else(name):
    found = set(numbers_in(tree(OTHERS[name]), ast.Module()))
    assert found - FACTS.get(short(name), frozenset()) == set(), "it belongs into tuning.py"


@pytest.mark.parametrize("name", FACTS)
def test_a_fact_that_is_excused_is_there(name):
    assert set(numbers_in(tree(FUSEBOX[f"fusebox.{name}"]), ast.Module())) >= FACTS[name]


def test_every_file_of_facts_is_there():
    assert [facts for facts in OWN_FACTS if not any(f"{short(name)}.".startswith(facts) for name in OTHERS)] == []
