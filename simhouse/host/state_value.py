"""The script's view of an entity: a text with attributes."""

from datetime import datetime
from typing import Any

from simhouse.host.states import VIRTUAL_ATTRIBUTES, EntityState

_RAISE = object()
_TRUE = frozenset({"1", "true", "yes", "on", "enable"})
_FALSE = frozenset({"0", "false", "no", "off", "disable"})


class StateVal(str):
    """A snapshot: the state as text; attributes, entity_id and the three times (aware UTC) as Python attributes."""

    def __new__(cls, state: EntityState) -> "StateVal":
        value = str.__new__(cls, state.state)
        fields = value.__dict__
        fields.update(state.attributes)
        fields["entity_id"] = state.entity_id
        fields["last_changed"] = state.last_changed
        fields["last_updated"] = state.last_updated
        fields["last_reported"] = state.last_reported
        return value

    def _converted(self, convert: Any, default: Any) -> Any:
        try:
            return convert(self)
        except (ValueError, TypeError):
            if default is _RAISE:
                raise ValueError(f"got invalid input '{self}' and no default was specified") from None
            return default

    def as_float(self, default: Any = _RAISE) -> float:
        """Return the state as a float; `default`, or ValueError without one, when it is not a number."""
        return self._converted(float, default)

    def as_int(self, default: Any = _RAISE, base: int = 10) -> int:
        """Return the state as a whole number; `default`, or ValueError without one, when it is not one."""
        return self._converted(lambda text: int(str(text), base), default)

    def as_bool(self, default: Any = _RAISE) -> bool:
        """Return the state as True or False; `default`, or ValueError without one, when it is neither."""
        word = self.lower().strip()
        if word in _TRUE or word in _FALSE:
            return word in _TRUE
        return self._converted(lambda text: bool(float(text)), default)

    def as_round(self, precision: int = 0, method: str = "common", default: Any = _RAISE) -> float:
        """Return the state rounded to `precision` decimals; `method` is ignored, Python's rounding is used."""
        number = self._converted(float, default)
        return round(number, precision) if precision else round(number)

    def as_datetime(self, default: Any = _RAISE) -> datetime:
        """Return the state as a datetime (ISO format); `default`, or ValueError without one, when it is not one."""
        return self._converted(datetime.fromisoformat, default)

    def is_unknown(self) -> bool:
        """Return whether the state is `unknown`."""
        return self == "unknown"

    def is_unavailable(self) -> bool:
        """Return whether the state is `unavailable`."""
        return self == "unavailable"

    def has_value(self) -> bool:
        """Return whether the state is neither unknown nor unavailable."""
        return self not in ("unknown", "unavailable")


METHODS = frozenset(name for name, value in vars(StateVal).items() if callable(value) and not name.startswith("_"))


def snapshot(state: EntityState | None) -> StateVal | None:
    """Return the script's view of an entity, None for None."""
    return None if state is None else StateVal(state)


def own_attributes(value: StateVal) -> dict[str, Any]:
    """Return the attributes of a snapshot without the entity id and the times."""
    return {name: item for name, item in value.__dict__.items() if name not in VIRTUAL_ATTRIBUTES}
