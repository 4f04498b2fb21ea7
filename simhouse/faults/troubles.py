"""Faults between the house and Home Assistant: entities, services, and additional load."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from simhouse.devices.entities import State

from .fault import Trouble
from .stage import Mask, Stage


def silent(_true: State) -> None:
    """Mask: the entity does not report."""
    return


def word(text: str) -> Mask:
    """Return a mask: the entity shows this text."""
    return lambda true: {**true, "state": text}


def times(factor: float) -> Mask:
    """Return a mask: the entity shows its value multiplied by `factor`."""
    return lambda true: {**true, "state": f"{factor * float(true['state']):.0f}"}


class Oven(Trouble):
    """The house draws `amps` more on some phases, from `after_s` into the fault until its end."""

    def __init__(self, amps: float = 12.0, phases: str = "L1", after_s: int = 0) -> None:
        self.amps, self.phases, self.after_s = amps, tuple(phases.split()), after_s

    async def begin(self, stage: Stage) -> None:
        """Plan when it comes on."""
        self._on_s = stage.t_s + self.after_s

    async def second(self, stage: Stage) -> None:
        """Switch it on at its time."""
        if stage.t_s == self._on_s:
            stage.draw_more(self.phases, self.amps)

    async def end(self, stage: Stage) -> None:
        """Switch it off."""
        stage.draw_more(self.phases, -self.amps)


@dataclass
class Shows(Trouble):
    """Entities show what a mask makes of their states."""

    entities: str
    mask: Mask

    async def begin(self, stage: Stage) -> None:
        """Set the masks."""
        stage.masks |= dict.fromkeys(self.entities.split(), self.mask)

    async def end(self, stage: Stage) -> None:
        """Remove the masks."""
        stage.unmask(*self.entities.split())


@dataclass
class Freezes(Trouble):
    """Entities repeat their last state as if it were new."""

    entities: str

    async def begin(self, stage: Stage) -> None:
        """Freeze these entities at their last states."""
        for entity in self.entities.split():
            last = dict(stage.house.states[entity])
            stage.masks[entity] = lambda _true, last=last: last  # type: ignore[misc]

    async def end(self, stage: Stage) -> None:
        """Show the true states again."""
        stage.unmask(*self.entities.split())


@dataclass
class ExchangedEntities(Trouble):
    """Two entities show each other's values."""

    one: str
    two: str

    async def begin(self, stage: Stage) -> None:
        """Exchange the values."""
        states = stage.house.states
        stage.masks |= {self.one: lambda _: states[self.two], self.two: lambda _: states[self.one]}

    async def end(self, stage: Stage) -> None:
        """Show the true values again."""
        stage.unmask(self.one, self.two)


@dataclass
class Flickers(Trouble):
    """Every `every_s` seconds entities show nonsense for a second, a different one each time."""

    entities: str
    words: tuple[str, ...]
    every_s: int = 5
    _count: int = field(default=0, init=False)

    async def begin(self, stage: Stage) -> None:
        """Start counting."""
        self._count = 0

    async def second(self, stage: Stage) -> None:
        """Show nonsense for one second, the truth in the others."""
        number, into_s = divmod(self._count, self.every_s)
        self._count += 1
        for entity in self.entities.split():
            stage.masks.pop(entity, None)
            if into_s == 0:
                stage.masks[entity] = word(self.words[number % len(self.words)])

    async def end(self, stage: Stage) -> None:
        """Show the truth only."""
        stage.unmask(*self.entities.split())


@dataclass
class Unresponsive(Trouble):
    """Calls to these entities never arrive; the device stays as it was."""

    entities: str

    async def begin(self, stage: Stage) -> None:
        """Lose all calls."""
        stage.unresponsive |= set(self.entities.split())

    async def end(self, stage: Stage) -> None:
        """Let calls arrive again."""
        stage.unresponsive -= set(self.entities.split())


@dataclass
class RefusedService(Trouble):
    """A service fails, with a sentence."""

    service: str
    error: str = "the device did not answer"

    async def begin(self, stage: Stage) -> None:
        """Let every call fail."""
        stage.service_errors.append({"service": self.service, "data": {}, "error": self.error})

    async def end(self, stage: Stage) -> None:
        """Let calls succeed again."""
        stage.service_errors.clear()


@dataclass
class Does(Trouble):
    """Runs functions at the beginning, in each second and at the end; each gets the stage and may be async."""

    first: Callable[[Stage], Any] = lambda _stage: None
    last: Callable[[Stage], Any] = lambda _stage: None
    each: Callable[[Stage], Any] = lambda _stage: None

    async def begin(self, stage: Stage) -> None:
        """Run the first function."""
        await _done(self.first(stage))

    async def second(self, stage: Stage) -> None:
        """Run the function of each second."""
        await _done(self.each(stage))

    async def end(self, stage: Stage) -> None:
        """Run the last function."""
        await _done(self.last(stage))


class Behaves(Trouble):
    """The charge points of the house behave differently: `changes` are fields of their `Firmware`."""

    def __init__(self, **changes: Any) -> None:
        self._changes = changes

    async def begin(self, stage: Stage) -> None:
        """Change the firmware behaviour of all charge points."""
        self._were = [(point, point.firmware) for point in stage.charge_points]
        for point, firmware in self._were:
            point.firmware = point.electronics.firmware = replace(firmware, **self._changes)

    async def end(self, stage: Stage) -> None:
        """Restore the firmware."""
        for point, firmware in self._were:
            point.firmware = point.electronics.firmware = firmware


async def _done(result: Any) -> None:
    if hasattr(result, "__await__"):
        await result


def balancer() -> dict[str, Any]:
    """Return the internals of the object behind `balance_site.py`."""
    found: dict[str, Any] = vars(vars(sys.modules["_fusebox_store"])["balancer"])
    return found


def fails(*_seen: Any) -> None:
    raise ZeroDivisionError("a fault of ours")
