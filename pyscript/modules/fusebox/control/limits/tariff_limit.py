"""What a tariff still allows, as a ceiling over the loads that changes every second, and its sentences."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ... import tuning
from ...model.by_time import values_of
from ...model.ceiling import Ceiling
from ...model.decision import Note
from ...model.durations import QUARTER_S
from ...model.electrics import plain
from ...model.equipment import OPENS_IN_A_MINUTE_RATIO, Limited
from ...model.house_memory import HouseMemory
from ...model.local_day import clock_text
from ...model.memory import Memory
from ...model.messages.message import Message, Value, message
from ...model.records import fast_replace, replace_if_changed
from ...model.site import MAIN, Site
from ...model.snapshot import Allowance, Snapshot
from .flows import Flows
from .forecast_reserve import expected_ws, next_ws, observe_house, room_w, run_on_w, spare_ws
from .load_envelope import LoadEnvelope, load_envelope
from .power_limits import ITALY_EVER_RATIO, controllable, dimmed_w, italian_strain, italian_time_s

LEAST_RATING_A = 0.001
"""The rating of a limit that is used up, so that a flow can be divided by it [A]."""

TARIFF, DIMMED = "tariff", "dimmed"
"""The names of these ceilings."""


def limit_names(site: Site, ceilings: Iterable[Ceiling]) -> frozenset[str]:
    """Return the names of all limits that CONFIG has now, also of a tariff that limits nothing at the moment."""
    of_tariff = () if site.tariff is None else (TARIFF, DIMMED)
    return frozenset((*(ceiling.name for ceiling in ceilings), *of_tariff))


def tariff_in_force(flows: Flows) -> Iterator[Ceiling]:
    """Yield the tariff's ceiling, where it limits anything now. The flows hold the memory of `with_observed_house`."""
    site, snapshot, house = flows.site, flows.snapshot, flows.memory.house
    tariff = site.tariff
    if tariff is None:
        return
    if tariff.limits is Limited.DIMMABLE:
        if snapshot.dimmed is not False:
            yield from _dimming_ceiling(flows)
    elif house is not None and site.lines[site.phases]:
        loads = load_envelope(site, snapshot, flows.memory.loads, flows.drawn.on(site.phases), flows.main)
        if tariff.limits is Limited.POWER:
            yield _italian(_pattern(flows), contract_w(site, snapshot, _lead_s(loads)), loads, house)
        elif snapshot.allowance is not None:
            yield _window(_pattern(flows), snapshot.allowance, snapshot, loads, house)


def with_observed_house(flows: Flows) -> Memory:
    """Return the memory updated with the house load at the main meter, as the tariff counts it."""
    house = _house(flows)
    return replace_if_changed(flows.memory, house=house)


def _house(flows: Flows) -> HouseMemory | None:
    """Return the updated house memory; None where no tariff needs it.

    Unchanged while a phase is unknown or its reading implausible: otherwise a stray reading would be expected again for
    an hour.
    """
    site, before, main, now_s = flows.site, flows.memory.house, flows.main, flows.snapshot.now_s
    if site.tariff is None:
        return None
    if not all(c.known and c.flow_a <= OPENS_IN_A_MINUTE_RATIO * c.rating_a for c in main.values()):
        return before
    used_w = site.voltage_v * sum(ceiling.used_a for ceiling in main.values())
    house = observe_house(before, used_w, now_s)
    if site.tariff.limits is not Limited.POWER or before is None:
        return house
    since_s = min(max(now_s - before.at_s, 0.0), tuning.SLOWEST_S)
    import_w = site.voltage_v * sum(c.used_a + sum(c.drawn_a.values()) for c in main.values())
    strain = italian_strain(before.strain, import_w, contract_w(site, flows.snapshot), since_s)
    return replace(house, strain=strain)


def contract_w(site: Site, snapshot: Snapshot, lead_s: float = 0.0) -> float:
    """Return the power of an Italian contract now [W], or the lower power that starts within `lead_s` seconds.

    The lowest of all where the present time block is not known.
    """
    allowance = snapshot.allowance
    if allowance is None:
        return 0.0 if site.tariff is None else 1000 * min(values_of(site.tariff.target_kw))
    lower_w = allowance.lower_next_w(snapshot.now_s, lead_s)
    return allowance.limit_w if lower_w is None else lower_w


