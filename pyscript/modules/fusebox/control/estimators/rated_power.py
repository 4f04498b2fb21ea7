"""The real draw of a switched load while it is on, learnt from its power sensor. Pure.

Wires reserve the most that the load may draw: its rating in CONFIG, or more if more was measured. For energy budgets
its real draw counts: a pump that never draws more than half of its rating may start with half of the sun.
"""

from __future__ import annotations

from ... import tuning
from ...model.appliance_memory import NEW_RATING, RatingMemory
from ...model.load import Load
from ...model.load_memory import LoadMemory
from ...model.records import fast_replace, replace_if_changed, replace_within
from ...model.snapshot import LoadState


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
        return fast_replace(NEW_RATING, runs_a=runs_a)
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
