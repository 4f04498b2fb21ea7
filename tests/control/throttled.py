"""A house behind an inverter with zero export, second by second, for tests of hidden sun."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import replace

from fusebox.model.decision import Command
from fusebox.model.electrics import PerPhase, Phase
from fusebox.model.equipment import Inverter
from fusebox.model.load import Mode
from fusebox.model.messages.message import code_of
from fusebox.model.site import MAIN
from fusebox.model.snapshot import BatteryReadings, LoadState, Reading
from simhouse.physics.throttle import Throttle

from .houses import METER, T0_S, Evening, car, charger, heating, in_watts, obey, plug, seen, site, switched

SUNNY = {"mode": Mode.SOLAR_ONLY}

REST_AFTER_S, REST_S = 30, 10
"""A roof at rest, where no load has drawn or been commanded for the first time, decides at intervals of the second."""


class Roof:
    """A one-phase house of 2 A behind an inverter with zero export, second by second.

    `silent_s`: since when its meter reports nothing, None while it does. `full`: a load that draws nothing. `charge_w`:
    what its battery charges with.
    """

    def __init__(
        self, sun_a: float, lag_s: float = 5.0, *, house_a: float = 2.0, site_facts: Mapping[str, object] = {}, **loads
    ):
        self.sun_a, self.house_a, self.loads = sun_a, house_a, {name: state for name, (_, state) in loads.items()}
        facts = {"solar_w": METER, "inverters": (Inverter(throttles=True),), **site_facts}
        self.evening = Evening(site(*(replace(load, name=name) for name, (load, _) in loads.items()), **facts))
        self.throttle, self.limit_w = Throttle(export_max_w=0.0, lag_s=lag_s), float("inf")
        self.now_s, self.sun_up, self.paid_ws = 0, True, 0.0
        self.silent_s: int | None = None
        self.full, self.charge_w = "", 0.0
        self.drew_a: list[float] = []
        self.net_a: list[float] = []
        self.starts_s: list[int] = []
        self._busy_s = 0

    def copy(self) -> Roof:
        """Return a roof that goes on by itself from here."""
        twin = copy(self)
        twin.evening, twin.loads = self.evening.copy(), dict(self.loads)
        twin.drew_a, twin.net_a, twin.starts_s = [*self.drew_a], [*self.net_a], [*self.starts_s]
        return twin

    def run(self, for_s: int) -> Roof:
        """Run so many seconds, those in which nothing happens in steps of `REST_S`."""
        until_s, self._busy_s = self.now_s + for_s, self.now_s
        while self.now_s < until_s:
            drawn_a = sum(state.draw_a[0] or 0.0 for state in self.loads.values())
            taken_w, panels_w = 230 * (self.house_a + drawn_a) + self.charge_w, 230 * self.sun_a
            self.limit_w = self.throttle.next_limit_w(self.limit_w, taken_w, panels_w, 12_000.0)
            solar_w = min(panels_w, self.limit_w)
            net_a = (taken_w - solar_w) / 230
            now = seen({"L1": net_a}, self.now_s, **self.loads)
            now = replace(now, solar_w=Reading(solar_w, solar_w, 0.0), sun_up=self.sun_up, day_began_s=T0_S)
            if self.charge_w:
                now = replace(
                    now, batteries=(BatteryReadings(Reading(50.0, 50.0, 0.0), Reading(*[self.charge_w] * 2, 0.0)),)
                )
            if self.silent_s is not None:
                last_a = self.net_a[self.silent_s - 1]
                now = replace(now, grid_a={MAIN: {Phase.L1: Reading(last_a, last_a, self.now_s + 1.0 - self.silent_s)}})
            decision = self.evening.decide(now)
            for command in decision.commands:
                if command.on and not self.loads[command.load].on:
                    self.starts_s.append(self.now_s)
                self.loads[command.load] = self._obey(command)
            if drawn_a or decision.commands or any(state.on for state in self.loads.values()):
                self._busy_s = self.now_s
            is_at_rest = self.now_s - self._busy_s > REST_AFTER_S
            passed_s = min(REST_S, until_s - self.now_s) if is_at_rest else 1
            self.drew_a += [drawn_a] * passed_s
            self.net_a += [net_a] * passed_s
            self.paid_ws += max(net_a, 0.0) * 230 * passed_s
            self.now_s += passed_s
        return self

    def _obey(self, command: Command) -> LoadState:
        load = self.evening.site.by_name[command.load]
        state = obey(self.loads[command.load], command.current_a, command.on)
        if command.load == self.full:
            return replace(state, draw_a=PerPhase.each(load.phases, 0.0))
        return (
            replace(state, draw_a=PerPhase.each(load.phases, load.max_a if state.on else 0.0)) if load.on_off else state
        )

    def runs(self) -> list[tuple[int, int]]:
        """Return the seconds from and to which any load drew; an open end is left out."""
        edges = [s for s in range(1, len(self.drew_a)) if (self.drew_a[s] > 0) != (self.drew_a[s - 1] > 0)]
        return list(zip(edges[::2], edges[1::2], strict=False))

    def code(self, name: str) -> str | None:
        """Return the code of a load's reason."""
        assert self.evening.decision is not None
        return code_of(self.evening.decision.notes[name].reason)


def one_car(**more: object) -> tuple[object, LoadState]:
    return car("car", **SUNNY, **more), charger(6.0, 0.0, on=False)


def one_heater(**more: object) -> tuple[object, LoadState]:
    return in_watts("heater", **SUNNY, **more), heating(0.0)


def one_plug(rated_w: float = 2300, **more: object) -> tuple[object, LoadState]:
    return plug("plug", rated_w, **SUNNY, **more), switched(False, 0.0)
