"""Entities -> a CONFIG to begin with, with the reason for every guess. Pure; it proposes, and nothing is set by it."""

from __future__ import annotations

from .. import tuning
from .dump import entities_of
from .energy import battery_of, limit_of, solar_of
from .found import FILL_IN, NO_GRID, Found, Guess, text_of
from .loads import loads_of
from .meters import grid_of, outputs_of
from .tariff import tariff_of

__all__ = ["Found", "detect"]

PLACEHOLDER = "sensor.fill_in_your_meter"
TRY = "dry_run is True: look at sensor.fusebox_site for a day before you set it to False"


def detect(dump: object) -> Found:
    """A CONFIG for the house whose entities these are. Raises ValueError for what is no dump."""
    seen = tuple(each for each in entities_of(dump) if not each.name.startswith("fusebox_"))
    grid, battery, loads = grid_of(seen), battery_of(seen), loads_of(seen)
    taken = grid.used | battery.used | loads.used
    solar, limit = solar_of(seen, taken), limit_of(seen)
    outputs = outputs_of(seen, tuple(grid.part), taken | solar.used)
    marks = {"site.main_fuse_a": FILL_IN}
    if not grid.part:
        grid.part = {"L1": {"entity": PLACEHOLDER, "unit": "W"}}
        marks["site.grid"] = NO_GRID
        grid.doubts.append(f"site.grid: {NO_GRID}; write one entity a phase in place of {PLACEHOLDER}")
    site: dict[str, object] = {
        "main_fuse_a": tuning.DETECT_FUSE_A,
        "grid": grid.part,
        "dry_run": True,
        **limit.part,
        **solar.part,
    }
    if outputs.part:
        site["inverter"] = {"output": outputs.part}
    if battery.part:
        site["battery"] = battery.part
    config: dict[str, object] = {"site": site, "loads": _placed(loads, len(grid.part))}
    tariff = tariff_of(seen)
    if tariff.part:
        config["tariff"] = tariff.part
    guesses: tuple[Guess, ...] = (grid, solar, outputs, battery, limit, loads, tariff)
    doubts = (
        f"site.main_fuse_a: {FILL_IN}; {tuning.DETECT_FUSE_A} A stands there until then",
        *(doubt for guess in guesses for doubt in guess.doubts),
        TRY,
    )
    reasons = tuple(reason for guess in guesses for reason in guess.reasons)
    return Found(config, text_of(config, marks, doubts), reasons, doubts)


def _placed(loads: Guess, phases: int) -> dict[str, object]:
    """The loads; where there are several phases a plug is on one of them, and nobody knows on which."""
    if phases > 1:
        plugs = [name for name, load in loads.part.items() if isinstance(load, dict) and load["type"] == "plug"]
        if plugs:
            loads.doubts.append(f"loads: {', '.join(plugs)} count on all phases: write the one that each is on")
    return loads.part
