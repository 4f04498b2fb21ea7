"""How far the inverter is held back so that no more is exported than allowed. Pure.

Loads that want sun go first, then the battery: only an excess that lasts longer than they need to react lowers the
inverter. A number that limits the export then stays at the limit. One that limits the inverter's whole output follows
what house, loads and battery take.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ... import tuning
from ...model.data_quality import DataQuality, reading_quality
from ...model.durations import NEVER_S, has_passed, since
from ...model.electrics import watts
from ...model.equipment import Battery, sum_or_none
from ...model.load import Load
from ...model.load_memory import NEW_LOAD
from ...model.memory import Memory
from ...model.orders import LimitedPower
from ...model.records import fast_replace, record
from ...model.site import MAIN, Site
from ...model.snapshot import NEVER, BatteryReadings, Reading, Snapshot


@record
class Curtailment:
    """How far the inverter is to be held back, and since when too much is exported."""

    most_w: float | None = None
    """What it may export, or deliver [W]; None while it is not held back."""
    over_s: float | None = None
    """Since when more is exported than allowed [s since 1970]."""
    unknown_s: float | None = None
    """Since when it is not known what is exported [s since 1970]."""
    changed_s: float = NEVER_S
    """When `most_w` was changed last [s since 1970]."""


FREE = Curtailment()
"""The inverter is not held back."""


class PresentPowers(NamedTuple):
    """The powers that count for the limit [W], None where unknown."""

    export_w: float | None
    """The export over all phases, less the power that loads were just given and do not draw yet; < 0 for import."""
    output_w: float | None
    """What the inverter delivers."""
    spare_w: float = 0.0
    """How much more the batteries could charge."""


def present_powers(site: Site, snapshot: Snapshot, memory: Memory) -> PresentPowers:
    """Return the present powers [W], from readings that are recent; None for each that is not known.

    The output is the inverter's own meters', else the sun's. Batteries with an unknown charge count as able to charge
    nothing.
    """
    coming_w = sum(_coming_power_w(site, load, snapshot, memory) for load in site.loads)
    grid = snapshot.grid_a.get(MAIN, {})
    import_a = sum_or_none(_value_if_recent(site, grid.get(phase, NEVER)) for phase in site.phases)
    export_w = None if import_a is None else -import_a * site.voltage_v - coming_w
    output = [_value_if_recent(site, reading) for reading in snapshot.inverter_a.values()]
    output_a = sum_or_none(output) if output else None
    output_w = _value_if_recent(site, snapshot.solar_w) if output_a is None else output_a * site.voltage_v
    free_w = sum(_free_charge_w(battery, snapshot.battery(at)) for at, battery in enumerate(site.batteries))
    return PresentPowers(export_w, output_w, free_w)


def _coming_power_w(site: Site, load: Load, snapshot: Snapshot, memory: Memory) -> float:
    """Return the power that a load was given within `IGNORES_S` and does not draw yet [W]; an unknown draw is 0."""
    past, drawn_a = memory.loads.get(load.name, NEW_LOAD), snapshot.state_of(load.name).draw_a
    if has_passed(tuning.IGNORES_S, past.timing.raised_s, snapshot.now_s):
        return 0.0
    return watts(sum(max(past.setpoint_a - (drawn_a[phase] or 0.0), 0.0) for phase in load.phases), site.voltage_v)


def _free_charge_w(battery: Battery, now: BatteryReadings) -> float:
    """Return how much more a battery could charge [W]; 0 if it is full, or its charge or power is unknown."""
    soc_pct, charge_w = now.soc_pct.value, now.charge_w.value
    if soc_pct is None or charge_w is None or soc_pct >= tuning.BATTERY_FULL_PCT:
        return 0.0
    return max(battery.max_charge_w - max(charge_w, 0.0), 0.0)


def _value_if_recent(site: Site, reading: Reading) -> float | None:
    """Return the value of a reading; None while it is unknown or too old, of quality FAILSAFE (a stale one counts)."""
    return None if reading_quality(site, reading) is DataQuality.FAILSAFE else reading.value


def update_curtailment(
    limits: LimitedPower, limit_w: float | None, powers: PresentPowers, past: Curtailment, now_s: float
) -> Curtailment:
    """Return how far the inverter is to be held back now: not at all without a limit (`limit_w` None).

    It begins after `LASTING_S` of an export more than `CLEARLY_W` above the limit. Then an inverter that limits its
    "export" gets the limit itself, one that limits its "output" a new value every `IGNORES_S` at most. While the export
    is unknown, see `_curtail_without_readings`. `past`: the result of the last call.
    """
    if limit_w is None:
        return FREE
    past = fast_replace(past, unknown_s=since(past.unknown_s, powers.export_w is None, now_s))
    if powers.export_w is None:
        return _curtail_without_readings(limits, limit_w, past, now_s)
    over_w = powers.export_w - limit_w
    past = fast_replace(past, over_s=since(past.over_s, over_w > tuning.CLEARLY_W, now_s))
    if past.most_w is None:
        if past.over_s is None or not has_passed(tuning.LASTING_S, past.over_s, now_s):
            return past
    elif limits == "output" and not has_passed(tuning.IGNORES_S, past.changed_s, now_s):
        return past
    most_w = limit_w if limits == "export" else _allowed_output_w(over_w, powers, past.most_w)
    return past if most_w == past.most_w else fast_replace(past, most_w=most_w, changed_s=now_s)


def _curtail_without_readings(limits: LimitedPower, limit_w: float, past: Curtailment, now_s: float) -> Curtailment:
    """Return how far the inverter is held back while the export is unknown: as before, and a new limit counts at once.

    An inverter that limits its own export needs no meter of ours. One whose output is limited would keep the house
    from its sun, so it is given back when the export stays unknown.
    """
    if past.most_w is None or limits == "export":
        return fast_replace(past, most_w=None if past.most_w is None else limit_w, over_s=None)
    lasts = past.unknown_s is not None and has_passed(tuning.LASTING_S, past.unknown_s, now_s)
    return fast_replace(past, most_w=None if lasts else past.most_w, over_s=None)


def _allowed_output_w(over_w: float, powers: PresentPowers, before_w: float | None) -> float | None:
    """Return the power that the inverter may deliver [W]: less by the excess export, or more while there is none.

    `before_w`: its limit until now, None for none; returned as it is for a small difference or an unknown output. What
    the battery could still charge raises the limit too: a battery that takes everything lets nothing be exported.
    """
    delivers_w = powers.output_w if before_w is None else before_w
    if delivers_w is None:
        return before_w
    if over_w > tuning.CLEARLY_W:
        most_w = delivers_w if powers.output_w is None else min(delivers_w, powers.output_w)
        return max(most_w - over_w, 0.0)
    missing_w = powers.spare_w - over_w
    return before_w if before_w is None or missing_w <= tuning.CLEARLY_W else before_w + missing_w


NO_LIMIT: Mapping[str, int | None] = {"export_limit_w": None, "curtailed_w": None}
"""The attributes without an export limit in CONFIG."""


def limit_attributes(
    limit_w: float | None, powers: PresentPowers, forecast_kw: float | None, *, is_held_back: bool
) -> Mapping[str, int | None]:
    """Return the attributes `export_limit_w` and `curtailed_w` (the forecast less the inverter's output) [W].

    The first is None without a limit. The second is 0 while no inverter is held back, None without a forecast or
    output.
    """
    is_known = forecast_kw is not None and powers.output_w is not None
    held_w = max((forecast_kw or 0.0) * 1000 - (powers.output_w or 0.0), 0.0)
    curtailed_w = 0 if not is_held_back else round(held_w) if is_known else None
    return {"export_limit_w": None if limit_w is None else round(limit_w), "curtailed_w": curtailed_w}
