"""Entities -> a CONFIG to begin with, with the reason for every guess. Pure; it proposes, and nothing is set by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .dump import Entity, entities_of
from .energy import battery_of, limit_of, solar_of, tariff_of
from .found import FILL_IN, NO_GRID, Found, Guess, text_of
from .loads import loads_of
from .meters import grid_of, outputs_of
from .shapes import UNNAMED

__all__ = ["Found", "detect"]

PLACEHOLDER = "sensor.fill_in_your_meter"
STAND_IN_FUSE_A = 16
"""Stands in for the main fuse until its owner has read it: lower than most, so that nothing is promised."""
TRY = "site.dry_run: sensor.fusebox_site says what it would do; look at it for a day before you write False"


def detect(dump: object, main_fuse_a: object = None, fuse_type: object = None, fuse_mark: str = FILL_IN) -> Found:
    """A CONFIG for the house whose entities these are. Raises ValueError for what is no dump.

    `fuse_mark`: what a person has to do about the fuse.
    What a person has renamed is looked for by its id and by what its integration called it; the better guess counts.
    """
    seen = [each for each in entities_of(dump) if not _is_ours(each)]
    fuse_a = STAND_IN_FUSE_A if main_fuse_a is None else main_fuse_a
    fuse = {"main_fuse_a": fuse_a, **({} if fuse_type is None else {"fuse_type": fuse_type})}
    by_id = _found([replace(each, called="") for each in seen], fuse, fuse_mark)
    return max(by_id, _found(seen, fuse, fuse_mark), key=_known) if any(each.called for each in seen) else by_id


def _is_ours(entity: Entity) -> bool:
    """Whether Fusebox shows it: by itself, or over MQTT, where a device of ours is called `car (Fusebox)`."""
    return any("fusebox_" in name.partition(".")[2] for name in (entity.entity, entity.called))


def _known(found: Found) -> tuple[int, ...]:
    """How much of a house is known, and how much of that by its make."""
    site, loads = (part if isinstance(part, dict) else {} for part in map(found.config.get, ("site", "loads")))
    chargers = sum(load["type"] != "plug" for load in loads.values())
    unnamed = sum(UNNAMED in doubt for doubt in found.doubts)
    return int(found.has_meter), chargers - unnamed, len(site) + len(loads) + len(found.config)


def _found(seen: Sequence[Entity], fuse: dict[str, object], fuse_mark: str) -> Found:
    grid, battery, loads = grid_of(seen), battery_of(seen), loads_of(seen)
    taken = grid.used | battery.used | loads.used
    solar, limit, tariff = solar_of(seen, taken), limit_of(seen), tariff_of(seen)
    outputs = outputs_of(seen, tuple(grid.part), taken | solar.used)
    marks, has_meter = {"site.main_fuse_a": fuse_mark}, bool(grid.part)
    if not has_meter:
        grid.part = {"L1": {"entity": PLACEHOLDER, "unit": "W"}}
        marks["site.grid"] = NO_GRID
        grid.doubts.append(f"site.grid: {NO_GRID}; write one entity a phase in place of {PLACEHOLDER}")
    site: dict[str, object] = {**fuse, "grid": grid.part, "dry_run": True, **limit.part, **solar.part}
    if outputs.part:
        site["inverter"] = {"output": outputs.part}
    if battery.part:
        site["battery"] = battery.part
    config: dict[str, object] = {"site": site, "loads": _placed(loads, len(grid.part))}
    if tariff.part:
        config["tariff"] = tariff.part
    guesses: tuple[Guess, ...] = (grid, solar, outputs, battery, limit, loads, tariff)
    doubts = (
        f"site.main_fuse_a: {fuse_mark}; {fuse['main_fuse_a']} A stands there",
        *(doubt for guess in guesses for doubt in guess.doubts),
        TRY,
    )
    reasons = tuple(reason for guess in guesses for reason in guess.reasons)
    return Found(config, text_of(config, marks, reasons, doubts), reasons, doubts, has_meter)


def _placed(loads: Guess, phases: int) -> dict[str, object]:
    """The loads; where there are several phases a plug is on one of them, and nobody knows on which."""
    if phases > 1:
        plugs = [name for name, load in loads.part.items() if isinstance(load, dict) and load["type"] == "plug"]
        if plugs:
            loads.doubts.append(f"loads: {', '.join(plugs)} count on all phases: write the one that each is on")
    return loads.part
