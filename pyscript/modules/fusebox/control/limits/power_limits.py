"""Tariffs that limit power and count no windows: the Italian contract, and dimming after paragraph 14a EnWG."""

from __future__ import annotations

from collections.abc import Sequence

from ...model.electrics import watts
from ...model.site import Load, Site

ITALY_EVER = 1.1
ITALY_LONG, ITALY_LONG_S = 4 / 3, 10_800.0
ITALY_SHORT_S = 120.0
"""The Italian meter bears a tenth more than the contract for ever, up to a third more for three hours, and anything
above that for two minutes."""

ITALY_USED = 0.5
"""Minimums are held until so much of that is used up, and come back when it has cooled down to half of it."""

DIMMED_W = 4200.0
SIMULTANEOUS = {1: 1.0, 2: 0.80, 3: 0.75, 4: 0.70, 5: 0.65, 6: 0.60, 7: 0.55, 8: 0.50}
SIMULTANEOUS_MORE = 0.45
"""The factor of BK6-22-300 for so many devices behind one energy management, and for nine and more."""

LARGE_W, LARGE_SHARE = 11_000.0, 0.4
"""Heat pumps above this keep that share of their rating."""


def italian_time_s(import_w: float, contract_w: float) -> float:
    """How long the meter bears this import from cold [s]."""
    ratio = import_w / contract_w
    if ratio <= ITALY_EVER:
        return float("inf")
    return ITALY_LONG_S if ratio <= ITALY_LONG else ITALY_SHORT_S


def italian_strain(before: float, import_w: float, contract_w: float, for_s: float) -> float:
    """How much of what the meter bears is used up, 0 to 1, after so long at this import."""
    bears_s = italian_time_s(import_w, contract_w)
    if bears_s == float("inf"):
        return max(before - for_s / ITALY_LONG_S, 0.0)
    return min(before + for_s / bears_s, 1.0)


def controllable(site: Site) -> tuple[Load, ...]:
    """The loads that the grid operator may dim."""
    return tuple(load for load in site.loads if load.device.get("controllable_14a"))


def dimmed_w(loads: Sequence[Load], voltage_v: float) -> float:
    """What these loads may take together while they are dimmed [W]."""
    if not loads:
        return 0.0
    large = [LARGE_SHARE * w for load in loads if load.can.heat_pump and (w := _rated_w(load, voltage_v)) > LARGE_W]
    factor = SIMULTANEOUS.get(len(loads), SIMULTANEOUS_MORE)
    return max([DIMMED_W, *large]) + (len(loads) - 1) * factor * DIMMED_W


def _rated_w(load: Load, voltage_v: float) -> float:
    return load.rated_w if load.rated_w is not None else watts(load.max_a, voltage_v, len(load.phases))
