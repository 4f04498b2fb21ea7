"""How meters and loads may be wired: each way with what the meters would show of a load, and how likely it is before
anything was seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations, permutations, product
from typing import NamedTuple

from ...model.electrics import Phase
from ...model.load import Load
from ...model.site import Site

FAULT = -4.6
"""The logarithm of how often anything is wired otherwise than CONFIG says: once in a hundred."""
LIE = -6.9
"""The same of a sensor that tells nothing of what it should: once in a thousand."""
PART = -0.5
"""The same of a car that uses fewer phases than its box has: that is no fault."""

TURNED = -1.0
"""What a clamp that was mounted the wrong way round makes of each amp."""
OTHER_VOLTAGE = -0.5
"""What a meter makes of it that multiplies it by the voltage of another phase: the cosine of 120 degrees."""
BLIND = 0.0
"""What one makes of it that is somewhere else."""

UNITS = (1.0, 1000.0, 0.001)
"""What a sensor may tell of each of its units: all of it, W taken for kW, kW taken for W."""
KILO = UNITS[2]
LARGEST_A = 100.0
"""No phase of a home carries more [A]."""
SHARES = (1.0, 0.9, 0.8, 0.6, 0.4, 0.2)
"""How much of its rating something that is only switched may draw: nobody looks at its label."""


Way = tuple[Phase, float]
"""The phase that a meter is really on, and what it makes of an amp there."""


class MeterState(NamedTuple):
    """How the meters of one circuit are wired."""

    sources: tuple[Phase, ...]
    """The phase that each of them is really on, in the order of the circuit's phases."""
    gains: tuple[float, ...]
    """What each makes of an amp there."""
    prior: float
    """The logarithm of how likely that is."""


class Hookup(NamedTuple):
    """How one load is wired."""

    phases: tuple[Phase, ...]
    """Those that it really draws on."""
    circuit: str
    """The one that it is really on."""
    draw: float | None
    """What its own sensor tells of each of its amps; None where that says nothing of it."""
    share: float
    """How much of what it was told it draws, where its sensor says nothing."""
    prior: float
    """The logarithm of how likely that is."""


@cache
def meter_states(phases: tuple[Phase, ...]) -> Sequence[MeterState]:
    """All ways in which the meters of these phases may be wired, but for those with more than two faults."""
    as_written = (1.0,) * len(phases)
    found = []
    for sources in permutations(phases):
        moved = [source is not phase for source, phase in zip(sources, phases, strict=True)]
        if not any(moved):
            others = (TURNED, OTHER_VOLTAGE, -OTHER_VOLTAGE, KILO, BLIND)
            found += [MeterState(sources, gains, prior) for gains, prior in _gains(as_written, others)]
            continue
        # Two are exchanged by one mistake, three by two.
        prior = FAULT * (sum(moved) - 1) + PART
        # Whole meters that are exchanged tell the other phase; clamps alone are multiplied by the wrong voltage.
        for exchanged, also in ((1.0, [TURNED, KILO]), (OTHER_VOLTAGE, [TURNED])):
            base = tuple(exchanged if away else 1.0 for away in moved)
            found += [MeterState(sources, gains, prior + more) for gains, more in _gains(base, also)]
    return tuple(found)


def _gains(base: tuple[float, ...], faults: Sequence[float]) -> Iterator[tuple[tuple[float, ...], float]]:
    """The gains with none, one or two of them otherwise, or with all of them otherwise in the same way."""
    yield base, 0.0
    places = range(len(base))
    for count in (1, 2):
        for which in combinations(places, count):
            for chosen in product(faults, repeat=count):
                wrong = dict(zip(which, chosen, strict=True))
                yield tuple(gain * wrong.get(place, 1.0) for place, gain in enumerate(base)), sum(map(_prior, chosen))
    if len(base) > 2:
        for fault in faults:
            # Who installs one meter wrongly installs all of them so.
            yield tuple(gain * fault for gain in base), 2 * _prior(fault)


def _prior(fault: float) -> float:
    return LIE if fault == BLIND else FAULT


@cache
def numbered(phases: tuple[Phase, ...]) -> tuple[list[list[Way]], list[tuple[int, ...]]]:
    """The ways of each of these meters to be wired, and of each state of all of them which of those it is made of."""
    states = meter_states(phases)
    pairs = [list(zip(state.sources, state.gains, strict=True)) for state in states]
    ways = [list(dict.fromkeys(each[place] for each in pairs)) for place in range(len(phases))]
    numbers = [{way: number for number, way in enumerate(each)} for each in ways]
    return ways, [tuple(known[way] for known, way in zip(numbers, each, strict=True)) for each in pairs]


def hookups(site: Site, load: Load, metered: Sequence[str], draws: Sequence[float | None]) -> Iterator[Hookup]:
    """All ways in which a load may be wired that its meters could tell apart; the first of `draws` is as written."""
    # Where the same meters see it a circuit is as good as another.
    seen_by = {frozenset(c.name for c in site.above(name) if c.grid): name for name in (*metered, load.circuit)}
    circuits = [load.circuit, *(name for name in seen_by.values() if name != load.circuit)]
    choices = [choice for count in range(1, len(site.phases) + 1) for choice in combinations(site.phases, count)]
    for phases in choices:
        elsewhere = 0.0 if phases == load.phases else PART if set(phases) < set(load.phases) else FAULT
        for circuit in circuits:
            away = 0.0 if circuit == load.circuit else FAULT
            for draw in draws:
                # A lie is the last explanation: any other that fits as well says more.
                lies = 0.0 if draw is draws[0] else FAULT if draw is not None else LIE
                shares = SHARES if draw is None and load.on_off else SHARES[:1]
                found = [Hookup(phases, circuit, draw, share, elsewhere + away + lies) for share in shares]
                if draw is not None and len(load.phases) == 1 < len(phases):
                    # One value for what was thought to be one phase: a power of all of them, or the current of each.
                    found.append(Hookup(phases, circuit, draw / len(phases), 1.0, elsewhere + away + lies))
                yield from found


def draw_is_wrong(hookup: Hookup, measured: bool) -> bool:
    """Whether a load's own sensor tells other than CONFIG says."""
    return measured and (hookup.draw is None or hookup.draw > 1 or hookup.draw < 1 / len(hookup.phases))


def is_as_written(load: Load, hookup: Hookup, measured: bool) -> bool:
    """Whether CONFIG says the same of a load."""
    is_there = set(hookup.phases) <= set(load.phases) and hookup.circuit == load.circuit
    return is_there and not draw_is_wrong(hookup, measured)
