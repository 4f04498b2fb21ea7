"""Structure: allowed imports, sizes and names. Read from the sources; nothing runs."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from .cases import for_each
from .shape.folders import CONTROL, FOLDERS, folder_of, layers
from .shape.sources import FUSEBOX, PACKAGE, SCRIPTS, SIMHOUSE, inside, nodes, outside, tree

PURE = (
    "control.", "model.", "planning.", "radiators.group.", "radiators.power_saving", "radiators.run",
    "radiators.turns", "tariff.ledger", "tariff.metering", "tuning",
)  # fmt: skip
"""Pure functions of their inputs: the site, a snapshot with its time, and a memory."""

EDGES = frozenset(
    {"model.data_files", "model.local_day", "model.messages.message", "model.readings", "model.web_address"}
)
"""What of the model touches states, zones, addresses and the file of sentences as they come."""

LINKS = ("links", "easee.cloud", "easee.endpoints", "easee.link", "huawei", "quasar")
"""What of the devices has connections of its own; all else there reads states and makes calls of them."""

PLAIN = frozenset({
    "__future__", "bisect", "collections", "dataclasses", "datetime", "enum", "functools", "heapq", "itertools", "math",
    "operator", "re", "types", "typing", "unicodedata",
})  # fmt: skip
"""All of the standard library that thinking needs."""

INTERPRETED = {
    "balance_site.py": {"fusebox_ha", "fusebox_native"},
    "guard_quasar.py": {"fusebox_ha", "fusebox_native"},
    "estimate_power_saving.py": {"fusebox_ha", "fusebox_native"},
    "publish_mqtt.py": {"fusebox_ha", "fusebox_native"},
    "rotate_radiators.py": {"fusebox_ha", "fusebox_native"},
    "track_peak.py": {"fusebox_ha", "fusebox_native"},
    "modules/fusebox_ha.py": {"fusebox_native", "time"},
    "modules/fusebox_native.py": set(),
}
"""The files that pyscript interprets, and everything that they may import while it does."""


def is_pure(name: str) -> bool:
    short = name.removeprefix("fusebox.")
    return f"{short}.".startswith(PURE) and short not in EDGES


def test_every_folder_is_in_the_table_of_allowed_imports():
    assert {folder_of(name) for name in FUSEBOX} - {""} == set(FOLDERS)
    inside_control = {name.split(".")[2] for name in FUSEBOX if name.count(".") > 2 and folder_of(name) == "control"}
    assert inside_control == set(CONTROL)


@pytest.mark.parametrize("table", [FOLDERS, CONTROL], ids=["folders", "control"])
def test_the_allowed_imports_have_no_cycle(table):
    assert layers({folder: set(others) for folder, others in table.items()})


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_imports_only_those_below_it(folder):
    files = [name for name in FUSEBOX if folder_of(name) == folder]
    assert files
    seen = {folder_of(other) for name in files for other in inside(name)} - {folder}
    assert seen <= set(FOLDERS[folder])


@pytest.mark.parametrize("folder", CONTROL)
def test_a_stage_of_a_decision_imports_only_those_before_it(folder):
    files = [name for name in FUSEBOX if name.startswith(f"fusebox.control.{folder}.")]
    others = {other.split(".")[2] for name in files for other in inside(name) if other.startswith("fusebox.control.")}
    assert others & set(CONTROL) - {folder} <= set(CONTROL[folder])


def test_no_file_of_the_package_imports_itself_in_a_circle():
    try:
        TopologicalSorter({name: inside(name) for name in FUSEBOX}).prepare()
    except CycleError as error:
        pytest.fail(f"a circle of imports: {' -> '.join(error.args[1])}")


@for_each("name", sorted(filter(is_pure, FUSEBOX)))
def test_thinking_imports_only_thinking_and_plain_values(name):
    assert {other for other in inside(name) if not is_pure(other) and folder_of(other) != "model"} == set()
    assert outside(name) - PLAIN == set()


@for_each("name", sorted(filter(is_pure, FUSEBOX)))
def test_thinking_has_no_clock_and_reads_and_prints_nothing(name):
    names = {node.id for node in nodes(FUSEBOX[name]) if isinstance(node, ast.Name)}
    makes_constructors = {"exec"} if name == "fusebox.model.records" else set()
    assert names & {"open", "print", "input", "eval", "exec", "__import__", "STORE"} == makes_constructors
    attributes = {node.attr for node in nodes(FUSEBOX[name]) if isinstance(node, ast.Attribute)}
    assert attributes & {"now", "today", "utcnow"} == set()


def test_drivers_know_values_and_readings_and_nothing_that_decides():
    drivers = [name for name in FUSEBOX if name.startswith("fusebox.devices.")]
    drivers = [name for name in drivers if not name.removeprefix("fusebox.devices.").startswith(LINKS)]
    assert len(drivers) > 20
    for name in drivers:
        assert {folder_of(other) for other in inside(name)} <= {"devices", "model", "config", "tuning"}, name


def without_docstring(body: list[ast.stmt], within: str) -> Iterator[str]:
    """The public functions, classes and methods that say nothing of themselves."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            if ast.get_docstring(node) is None:
                yield f"{within}.{node.name}"
            if isinstance(node, ast.ClassDef):
                yield from without_docstring(node.body, f"{within}.{node.name}")


