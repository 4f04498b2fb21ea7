"""What is remembered of what others use under a metered fuse. Frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from .durations import NEVER_S


@dataclass(frozen=True, slots=True)
class Proof:
    """What chargers without a draw sensor may draw together, and what of it the meter has been seen to move by [A].

    `most_a`: the most that they may draw; `proven_a`: what of that the meter has shown, and `from_a`: what it had
    before the last raise at `raised_s`. `now_a`: the last reading without what is measured, `least`: the least of them
    of late, as (time, amps), both rising.
    """

    most_a: float
    proven_a: float
    from_a: float
    now_a: float
    raised_s: float = NEVER_S
    least: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class OthersMemory:
    """What others use as of the last reading at `reported_s` [A], and how much more that may be.

    `proof`: None where no load is without a draw sensor. `untold_s`: since when they have fed out more than sun and
    battery are measured to give, None while they do not; `doubted_s`: when they last had for so long that what is
    measured cannot be all there is.
    """

    reported_s: float = NEVER_S
    used_a: float = 0.0
    uncertainty_a: float = 0.0
    proof: Proof | None = None
    untold_s: float | None = None
    doubted_s: float = NEVER_S


NOTHING_SEEN = OthersMemory()


@dataclass(frozen=True, slots=True)
class Peak:
    """Something that came on: by how much [A], from what others used before, when, and when it went; None: still on."""

    height_a: float
    from_a: float
    began_s: float
    ended_s: float | None = None


@dataclass(frozen=True, slots=True)
class CycleMemory:
    """What others use on one fuse as of the last reading [A], how long that was after the one before, and the peaks."""

    used_a: float
    reported_s: float
    every_s: float = 0.0
    peaks: tuple[Peak, ...] = ()
