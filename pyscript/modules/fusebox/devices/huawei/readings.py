"""Decoded registers -> what Fusebox calls them: `huawei.grid_l1` and its like, in watts and percent. Pure."""

from __future__ import annotations

from collections.abc import Mapping

Values = Mapping[str, float | None]

NO_SUN = frozenset({0x0000, 0x0001, 0x0002, 0x0003, 0xA000})
"""Device states in which the panels give nothing: standby, and asleep for want of light."""

UNITS: Mapping[str, str] = {
    "huawei.grid_l1": "W",
    "huawei.grid_l2": "W",
    "huawei.grid_l3": "W",
    "huawei.solar_w": "W",
    "huawei.soc_pct": "%",
    "huawei.charge_w": "W",
}
"""All that a SUN2000 can tell, each with its unit. Grid: + = import; battery: + = charging."""


def readings_of(seen: Values) -> Values:
    """Every name of `UNITS` with its value, None where it is unknown."""
    grid = _grid(seen)
    return {
        **{f"huawei.grid_l{phase}": grid.get(phase) for phase in (1, 2, 3)},
        "huawei.solar_w": _solar(seen),
        "huawei.soc_pct": seen.get("soc_pct"),
        "huawei.charge_w": seen.get("charge_w"),
    }


def _grid(seen: Values) -> Mapping[int, float | None]:
    """Watts a phase. A meter that is offline goes on to show its last numbers: they are none."""
    if seen.get("meter_status") != 1:
        return {}
    if seen.get("meter_type") == 0:
        return {1: seen.get("grid_w")}
    return {phase: seen.get(f"phase_{phase}_w") for phase in (1, 2, 3)}


def _solar(seen: Values) -> float | None:
    """The panels' power. An inverter that sleeps has no number for it, and says that it sleeps: that is no power."""
    power_w = seen.get("pv_w")
    if power_w is None and seen.get("device_status") in NO_SUN:
        return 0.0
    return power_w
