"""What goes wrong between the house and Home Assistant: entities, services, and the house that takes more meanwhile."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from simhouse.devices.entities import State

from .fault import Trouble
from .stage import Mask, Stage


def silent(_true: State) -> None:
    """The entity does not report."""
    return


def word(text: str) -> Mask:
    """The entity shows this word."""
    return lambda true: {**true, "state": text}


def times(factor: float) -> Mask:
    """The entity shows so many times its value."""
    return lambda true: {**true, "state": f"{factor * float(true['state']):.0f}"}


class Oven(Trouble):
    """The house takes `amps` more on some phases, from `after_s` into the fault; off again with its end."""

    def __init__(self, amps: float = 12.0, phases: str = "L1", after_s: int = 0) -> None:
        self.amps, self.phases, self.after_s = amps, tuple(phases.split()), after_s

    async def begin(self, stage: Stage) -> None:
        """It is set to come on."""
        self._on_s = stage.t_s + self.after_s

    async def second(self, stage: Stage) -> None:
        """It comes on."""
        if stage.t_s == self._on_s:
            stage.take(self.phases, self.amps)

    async def end(self, stage: Stage) -> None:
        """It goes off."""
        stage.take(self.phases, -self.amps)


@dataclass
class Shows(Trouble):
    """Entities show what a mask makes of them; the meters' are found out and their names are those of the house."""

    entities: str
    mask: Mask

    async def begin(self, stage: Stage) -> None:
        """From now on."""
        stage.masks |= dict.fromkeys(self.entities.split(), self.mask)

    async def end(self, stage: Stage) -> None:
        """They show what is so."""
        stage.unmask(*self.entities.split())


@dataclass
class Freezes(Trouble):
    """Entities repeat what they showed when it began, and say that it is new."""

    entities: str

    async def begin(self, stage: Stage) -> None:
        """The last true value stays."""
        for entity in self.entities.split():
            last = dict(stage.house.states[entity])
            stage.masks[entity] = lambda _true, last=last: last  # type: ignore[misc]

    async def end(self, stage: Stage) -> None:
        """They move again."""
        stage.unmask(*self.entities.split())


@dataclass
class Exchanged(Trouble):
    """Two entities show each other's values."""

    one: str
    two: str

    async def begin(self, stage: Stage) -> None:
        """From now on."""
        states = stage.house.states
        stage.masks |= {self.one: lambda _: states[self.two], self.two: lambda _: states[self.one]}

    async def end(self, stage: Stage) -> None:
        """Each its own."""
        stage.unmask(self.one, self.two)


@dataclass
class Flickers(Trouble):
    """From the first second on, every `every_s` of them, entities show nonsense once, another each time."""

    entities: str
    words: tuple[str, ...]
    every_s: int = 5
    _count: int = field(default=0, init=False)

    async def begin(self, stage: Stage) -> None:
        """From the first of them."""
        self._count = 0

    async def second(self, stage: Stage) -> None:
        """Nonsense for one second, the truth in the next."""
        number, into_s = divmod(self._count, self.every_s)
        self._count += 1
        for entity in self.entities.split():
            stage.masks.pop(entity, None)
            if into_s == 0:
                stage.masks[entity] = word(self.words[number % len(self.words)])

    async def end(self, stage: Stage) -> None:
        """The truth only."""
        stage.unmask(*self.entities.split())


@dataclass
class Unresponsive(Trouble):
    """What is called for these entities never arrives; the device goes on as it was."""

    entities: str

    async def begin(self, stage: Stage) -> None:
        """Nothing arrives."""
        stage.unresponsive |= set(self.entities.split())

    async def end(self, stage: Stage) -> None:
        """Everything does."""
        stage.unresponsive -= set(self.entities.split())


@dataclass
class Refused(Trouble):
    """A service fails, with a sentence."""

    service: str
    error: str = "the device did not answer"

    async def begin(self, stage: Stage) -> None:
        """Every call fails."""
        stage.service_errors.append({"service": self.service, "data": {}, "error": self.error})

    async def end(self, stage: Stage) -> None:
        """They work."""
        stage.service_errors.clear()


@dataclass
class Does(Trouble):
    """Something happens at the beginning, something at the end; each is told the stage and may be awaited."""

    first: Callable[[Stage], Any] = lambda _stage: None
    last: Callable[[Stage], Any] = lambda _stage: None
    each: Callable[[Stage], Any] = lambda _stage: None

    async def begin(self, stage: Stage) -> None:
        """Do the first."""
        await _done(self.first(stage))

    async def second(self, stage: Stage) -> None:
        """Do it each second."""
        await _done(self.each(stage))

    async def end(self, stage: Stage) -> None:
        """Do the last."""
        await _done(self.last(stage))


class Behaves(Trouble):
    """The charge points of the house behave otherwise: `changes` are of their `Firmware`."""

    def __init__(self, **changes: Any) -> None:
        self._changes = changes

    async def begin(self, stage: Stage) -> None:
        """From now on."""
        self._were = [(point, point.firmware) for point in stage.charge_points]
        for point, firmware in self._were:
            point.firmware = point.electronics.firmware = replace(firmware, **self._changes)

    async def end(self, stage: Stage) -> None:
        """As before."""
        for point, firmware in self._were:
            point.firmware = point.electronics.firmware = firmware


async def _done(result: Any) -> None:
    if hasattr(result, "__await__"):
        await result


def balancer() -> dict[str, Any]:
    """What the object behind `balance_site.py` has of its own."""
    found: dict[str, Any] = vars(vars(sys.modules["_fusebox_store"])["balancer"])
    return found


def fails(*_seen: Any) -> None:
    raise ZeroDivisionError("a fault of ours")