def _pattern(flows: Flows) -> Ceiling:
    """Return a ceiling with the fields that all tariffs have in common: all loads on all phases."""
    site, main = flows.site, flows.main
    return Ceiling(
        name=TARIFF,
        cause="limited_by_tariff",
        room_a=0.0,
        weights=site.lines[site.phases],
        phases=site.phases,
        drawn_a=flows.drawn.on(site.phases),
        known=all(ceiling.known for ceiling in main.values()),
        reported_s=max(ceiling.reported_s for ceiling in main.values()),
        voltage_v=site.voltage_v,
    )


def _window(
    pattern: Ceiling, allowance: Allowance, snapshot: Snapshot, loads: LoadEnvelope, house: HouseMemory
) -> Ceiling:
    """Return the ceiling for the rest of a window's energy as a current.

    It is exceeded only by the house's own load.
    """
    volts, rest_s = pattern.voltage_v, max(allowance.ends_s - snapshot.now_s, 1.0)
    day_began_s = snapshot.day_began_s
    limit_ws = allowance.limit_w * (allowance.ends_s - allowance.start_s)
    left_ws = limit_ws - allowance.imported_ws
    planned_ws = left_ws - tuning.FORECAST_SPARED_SHARE * limit_ws
    # Before a minimum is stopped, half of the reserve that plans leave may be used.
    spare = spare_ws(house, left_ws - tuning.FORECAST_SPARED_SHARE / 2 * limit_ws, rest_s, allowance.limit_w, loads)
    # Only measured import counts as exceeding the limit, not the presumed import of an unmeasured time.
    allowed_w = max(left_ws + allowance.presumed_ws, 0.0) / rest_s
    alone_w = expected_ws(house, rest_s) / rest_s
    length_s = allowance.ends_s - allowance.start_s
    then_ws = next_ws(house, allowance.limit_w if allowance.next_limit_w is None else allowance.next_limit_w, length_s)
    room = room_w(house, planned_ws, rest_s, allowance.limit_w, loads, length_s)
    room = min(room, run_on_w(rest_s, then_ws, loads))
    if allowance.lower_next_w(snapshot.now_s, _lead_s(loads)) is not None:
        # By the time the lower limit counts every load has followed: what it takes then fits for the whole window.
        room = min(room, max(then_ws, 0.0) / length_s)
    unseen_s = allowance.began_unseen_s
    details: dict[str, Value] = {
        "limit_kw": allowance.limit_w / 1000,
        "until": clock_text(allowance.ends_s, day_began_s),
    }
    if unseen_s is not None:
        details["unseen_until"] = clock_text(unseen_s, day_began_s)
    return fast_replace(
        pattern,
        cause="limited_by_tariff" if unseen_s is None else "limited_by_tariff_unseen",
        details=details,
        room_a=tuning.TARIFF_ROOM_STEP_W * math.floor(room / tuning.TARIFF_ROOM_STEP_W) / volts,
        used_a=alone_w / volts,
        flow_a=alone_w / volts,
        rating_a=max(allowed_w / volts, LEAST_RATING_A),
        bears_s=_bears_s(spare, loads.at_minimum_w, rest_s),
        ends_in_s=rest_s,
        spare_as=spare / volts,
        then_as=then_ws / volts,
    )


def _lead_s(loads: LoadEnvelope) -> float:
    """Return how long before a limit falls the loads are cut to it [s]: until the slowest device has followed."""
    return loads.slow_s + tuning.FOLLOW_S


def _bears_s(spare_ws: float, ours_w: float, rest_s: float) -> float:
    """Return how long the loads may continue at `ours_w` [s]; infinite where that is longer than the window."""
    if spare_ws <= 0:
        return 0.0
    return float("inf") if ours_w * rest_s <= spare_ws else spare_ws / ours_w


def _word(allowance: Allowance) -> str:
    return "hour" if allowance.ends_s - allowance.start_s > 2 * QUARTER_S else "quarter of an hour"


