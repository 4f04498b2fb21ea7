"""What a car could have of a surplus if every second of the day were known: a bound for any rule."""

from __future__ import annotations

from benchmarks.peers.phase_laws import LEAST_A, LINES, VOLTS

SWITCHES = 6
"""What a session has by default."""


class Surplus:
    """Second by second the most that the car could have had by now, for each number of switches [Ws].

    It takes all that its phases can of each second, nothing from the grid, and loses no time by a switch.
    """

    def __init__(self, max_a: float, switches: int = SWITCHES) -> None:
        self._max_w = max_a * VOLTS
        self._one_ws = [0.0] * (switches + 1)
        self._three_ws = [0.0] * (switches + 1)

    def second(self, surplus_w: float) -> None:
        """One more second with so much."""
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
        """The best of all ways [Ws]."""
        return max(*self._one_ws, *self._three_ws)


def _taken(surplus_w: float, lines: int, max_w: float) -> float:
    return min(surplus_w, lines * max_w) if surplus_w >= lines * LEAST_A * VOLTS else 0.0
