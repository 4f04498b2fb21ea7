"""@state_trigger: what counts as a change, expressions over states, and the holds."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from simhouse.host.clock import Timer, VirtualClock
from simhouse.host.events import Context
from simhouse.host.expressions import Expression
from simhouse.host.state_value import StateVal, snapshot
from simhouse.host.states import VIRTUAL_ATTRIBUTES, EntityState, StateMachine
from simhouse.host.time_trigger import Fire

_PLAIN_NAME = re.compile(r"\w+\.\w+(\.((\w+)|\*))?$")

Cause = tuple[dict[str, Any], dict[str, Any]]
"""The function's keywords and the values of the watched names, as of one change."""


@dataclass(frozen=True)
class StateOptions:
    """Keywords of the decorator; the holds in seconds. `waits`: task.wait_until's own, which forgive a false hold."""

    state_hold: float | None = None
    state_hold_false: float | None = None
    state_check_now: bool = False
    watch: frozenset[str] | None = None
    waits: bool = False


@dataclass(frozen=True)
class StatePhrases:
    """What is watched: `plain` names, any change of which fires, and an `expression` that has to be true."""

    plain: frozenset[str]
    expression: Expression | None


def split_names(phrases: Iterable[str]) -> tuple[frozenset[str], str | None]:
    """Plain names (any change fires) and one expression that is true when any of the other phrases is."""
    plain = frozenset(phrase for phrase in phrases if _PLAIN_NAME.match(phrase))
    others = [phrase for phrase in phrases if phrase not in plain]
    if len(others) > 1:
        return plain, f"any([{', '.join(others)}])"
    return plain, others[0] if others else None


class StateTrigger:
    """Watches entities and fires by pyscript's rules; `evaluate(expression, values, then)` runs expressions."""

    def __init__(
        self,
        phrases: StatePhrases,
        options: StateOptions,
        states: StateMachine,
        clock: VirtualClock,
        fire: Fire,
        evaluate: Callable[[Expression, dict[str, Any], Callable[[Any], None]], None],
    ) -> None:
        self._plain = plain = phrases.plain
        self._expression = expression = phrases.expression
        self._states = states
        self._clock = clock
        self._fire = fire
        self._evaluate = evaluate
        self._hold = options.state_hold
        self._hold_false = options.state_hold_false
        self._check_now = options.state_check_now
        self._waits = options.waits
        if options.watch is not None:
            self._names = set(options.watch)
        else:
            self._names = plain | (expression.entity_names if expression else set())
        self._entities = {".".join(name.split(".")[:2]) for name in self._names if name.count(".") in (1, 2)}
        # The usual trigger, one plain name, needs none of what follows.
        self._simple = (
            expression is None
            and self._hold is None
            and all(name.count(".") == 1 for name in self._names)
            and plain == self._names
        )
        self._true_since: float | None = None
        self._false_since: float | None = None
        self._timer: Timer | None = None
        self._stopped = False
        self._hold_cause: Cause = ({"trigger_type": "state"}, {})

    @property
    def watches(self) -> bool:
        """Whether there is anything to watch; without it the trigger never fires."""
        return bool(self._entities)

    def start(self) -> None:
        """Begin to watch; with `state_check_now` the expression may fire at once."""
        if not self.watches:
            return
        for entity_id in self._entities:
            self._states.listen(entity_id, self._changed)
        if not self._check_now and self._hold_false is None:
            return
        if self._expression is None:
            return
        values = self._with_missing({})
        cause = ({"trigger_type": "state"}, values)
        self._evaluate(self._expression, values, lambda true: self._first_result(true, cause))

    def stop(self) -> None:
        """End; a running hold is forgotten."""
        self._stopped = True
        for entity_id in self._entities:
            self._states.unlisten(entity_id, self._changed)
        self._forget_hold()

    def _first_result(self, true: Any, cause: Cause) -> None:
        if self._waits and true and self._check_now:
            self._hold_false = None
        if self._check_now:
            self._judge(true, cause)
        elif not true:
            self._false_since = self._clock.seconds

    def _changed(self, entity_id: str, old: EntityState | None, new: EntityState | None, context: Context) -> None:
        if self._simple and old is not None and new is not None and old.state == new.state:
            return
        value, old_value = snapshot(new), snapshot(old)
        keywords = {
            "trigger_type": "state",
            "var_name": entity_id,
            "value": value,
            "old_value": old_value,
            "context": context,
        }
        if self._simple:
            self._fire(keywords, {entity_id: value, f"{entity_id}.old": old_value})
            return
        values = self._with_missing({entity_id: value, f"{entity_id}.old": old_value})
        cause = (keywords, values)
        if _any_changed(self._plain, entity_id, value, old_value):
            self._judge(True, cause)
        elif not _watched_changed(self._names, entity_id, value, old_value):
            return  # since pyscript 2.1.0; before it, such a change ended a hold
        elif self._expression is None:
            self._judge(True, cause)
        else:
            self._evaluate(self._expression, values, lambda true: self._judge(true, cause))

    def _with_missing(self, values: dict[str, Any]) -> dict[str, Any]:
        """Values of all watched names; what does not exist is None."""
        for name in self._names:
            if name in values:
                continue
            parts = name.split(".")
            state = self._states.get(".".join(parts[:2]))
            if len(parts) == 2:
                values[name] = snapshot(state)
            elif len(parts) == 3:
                values[name] = getattr(snapshot(state), parts[2], None)
            elif parts[2] == "old":
                values[name] = getattr(values.get(".".join(parts[:3])), parts[3], None)
        return values

    def _judge(self, true: Any, cause: Cause) -> None:
        """Act on one verdict on the states: fire, or begin or end a hold."""
        if self._stopped:
            return
        now = self._clock.seconds
        if not true:
            self._forget_hold()
            if self._hold_false is not None and self._false_since is None:
                self._false_since = now
            return
        if self._hold_false is not None and self._expression is not None:
            held = self._false_since is not None and now - self._false_since >= self._hold_false
            self._false_since = None
            if not held:
                return
        if self._hold is None:
            self._fire(*cause)
        elif self._true_since is None:
            self._true_since, self._hold_cause = now, cause
            self._timer = self._clock.call_later(self._hold, self._held)

    def _held(self) -> None:
        # The function gets the change that began the hold. pyscript 2.0.0, unlike 1.7 and 2.1.0, passes the latest one.
        self._true_since = None
        self._fire(*self._hold_cause)

    def _forget_hold(self) -> None:
        self._true_since = None
        if self._timer is not None:
            self._timer.cancel()


def _any_changed(plain: frozenset[str], entity_id: str, value: StateVal | None, old: StateVal | None) -> bool:
    for name in plain:
        if name == entity_id:
            if value != old:
                return True
        elif name.startswith(f"{entity_id}."):
            attribute = name.rpartition(".")[2]
            if attribute != "*":
                changed = getattr(value, attribute, None) != getattr(old, attribute, None)
            else:
                known = {*getattr(value, "__dict__", ()), *getattr(old, "__dict__", ())} - VIRTUAL_ATTRIBUTES
                changed = any(getattr(value, one, None) != getattr(old, one, None) for one in known)
            if changed:
                return True
    return False


def _watched_changed(names: set[str], entity_id: str, value: StateVal | None, old: StateVal | None) -> bool:
    for name in names:
        parts = name.split(".")
        if len(parts) > 3 or ".".join(parts[:2]) != entity_id:
            continue
        if len(parts) == 2 or parts[2] == "old":
            if value != old:
                return True
        elif getattr(value, parts[2], None) != getattr(old, parts[2], None):
            return True
    return False
