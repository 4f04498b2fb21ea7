"""Derive a first CONFIG from a house's entities, with the reason for every guess. Pure: it only proposes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..model.messages.message import message
from .appliances import detect_radiators
from .energy import detect_battery, detect_import_limit, detect_prices, detect_solar, detect_tariff
from .entities import Entity, parse_entities
from .found import FILL_IN, GIVEN, NO_GRID, Detection, Guess, Note, config_text
from .loads import detect_loads
from .meters import detect_grid, detect_inverter_outputs

PLACEHOLDER = "sensor.fill_in_your_meter"
STAND_IN_FUSE_A = 16
"""Main fuse [A] written until the owner has looked it up: smaller than most, so the CONFIG stays safe meanwhile."""
ONE_PHASE = ("plug", "tank")
UNCERTAIN = ("check_no_make", "check_unnamed_charger", "check_unnamed_meter")
"""Doubts about what was recognised by the form or the names of its entities alone."""


def detect(dump: object, main_fuse_a: object = None, fuse_type: object = None, fuse_mark: str = FILL_IN) -> Detection:
    """Return a proposed CONFIG for the house whose entity states are in `dump`.

    Raises ValueError when `dump` is not a list or map of states. `fuse_mark`: the comment that asks the user to fill in
    the fuse. Detection runs twice, with the present entity ids and with the ids the integrations gave originally; the
    better result is returned.
    """
    known = [each for each in parse_entities(dump) if not _is_ours(each)]
    fuse_a = STAND_IN_FUSE_A if main_fuse_a is None else main_fuse_a
    fuse = {"main_fuse_a": fuse_a, **({} if fuse_type is None else {"fuse_type": fuse_type})}
    by_id = _detect_once([replace(each, called="") for each in known], fuse, fuse_mark)
    return max(by_id, _detect_once(known, fuse, fuse_mark), key=_rank) if any(each.called for each in known) else by_id


def _is_ours(entity: Entity) -> bool:
    """Return whether Fusebox publishes this entity: `fusebox_` stands in its id, or in its original id over MQTT.

    Without the latter, such as in a dump of states, the name of its MQTT device begins its own name. Those of the guard
    of a Quasar are called as V2G-Liberty calls them.
    """
    names = [name.partition(".")[2] for name in (entity.entity, entity.called)]
    is_shown = "(Fusebox)" in str(entity.attributes.get("friendly_name"))
    return is_shown or any("fusebox_" in name or name.startswith("quasar_loadbalancer_") for name in names)


def _rank(found: Detection) -> tuple[int, ...]:
    """Return the rank of a detection: (has a meter, loads of a known make, number of parts found)."""
    site, loads = (part if isinstance(part, dict) else {} for part in map(found.config.get, ("site", "loads")))
    chargers = sum(load["type"] != "plug" for load in loads.values())
    unnamed = sum(doubt.code in UNCERTAIN for doubt in found.doubts)
    size = len(site) + len(loads) + len(found.config) + len(found.proposed.get("loads", ()))
    return int(found.has_meter), chargers - unnamed, size


def _detect_once(entities: Sequence[Entity], fuse: dict[str, object], fuse_mark: str) -> Detection:
    """Return the CONFIG detected from the entities: in a dry run, with a placeholder for a missing meter."""
    grid, battery, loads = detect_grid(entities), detect_battery(entities), detect_loads(entities)
    taken = grid.used | battery.used | loads.used
    solar, limit, tariff = detect_solar(entities, taken), detect_import_limit(entities), detect_tariff(entities)
    prices, radiators = detect_prices(entities), detect_radiators(entities)
    roofs = solar.part.get("inverter")
    inverters = list(roofs) if isinstance(roofs, list) else [{}]
    unused = [each for each in entities if each.entity not in taken | solar.used]
    outputs = detect_inverter_outputs(unused, tuple(grid.part), len(inverters))
    for inverter, output in zip(inverters, outputs, strict=False):
        inverter["output"] = output.part
    marks, has_meter = {"site.main_fuse_a": fuse_mark}, bool(grid.part)
    if not has_meter:
        grid.part = {"L1": {"entity": PLACEHOLDER, "unit": "W"}}
        marks["site.grid"] = NO_GRID
        grid.add_doubt("site.grid", "check_no_meter", entity=PLACEHOLDER)
    site: dict[str, object] = {**fuse, "grid": grid.part, "dry_run": True, **limit.part, **solar.part}
    site |= {"inverter": inverters[0]} if inverters[0] and len(inverters) == 1 else {}
    site |= battery.part
    config: dict[str, object] = {"site": site, "loads": _with_phase_doubts(loads, len(grid.part))}
    config |= _without_empty({"tariff": tariff.part, "prices": prices.part})
    proposed = _without_empty({"loads": loads.proposed, "radiators": radiators.proposed})
    guesses: tuple[Guess, ...] = (grid, solar, *outputs, battery, limit, loads, tariff, prices, radiators)
    printed = "check_given_fuse" if fuse_mark == GIVEN else "check_main_fuse"
    doubts = (
        Note("site.main_fuse_a", message(printed, value=str(fuse["main_fuse_a"]))),
        *(doubt for guess in guesses for doubt in guess.doubts),
        Note("site.dry_run", message("check_dry_run")),
    )
    reasons = tuple(reason for guess in guesses for reason in guess.reasons)
    text = config_text(config, proposed, marks, reasons, doubts)
    why, to_check = (tuple(note.sentence for note in notes) for notes in (reasons, doubts))
    return Detection(config, proposed, text, why, to_check, has_meter)


def _without_empty(parts: Mapping[str, Mapping[str, object]]) -> dict[str, Mapping[str, object]]:
    """Return the parts of CONFIG that are not empty."""
    return {name: part for name, part in parts.items() if part}


def _with_phase_doubts(loads: Guess, phases: int) -> dict[str, object]:
    """Add a doubt about its phases to each detected or proposed load of `loads`; return only the detected ones.

    With one phase no doubt is added.
    """
    for name, load in (*loads.part.items(), *loads.proposed.items()) if phases > 1 else ():
        kind = load["type"] if isinstance(load, dict) else ""
        if kind in ONE_PHASE:
            loads.add_doubt(f"loads.{name}", "check_phases", count=phases)
        else:
            loads.add_doubt(f"loads.{name}", "check_charger_phases", count=phases, example='"phases": ["L1"]')
    return loads.part
