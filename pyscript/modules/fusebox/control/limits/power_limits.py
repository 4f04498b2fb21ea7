"""Tariffs that limit power and count no windows: the Italian contract, and dimming after paragraph 14a EnWG."""

from __future__ import annotations

from collections.abc import Sequence

from ...model.electrics import watts
from ...model.load import Load
from ...model.site import Site

ITALY_EVER_RATIO = 1.1
"""The Italian meter tolerates this multiple of the contract without end. Areti."""
ITALY_LONG_RATIO = 4 / 3
"""Up to this multiple of the contract is tolerated for `ITALY_LONG_S`. Areti."""
ITALY_LONG_S = 10_800.0
"""How long the meter tolerates up to `ITALY_LONG_RATIO` [s]. Areti."""
ITALY_SHORT_S = 120.0
"""How long the meter tolerates more than `ITALY_LONG_RATIO` [s]. Areti."""

ENWG14A_LEAST_W = 4200.0
"""The power that a dimmed device keeps at least [W]. BK6-22-300."""
ENWG14A_FACTORS = {1: 1.0, 2: 0.80, 3: 0.75, 4: 0.70, 5: 0.65, 6: 0.60, 7: 0.55, 8: 0.50}
"""Number of devices behind one energy management -> simultaneity factor. BK6-22-300."""
ENWG14A_FACTOR_MORE_SHARE = 0.45
"""The simultaneity factor for nine and more devices. BK6-22-300."""
ENWG14A_LARGE_W = 11_000.0
"""Heat pumps rated above this keep `ENWG14A_LARGE_SHARE` of their rating [W]. BK6-22-300."""
ENWG14A_LARGE_SHARE = 0.4
"""The share of its rating that a large heat pump keeps. BK6-22-300."""


def italian_tolerance_s(import_w: float, contract_w: float) -> float:
    """Return how long the Italian meter tolerates an import before it trips, from cold [s].

    Infinite up to `ITALY_EVER_RATIO` of the contract, `ITALY_LONG_S` up to `ITALY_LONG_RATIO`, else `ITALY_SHORT_S`.
    """
    ratio = import_w / contract_w
    if ratio <= ITALY_EVER_RATIO:
        return float("inf")
    return ITALY_LONG_S if ratio <= ITALY_LONG_RATIO else ITALY_SHORT_S


def italian_strain(before: float, import_w: float, contract_w: float, for_s: float) -> float:
    """Return how much of the meter's tolerance is used (0 to 1) after `for_s` seconds at this import.

    Up to a tenth above the contract it recovers, completely in `ITALY_LONG_S`.
    """
    tolerated_s = italian_tolerance_s(import_w, contract_w)
    if tolerated_s == float("inf"):
        return max(before - for_s / ITALY_LONG_S, 0.0)
    return min(before + for_s / tolerated_s, 1.0)


def controllable_loads(site: Site) -> tuple[Load, ...]:
    """Return the loads that the grid operator may dim (`controllable_14a`)."""
    return tuple(load for load in site.loads if load.device.get("controllable_14a"))


def dimmed_power_w(site: Site, ordered_w: float | None) -> float:
    """Return the power of all controllable loads while dimmed [W]: `ordered_w`, None for the guaranteed power."""
    return guaranteed_power_w(controllable_loads(site), site.voltage_v) if ordered_w is None else ordered_w


def guaranteed_power_w(loads: Sequence[Load], voltage_v: float) -> float:
    """Return the power that the grid operator has to leave these loads together while it dims them (§ 14a EnWG) [W].

    `ENWG14A_LEAST_W`, or the part that the largest heat pump above `ENWG14A_LARGE_W` keeps if that is more; for each
    further load `ENWG14A_LEAST_W` times the simultaneity factor. 0 for no loads.
    """
    if not loads:
        return 0.0
    pumps = [load for load in loads if load.can.heat_pump]
    # Without a rating in CONFIG, a heat pump's maximum current on all its phases counts.
    rated_w = [watts(p.max_a, voltage_v, len(p.phases)) if p.rated_w is None else p.rated_w for p in pumps]
    large = [ENWG14A_LARGE_SHARE * power_w for power_w in rated_w if power_w > ENWG14A_LARGE_W]
    factor = ENWG14A_FACTORS.get(len(loads), ENWG14A_FACTOR_MORE_SHARE)
    return max([ENWG14A_LEAST_W, *large]) + (len(loads) - 1) * factor * ENWG14A_LEAST_W
