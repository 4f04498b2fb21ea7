"""What the house will do until a window ends, learnt from its last minutes; and what that leaves for the loads."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from ..energy_patience import RUNS_S
from ..house_memory import HouseMemory

MINUTE_S = 60.0
REMEMBERED = 60
"""So many minutes are remembered."""

MEAN_MINUTES, LATE_MINUTES = 5, 3
"""The house is expected to go on as it did on the mean of so many minutes; for some, of the few if that is more. An
oven that cycles is a mean within them, and what has come or gone for good is believed soon."""

KNOWN_MINUTES = 10
"""Who has been watched for so long is known a little."""

SOON_S = 15.0
"""What comes and goes within so long, such as a pulsing hob, is taken as its mean."""

BURST_MINUTES = 4
"""Kettles, ovens and showers at once: the worst of the remembered time may come back for so many minutes."""

SURPRISES = ((1.2, 90.0), (0.4, 90.0))
"""What may come at any time, although it was never seen: so many times the limit for so long [s], one after the other.
Who keeps to a low limit cooks with less."""

LAST_S, ALSO = 30.0, 1.2
"""In the last seconds of a window nothing is handed out that was not there before: it would go again at once. A car
draws a little less than it is offered."""

MORE = 2.0
"""Late in a window, when the next one leaves too little for a run, what runs may still take so many times more."""

UNSEEN_S = 75.0
"""After a longer gap between two looks the minute that was begun is dropped."""

SPARED = 0.01
"""So much of a window's limit is not planned with: commands and cars take their seconds."""


def watched(before: HouseMemory | None, house_w: float, now_s: float) -> HouseMemory:
    """The memory with what the house takes now."""
    if before is None or not 0 <= now_s - before.at_s <= UNSEEN_S:
        known = before or HouseMemory(house_w, now_s, now_s, house_w)
        return replace(known, now_w=house_w, at_s=now_s, soon_w=house_w, minute_s=now_s, minute_ws=0.0)
    energy_ws = before.minute_ws + before.now_w * (now_s - before.at_s)
    soon_w = house_w + (before.soon_w - house_w) * math.exp((before.at_s - now_s) / SOON_S)
    since_s = now_s - before.minute_s
    if since_s < MINUTE_S:
        return replace(before, now_w=house_w, at_s=now_s, soon_w=soon_w, minute_ws=energy_ws)
    minutes_w = (*before.minutes_w, energy_ws / since_s)[-REMEMBERED:]
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
    counts = range(1, min(BURST_MINUTES, len(minutes_w)) + 1)
    return tuple(MINUTE_S * max(sums[i + n] - sums[i] for i in range(len(sums) - n)) for n in counts)


def mean_w(house: HouseMemory) -> float:
    """What the house took on the mean of its last minutes [W]."""
    return _mean_w(house, MEAN_MINUTES)


def next_w(house: HouseMemory) -> float:
    """What the house goes on with for some minutes [W]: the mean of many or of few, what is more."""
    return max(_mean_w(house, MEAN_MINUTES), _mean_w(house, LATE_MINUTES))


def _mean_w(house: HouseMemory, minutes: int) -> float:
    last = house.minutes_w[-minutes:]
    return sum(last) / len(last) if last else house.soon_w


def expected_ws(house: HouseMemory, for_s: float) -> float:
    """What the house is expected to import from now on [Ws].

    For a minute what it does, for some more what it has come to, and then what it did.
    """
    soon_s = min(for_s, MINUTE_S)
    next_s = min(for_s - soon_s, MINUTE_S * (BURST_MINUTES - 1))
    return house.soon_w * soon_s + next_w(house) * next_s + mean_w(house) * (for_s - soon_s - next_s)


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
    found_ws, rest_s = next_w(house) * for_s, for_s
    for times, length_s in SURPRISES:
        found_ws += times * limit_w * min(rest_s, length_s)
        rest_s = max(rest_s - length_s, 0.0)
    return max(worst_ws(house, for_s), found_ws)


def room_w(
    house: HouseMemory, left_ws: float, rest_s: float, limit_w: float, ours_w: float, length_s: float = 900.0
) -> float:
    """Power for the loads [W] that may go on until the window ends: `left_ws` for all that is imported until then.

    `ours_w`: what they draw now; `length_s`: of a whole window. At every later moment enough has to be left for the
    worst that the house may do from then on with all loads off.
    """
    total_ws = expected_ws(house, rest_s)
    found = (left_ws - total_ws) / rest_s
    if rest_s < LAST_S:
        found = min(found, max((left_ws - total_ws) / LAST_S, ours_w * ALSO))
    for minutes in range(1, BURST_MINUTES + 1):
        then_s = MINUTE_S * minutes
        if rest_s - then_s >= LAST_S:
            until_ws = expected_ws(house, rest_s - then_s)
            found = min(found, (left_ws - surprise_ws(house, then_s, limit_w) - until_ws) / (rest_s - then_s))
    if rest_s < RUNS_S:
        found = min(found, max(next_ws(house, limit_w, length_s) / (RUNS_S - rest_s), ours_w * MORE))
    return found


def next_ws(house: HouseMemory, limit_w: float, length_s: float) -> float:
    """What the next window leaves for the loads [Ws]."""
    burst_s = MINUTE_S * BURST_MINUTES
    house_ws = surprise_ws(house, burst_s, limit_w) + mean_w(house) * (length_s - burst_s)
    return limit_w * length_s * (1 - SPARED) - house_ws


def spare_ws(house: HouseMemory, left_ws: float, rest_s: float, limit_w: float) -> float:
    """What loads may still take before all of them have to be off, for the house to make it to the end [Ws].

    Right after a start, when nothing is known of the house, nobody is stopped for what was never seen.
    """
    burst_s = min(rest_s, MINUTE_S * BURST_MINUTES)
    watched_long = len(house.minutes_w) >= KNOWN_MINUTES
    burst_ws = surprise_ws(house, burst_s, limit_w) if watched_long else worst_ws(house, burst_s)
    return left_ws - max(expected_ws(house, rest_s), burst_ws + mean_w(house) * (rest_s - burst_s))
