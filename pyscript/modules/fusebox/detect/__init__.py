"""Derive a first CONFIG from a house's entities, with the reason for every guess. Pure: it only proposes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from .appliances import radiators_of
from .dump import Entity, entities_of
from .energy import battery_of, limit_of, prices_of, solar_of, tariff_of
from .found import FILL_IN, NO_GRID, NO_MAKE, UNNAMED, Found, Guess, text_of
from .loads import loads_of
from .meters import grid_of, outputs_of

__all__ = ["Found", "detect"]

PLACEHOLDER = "sensor.fill_in_your_meter"
STAND_IN_FUSE_A = 16
"""Main fuse [A] written until the owner has looked it up: smaller than most, so the CONFIG stays safe meanwhile."""
ONE_PHASE = ("plug", "tank")
PHASES_OF_CHARGER = (
    "it counts on all {phases} phases; if the charger or its cable has only one, write the phase that it is on, "
    'such as "phases": ["L1"]'
)
TRY = "site.dry_run: sensor.fusebox_site says what it would do; look at it for a day before you write False"


def detect(dump: object, main_fuse_a: object = None, fuse_type: object = None, fuse_mark: str = FILL_IN) -> Found:
    """Return a proposed CONFIG for the house whose entity states are in `dump`.

    Raises ValueError when `dump` is not a list or map of states. `fuse_mark`: the comment that tells a person what to
    do about the fuse. Detection runs twice, with the present entity ids and with the ids the integrations gave
    originally; the better result is returned.
    """
    seen = [each for each in entities_of(dump) if not _is_ours(each)]
    fuse_a = STAND_IN_FUSE_A if main_fuse_a is None else main_fuse_a
    fuse = {"main_fuse_a": fuse_a, **({} if fuse_type is None else {"fuse_type": fuse_type})}
    by_id = _detect_once([replace(each, called="") for each in seen], fuse, fuse_mark)
    return max(by_id, _detect_once(seen, fuse, fuse_mark), key=_rank) if any(each.called for each in seen) else by_id


def _is_ours(entity: Entity) -> bool:
    """Whether Fusebox publishes this entity: `fusebox_` stands in its id, or in its original id over MQTT."""
    return any("fusebox_" in name.partition(".")[2] for name in (entity.entity, entity.called))


def _rank(found: Found) -> tuple[int, ...]:
    """Rank a detection result: (has a meter, loads of a known make, number of parts found)."""
    site, loads = (part if isinstance(part, dict) else {} for part in map(found.config.get, ("site", "loads")))
    chargers = sum(load["type"] != "plug" for load in loads.values())
    unnamed = sum(NO_MAKE in doubt or UNNAMED in doubt for doubt in found.doubts)
    size = len(site) + len(loads) + len(found.config) + len(found.proposed.get("loads", ()))
    return int(found.has_meter), chargers - unnamed, size


def _detect_once(seen: Sequence[Entity], fuse: dict[str, object], fuse_mark: str) -> Found:
    grid, battery, loads = grid_of(seen), battery_of(seen), loads_of(seen)
    taken = grid.used | battery.used | loads.used
    solar, limit, tariff, prices = solar_of(seen, taken), limit_of(seen), tariff_of(seen), prices_of(seen)
    radiators = radiators_of(seen)
    outputs = outputs_of(seen, tuple(grid.part), taken | solar.used)
    marks, has_meter = {"site.main_fuse_a": fuse_mark}, bool(grid.part)
    if not has_meter:
        grid.part = {"L1": {"entity": PLACEHOLDER, "unit": "W"}}
        marks["site.grid"] = NO_GRID
        grid.doubts.append(f"site.grid: {NO_GRID}; write one entity a phase in place of {PLACEHOLDER}")
    inverter = _without_empty({"output": outputs.part})
    site: dict[str, object] = {**fuse, "grid": grid.part, "dry_run": True, **limit.part, **solar.part}
    site |= _without_empty({"inverter": inverter, "battery": battery.part})
    config: dict[str, object] = {"site": site, "loads": _with_phase_doubts(loads, len(grid.part))}
    config |= _without_empty({"tariff": tariff.part, "prices": prices.part})
    proposed = _without_empty({"loads": loads.proposed, "radiators": radiators.proposed})
    guesses: tuple[Guess, ...] = (grid, solar, outputs, battery, limit, loads, tariff, prices, radiators)
    doubts = (
        f"site.main_fuse_a: {fuse_mark}; {fuse['main_fuse_a']} A stands there",
        *(doubt for guess in guesses for doubt in guess.doubts),
        TRY,
    )
    reasons = tuple(reason for guess in guesses for reason in guess.reasons)
    return Found(config, proposed, text_of(config, proposed, marks, reasons, doubts), reasons, doubts, has_meter)


def _without_empty(parts: Mapping[str, Mapping[str, object]]) -> dict[str, Mapping[str, object]]:
    """Return the parts of CONFIG that are not empty."""
    return {name: part for name, part in parts.items() if part}


def _with_phase_doubts(loads: Guess, phases: int) -> dict[str, object]:
    """Return the detected loads; with several phases, add a doubt for each load about which phases it is on."""
    for name, load in (*loads.part.items(), *loads.proposed.items()) if phases > 1 else ():
        kind = load["type"] if isinstance(load, dict) else ""
        if kind in ONE_PHASE:
            loads.doubts.append(f"loads.{name}: it counts on all {phases} phases; write the one that it is on")
        else:
            loads.doubts.append(f"loads.{name}: {PHASES_OF_CHARGER.format(phases=phases)}")
    return loads.part
