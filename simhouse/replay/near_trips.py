"""How close a breaker came to tripping: the heat of the most sensitive breaker that the standard permits."""

from dataclasses import dataclass

import numpy as np

from simhouse.physics.breaker import TripCurve

NEAR, AGAIN_BELOW = 0.8, 0.6
"""A near trip begins at this share of the heat that opens the contact, and is over below the second."""

WHOLE_STEP_S = 60
"""A steady current is integrated in steps of at most this length [s]."""


@dataclass(frozen=True)
class Heat:
    """One pole over time: seconds [from the start] at which near trips began, and the highest share of the trip heat.

    Also when that was, and whether it would have opened; it continues to carry current, as the real one did.
    """

    near_s: tuple[int, ...]
    worst_share: float
    worst_s: int
    tripped: bool


def pole_heat(amps: np.ndarray, curve: TripCurve, rating_a: float) -> Heat:
    """Return the heat of a pole under a current by second [A, either direction; NaN counts as 0]."""
    multiples = np.abs(np.nan_to_num(amps)) / rating_a
    edges = np.flatnonzero(np.diff(np.round(multiples, 3))) + 1
    begins, ends = np.concatenate([[0], edges]), np.concatenate([edges, [len(amps)]])
    opens_at = curve.level * curve.level
    heat = worst = 0.0
    worst_s, armed, tripped = 0, True, False
    near: list[int] = []
    for begin, end in zip(begins.tolist(), ends.tolist(), strict=True) if len(amps) else ():
        multiple = float(multiples[begin])
        for at in range(begin, end, WHOLE_STEP_S):
            heat = curve.heat_after(heat, multiple, min(WHOLE_STEP_S, end - at))
            share = heat / opens_at
            if multiple <= 1.0:
                share = min(share, NEAR * 0.999)  # warm but within its rating: it never opens
            if share > worst:
                worst, worst_s = share, at
            if armed and share >= NEAR:
                armed = False
                near.append(at)
            elif heat / opens_at < AGAIN_BELOW:
                armed = True
            if curve.trips(heat, multiple):
                tripped = True
                heat = AGAIN_BELOW * opens_at
    return Heat(tuple(near), worst, worst_s, tripped)
