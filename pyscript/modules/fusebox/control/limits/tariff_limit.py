"""What a tariff still allows, as a ceiling over the loads that changes every second, and its sentences."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ... import tuning
from ...model.by_time import possible_values
from ...model.ceiling import Ceiling
from ...model.decision import LoadNote
from ...model.electrics import number_text
from ...model.equipment import OPENS_IN_A_MINUTE_RATIO, LimitKind
from ...model.house_memory import HouseMemory
from ...model.local_day import clock_text
from ...model.messages.message import Message, Value, message
from ...model.site import MAIN, Site
from ...model.snapshot import Allowance, Snapshot
from .flows import Flows
from .forecast_reserve import (
    expected_house_ws,
    late_start_limit_w,
    next_window_energy_ws,
    power_left_for_loads_w,
    record_house_load,
    spare_energy_ws,
)
from .load_envelope import LoadEnvelope, sum_load_envelope
from .power_limits import ITALY_EVER_RATIO, controllable_loads, dimmed_power_w, italian_strain, italian_tolerance_s

LEAST_RATING_A = 0.001
"""The rating of a limit that is used up, so that a flow can be divided by it [A]."""

TARIFF, DIMMED = "tariff", "dimmed"
"""The names of these ceilings."""


def configured_limit_names(site: Site, ceilings: Iterable[Ceiling]) -> frozenset[str]:
    """Return the names of all limits that CONFIG has: those of the ceilings, and of a tariff even without one now."""
    of_tariff = () if site.tariff is None else (TARIFF, DIMMED)
    return frozenset((*(ceiling.name for ceiling in ceilings), *of_tariff))


def tariff_ceilings(flows: Flows) -> Iterator[Ceiling]:
    """Yield the tariff's ceiling: of dimming while that is on or unknown, of the contract's power, or of the window.

    None without a tariff or loads, and where it needs what is not known: the house memory, or the window's allowance.
    `flows.memory` has to be updated for this step before.
    """
    site, snapshot, house = flows.site, flows.snapshot, flows.memory.house
    tariff = site.tariff
    if tariff is None:
        return
    if tariff.limits is LimitKind.DIMMABLE:
        if snapshot.dimmed is not False:
            yield from _dimming_ceiling(flows)
    elif house is not None and site.phase_weights[site.phases]:
        loads = sum_load_envelope(flows)
        if tariff.limits is LimitKind.POWER:
            yield _italian_ceiling(flows, italian_contract_w(site, snapshot, _cut_lead_s(loads)), loads, house)
        elif snapshot.allowance is not None:
            yield _window_ceiling(flows, snapshot.allowance, loads, house)


def update_house_memory(flows: Flows) -> HouseMemory | None:
    """Return the memory updated with the house load at the main meter, as the tariff counts it; None without a tariff.

    Under a limit on power with the strain of its meter. Unchanged while the grid is gone, a phase is unknown or its
    reading implausible: otherwise a stray reading would be expected again for an hour.
    """
    site, before, main, now_s = flows.site, flows.memory.house, flows.main, flows.snapshot.now_s
    if site.tariff is None:
        return None
    if site.island or not all(c.known and c.flow_a <= OPENS_IN_A_MINUTE_RATIO * c.rating_a for c in main.values()):
        return before
    used_w = site.voltage_v * sum(ceiling.used_a for ceiling in main.values())
    house = record_house_load(before, used_w, now_s)
    if site.tariff.limits is not LimitKind.POWER or before is None:
        return house
    since_s = min(max(now_s - before.at_s, 0.0), tuning.SLOWEST_S)
    import_w = site.voltage_v * sum(c.used_a + sum(c.drawn_a.values()) for c in main.values())
    strain = italian_strain(before.strain, import_w, italian_contract_w(site, flows.snapshot), since_s)
    return replace(house, strain=strain)


def italian_contract_w(site: Site, snapshot: Snapshot, lead_s: float = 0.0) -> float:
    """Return the power of an Italian contract now [W], or the lower power that starts within `lead_s` seconds.

    The lowest of all where the present time block is not known; 0 without a tariff.
    """
    allowance = snapshot.allowance
    if allowance is None:
        return 0.0 if site.tariff is None else 1000 * min(possible_values(site.tariff.target_kw))
    lower_w = allowance.lower_next_w(snapshot.now_s, lead_s)
    return allowance.limit_w if lower_w is None else lower_w


def _window_ceiling(flows: Flows, allowance: Allowance, loads: LoadEnvelope, house: HouseMemory) -> Ceiling:
    """Return the ceiling that spreads the rest of a window's energy over the rest of its time, rounded down in steps.

    Its headroom is lower while a lower limit is near or the next window would be exceeded. It counts as exceeded only
    where the house alone would use more than the measured import leaves. `tolerates_s` is how long running loads may
    stay on at their minimum, `spare_as` the energy for that, `then_as` what the next window leaves, evenly `then_a`.
    """
    snapshot, volts = flows.snapshot, flows.site.voltage_v
    rest_s, day_began_s = max(allowance.ends_s - snapshot.now_s, 1.0), snapshot.day_began_s
    length_s = allowance.ends_s - allowance.start_s
    limit_ws = allowance.limit_w * length_s
    left_ws = limit_ws - allowance.imported_ws
    planned_ws = left_ws - tuning.FORECAST_SPARED_SHARE * limit_ws
    # Before a minimum is stopped, half of the reserve that plans leave may be used.
    usable_ws = left_ws - tuning.FORECAST_SPARED_SHARE / 2 * limit_ws
    spare = spare_energy_ws(house, usable_ws, rest_s, allowance.limit_w, loads)
    # Only measured import counts as exceeding the limit, not the presumed import of an unmeasured time.
    allowed_w = max(left_ws + allowance.presumed_ws, 0.0) / rest_s
    alone_w = expected_house_ws(house, rest_s) / rest_s
    next_limit_w = allowance.limit_w if allowance.next_limit_w is None else allowance.next_limit_w
    then_ws = next_window_energy_ws(house, next_limit_w, length_s)
    then_planned_ws = (1 - tuning.FORECAST_SPARED_SHARE) * next_limit_w * length_s
    then_w = power_left_for_loads_w(house, then_planned_ws, length_s, next_limit_w, loads, length_s)
    headroom_w = power_left_for_loads_w(house, planned_ws, rest_s, allowance.limit_w, loads, length_s)
    # In whole kilowatts, so that a sentence does not change all the time.
    kept_kw = round((planned_ws / rest_s - alone_w - max(headroom_w, 0.0)) / 1000)
    headroom_w = min(headroom_w, late_start_limit_w(rest_s, then_ws, loads))
    if allowance.lower_next_w(snapshot.now_s, _cut_lead_s(loads)) is not None:
        # By the time the lower limit counts every load has followed: what it takes then fits for the whole window.
        headroom_w = min(headroom_w, max(then_ws, 0.0) / length_s)
    unseen_s = allowance.began_unseen_s
    until = clock_text(allowance.ends_s, day_began_s)
    details: dict[str, Value] = {"limit_kw": allowance.limit_w / 1000, "until": until}
    if kept_kw > 0 and rest_s >= tuning.DEMAND_CLOCK_SKEW_S:
        details["kept_kw"] = kept_kw
    if unseen_s is not None:
        details["unseen_until"] = clock_text(unseen_s, day_began_s)
    return flows.ceiling(
        TARIFF,
        "limited_by_tariff" if unseen_s is None else "limited_by_tariff_unseen",
        flows.site.phases,
        details=details,
        headroom_a=_round_down_w(headroom_w) / volts,
        used_a=alone_w / volts,
        flow_a=alone_w / volts,
        rating_a=max(allowed_w / volts, LEAST_RATING_A),
        tolerates_s=_time_to_stop_s(spare, loads.at_minimum_w, rest_s),
        ends_in_s=rest_s,
        spare_as=spare / volts,
        then_as=then_ws / volts,
        then_a=_round_down_w(then_w) / volts,
    )


def _round_down_w(power_w: float) -> float:
    """Return the power rounded down to a multiple of `TARIFF_HEADROOM_STEP_W` [W]."""
    return tuning.TARIFF_HEADROOM_STEP_W * math.floor(power_w / tuning.TARIFF_HEADROOM_STEP_W)


def _cut_lead_s(loads: LoadEnvelope) -> float:
    """Return how long before a limit falls the loads are cut to it [s]: the slowest cut and `FOLLOW_S` more."""
    return loads.slow_s + tuning.FOLLOW_S


def _time_to_stop_s(spare_ws: float, ours_w: float, rest_s: float) -> float:
    """Return how long the loads may continue at `ours_w` [s]; infinite where that is longer than the window.

    0 where nothing is spare.
    """
    if spare_ws <= 0:
        return 0.0
    return float("inf") if ours_w * rest_s <= spare_ws else spare_ws / ours_w


def _italian_ceiling(flows: Flows, contract_w: float, loads: LoadEnvelope, house: HouseMemory) -> Ceiling:
    """Return the ceiling of an Italian contract: a tenth above it, less the present house load.

    Running loads may stay at their minimum beyond that for half of what the meter tolerates, less what is used of it
    (`tolerates_s`); 0 once half is used.
    """
    site, volts = flows.site, flows.site.voltage_v
    used_a = house.now_w / volts
    tolerates_s = italian_tolerance_s(volts * used_a + loads.at_minimum_w, contract_w)
    left = max(1 / 2 - house.strain, 0.0)
    return flows.ceiling(
        TARIFF,
        "limited_by_contract_band",
        site.phases,
        details={"limit_kw": contract_w / 1000},
        used_a=used_a,
        flow_a=used_a + sum(flows.drawn_on(site.phases).values()),
        rating_a=ITALY_EVER_RATIO * contract_w / volts,
        tolerates_s=left * tolerates_s if left > 0 else 0.0,
    )


def _dimming_ceiling(flows: Flows) -> Iterator[Ceiling]:
    """Yield the ceiling while the grid operator dims: for the marked loads, in addition to their own solar power.

    None without such loads. Its limit is what the operator ordered, else the guaranteed power. What they draw beyond
    their setpoints counts as flow. Unknown meters count as no own power.
    """
    site, snapshot, main = flows.site, flows.snapshot, flows.main
    loads = controllable_loads(site)
    weights = {load.name: float(len(load.phases)) for load in loads}
    if not weights:
        return
    drawn_a = {name: a for name, a in flows.drawn_on(site.phases).items() if name in weights}
    limit_a = max(dimmed_power_w(site, snapshot.dim_limit_w) / site.voltage_v, LEAST_RATING_A)
    known = all(ceiling.known for ceiling in main.values())
    others_a = sum(c.used_a + sum(c.drawn_a.values()) for c in main.values()) - sum(drawn_a.values())
    own_a = max(-others_a, 0.0) if known else 0.0
    # What a load takes beyond its setpoint cannot be steered, but flows.
    whole_a = {name: sum(a for a in flows.draws[name].whole if a is not None) for name in drawn_a}
    excess_a = sum(max(whole_a[name] - a, 0.0) for name, a in drawn_a.items())
    flow_a = sum(drawn_a.values()) + excess_a - (max(excess_a - others_a, 0.0) if known else 0.0)
    yield flows.ceiling(
        DIMMED,
        "limited_by_unknown_dimming" if snapshot.dimmed is None else "limited_by_dimming",
        site.phases,
        details={"limit_kw": round(limit_a * site.voltage_v / 1000, 2)},
        headroom_a=limit_a + own_a,
        weights=weights,
        drawn_a=drawn_a,
        flow_a=max(flow_a, 0.0),
        rating_a=limit_a,
        metered=False,
    )


def house_now_w(ceilings: Iterable[Ceiling]) -> float:
    """Return the present house load by the main meter [W], rounded to 10 W."""
    return round(sum(c.used_a * c.voltage_v for c in ceilings if c.fuse == MAIN), -1)


def expected_house_w(ceiling: Ceiling) -> float:
    """Return the mean house load expected for the rest of the window [W], rounded to 10 W."""
    return round(ceiling.used_a * ceiling.voltage_v, -1)


def power_left_w(ceiling: Ceiling) -> float:
    """Return the power that a tariff leaves for house and loads [W], rounded to 10 W."""
    return round(ceiling.rating_a * ceiling.voltage_v, -1)


def overrun_reason(ceiling: Ceiling, ceilings: Iterable[Ceiling], notes: Mapping[str, LoadNote]) -> Message:
    """Return the message of an exceeded target: the power of house and loads, what is left, and each load's setpoint.

    Where the house alone exceeds it, its present load, and its expected mean if that differs, in place of the sum.
    """
    amps = ", ".join(f"{name} {number_text(notes[name].setpoint_a)} A" for name in notes if name in ceiling.weights)
    loads, left_w = amps or None, power_left_w(ceiling)
    if not house_alone_exceeds(ceiling):
        taken_w = round(ceiling.flow_a * ceiling.voltage_v, -1)
        return message("tariff_exceeded", limit=ceiling.name, taken_w=taken_w, left_w=left_w, loads=loads)
    house_w, mean_w = house_now_w(ceilings), expected_house_w(ceiling)
    mean = None if house_w == mean_w else mean_w
    about = {"house_w": house_w, "left_w": left_w, "mean_w": mean}
    return message("tariff_exceeded_by_house", limit=ceiling.name, loads=loads, **about)


def house_alone_exceeds(ceiling: Ceiling) -> bool:
    """Return whether a limit is exceeded and the house load alone is above it."""
    return ceiling.exceeded and ceiling.used_a > ceiling.rating_a


def is_exceeded_now(ceiling: Ceiling, ceilings: Iterable[Ceiling]) -> bool:
    """Return whether house and loads draw more now than a tariff leaves, whatever the house is expected to take."""
    return house_now_w(ceilings) + sum(ceiling.drawn_a.values()) * ceiling.voltage_v > power_left_w(ceiling)