@pytest.mark.parametrize("folder", [PACKAGE, SIMHOUSE], ids=["fusebox", "simhouse"])
def test_every_file_says_what_it_is(folder):
    files = list(folder.rglob("*.py"))
    assert files
    assert [str(path) for path in files if not ast.get_docstring(tree(path))] == []


def test_everything_public_in_the_package_says_what_it_is():
    assert [silent for name, path in FUSEBOX.items() for silent in without_docstring(tree(path).body, name)] == []


def types_of(path: Path) -> Iterator[str]:
    """The names of a file's classes, type aliases and type variables."""
    yield from (node.name for node in nodes(path) if isinstance(node, ast.ClassDef))
    for node in tree(path).body:
        target = node.targets[0] if isinstance(node, ast.Assign) else None
        if isinstance(target, ast.Name) and not target.id.isupper() and target.id[0].isupper() and len(target.id) > 1:
            yield target.id


def test_no_two_types_of_the_package_have_one_name():
    places: dict[str, list[str]] = {}
    for name, path in FUSEBOX.items():
        for each in types_of(path):
            places.setdefault(each, []).append(name)
    assert {each: files for each, files in places.items() if len(files) > 1} == {}, "rename the less central type"


@pytest.mark.parametrize("file", INTERPRETED)
def test_an_interpreted_file_imports_only_what_it_may(file):
    imports = [
        node
        for statement in tree(SCRIPTS / file).body
        for node in ast.walk(statement)
        if isinstance(node, ast.Import | ast.ImportFrom) and not _is_compiled(statement)
    ]
    names = {
        name
        for node in imports
        for name in ([a.name for a in node.names] if isinstance(node, ast.Import) else [str(node.module)])
    }
    assert names <= INTERPRETED[file]


def _is_compiled(statement: ast.stmt) -> bool:
    """Whether pyscript hands a function to CPython: then it may import what it likes."""
    return isinstance(statement, ast.FunctionDef) and any(
        isinstance(each, ast.Name) and each.id in ("pyscript_executor", "pyscript_compile")
        for each in statement.decorator_list
    )


def test_every_interpreted_file_is_known_here():
    shipped = {str(path.relative_to(SCRIPTS)) for path in SCRIPTS.glob("*.py")}
    shipped |= {str(path.relative_to(SCRIPTS)) for path in (SCRIPTS / "modules").glob("*.py")}
    assert shipped - {"modules/site_config.py"} == set(INTERPRETED)


def test_nothing_that_is_shipped_imports_simhouse_or_home_assistant():
    for path in SCRIPTS.rglob("*.py"):
        for node in nodes(path):
            if isinstance(node, ast.Import | ast.ImportFrom):
                modules = [a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""]
                assert not any(m.partition(".")[0] in ("simhouse", "homeassistant", "tests") for m in modules), path


def store_keys(path: Path) -> set[str]:
    """The keys that a file gives to STORE, as an index or to a method."""
    found = set()
    for node in nodes(path):
        if isinstance(node, ast.Subscript) and _is_store(node.value) and isinstance(node.slice, ast.Constant):
            found.add(str(node.slice.value))
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and _is_store(node.func.value)
            and node.args
            and isinstance(node.args[0], ast.Constant)
        ):
            found.add(str(node.args[0].value))
    return found


def _is_store(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "STORE"


def test_a_key_of_the_store_is_known_to_two_files_at_most():
    users: dict[str, set[str]] = {}
    for name, path in FUSEBOX.items():
        for key in store_keys(path):
            users.setdefault(key, set()).add(name.removeprefix("fusebox."))
    assert {"loaded_stamp", "since"} <= users.keys()
    assert {key: files for key, files in users.items() if len(files) > 2} == {}
