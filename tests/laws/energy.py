"""Random generation: batteries, inverters, and their sensors' readings, in any condition."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import strategies as st

from fusebox.model.electrics import Phase
from fusebox.model.equipment import Battery, Inverter, Source
from fusebox.model.load import Mode
from fusebox.model.site import Site
from fusebox.model.snapshot import BatteryReadings, InverterReadings, Reading

from .drawn import among, decimals

METER = Source(entity="sensor.meter")
POWERS_W = among(0.0, 1500.0, 3000.0, 5000.0, 10000.0)

SUNNY_MODES = (Mode.SOLAR_PRIORITY, Mode.SOLAR_ONLY, Mode.EXCESS)
"""Modes that live on a budget."""


@st.composite
def batteries(draw: st.DrawFn) -> Battery:
    """Draw a battery with any thresholds that CONFIG accepts."""
    soc_min_pct = draw(among(0.0, 10.0, 20.0, 50.0))
    return Battery(
        soc_pct=METER,
        charge_w=METER,
        soc_min_pct=soc_min_pct,
        soc_target_pct=draw(among(soc_min_pct, 60.0, 80.0, 98.0, 100.0)),
        hysteresis_pct=draw(among(0.0, 3.0, 10.0)),
        max_charge_w=draw(POWERS_W),
        max_discharge_w=draw(POWERS_W),
        allow_grid_charging=draw(st.booleans()),
        reserve_w=draw(among(None, None, 0.0, 1000.0)),
        sunset_rule=draw(st.booleans()),
    )


@st.composite
def inverters(draw: st.DrawFn, phases: tuple[Phase, ...]) -> Inverter:
    """Draw an inverter: limits in total, by phase, both or none; measured output or none."""
    return Inverter(
        max_w=draw(among(None, 3000.0, 8000.0)),
        max_w_per_phase=draw(among(None, 1000.0, 3680.0)),
        asymmetric=draw(st.booleans()),
        wiring=draw(among("parallel", "series")),
        output=dict.fromkeys(phases, METER) if draw(st.booleans()) else {},
        phases=draw(among(None, None, phases[:1])),
        solar_w=draw(among(None, METER)),
    )


def told(draw: st.DrawFn, low: float, high: float, calm: bool = False) -> Reading:
    """Draw a reading of an energy sensor: fresh, unknown, late, silent or never known."""
    last = draw(decimals(low, high, 1))
    kinds = ["fresh"] if calm else ["fresh", "fresh", "fresh", "fresh", "unknown", "late", "silent", "lost", "never"]
    kind = draw(among(*kinds))
    if kind == "never":
        return Reading()
    age_s = {"fresh": 0.0, "unknown": 5.0, "late": 45.0, "silent": 400.0, "lost": 1000.0}[kind]
    return Reading(None if kind in ("unknown", "lost") else last, last, age_s)


def energy(draw: st.DrawFn, site: Site, calm: bool = False) -> Mapping[str, object]:
    """Draw the fields of a snapshot about sun and battery."""
    told_of: dict[str, object] = {"sun_up": draw(among(None, True, False))}
    if site.measures_sun:
        told_of["solar_w"] = told(draw, 0, 15000, calm)
    told_of["batteries"] = tuple(
        BatteryReadings(told(draw, 0, 100, calm), told(draw, -8000, 8000, calm)) for _ in site.batteries
    )
    told_of["inverters"] = tuple(
        InverterReadings(
            {phase: told(draw, 0, 40, calm) for phase in each.output},
            Reading() if each.solar_w is None else told(draw, 0, 15000, calm),
        )
        for each in site.inverters
    )
    return told_of
