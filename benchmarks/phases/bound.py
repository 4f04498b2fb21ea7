"""The energy a car could take from a surplus with perfect foresight: a bound for any rule."""

from __future__ import annotations

from benchmarks.peers.phase_laws import LEAST_A, LINES, VOLTS

SWITCHES = 6
"""Default number of switches in a session."""


class HindsightEnergy:
    """The most energy that the car could have taken so far, for each number of switches [Ws].

    It uses all that its phases can of each second, nothing from the grid, and loses no time by a switch.
    """

    def __init__(self, max_a: float, switches: int = SWITCHES) -> None:
        self._max_w = max_a * VOLTS
        self._one_ws = [0.0] * (switches + 1)
        self._three_ws = [0.0] * (switches + 1)

    def add_second(self, surplus_w: float) -> None:
        """Add a second with this surplus [W]."""
        one_w, three_w = (_taken(surplus_w, lines, self._max_w) for lines in (1, LINES))
        one, three = self._one_ws, self._three_ws
        for used in range(len(one) - 1, 0, -1):
            one[used], three[used] = (
                max(one[used], three[used - 1]) + one_w,
                max(three[used], one[used - 1]) + three_w,
            )
        one[0] += one_w
        three[0] += three_w

    @property
    def best_ws(self) -> float:
        """The highest energy over all numbers of switches [Ws]."""
        return max(*self._one_ws, *self._three_ws)


def _taken(surplus_w: float, lines: int, max_w: float) -> float:
    return min(surplus_w, lines * max_w) if surplus_w >= lines * LEAST_A * VOLTS else 0.0
