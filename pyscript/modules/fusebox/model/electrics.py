"""Phases and the conversion between watts and amps; no other file converts."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from enum import IntEnum
from typing import NamedTuple

DUST = 1e-6
"""Amps, or other quantities, closer than this are equal: the floating-point error."""
MIN_CHARGE_A = 6
"""The lowest current that a car may be offered on a phase (IEC 61851-1) [A]: below it charging pauses."""
NOMINAL_V = 230.0
"""The voltage between phase and neutral while CONFIG's is not known yet (IEC 60038) [V]."""


class Phase(IntEnum):
    """A phase of the site's supply. A device's own L1 may be wired to any of them."""

    L1 = 0
    L2 = 1
    L3 = 2


ALL_PHASES = (Phase.L1, Phase.L2, Phase.L3)

Wire = tuple[str, Phase]
"""A circuit and one of its phases."""


class PerPhase(NamedTuple):
    """One value per phase. None means absent or unknown; 0.0 means measured zero."""

    l1: float | None = None
    l2: float | None = None
    l3: float | None = None

    @classmethod
    def of(cls, values: Mapping[Phase, float | None]) -> PerPhase:
        """Return the values of a mapping; None for phases that it lacks."""
        return cls(values.get(Phase.L1), values.get(Phase.L2), values.get(Phase.L3))

    @classmethod
    def each(cls, phases: Iterable[Phase], value: float | None) -> PerPhase:
        """Return this value on each of the phases, None on the others."""
        return cls.of(dict.fromkeys(phases, value))

    @property
    def highest(self) -> float | None:
        """The highest of the known values, None where none is known."""
        known = [value for value in self if value is not None]
        return max(known) if known else None

    def apply(self, function: Callable[[float], float]) -> PerPhase:
        """Return the function's result where a value is known, else None."""
        return PerPhase(*[None if value is None else function(value) for value in self])

    def combine(self, other: PerPhase, function: Callable[[float, float], float | None]) -> PerPhase:
        """Return the function's result of this value and the other's where both are known, else None."""
        pairs = zip(self, other, strict=True)
        return PerPhase(*[None if one is None or two is None else function(one, two) for one, two in pairs])

    def change_to(self, after: PerPhase) -> PerPhase:
        """Return the increase to `after` where both are known, else None."""
        return self.combine(after, lambda then, now: now - then)

    def known(self) -> dict[str, float]:
        """Return phase name -> value for the phases that have one, in order."""
        return {phase.name: value for phase, value in zip(ALL_PHASES, self, strict=True) if value is not None}


CircuitFlows = Mapping[str, PerPhase]
"""Circuit -> the current through it on each phase [A]."""


def amps(power_w: float, voltage_v: float, phase_count: int = 1) -> float:
    """Return the current on each of `phase_count` equally loaded phases for a power in watts [A]."""
    return power_w / (voltage_v * phase_count)


def watts(current_a: float, voltage_v: float, phase_count: int = 1) -> float:
    """Return the power of a current in amps on each of `phase_count` phases [W]."""
    return current_a * voltage_v * phase_count


def number_text(value: float, digits: int = 1) -> str:
    """Return a number as text, rounded to so many decimals, without trailing zeros, such as 16 or 10.9."""
    return f"{round(value, digits) + 0.0:.15g}"


def floor_to_step(value: float, step: float, base: float = 0.0) -> float:
    """Return the largest `base` + n x `step` that is not above `value`, tolerating errors below a millionth.

    `value` itself for a step of 0.
    """
    return value if step <= 0 else round(base + math.floor((value - base) / step + DUST) * step, 9)


def ceil_to_step(value: float, step: float, base: float = 0.0) -> float:
    """Return the smallest `base` + n x `step` that is not below `value`, tolerating errors below a millionth.

    `value` itself for a step of 0.
    """
    return value if step <= 0 else round(base + math.ceil((value - base) / step - DUST) * step, 9)
