"""Whatever is changed in the complete CONFIG, reading it ends as a site or as errors, and no secret is shown."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fusebox.config.config import NO_CONFIG
from fusebox.config.read_config import read_config
from fusebox.model.site import Site

from ..laws.drawn import texts
from .full import SECRETS, full, off_grid

SECRET = "s3cr3t.value_nobody_sees"
PLAUSIBLE = [
    0, 1, 6, 16, 25, 7400, -1, 0.5, 1e9, float("nan"), True, False, None, "", "L1", "main", "garage", "huawei",
    "sensor.x", "input_number.limit", "input_select.mode", "switch.pool", "number.x", "solar_only", "Solar Priority",
    "Sequential - Strict", "!secret fuzz", "!secret number", "!secret missing", "!secret", "cron(* * * * *)", "0.0.0.0",
    [], {}, ["L1"], ["L2", "L2"], [1, 0], {"L1": "sensor.x"}, {"entity": "sensor.x"}, {"type": "plug"},
]  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts(20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts(12), inner, max_size=4),
    max_leaves=12,
)
VALUES = st.sampled_from(PLAUSIBLE) | JSON


def places(node: object, found: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """(container, key) of everything in a config."""
    pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in list(pairs):
        found.append((node, key))
        places(child, found)
    return found


@st.composite
def mutated(draw: st.DrawFn) -> Any:
    config = draw(st.sampled_from([full, full, off_grid]))()
    for _ in range(draw(st.integers(1, 4))):
        holder, key = draw(st.sampled_from(places(config, [])))
        change = draw(st.sampled_from(["replace", "replace", "delete", "add", "copy"]))
        if change == "replace":
            holder[key] = copy.deepcopy(draw(VALUES))
        elif change == "delete":
            del holder[key]
        elif change == "copy":
            holder[key] = copy.deepcopy(draw(st.sampled_from([node[name] for node, name in places(config, [])])))
        elif isinstance(holder, dict):
            holder[draw(texts(12) | st.sampled_from(["max_a", "phases", "circuit", "mode"]))] = copy.deepcopy(
                draw(VALUES)
            )
        if not places(config, []):
            break
    return config


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(mutated(), st.dictionaries(st.sampled_from(["loads.car.max_a", "loads.car.mode", "site.main_fuse_a"]), VALUES))
def test_a_changed_config_is_a_site_or_errors(config: Any, values: dict[str, object]) -> None:
    result = read_config(config, {**SECRETS, "fuzz": SECRET, "number": "16"})
    for shown in (repr(result), *map(str, result.errors), *map(str, result.warnings)):
        assert SECRET not in shown
        assert "hunter2" not in shown
    if result.config is NO_CONFIG:
        assert result.errors
        assert all(problem.path and problem.text for problem in result.errors)
        return
    assert result.errors == ()
    site = result.config.site(values)
    check_coherent(site)
    assert SECRET not in repr(site)


@settings(max_examples=30, deadline=None)
@given(JSON)
def test_anything_at_all_is_a_site_or_errors(config: Any) -> None:
    result = read_config(config, SECRETS)
    assert (result.config is NO_CONFIG) == bool(result.errors)


def check_coherent(site: Site) -> None:
    """What every later stage may rely on."""
    names = [circuit.name for circuit in site.circuits]
    assert names[0] == "main"
    for place, circuit in enumerate(site.circuits[1:], start=1):
        assert circuit.parent in names[:place]
    for load in site.loads:
        assert load.circuit in names
        assert load.phases and set(load.phases) <= set(site.phases)
        assert load.min_a >= 0
        assert load.max_a >= 0
        if not load.on_off and load.type != "radiators" and load.mode != "off":
            way = load.circuit
            while way is not None:
                assert load.max_a <= site.circuit(way).fuse_a
                way = site.circuit(way).parent  # type: ignore[assignment]
