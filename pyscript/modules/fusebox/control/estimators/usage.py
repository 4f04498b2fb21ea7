"""How much of its rating or of its offer a load really uses, learnt from its draw sensor; nothing without one. Pure.

For a switched load wires reserve its rating in CONFIG, or more if more was measured. For energy budgets its real draw
counts: a pump that never draws more than half of its rating may start with half of the sun. What a car leaves unused
of its offer is withdrawn while other loads need it, and returned when the car uses its cap.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ... import tuning
from ...model.appliance_memory import RatingMemory
from ...model.ceiling import Ceiling
from ...model.electrics import DUST, ceil_to_step
from ...model.load import Load, Mode
from ...model.load_memory import LoadMemories, LoadMemory, UnusedOfferMemory
from ...model.records import fast_replace, replace_if_changed, replace_within
from ...model.site import MAIN, Site
from ...model.snapshot import LoadState, Snapshot, Status, min_current_a
from .acknowledgement import time_to_settle_s


def update_rating(load: Load, state: LoadState, past: LoadMemory, now_s: float) -> LoadMemory:
    """Return the memory with the learnt draw of an on/off load; a setpoint above 0 becomes its highest known draw.

    Unchanged for other loads.
    """
    if not load.on_off:
        return past
    past = replace_within(past, "switched", rating=_update_rating_memory(load, state, past.switched.rating, now_s))
    return replace_if_changed(past, setpoint_a=with_measured_rating(load, past).max_a) if past.setpoint_a > 0 else past


def _update_rating_memory(load: Load, state: LoadState, past: RatingMemory, now_s: float) -> RatingMemory:
    """Return the rating memory after one reading: the present run's level and peak, and the peaks of past runs.

    A level becomes the peak after `LASTING_S` if it is above standby; it begins anew with a change above `TOLERANCE_A`.
    A run ends when the load is off; the peaks of the last `KNOWN_TIMES` runs are retained. Unchanged without a draw.
    """
    draw_a = state.draw_a.highest
    if not state.available or draw_a is None:
        return past
    if not state.on:
        runs_a = (*past.runs_a, past.peak_a)[-tuning.KNOWN_TIMES :] if past.peak_a > 0 else past.runs_a
        return RatingMemory(runs_a=runs_a)
    if past.began_s is None:
        return fast_replace(past, level_a=draw_a, level_s=now_s, peak_a=0.0, began_s=now_s)
    if abs(draw_a - past.level_a) > tuning.TOLERANCE_A:
        return fast_replace(past, level_a=draw_a, level_s=now_s)
    steady = now_s - past.level_s >= tuning.LASTING_S and past.level_a >= tuning.RATING_STANDBY_SHARE * load.max_a
    return fast_replace(past, peak_a=past.level_a) if steady and past.level_a > past.peak_a else past


def with_measured_rating(load: Load, past: LoadMemory) -> Load:
    """Return the load with the rating that wires have to carry: CONFIG's, or the measured peak where that is more.

    A higher peak becomes its minimum and its maximum; otherwise, and for other loads than on/off, unchanged.
    """
    most_a = _highest_known_draw_a(load, past.switched.rating)
    return load if most_a <= load.max_a else fast_replace(load, min_a=most_a, max_a=most_a)


def part_of_rating_to_reserve(load: Load, past: LoadMemory, now_s: float) -> float:
    """Return the part of a load's highest known draw that an energy budget has to cover (0 to 1).

    1 for a charger, and until an on/off load has shown its draw in a run; then the most of its last runs. A heat pump
    counts with its present draw. At least the standby share.
    """
    if not load.on_off and not load.can.takes_sg_state:
        return 1.0
    rating = past.switched.rating
    began_s = now_s if rating.began_s is None else rating.began_s
    if load.can.takes_sg_state:
        # A heat pump decides when it runs: its present draw counts, and nothing is reserved for it.
        draws_a = [] if rating.began_s is None else [rating.level_a]
    elif rating.runs_a or (rating.peak_a > 0 and now_s - began_s >= tuning.RATING_FIRST_S):
        draws_a = [rating.peak_a, *rating.runs_a]
    else:
        return 1.0
    return max([*draws_a, tuning.RATING_STANDBY_SHARE * load.max_a]) / _highest_known_draw_a(load, rating)


def _highest_known_draw_a(load: Load, rating: RatingMemory) -> float:
    """Return the highest known draw of a switched load [A], for any other its `max_a`."""
    return max(load.max_a, rating.peak_a, *rating.runs_a) if load.on_off else load.max_a


def update_unused_offers(
    site: Site, snapshot: Snapshot, known: LoadMemories, ceilings: Sequence[Ceiling]
) -> LoadMemories:
    """Return load -> memory with the cap on its unused offer, when other loads last needed that, and whether it lends.

    Other loads need it while they could use more under a common ceiling if no load were capped. A car that has drawn
    nothing for a minute, because it is full or waits, also lends them the minimum that it is offered; a plug or tank at
    rest lends its rating.
    """
    found = dict(known)
    could_a = {each.name: _could_use_a(each, snapshot.state_of(each.name), known[each.name]) for each in site.loads}
    for load in site.loads:
        past, state = known[load.name], snapshot.state_of(load.name)
        unused = _observe_unused(load, state, past, snapshot.now_s)
        if unused.usage_cap_a is not None and _is_needed_by_others(load.name, could_a, ceilings):
            unused = fast_replace(unused, scarce_s=snapshot.now_s)
        past = replace_within(past, "response", unused_offer=unused)
        may_lend = may_lend_rating if load.on_off else may_lend_minimum
        lends = not site.island and may_lend(load, state, past, snapshot.now_s)
        found[load.name] = replace_within(past, "response", unused_offer=replace_if_changed(unused, lends=lends))
    return found


def may_lend_minimum(load: Load, state: LoadState, past: LoadMemory, now_s: float) -> bool:
    """Return whether other loads may use the minimum that a car is offered: it is at rest, and they need it.

    Only where meters show when it draws again (`lends_rating`). Not while its charger reports charging, as its draw
    sensor may be broken, nor for a load in watts or a Quasar.
    """
    is_needed = cap_in_force_a(past, now_s) is not None
    at_minimum = 0 < past.setpoint_a <= min_current_a(load, state) + DUST
    return load.lends_rating and rests_at_offer(load, state, past) and is_needed and at_minimum


def rests_at_offer(load: Load, state: LoadState, past: LoadMemory) -> bool:
    """Return whether a car has drawn nothing of its offer for a while, and its charger reports no charging.

    False for a load in watts and a Quasar.
    """
    is_car = not (load.can.in_watts or load.can.discharges)
    return is_car and past.response.unused_offer.drew_nothing and state.status is not Status.CHARGING


def may_lend_rating(load: Load, state: LoadState, past: LoadMemory, now_s: float) -> bool:
    """Return whether other loads may use the rating of a plug or tank that is on: it has drawn nothing for `FORGET_S`.

    Its appliance has finished, or its own thermostat is open for long. Heat pumps lend theirs by what they need. Only
    where meters show when it draws again (`lends_rating`).
    """
    run, draw_a = past.switched.rating, state.draw_a.highest
    may_be_lent = load.lends_rating and not load.can.takes_sg_state
    if not may_be_lent or not state.on or draw_a is None or draw_a > tuning.DRAWS_A:
        return False
    return run.began_s is not None and run.level_a <= tuning.DRAWS_A and now_s - run.level_s >= tuning.FORGET_S


def cap_in_force_a(past: LoadMemory, now_s: float) -> float | None:
    """Return the highest current that a load may be offered because it draws no more [A]; None for no such cap.

    There is a cap only while another load needs the rest, and up to `LASTING_S` after that.
    """
    unused = past.response.unused_offer
    return unused.usage_cap_a if now_s - unused.scarce_s <= tuning.LASTING_S else None


def measures_nothing(load: Load, snapshot: Snapshot, set_a: float) -> bool:
    """Return whether a charger set to `set_a` reports charging and no draw, though the meter shows that current.

    False for a Quasar: it has no draw sensor of its own, and reports charging also at a power that it cannot modulate.
    """
    state = snapshot.state_of(load.name)
    is_metered = load.is_modulated and not load.can.discharges
    is_due = is_metered and state.status is Status.CHARGING and set_a >= state.starts_at_a
    flows_a = [snapshot.meter(MAIN, phase).value for phase in load.phases]
    is_still = all((state.draw_a[phase] or 0.0) <= tuning.DRAWS_A for phase in load.phases)
    return is_due and is_still and all(a is not None and a >= set_a for a in flows_a)


def unused_slack_a(load: Load) -> float:
    """Return how much less than its offer a load may draw and still use all of it [A]: cars stay below, heaters not."""
    return tuning.UNUSED_W / load.number("watts_per_a") if load.can.in_watts else tuning.CLEARLY_A


def _observe_unused(load: Load, state: LoadState, past: LoadMemory, now_s: float) -> UnusedOfferMemory:
    """Return the memory of what one load leaves unused of its offer after this snapshot.

    Its cap is the highest draw of a settled window of `LASTING_S` plus some headroom, never higher than before. It is
    raised when the load draws close to it, and dropped where it is no lower than the load's maximum or no power can be
    used.
    """
    unused, slack_a = past.response.unused_offer, unused_slack_a(load)
    if not load.is_modulated or not state.can_use_power:
        return UnusedOfferMemory()
    offered_a = past.setpoint_a if state.offer_a is None else min(past.setpoint_a, state.offer_a)
    drawn_a = _highest_draw_a(state, offered_a)
    # A charger that does not start leaves its offer unused like a car that draws nothing.
    is_off = state.on is False and not state.fault
    if drawn_a is None or not state.available or is_off or offered_a <= 0:
        return replace_if_changed(unused, since_s=None, drew_nothing=False)
    unused = replace_if_changed(unused, drew_nothing=unused.drew_nothing and drawn_a <= tuning.DRAWS_A)
    # A heater that could use more takes its whole offer; the draw of one that could not varies with the voltage.
    close_a = slack_a / 2 if load.can.in_watts else slack_a
    if unused.usage_cap_a is not None and drawn_a > unused.usage_cap_a - close_a:
        usage_cap_a = max(unused.usage_cap_a, drawn_a + slack_a) + tuning.RAISE_STEP_A
        return fast_replace(unused, since_s=None, usage_cap_a=usage_cap_a if usage_cap_a + DUST < load.max_a else None)
    if drawn_a > offered_a - slack_a:
        return replace_if_changed(unused, since_s=None)
    settled_s, reported_s = time_to_settle_s(past.response), now_s - state.draw_age_s
    if unused.since_s is None:
        settled = reported_s >= past.timing.changed_s + settled_s
        return fast_replace(unused, since_s=now_s, most_a=drawn_a) if settled else unused
    most_a = max(unused.most_a, drawn_a)
    # A draw from before the last raise had settled says nothing about what it leaves now.
    if now_s - unused.since_s < tuning.LASTING_S or reported_s < past.timing.raised_s + settled_s:
        return fast_replace(unused, most_a=most_a)
    # One window is over: its highest use counts until the next window has passed.
    step_a = state.device_step_a or load.step_a
    used_a = max(ceil_to_step(most_a + slack_a, step_a, state.device_min_a or 0.0), min_current_a(load, state))
    usage_cap_a = used_a if unused.usage_cap_a is None else min(used_a, unused.usage_cap_a)
    cap_a = usage_cap_a if usage_cap_a + DUST < load.max_a else None
    drew_nothing = most_a <= tuning.DRAWS_A
    return fast_replace(unused, since_s=now_s, most_a=drawn_a, usage_cap_a=cap_a, drew_nothing=drew_nothing)


def _highest_draw_a(state: LoadState, offered_a: float) -> float | None:
    """Return the highest draw on one phase [A], None without a sensor.

    A power that was divided among the phases may be on fewer of them: the fewest on which it stays within the offer.
    """
    if not state.is_power or state.draw_a.highest is None:
        return state.draw_a.highest
    known_a = [a for a in state.draw_a if a is not None]
    on_fewer_a = [sum(known_a) / count for count in range(1, len(known_a) + 1)]
    return max([a for a in on_fewer_a if a <= offered_a + tuning.TOLERANCE_A], default=on_fewer_a[-1])


def _is_needed_by_others(name: str, could_a: Mapping[str, float], ceilings: Sequence[Ceiling]) -> bool:
    """Return whether, if no load were capped, the loads under a common ceiling could use more than its headroom.

    Only a ceiling under which another load could use something.
    """
    for ceiling in ceilings:
        if name not in ceiling.weights:
            continue
        others = any(other != name and ceiling.stops(other) and could_a[other] > 0 for other in ceiling.weights)
        possible_a = sum(weight * could_a[other] for other, weight in ceiling.weights.items())
        if others and possible_a > ceiling.headroom_a + DUST:
            return True
    return False


def _could_use_a(load: Load, state: LoadState, past: LoadMemory) -> float:
    """Return the highest current that a load could use now by its own limits [A].

    0 while it is unavailable, can use no power, or is off by its mode or its user.
    """
    if not state.available or not state.can_use_power or load.mode is Mode.OFF or past.manual.off:
        return 0.0
    return allowed_current_a(load, state, past)


def allowed_current_a(load: Load, state: LoadState, past: LoadMemory) -> float:
    """Return the highest current that CONFIG, the device and the user allow a load [A]."""
    return min(a for a in (load.max_a, state.device_max_a, past.manual.limit_a) if a is not None)
