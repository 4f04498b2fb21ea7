"""Chargers by make, from their preset: the services and options that command them, and their status words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..host.package_path import reach_package
from .entities import Call

reach_package()

from fusebox.config.load_presets import complete_from_preset  # noqa: E402
from fusebox.config.presets import (  # noqa: E402
    Action,
    PauseBy,
    Preset,
    preset_named,
)
from fusebox.model.snapshot import Status  # noqa: E402

LISTS = ("select", "input_select")
MEANINGS = {
    "disconnected": (Status.UNPLUGGED,),
    "connected": (Status.PAUSED, Status.CONNECTED),
    "paused": (Status.PAUSED, Status.CONNECTED),
    "waiting": (Status.SUSPENDED_CAR, Status.CONNECTED),
    "charging": (Status.CHARGING, Status.CONNECTED),
    "full": (Status.FULL, Status.SUSPENDED_CAR, Status.CONNECTED),
}
"""Status of a charger without a preset -> statuses by which a make's own word is chosen, the best first."""

CLOUDS = ("wallbox",)
"""Presets whose entities are polled from a cloud and answer late."""


@dataclass(frozen=True)
class Make:
    """A charger's preset (None without one) and what CONFIG adds: its `charger` id and its stop button."""

    row: Preset | None = None
    charger: object = None
    stop_button: str | None = None

    @property
    def is_cloud(self) -> bool:
        """Whether commands arrive late and states are polled."""
        return self.row is not None and self.row.name in CLOUDS

    @property
    def pauses_by_zero(self) -> bool:
        """Whether a current of 0 A is its only way to pause."""
        return self.row is not None and self.row.pause.by is PauseBy.ZERO

    @property
    def switch_comes_and_goes(self) -> bool:
        """Whether its switch is unavailable while no car is connected."""
        return self.row is not None and self.row.switch_comes_and_goes

    def hides_current(self, allowed: bool) -> bool:
        """Return whether its number shows another value than the set one, while charging is allowed (`allowed`) or
        paused."""
        if self.row is None:
            return False
        return (self.options[0][0] if allowed else self.options[1]) in self.row.current_hidden_in

    def word(self, plain: str) -> str:
        """Return the make's own word for a status of MEANINGS, the plain word if it has none."""
        words = {} if self.row is None else self.row.words
        found = (word for meaning in MEANINGS[plain] for word, status in words.items() if status is meaning)
        return next(found, plain)

    def current_set_by(self, call: Call, entity: str) -> float | None:
        """Return the current [A] that a call sets, None for another call. `entity`: the charger's number."""
        if call.entity == entity and call.service in ("number.set_value", "input_number.set_value"):
            return float(call.data["value"])
        action = None if self.row is None else self.row.set_with
        if action is None or not self._is(action, call):
            return None
        key = next(key for key, value in action.data.items() if value == "{current}")
        return float(call.data[key])

    def permission_set_by(self, call: Call, switch: str | None) -> bool | None:
        """Return True when a call allows charging, False when it pauses it, None for any other call or option."""
        if self.row is not None:
            pause = self.row.pause
            for action, allowed in ((pause.start_with, True), (pause.stop_with, False)):
                if action is not None and self._is(action, call):
                    return allowed
        if not call.entity or call.entity not in (switch, self.stop_button):
            return None
        verb, option = call.service.partition(".")[2], call.data.get("option")
        if verb == "press":
            return call.entity == switch
        if verb == "select_option":
            return True if option in self.options[0] else False if option == self.options[1] else None
        on = {"turn_on": True, "turn_off": False}.get(verb)
        return None if on is None else on is not self._is_inverted

    def switch_word(self, switch: str, allowed: bool) -> str:
        """Return the state of its switch, select or button."""
        domain = switch.partition(".")[0]
        if domain in ("button", "input_button"):
            return "unknown"
        if domain in LISTS:
            return self.options[0][0] if allowed else self.options[1]
        return "on" if allowed is not self._is_inverted else "off"

    @property
    def options(self) -> tuple[tuple[str, ...], str]:
        """The options of its select that allow charging, and the one that pauses it."""
        return (("on",), "off") if self.row is None else (self.row.pause.run, self.row.pause.stop)

    @property
    def _is_inverted(self) -> bool:
        return self.row is not None and self.row.pause.by is PauseBy.SWITCH and self.row.pause.stop == "on"

    def _is(self, action: Action, call: Call) -> bool:
        """Whether a call is this action for this charger."""
        named = [call.data.get(key) for key, value in action.data.items() if value == "{charger}"]
        return call.service == action.service and all(each == self.charger for each in named)


def complete_with_preset(load: Mapping[str, Any]) -> tuple[dict[str, Any], Make]:
    """Return a charger's CONFIG entry completed with its preset's entities, and its make."""
    row = preset_named("wallbox" if load["type"] == "wallbox" else load.get("preset"))
    if row is None:
        return dict(load), Make()
    entry: dict[str, Any] = complete_from_preset(load, row)
    return entry, Make(row, entry.get("charger"), entry.get("stop"))


def with_presets(config: Mapping[str, Any]) -> dict[str, Any]:
    """Return CONFIG with every charger's entities from its preset written out."""
    loads = config.get("loads") or {}
    kinds = ("number", "wallbox")
    return {
        **config,
        "loads": {
            name: complete_with_preset(load)[0] if load["type"] in kinds else load for name, load in loads.items()
        },
    }