def _italian(pattern: Ceiling, contract_w: float, loads: LoadEnvelope, house: HouseMemory) -> Ceiling:
    """Return the ceiling of an Italian contract: a tenth above it; the tolerance above that only holds minimums on."""
    volts = pattern.voltage_v
    used_a = house.now_w / volts
    bears_s = italian_time_s(volts * used_a + loads.at_minimum_w, contract_w)
    left = max(1 / 2 - house.strain, 0.0)
    return fast_replace(
        pattern,
        cause="limited_by_contract_band",
        details={"limit_kw": contract_w / 1000},
        room_a=ITALY_EVER_RATIO * contract_w / volts - used_a,
        used_a=used_a,
        flow_a=used_a + sum(pattern.drawn_a.values()),
        rating_a=ITALY_EVER_RATIO * contract_w / volts,
        bears_s=left * bears_s if left > 0 else 0.0,
    )


def _dimming_ceiling(flows: Flows) -> Iterator[Ceiling]:
    """Yield the ceiling while the grid operator dims: for the marked loads, in addition to their own solar power."""
    site, snapshot, main = flows.site, flows.snapshot, flows.main
    loads = controllable(site)
    weights = {load.name: float(len(load.phases)) for load in loads}
    if not weights:
        return
    drawn_a = {name: a for name, a in flows.drawn.on(site.phases).items() if name in weights}
    limit_a = max(dimmed_w(site, snapshot.dim_limit_w) / site.voltage_v, LEAST_RATING_A)
    known = all(ceiling.known for ceiling in main.values())
    others_a = sum(c.used_a + sum(c.drawn_a.values()) for c in main.values()) - sum(drawn_a.values())
    own_a = max(-others_a, 0.0) if known else 0.0
    flow_a = max(sum(drawn_a.values()) - own_a, 0.0)
    yield Ceiling(
        name=DIMMED,
        cause="limited_by_unknown_dimming" if snapshot.dimmed is None else "limited_by_dimming",
        room_a=limit_a + own_a,
        weights=weights,
        phases=site.phases,
        drawn_a=drawn_a,
        flow_a=flow_a,
        rating_a=limit_a,
        known=True,
        metered=False,
        reported_s=snapshot.now_s,
        voltage_v=site.voltage_v,
    )


def house_now_w(ceilings: Iterable[Ceiling]) -> float:
    """Return the present house load by the main meter [W], rounded to 10 W."""
    return _tens(sum(c.used_a * c.voltage_v for c in ceilings if c.fuse == MAIN))


def expected_w(ceiling: Ceiling) -> float:
    """Return the mean house load expected for the rest of the window [W], rounded to 10 W."""
    return _tens(ceiling.used_a * ceiling.voltage_v)


def power_left_w(ceiling: Ceiling) -> float:
    """Return the power that a tariff leaves for house and loads [W], rounded to 10 W."""
    return _tens(ceiling.rating_a * ceiling.voltage_v)


def overrun_reason(ceiling: Ceiling, ceilings: Iterable[Ceiling], notes: Mapping[str, Note]) -> Message:
    """Return the message of an exceeded target: the power of the house, what is left, and the new amps of each load."""
    amps = ", ".join(f"{name} {plain(note.setpoint_a)} A" for name, note in notes.items() if name in ceiling.weights)
    loads: dict[str, Value] = {"loads": amps} if amps else {}
    if not alone_beyond(ceiling):
        taken_w = _tens(ceiling.flow_a * ceiling.voltage_v)
        return message("tariff_exceeded", limit=ceiling.name, taken_w=taken_w, left_w=power_left_w(ceiling), **loads)
    house_w, mean_w = house_now_w(ceilings), expected_w(ceiling)
    mean: dict[str, Value] = {} if house_w == mean_w else {"mean_w": mean_w}
    left = power_left_w(ceiling)
    return message("tariff_exceeded_by_house", limit=ceiling.name, house_w=house_w, left_w=left, **mean, **loads)


def alone_beyond(ceiling: Ceiling) -> bool:
    """Return whether the house alone exceeds the limit, without any load."""
    return ceiling.exceeded and ceiling.used_a > ceiling.rating_a


def _tens(power_w: float) -> float:
    return round(power_w, -1)
