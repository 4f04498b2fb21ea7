"""Disturbances by people and Home Assistant in an evening of a phase switch, and Fusebox under them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from benchmarks.direct import Direct
from benchmarks.phases.scene import START, PhaseScene

LENGTH_S = 300
DRAW = "sensor.car_current", "sensor.car_power"
"""How the ids of the draw's entities begin."""


@dataclass(frozen=True)
class Moves:
    """Disturbances by people and Home Assistant in an evening; times in seconds."""

    dies_s: int
    """When Home Assistant is killed."""
    away_s: int
    by_hand: bool
    """Whether its user sets the box to its other phases meanwhile."""
    unwanted_s: range
    """While the helper in `switch_phases` is off."""
    tells_only_changes: bool
    """Whether the sensors of the draw do."""

    @classmethod
    def of(cls, seed: int) -> Moves:
        """Return the random disturbances of a seed; for every fifth seed the host is killed in between."""
        dice, others = Random(f"killed:{seed}"), Random(f"moves:{seed}")
        dies_s = dice.randint(30, LENGTH_S - 60) if seed % 5 == 0 else LENGTH_S + 1
        off_s = others.randint(20, LENGTH_S) if others.random() < 0.2 else LENGTH_S
        return cls(
            dies_s,
            dice.randint(2, 30),
            others.random() < 0.5,
            range(off_s, off_s + others.randint(1, 60)),
            others.random() < 0.3,
        )


class FuseboxWithHelper(Direct):
    """Fusebox with a helper in `switch_phases`."""

    def __init__(self, config: Mapping[str, Any]) -> None:
        super().__init__(config, START)
        car = {**config["loads"]["car"], "switch_phases": False}
        off = Direct({**config, "loads": {"car": car}}, START)
        self._sites = {True: self._site, False: off._site}

    def set_helper(self, wanted: bool) -> None:
        """Set its helper on or off."""
        self._site = self._sites[wanted]


class DisturbedFusebox:
    """Fusebox under the disturbances of `moves`; after a restart it continues with what it has stored."""

    def __init__(self, scene: PhaseScene, moves: Moves) -> None:
        self._config, self._moves = scene.config, moves
        self._fusebox = FuseboxWithHelper(scene.config)
        self._states: dict[str, Any] = {}

    async def line(self, message: dict[str, Any]) -> dict[str, Any]:
        """Answer a second of the house; nothing is answered while it is down."""
        t_s, moves, states = message["t"], self._moves, message["states"]
        if moves.tells_only_changes:
            draws = [e for e in states if e.startswith(DRAW) and self._states.get(e) == states[e]]
            states = {entity: state for entity, state in states.items() if entity not in draws}
        self._states |= states
        back_s = moves.dies_s + moves.away_s
        if moves.dies_s <= t_s < back_s:
            return {"t": t_s, "calls": [], "states": {}, "responses": []}
        if t_s == back_s:
            anew = FuseboxWithHelper(self._config)
            self._fusebox.restart_with_memory_of(anew, t_s)
            self._fusebox = anew
            states = dict(self._states)
        self._fusebox.set_helper(t_s not in moves.unwanted_s)
        return await self._fusebox.line({**message, "states": states})

    @property
    def memory(self) -> Any:
        """Its present memory."""
        return self._fusebox.memory
