"""Builds triggers from what the decorators, or the keywords of task.wait_until, say."""

from collections.abc import Callable
from typing import Any, Protocol

from simhouse.host.events import Context
from simhouse.host.expressions import Expression
from simhouse.host.state_trigger import StateOptions, StatePhrases, StateTrigger, split_names
from simhouse.host.time_specs import parse_time_spec
from simhouse.host.time_trigger import Fire, TimeTrigger
from simhouse.host.world import World

_STATE_KEYWORDS = frozenset({"state_hold", "state_hold_false", "state_check_now", "watch"})


class Trigger(Protocol):
    """Something that fires between `start` and `stop`."""

    def start(self) -> None:
        """Begin."""

    def stop(self) -> None:
        """End."""


class TriggerMaker:
    """Makes triggers for one function (or one wait): `name` is for logs, `variables` are the file's globals."""

    def __init__(
        self, world: World, name: str, variables: dict[str, Any], failed: Callable[[Exception], None] | None = None
    ) -> None:
        self._world = world
        self._name = name
        self._variables = variables
        self._failed = failed

    def make(self, kind: str, args: list[Any], kwargs: dict[str, Any], fire: Fire, waiting: bool = False) -> Trigger:
        """The trigger of a decorator; TypeError when its arguments are wrong. `waiting`: it is task.wait_until's."""
        if kind == "state_trigger":
            return self._state(args, kwargs, fire, waiting)
        if kind == "time_trigger":
            return self._time(args, fire, (lambda: fire({"trigger_type": "none"}, {})) if waiting else None)
        return self._event(kind, args, fire)

    def expression(self, source: str, decorator: str) -> Expression:
        """A compiled expression; its errors name the function and the decorator."""
        return Expression(source, f"{self._name} @{decorator}()", self._variables)

    def _state(self, args: list[Any], kwargs: dict[str, Any], fire: Fire, waiting: bool) -> StateTrigger:
        phrases = [
            phrase
            for argument in args
            for phrase in (
                [argument]
                if isinstance(argument, str)
                else argument
                if isinstance(argument, (list, set, tuple))
                else [argument]
            )
        ]
        if not phrases or not all(isinstance(phrase, str) for phrase in phrases):
            raise TypeError("needs at least one argument, each a string, or list, or set of strings")
        plain, source = split_names(phrases)
        options: dict[str, Any] = {key: kwargs[key] for key in _STATE_KEYWORDS if kwargs.get(key) is not None}
        if "watch" in options:
            options["watch"] = frozenset(options["watch"])
        if waiting:
            options.setdefault("state_check_now", True)
        watched = StatePhrases(plain, self.expression(source, "state_trigger") if source else None)

        def evaluate(expression: Expression, values: dict[str, Any], then: Callable[[Any], None]) -> None:
            self._world.evaluate(expression, values, then, self._name, self._failed)

        return StateTrigger(
            watched,
            StateOptions(**options, waits=waiting),
            self._world.states,
            self._world.clock,
            fire,
            evaluate,
        )

    def _time(self, args: list[Any], fire: Fire, never_again: Callable[[], None] | None) -> TimeTrigger:
        if not all(isinstance(phrase, str) for phrase in args):
            raise TypeError("arguments should be strings")
        phrases = [phrase for phrase in args if phrase not in ("startup", "shutdown")]
        specs = [
            spec
            for phrase in phrases
            if (spec := parse_time_spec(phrase, self._world.clock, self._world.sun)) is not None
        ]
        return TimeTrigger(
            specs, not args or "startup" in args, "shutdown" in args, self._world.clock, fire, never_again
        )

    def _event(self, kind: str, args: list[Any], fire: Fire) -> "EventTrigger":
        if not 1 <= len(args) <= 2 or not all(isinstance(argument, str) for argument in args):
            raise TypeError("needs an event type, and at most an expression, as strings")
        expression = self.expression(args[1], kind) if len(args) == 2 else None
        # There is no web server here: that one is made, and never fires.
        event_type = args[0] if kind == "event_trigger" else f"{kind} {args[0]}"

        def judge(values: dict[str, Any]) -> None:
            if expression is None:
                fire(values, {})
            else:
                self._world.evaluate(
                    expression, values, lambda true: true and fire(values, {}), self._name, self._failed
                )

        if kind == "mqtt_trigger":
            return MqttTrigger(self._world, args[0], judge)
        return EventTrigger(self._world, event_type, judge)


class EventTrigger:
    """@event_trigger: fires for each event of a type."""

    def __init__(self, world: World, event_type: str, judge: Callable[[dict[str, Any]], None]) -> None:
        self._world = world
        self._event_type = event_type
        self._judge = judge
        self._remove: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Begin to listen."""
        self._remove = self._world.bus.listen(self._event_type, self._happened)

    def stop(self) -> None:
        """Listen no more."""
        self._remove()

    def _happened(self, data: dict[str, Any], context: Context) -> None:
        self._judge({"trigger_type": "event", "event_type": self._event_type, "context": context, **data})


MQTT_MESSAGE = "mqtt_message"
"""The host's own event: there is no broker, a message is brought by who calls `Host.mqtt_message`."""


class MqttTrigger(EventTrigger):
    """@mqtt_trigger: fires for each message on a topic; there `+` stands for any one level, a last `#` for all."""

    def __init__(self, world: World, topic: str, judge: Callable[[dict[str, Any]], None]) -> None:
        super().__init__(world, MQTT_MESSAGE, judge)
        self._levels = topic.split("/")

    def _happened(self, data: dict[str, Any], context: Context) -> None:
        levels, wanted = data["topic"].split("/"), self._levels
        if wanted[-1] == "#":
            levels, wanted = levels[: len(wanted) - 1], wanted[:-1]
        if len(levels) == len(wanted) and all(w in ("+", level) for w, level in zip(wanted, levels, strict=True)):
            self._judge({"trigger_type": "mqtt", **data})
