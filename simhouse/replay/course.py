"""The course of a house by second: as recorded, or as it would have been."""

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from simhouse.house.house import House, Instant
from simhouse.house.record import FAILED


@dataclass(frozen=True)
class Course:
    """Currents [A] by second: at the meter by phase (NaN: meter silent), and of each load by phase.

    `commands`, `states`, `reasons` are the scripts'; they are unknown for a recorded course.
    """

    label: str
    net_a: Mapping[str, np.ndarray]
    load_a: Mapping[str, Mapping[str, np.ndarray]]
    offer_a: Mapping[str, np.ndarray] = field(default_factory=dict)
    commands: Mapping[str, int] = field(default_factory=dict)
    states: Mapping[str, int] = field(default_factory=dict)
    reasons: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    errors: Sequence[str] = ()
    problem: str = ""
    unheard: Mapping[str, int] = field(default_factory=dict)

    @property
    def known(self) -> np.ndarray:
        """Return for each second whether the meter was known on every phase."""
        found: np.ndarray = np.all(np.isfinite(np.stack(list(self.net_a.values()))), axis=0)
        return found

    def total_a(self, load: str) -> np.ndarray:
        """Return the sum of a load's phases [A]; zeros when the load is not part of the course."""
        series = list(self.load_a.get(load, {}).values())
        found: np.ndarray = np.sum(series, axis=0) if series else np.zeros(len(self.known))
        return found


class Watcher:
    """Collects a course: `see` adds a second, `course` returns the result."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._net = {phase: array("f") for phase in house.phases}
        self._loads = {name: {phase: array("f") for phase in house.phases} for name in (*house.chargers, *house.plugs)}
        self._offers = {name: array("f") for name in house.chargers}
        self._states: Counter[str] = Counter()
        self._reasons: dict[str, Counter[str]] = {name: Counter() for name in self._loads}
        self._told: dict[str, dict[str, Any]] = {}
        self.errors: dict[str, None] = {}
        self.problem = ""

    @property
    def state(self) -> str:
        """The state of the site that the scripts report."""
        return str(self._told.get("site", {}).get("state", "silent"))

    def watch(self, instant: Instant, reply: Mapping[str, Any]) -> None:
        """Add a second of the house and the scripts' reply."""
        for phase, column in self._net.items():
            column.append(instant.net_a[phase])
        for name, columns in self._loads.items():
            for phase, column in columns.items():
                column.append(instant.loads_a[name].get(phase, 0.0))
        for name, offers in self._offers.items():
            offers.append(instant.offers_a[name])
        for entity, state in (reply.get("states") or {}).items():
            if entity.startswith("sensor.fusebox_") and state is not None:
                self._told[entity.removeprefix("sensor.fusebox_")] = state
        site = self._told.get("site", {"attributes": {}})["attributes"]
        self._states[self.state] += 1
        self.errors.update(dict.fromkeys(site.get("errors") or []))
        reason = str(site.get("reason") or "")
        if reason.startswith(FAILED):
            self.problem = reason
        for name, reasons in self._reasons.items():
            charger = self._house.chargers.get(name)
            if charger is None or (charger.car_state.present and not charger.car_state.full):
                reasons[str(self._told.get(name, {"attributes": {}})["attributes"].get("reason") or "")] += 1

    def course(self, label: str, known: np.ndarray) -> Course:
        """Return the course; `known`: whether the recorded meter was known in each second."""

        def column(values: Any) -> np.ndarray:
            return np.frombuffer(values, dtype=np.float32)

        house = self._house
        net = {phase: np.where(known[: len(values)], column(values), np.nan) for phase, values in self._net.items()}
        return Course(
            label,
            net,
            {name: {p: column(values) for p, values in columns.items()} for name, columns in self._loads.items()},
            {name: column(values) for name, values in self._offers.items()},
            {name: device.commands for name, device in {**house.chargers, **house.plugs}.items()},
            dict(self._states),
            {name: dict(reasons) for name, reasons in self._reasons.items()},
            tuple(self.errors),
            self.problem,
            dict(house.unheard),
        )
