"""Build triggers from the arguments of decorators; refuse the kinds that the shipped scripts never use."""

import logging
import re
from collections.abc import Callable
from typing import Any, Protocol

from simhouse.host.cron import Cron
from simhouse.host.events import Context
from simhouse.host.state_trigger import StateTrigger
from simhouse.host.time_trigger import Fire, TimeTrigger
from simhouse.host.world import World

LOGGER = logging.getLogger("simhouse.host.time")
UNSUPPORTED_KEYWORDS = frozenset({"state_hold", "state_hold_false", "state_check_now", "watch"})
"""Of @state_trigger: a function that is run by each change can look for itself."""
_ENTITY = re.compile(r"\w+\.\w+(\.\*)?")
_CRON = re.compile(r"\s*cron\((.*)\)\s*", re.DOTALL)


class Unsupported(NotImplementedError):
    """Something that pyscript has and the embedded host does not; the text names the alternative."""


class Trigger(Protocol):
    """Interface of something that fires between `start` and `stop`."""

    def start(self) -> None:
        """Begin."""

    def stop(self) -> None:
        """End."""


class TriggerMaker:
    """Makes the triggers of functions."""

    def __init__(self, world: World) -> None:
        self._world = world

    def make(self, kind: str, args: list[Any], kwargs: dict[str, Any], fire: Fire) -> Trigger:
        """Return the trigger of a decorator; TypeError for wrong arguments, `Unsupported` for unsupported ones."""
        if unsupported := UNSUPPORTED_KEYWORDS & kwargs.keys():
            raise Unsupported(f"no {', '.join(sorted(unsupported))} in the embedded host, only `kwargs`")
        if kind == "state_trigger":
            return self._state(args, fire)
        if kind == "time_trigger":
            return self._time(args, fire)
        return self._event(kind, args, fire)

    def _state(self, args: list[Any], fire: Fire) -> StateTrigger:
        phrases = [
            phrase
            for argument in args
            for phrase in (argument if isinstance(argument, (list, set, tuple)) else [argument])
        ]
        if not phrases or not all(isinstance(phrase, str) for phrase in phrases):
            raise TypeError("needs at least one argument, each a string, or list, or set of strings")
        for phrase in phrases:
            if not _ENTITY.fullmatch(phrase):
                raise Unsupported(f"{phrase!r}: the embedded host watches 'domain.entity' and 'domain.entity.*' only")
        return StateTrigger(phrases, self._world.states, fire)

    def _time(self, args: list[Any], fire: Fire) -> TimeTrigger:
        if not all(isinstance(phrase, str) for phrase in args):
            raise TypeError("arguments should be strings")
        crons = [cron for phrase in args if (cron := _cron(phrase)) is not None]
        return TimeTrigger(crons, not args or "startup" in args, "shutdown" in args, self._world.clock, fire)

    def _event(self, kind: str, args: list[Any], fire: Fire) -> "EventTrigger":
        if not 1 <= len(args) <= 2 or not all(isinstance(argument, str) for argument in args):
            raise TypeError("needs an event type, and at most an expression, as strings")
        if len(args) == 2:
            raise Unsupported(f"{args[1]!r}: the embedded host has no expressions, each {args[0]!r} fires")
        return (MqttTrigger if kind == "mqtt_trigger" else EventTrigger)(self._world, args[0], fire)


def _cron(phrase: str) -> Cron | None:
    """Return the cron of a time phrase; None for startup and shutdown, and for an invalid one, which is logged."""
    if phrase in ("startup", "shutdown"):
        return None
    match = _CRON.fullmatch(phrase)
    if match is None:
        raise Unsupported(f"{phrase!r}: the embedded host has 'startup', 'shutdown' and 'cron(...)' only")
    try:
        return Cron(match[1])
    except ValueError as error:
        LOGGER.error("Invalid time trigger %s: %s", phrase, error)
        return None


class EventTrigger:
    """@event_trigger: fires for each event of a type."""

    def __init__(self, world: World, event_type: str, fire: Fire) -> None:
        self._world = world
        self._event_type = event_type
        self._fire = fire
        self._remove: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Begin to listen."""
        self._remove = self._world.bus.listen(self._event_type, self._happened)

    def stop(self) -> None:
        """Stop listening."""
        self._remove()

    def _happened(self, data: dict[str, Any], context: Context) -> None:
        self._fire({"trigger_type": "event", "event_type": self._event_type, "context": context, **data})


MQTT_MESSAGE = "mqtt_message"
"""The host's own event for messages: there is no broker, `Host.mqtt_message` delivers them."""


class MqttTrigger(EventTrigger):
    """@mqtt_trigger: fires for each message on a topic, in which `+` matches one level, and a final `#` all remaining
    ones."""

    def __init__(self, world: World, topic: str, fire: Fire) -> None:
        super().__init__(world, MQTT_MESSAGE, fire)
        self._levels = topic.split("/")

    def _happened(self, data: dict[str, Any], context: Context) -> None:
        levels, wanted = data["topic"].split("/"), self._levels
        if wanted[-1] == "#":
            levels, wanted = levels[: len(wanted) - 1], wanted[:-1]
        if len(levels) == len(wanted) and all(w in ("+", level) for w, level in zip(wanted, levels, strict=True)):
            self._fire({"trigger_type": "mqtt", **data})
