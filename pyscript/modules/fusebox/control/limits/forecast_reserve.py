"""What the house will do until a window ends, learnt from its last minutes; and what that leaves for the loads."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from ... import tuning
from ...model.durations import MINUTE_S, QUARTER_S
from ...model.house_memory import HouseMemory
from .load_envelope import LoadEnvelope


def watched(before: HouseMemory | None, house_w: float, now_s: float) -> HouseMemory:
    """The memory with what the house takes now."""
    if before is None or not 0 <= now_s - before.at_s <= tuning.SLOWEST_S:
        known = before or HouseMemory(house_w, now_s, now_s, house_w)
        return replace(known, now_w=house_w, at_s=now_s, soon_w=house_w, minute_s=now_s, minute_ws=0.0)
    energy_ws = before.minute_ws + before.now_w * (now_s - before.at_s)
    soon_w = house_w + (before.soon_w - house_w) * math.exp((before.at_s - now_s) / tuning.FOLLOW_S)
    since_s = now_s - before.minute_s
    if since_s < MINUTE_S:
        return replace(before, now_w=house_w, at_s=now_s, soon_w=soon_w, minute_ws=energy_ws)
    minutes_w = (*before.minutes_w, energy_ws / since_s)[-tuning.FORECAST_MINUTES :]
    return replace(
        before,
        now_w=house_w,
        at_s=now_s,
        soon_w=soon_w,
        minute_s=now_s,
        minute_ws=0.0,
        minutes_w=minutes_w,
        bursts_ws=_bursts(minutes_w),
    )


def _bursts(minutes_w: Sequence[float]) -> tuple[float, ...]:
    """The most that came within one minute, within two running, ... [Ws]."""
    sums = [0.0, *accumulate(minutes_w)]
    counts = range(1, min(tuning.FORECAST_BURST_MINUTES, len(minutes_w)) + 1)
    return tuple(MINUTE_S * max(sums[i + n] - sums[i] for i in range(len(sums) - n)) for n in counts)


def mean_w(house: HouseMemory) -> float:
    """What the house took on the mean of its last minutes [W]."""
    return _mean_w(house, tuning.FORECAST_MEAN_MINUTES)


def next_w(house: HouseMemory) -> float:
    """What the house goes on with for some minutes [W]: the mean of many or of few, what is more."""
    return max(_mean_w(house, tuning.FORECAST_MEAN_MINUTES), _mean_w(house, tuning.FORECAST_LATE_MINUTES))


def _mean_w(house: HouseMemory, minutes: int) -> float:
    last = house.minutes_w[-minutes:]
    return sum(last) / len(last) if last else house.soon_w


def expected_ws(house: HouseMemory, for_s: float) -> float:
    """What the house is expected to import from now on [Ws].

    For a minute what it does, for some more that or what it has come to, and then what it did.
    """
    soon_s = min(for_s, MINUTE_S)
    next_s = min(for_s - soon_s, MINUTE_S * (tuning.FORECAST_BURST_MINUTES - 1))
    return house.soon_w * soon_s + max(next_w(house), house.soon_w) * next_s + mean_w(house) * (for_s - soon_s - next_s)


def worst_ws(house: HouseMemory, for_s: float) -> float:
    """What the house may import within so long, when the worst of the remembered time comes back now [Ws]."""
    known = len(house.bursts_ws)
    minutes = min(int(for_s // MINUTE_S), known)
    whole_ws = house.bursts_ws[minutes - 1] if minutes else 0.0
    rest_s = for_s - MINUTE_S * minutes
    if minutes < known:
        rest_ws = (house.bursts_ws[minutes] - whole_ws) * rest_s / MINUTE_S
    else:
        rest_ws = next_w(house) * rest_s
    return max(expected_ws(house, for_s), whole_ws + rest_ws)


def surprise_ws(house: HouseMemory, for_s: float, limit_w: float) -> float:
    """As the worst, or what was never seen comes on top of what runs [Ws]."""
    comes_ws = tuning.FORECAST_SURPRISE_RATIO * limit_w * min(for_s, tuning.SILENT_S)
    return max(worst_ws(house, for_s), next_w(house) * for_s + comes_ws)


def room_w(
    house: HouseMemory, left_ws: float, rest_s: float, limit_w: float, loads: LoadEnvelope, length_s: float = QUARTER_S
) -> float:
    """Power for the loads [W] that may go on until the window ends: `left_ws` for all that is imported until then.

    `length_s`: of a whole window. At every later moment enough has to be left for the worst that the house may do from
    then on with all loads off, as far as the loads could use it up if the house does not.
    """
    if loads.slow_s > tuning.QUICK_S:
        left_ws -= tuning.FORECAST_SLOW_RATIO * limit_w * min(rest_s, loads.slow_s)
    total_ws = expected_ws(house, rest_s)
    found = (left_ws - total_ws) / rest_s
    if rest_s < tuning.DEMAND_CLOCK_SKEW_S:
        # By another clock the window may have ended.
        lasting_w = (left_ws - total_ws) / tuning.DEMAND_CLOCK_SKEW_S
        found = min(found, max(lasting_w, loads.now_w * (1 + tuning.ALIKE_SHARE)))
    if loads.most_w > 0:
        found = min(found, max(_late_w(house, left_ws, rest_s, limit_w, loads, length_s), loads.all_minimums_w))
    else:
        found = min(found, _calm_w(house, left_ws, rest_s, limit_w))
    return found


def run_on_w(rest_s: float, then_ws: float, loads: LoadEnvelope) -> float:
    """Power for the loads [W] late in a window: what begins then runs on into the next one, which leaves `then_ws`."""
    runs_on_s = tuning.WINDOW_RUNS_S - rest_s
    return max(then_ws / runs_on_s, 2 * loads.now_w) if runs_on_s > 0 else math.inf


def _calm_w(house: HouseMemory, left_ws: float, rest_s: float, limit_w: float) -> float:
    """What leaves enough for each of the last minutes, to loads that cannot make up for it later [W]."""
    found = float("inf")
    for minutes in range(1, tuning.FORECAST_BURST_MINUTES + 1):
        then_s = MINUTE_S * minutes
        if rest_s - then_s >= tuning.DEMAND_CLOCK_SKEW_S:
            until_ws = expected_ws(house, rest_s - then_s)
            found = min(found, (left_ws - surprise_ws(house, then_s, limit_w) - until_ws) / (rest_s - then_s))
    return found


def _late_w(
    house: HouseMemory, left_ws: float, rest_s: float, limit_w: float, loads: LoadEnvelope, length_s: float
) -> float:
    """What chargers may take now so that they follow the edge of what is kept [W]."""
    soon_s = min(rest_s, tuning.LASTING_S)
    then_ws = _kept_ws(house, rest_s - soon_s, limit_w, loads, length_s)
    return (left_ws - then_ws - expected_ws(house, soon_s)) / soon_s


def _kept_ws(house: HouseMemory, for_s: float, limit_w: float, loads: LoadEnvelope, length_s: float) -> float:
    """What should be left when so long is to go [Ws]: for what may come, as far as it could be used up if it does not.

    A device that hears late needs what may come meanwhile in any case.
    """
    even_ws = expected_ws(house, for_s)
    awaited_ws = even_ws + tuning.FORECAST_AWAITED_RATIO * limit_w * min(for_s, QUARTER_S)
    usable_ws = low_w(house) * for_s + loads.usable_ws(for_s) + tuning.FORECAST_SPARED_SHARE * limit_w * length_s
    meanwhile_ws = tuning.FORECAST_SWITCHED_ON_RATIO * limit_w * min(for_s, loads.slow_s)
    return max(min(awaited_ws, usable_ws), even_ws + meanwhile_ws)


def low_w(house: HouseMemory) -> float:
    """The least that the house took within a minute of the remembered time [W]."""
    return min((*house.minutes_w, house.soon_w))


def next_ws(house: HouseMemory, limit_w: float, length_s: float) -> float:
    """What the next window leaves for the loads [Ws]."""
    burst_s = MINUTE_S * tuning.FORECAST_BURST_MINUTES
    house_ws = surprise_ws(house, burst_s, limit_w) + mean_w(house) * (length_s - burst_s)
    return limit_w * length_s * (1 - tuning.FORECAST_SPARED_SHARE) - house_ws


def spare_ws(house: HouseMemory, left_ws: float, rest_s: float, limit_w: float, loads: LoadEnvelope) -> float:
    """What loads may still take before all of them have to be off, for the house to make it to the end [Ws].

    Right after a start, when nothing is known of the house, nobody is stopped for what was never seen.
    """
    even_ws = expected_ws(house, rest_s)
    if len(house.minutes_w) < tuning.FORECAST_KNOWN_MINUTES:
        burst_s = min(rest_s, MINUTE_S * tuning.FORECAST_BURST_MINUTES)
        return left_ws - max(even_ws, worst_ws(house, burst_s) + mean_w(house) * (rest_s - burst_s))
    switched_on_s = max(min(rest_s, QUARTER_S) - tuning.FOLLOW_S, 0.0)
    if loads.most_w <= 0:
        return left_ws - even_ws - tuning.FORECAST_SWITCHED_ON_RATIO * limit_w * switched_on_s
    usable_ws = mean_w(house) * rest_s + tuning.FORECAST_USABLE_SHARE * loads.rested().usable_ws(rest_s)
    well_known = len(house.minutes_w) >= 2 * tuning.FORECAST_KNOWN_MINUTES
    times = tuning.FORECAST_MUCH_RATIO if loads.fresh and well_known else tuning.FORECAST_SWITCHED_ON_RATIO
    return left_ws - min(even_ws + times * limit_w * switched_on_s, max(usable_ws, even_ws))
