"""In what an explanation differs from CONFIG: each of its claims, and what else would bear that out."""

from __future__ import annotations

from typing import NamedTuple

from .wiring_fit import Explanation, Fit
from .wiring_hypotheses import (
    BLIND,
    KILO,
    OTHER_VOLTAGE,
    TURNED,
    Hookup,
    MeterState,
    draw_is_wrong,
)
from .wiring_likelihood import is_measured, meter_phases

KINDS = {TURNED: "turned", OTHER_VOLTAGE: "voltage", -OTHER_VOLTAGE: "turned voltage", KILO: "kilo", BLIND: "blind"}
"""What a meter makes of each amp -> which word is told of it."""


class Claim(NamedTuple):
    """One thing in which an explanation differs from CONFIG."""

    kind: str
    """Which word is told of it."""
    name: str
    """The circuit of the meters, or the load."""
    place: int
    """Which of the circuit's meters."""
    state: MeterState | Hookup
    """How it is wired."""

    def covers(self, name: str, state: MeterState | Hookup) -> bool:
        """Whether a meter or load that is wired so bears it out."""
        if isinstance(self.state, MeterState) and isinstance(state, MeterState) and name == self.name:
            if self.kind in ("exchanged", "clamps"):
                return state.sources == self.state.sources
            return state.gains[self.place] == self.state.gains[self.place]
        if isinstance(self.state, Hookup) and isinstance(state, Hookup) and name == self.name:
            if self.kind == "draw":
                # A lie is the last explanation: what fits as well as another unit bears that out.
                return state.draw in (self.state.draw, None)
            return bool(getattr(state, self.kind) == getattr(self.state, self.kind))
        return False


def claims_of(fit: Fit, explanation: Explanation) -> list[Claim]:
    """All that it says otherwise."""
    found = []
    for circuit, state in explanation.meters.items():
        phases = meter_phases(fit.site, circuit)
        moved = state.sources != phases
        base = OTHER_VOLTAGE if moved and OTHER_VOLTAGE in (*state.gains, *(-gain for gain in state.gains)) else 1.0
        if moved:
            found.append(Claim("exchanged" if base == 1.0 else "clamps", circuit, 0, state))
        for place, gain in enumerate(state.gains):
            expected = base if state.sources[place] is not phases[place] else 1.0
            kind = KINDS.get(gain / expected)
            if kind is not None:
                found.append(Claim(kind, circuit, place, state))
    loads = {load.name: load for load in fit.site.loads}
    for name, hookup in explanation.loads.items():
        load = loads[name]
        if not set(hookup.phases) <= set(load.phases):
            found.append(Claim("phases", name, 0, hookup))
        if hookup.circuit != load.circuit:
            found.append(Claim("circuit", name, 0, hookup))
        if draw_is_wrong(hookup, is_measured(fit.moves[name])):
            found.append(Claim("draw", name, 0, hookup))
    return found
