"""Tariffs that limit power and count no windows: the Italian contract, and dimming after paragraph 14a EnWG."""

from __future__ import annotations

from collections.abc import Sequence

from ... import tuning
from ...model.electrics import watts
from ...model.load import Load
from ...model.site import Site


def italian_time_s(import_w: float, contract_w: float) -> float:
    """How long the meter bears this import from cold [s]."""
    ratio = import_w / contract_w
    if ratio <= tuning.ITALY_EVER_RATIO:
        return float("inf")
    return tuning.ITALY_LONG_S if ratio <= tuning.ITALY_LONG_RATIO else tuning.ITALY_SHORT_S


def italian_strain(before: float, import_w: float, contract_w: float, for_s: float) -> float:
    """How much of what the meter bears is used up, 0 to 1, after so long at this import."""
    bears_s = italian_time_s(import_w, contract_w)
    if bears_s == float("inf"):
        return max(before - for_s / tuning.ITALY_LONG_S, 0.0)
    return min(before + for_s / bears_s, 1.0)


def controllable(site: Site) -> tuple[Load, ...]:
    """The loads that the grid operator may dim."""
    return tuple(load for load in site.loads if load.device.get("controllable_14a"))


def dimmed_w(loads: Sequence[Load], voltage_v: float) -> float:
    """What these loads may take together while they are dimmed [W]."""
    if not loads:
        return 0.0
    pumps_w = [_rated_w(load, voltage_v) for load in loads if load.can.heat_pump]
    large = [tuning.ENWG14A_LARGE_SHARE * rated_w for rated_w in pumps_w if rated_w > tuning.ENWG14A_LARGE_W]
    factor = tuning.ENWG14A_FACTORS.get(len(loads), tuning.ENWG14A_FACTOR_MORE_SHARE)
    return max([tuning.ENWG14A_LEAST_W, *large]) + (len(loads) - 1) * factor * tuning.ENWG14A_LEAST_W


def _rated_w(load: Load, voltage_v: float) -> float:
    return load.rated_w if load.rated_w is not None else watts(load.max_a, voltage_v, len(load.phases))
