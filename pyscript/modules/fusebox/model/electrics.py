"""Phases and the arithmetic between watts and amps; the only file in which the two meet."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from enum import IntEnum
from typing import NamedTuple

DUST = 1e-6
"""Amps, or other quantities, below which two are the same: what floating point leaves behind."""
MIN_CHARGE_A = 6
"""The least current that a car may be offered on a phase (IEC 61851-1) [A]: below it charging pauses."""
NOMINAL_V = 230.0
"""The voltage between phase and neutral where CONFIG's is not known yet (IEC 60038) [V]."""


class Phase(IntEnum):
    """A phase of the site's supply. A device's own L1 may be wired to any of them."""

    L1 = 0
    L2 = 1
    L3 = 2


ALL_PHASES = (Phase.L1, Phase.L2, Phase.L3)


class PerPhase(NamedTuple):
    """One value a phase. None means absent or unknown; 0.0 means measured and nothing there."""

    l1: float | None = None
    l2: float | None = None
    l3: float | None = None

    @classmethod
    def of(cls, values: Mapping[Phase, float | None]) -> PerPhase:
        """Build from a mapping; phases that it lacks become None."""
        return cls(values.get(Phase.L1), values.get(Phase.L2), values.get(Phase.L3))

    @classmethod
    def each(cls, phases: Iterable[Phase], value: float | None) -> PerPhase:
        """The same value on each of the phases, None on the others."""
        return cls.of(dict.fromkeys(phases, value))

    def apply(self, function: Callable[[float], float]) -> PerPhase:
        """The function's result where a value is known."""
        return PerPhase(*[None if value is None else function(value) for value in self])

    def joined(self, other: PerPhase, function: Callable[[float, float], float]) -> PerPhase:
        """The function's result of this value and the other's where both are known."""
        pairs = zip(self, other, strict=True)
        return PerPhase(*[None if one is None or two is None else function(one, two) for one, two in pairs])

    def change_to(self, after: PerPhase) -> PerPhase:
        """How much more there is after, where both are known."""
        return self.joined(after, lambda then, now: now - then)

    def known(self) -> dict[str, float]:
        """Name -> value of the phases that have one, in order: for attributes and sentences."""
        return {phase.name: value for phase, value in zip(ALL_PHASES, self, strict=True) if value is not None}


def amps(power_w: float, voltage_v: float, phase_count: int = 1) -> float:
    """Amps on each of `phase_count` equally loaded phases for a power in watts."""
    return power_w / (voltage_v * phase_count)


def watts(current_a: float, voltage_v: float, phase_count: int = 1) -> float:
    """Watts of a current in amps on each of `phase_count` phases."""
    return current_a * voltage_v * phase_count


def plain(value: float, digits: int = 1) -> str:
    """A number for a sentence: rounded to so many decimals, without zeros at its end, such as 16 or 10.9."""
    return f"{round(value, digits) + 0.0:.15g}"


def floor_to_step(value: float, step: float, base: float = 0.0) -> float:
    """The largest `base` + n x `step` that is not above `value`, forgiving float dust below a millionth."""
    if step <= 0:
        return value
    return round(base + math.floor((value - base) / step + DUST) * step, 6)


def ceil_to_step(value: float, step: float, base: float = 0.0) -> float:
    """The smallest `base` + n x `step` that is not below `value`, forgiving float dust below a millionth."""
    if step <= 0:
        return value
    return round(base + math.ceil((value - base) / step - DUST) * step, 6)
