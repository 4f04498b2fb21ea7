"""Forecast of the house load until a tariff window ends, and the power that this leaves for the loads."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from ... import tuning
from ...model.durations import MINUTE_S, QUARTER_S
from ...model.house_memory import HouseMemory
from .load_envelope import LoadEnvelope


def record_house_load(before: HouseMemory | None, house_w: float, now_s: float) -> HouseMemory:
    """Return the house memory with the present house load [W] added; each complete minute is remembered as a mean.

    After a gap of more than `SLOWEST_S` the begun minute is dropped, the complete ones stay. `soon_w` is the load
    smoothed over `FOLLOW_S`; the last `FORECAST_MINUTES` and their bursts are retained.
    """
    if before is None or not 0 <= now_s - before.at_s <= tuning.SLOWEST_S:
        known = before or HouseMemory(house_w, now_s, now_s, house_w)
        return replace(known, now_w=house_w, at_s=now_s, soon_w=house_w, minute_s=now_s, minute_ws=0.0)
    energy_ws = before.minute_ws + before.now_w * (now_s - before.at_s)
    soon_w = house_w + (before.soon_w - house_w) * math.exp((before.at_s - now_s) / tuning.FOLLOW_S)
    after = replace(before, now_w=house_w, at_s=now_s, soon_w=soon_w, minute_ws=energy_ws)
    since_s = now_s - before.minute_s
    if since_s < MINUTE_S:
        return after
    minutes_w = (*before.minutes_w, energy_ws / since_s)[-tuning.FORECAST_MINUTES :]
    bursts_ws = _highest_bursts_ws(minutes_w)
    return replace(after, minute_s=now_s, minute_ws=0.0, minutes_w=minutes_w, bursts_ws=bursts_ws)


def _highest_bursts_ws(minutes_w: Sequence[float]) -> tuple[float, ...]:
    """Return the most energy used within any one minute, within any two consecutive minutes, and so on [Ws].

    Up to `FORECAST_BURST_MINUTES` of them, or as many as are remembered.
    """
    sums = [0.0, *accumulate(minutes_w)]
    counts = range(1, min(tuning.FORECAST_BURST_MINUTES, len(minutes_w)) + 1)
    return tuple(MINUTE_S * max(sums[i + n] - sums[i] for i in range(len(sums) - n)) for n in counts)


def mean_house_w(house: HouseMemory) -> float:
    """Return the mean house load over the last `FORECAST_MEAN_MINUTES` [W]."""
    return _mean_w(house, tuning.FORECAST_MEAN_MINUTES)


def house_w_for_minutes(house: HouseMemory) -> float:
    """Return the house load to expect for some minutes [W]: the mean of many or of few minutes, whichever is higher."""
    return max(_mean_w(house, tuning.FORECAST_MEAN_MINUTES), _mean_w(house, tuning.FORECAST_LATE_MINUTES))


def _mean_w(house: HouseMemory, minutes: int) -> float:
    """Return the mean house load over the last `minutes` [W]; the present one before any minute is complete."""
    last = house.minutes_w[-minutes:]
    return sum(last) / len(last) if last else house.soon_w


def expected_house_ws(house: HouseMemory, for_s: float) -> float:
    """Return the expected import of the house over the next `for_s` seconds [Ws].

    The present load for a minute, then for a few minutes that or `house_w_for_minutes` (the higher), then the long
    mean.
    """
    soon_s = min(for_s, MINUTE_S)
    next_s = min(for_s - soon_s, MINUTE_S * (tuning.FORECAST_BURST_MINUTES - 1))
    next_w, later_s = max(house_w_for_minutes(house), house.soon_w), for_s - soon_s - next_s
    return house.soon_w * soon_s + next_w * next_s + mean_house_w(house) * later_s


def worst_house_ws(house: HouseMemory, for_s: float) -> float:
    """Return the import of the house over `for_s` seconds if the worst burst of the remembered time began now [Ws].

    Never less than what is expected; after the longest known burst, `house_w_for_minutes` follows.
    """
    known = len(house.bursts_ws)
    minutes = min(int(for_s // MINUTE_S), known)
    whole_ws = house.bursts_ws[minutes - 1] if minutes else 0.0
    rest_s = for_s - MINUTE_S * minutes
    if minutes < known:
        rest_ws = (house.bursts_ws[minutes] - whole_ws) * rest_s / MINUTE_S
    else:
        rest_ws = house_w_for_minutes(house) * rest_s
    return max(expected_house_ws(house, for_s), whole_ws + rest_ws)


def surprising_house_ws(house: HouseMemory, for_s: float, limit_w: float) -> float:
    """Return the higher of `worst_house_ws` and the near house load plus a large appliance never seen before [Ws]."""
    comes_ws = tuning.FORECAST_SURPRISE_RATIO * limit_w * min(for_s, tuning.SILENT_S)
    return max(worst_house_ws(house, for_s), house_w_for_minutes(house) * for_s + comes_ws)


def power_left_for_loads_w(
    house: HouseMemory, left_ws: float, rest_s: float, limit_w: float, loads: LoadEnvelope, length_s: float = QUARTER_S
) -> float:
    """Return the power that the loads may use until the window ends [W, may be < 0], if `left_ws` is left for import.

    `length_s`: a whole window. At every later moment enough has to be left for the worst that the house may do with all
    loads off, but no more than the loads could use up if it stays calm; loads that can be lowered keep their minimums.
    Slow chargers leave a further reserve. In the last `DEMAND_CLOCK_SKEW_S` the energy has to last for that time, but
    the present draw and a quarter more stays allowed.
    """
    if loads.slow_s > tuning.QUICK_S:
        left_ws -= tuning.FORECAST_SLOW_RATIO * limit_w * min(rest_s, loads.slow_s)
    total_ws = expected_house_ws(house, rest_s)
    found = (left_ws - total_ws) / rest_s
    if rest_s < tuning.DEMAND_CLOCK_SKEW_S:
        # The grid company's clock may differ: by it the window may have ended.
        lasting_w = (left_ws - total_ws) / tuning.DEMAND_CLOCK_SKEW_S
        found = min(found, max(lasting_w, loads.now_w * (1 + tuning.ALIKE_SHARE)))
    if loads.most_w <= 0:
        return min(found, _power_with_burst_reserve_w(house, left_ws, rest_s, limit_w))
    # What chargers take for the next seconds leaves the reserve for appliances then.
    soon_s = min(rest_s, tuning.LASTING_S)
    then_ws = _reserve_for_appliances_ws(house, rest_s - soon_s, limit_w, loads, length_s)
    before_w = (left_ws - then_ws - expected_house_ws(house, soon_s)) / soon_s
    return min(found, max(before_w, loads.all_minimums_w))


def late_start_limit_w(window_left_s: float, next_window_ws: float, loads: LoadEnvelope) -> float:
    """Return the limit for loads late in a window [W]: what starts now runs on into the next with its `next_window_ws`.

    At least twice their present draw. Infinite while `WINDOW_RUNS_S` or more is left (`window_left_s`).
    """
    runs_on_s = tuning.WINDOW_RUNS_S - window_left_s
    return max(next_window_ws / runs_on_s, 2 * loads.now_w) if runs_on_s > 0 else math.inf


def _power_with_burst_reserve_w(house: HouseMemory, left_ws: float, rest_s: float, limit_w: float) -> float:
    """Return the power [W] that leaves enough for a burst in each of the next minutes, for loads that cannot catch up.

    Infinite where the window ends too soon for one.
    """
    found = float("inf")
    for minutes in range(1, tuning.FORECAST_BURST_MINUTES + 1):
        then_s = MINUTE_S * minutes
        if rest_s - then_s >= tuning.DEMAND_CLOCK_SKEW_S:
            until_ws = expected_house_ws(house, rest_s - then_s)
            found = min(found, (left_ws - surprising_house_ws(house, then_s, limit_w) - until_ws) / (rest_s - then_s))
    return found


def _reserve_for_appliances_ws(
    house: HouseMemory, for_s: float, limit_w: float, loads: LoadEnvelope, length_s: float
) -> float:
    """Return the energy to reserve for house and appliances that may start when `for_s` seconds are left [Ws].

    The expected house load and a share of the limit, at most what house and loads could use up. At least the expected
    house load and what may start before a slow device follows.
    """
    even_ws = expected_house_ws(house, for_s)
    awaited_ws = even_ws + tuning.FORECAST_AWAITED_RATIO * limit_w * min(for_s, QUARTER_S)
    calm_ws = min((*house.minutes_w, house.soon_w)) * for_s
    usable_ws = calm_ws + loads.usable_energy_ws(for_s) + tuning.FORECAST_SPARED_SHARE * limit_w * length_s
    meanwhile_ws = tuning.FORECAST_SWITCHED_ON_RATIO * limit_w * min(for_s, loads.slow_s)
    return max(min(awaited_ws, usable_ws), even_ws + meanwhile_ws)


def next_window_energy_ws(house: HouseMemory, limit_w: float, length_s: float) -> float:
    """Return the energy that the next window leaves for the loads [Ws], below 0 if the house alone exceeds its limit.

    Its limit, without `FORECAST_SPARED_SHARE` of it, less a burst of the house, also one never seen before, and then
    its mean load.
    """
    burst_s = MINUTE_S * tuning.FORECAST_BURST_MINUTES
    house_ws = surprising_house_ws(house, burst_s, limit_w) + mean_house_w(house) * (length_s - burst_s)
    return limit_w * length_s * (1 - tuning.FORECAST_SPARED_SHARE) - house_ws


def spare_energy_ws(house: HouseMemory, left_ws: float, rest_s: float, limit_w: float, loads: LoadEnvelope) -> float:
    """Return the energy that loads may still use before all have to be off so that the window's limit holds [Ws].

    Below 0 where nothing is left. What is left (`left_ws`) less the expected house load and a reserve for an appliance
    that may start, which without chargers counts whole, otherwise up to a share of what loads could use up. While
    little is known of the house, only its worst known burst is reserved.
    """
    even_ws = expected_house_ws(house, rest_s)
    if len(house.minutes_w) < tuning.FORECAST_KNOWN_MINUTES:
        burst_s = min(rest_s, MINUTE_S * tuning.FORECAST_BURST_MINUTES)
        return left_ws - max(even_ws, worst_house_ws(house, burst_s) + mean_house_w(house) * (rest_s - burst_s))
    switched_on_s = max(min(rest_s, QUARTER_S) - tuning.FOLLOW_S, 0.0)
    if loads.most_w <= 0:
        return left_ws - even_ws - tuning.FORECAST_SWITCHED_ON_RATIO * limit_w * switched_on_s
    after_pause = loads._replace(now_w=loads.all_minimums_w)
    usable_ws = mean_house_w(house) * rest_s + tuning.FORECAST_USABLE_SHARE * after_pause.usable_energy_ws(rest_s)
    well_known = len(house.minutes_w) >= 2 * tuning.FORECAST_KNOWN_MINUTES
    times = tuning.FORECAST_MUCH_RATIO if loads.starts_seldom and well_known else tuning.FORECAST_SWITCHED_ON_RATIO
    return left_ws - min(even_ws + times * limit_w * switched_on_s, max(usable_ws, even_ws))
