"""A living house with a roof and, where wanted, a battery that aims at zero on the meter, some seconds late."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .houses import House, config, unit, watts
from .living import Device, Living

BATTERY = {"soc_pct": "sensor.soc", "charge_w": "sensor.battery"}


def sunny(*, battery: Mapping[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """A CONFIG with a sun sensor, and with a battery where something is said of one."""
    found: dict[str, Any] = {} if battery is None else {"battery": {**BATTERY, **battery}}
    return config(solar_w="sensor.sun", **found, **more)


@dataclass
class Battery:
    """Power that follows what the house needs, `lag_s` late; its state of charge is what somebody sets it to."""

    soc_pct: float | str = 50.0
    max_charge_w: float = 5000.0
    max_discharge_w: float = 5000.0
    lag_s: int = 0
    charge_w: float = 0.0
    seen: deque[float] = field(default_factory=deque)

    def follow(self, need_w: float) -> None:
        """One moment of a house that needs so much beside its sun [W]."""
        self.seen.append(need_w)
        if len(self.seen) > self.lag_s:
            self.charge_w = min(max(-self.seen.popleft(), -self.max_discharge_w), self.max_charge_w)


class Sunny(Living):
    """Runs a house with a roof; `sun_w` is spread evenly over its phases, and so is the battery's power.

    `more` are states of other entities, or states in place of the house's own.
    """

    def __init__(
        self,
        house: House,
        base_a: Mapping[str, float],
        *,
        sun_w: float = 0.0,
        battery: Battery | None = None,
        more: Mapping[str, Any] | None = None,
        **devices: Device,
    ) -> None:
        super().__init__(house, base_a, **devices)
        self.sun_w = sun_w
        self.battery = battery
        self.more = dict(more or {})
        self.silent: set[str] = set()

    @property
    def need_w(self) -> float:
        """What house and loads take beside the sun."""
        return sum(super(Sunny, self).grid_a(phase) for phase in self.base_a) * 230 - self.sun_w

    @property
    def import_w(self) -> float:
        """What flows in, the phases netted; below zero what flows out."""
        return sum(self.grid_a(phase) for phase in self.base_a) * 230

    def grid_a(self, phase: str) -> float:
        """What the meter of a phase shows."""
        given_w = self.sun_w - (0.0 if self.battery is None else self.battery.charge_w)
        return super().grid_a(phase) - given_w / 230 / len(self.base_a)

    def states(self) -> dict[str, Any]:
        """Every entity of the house but those that are silent."""
        found = {**super().states(), "sensor.sun": watts(round(self.sun_w))}
        if self.battery is not None:
            found["sensor.soc"] = unit(self.battery.soc_pct, "%")
            found["sensor.battery"] = watts(round(self.battery.charge_w))
        return {entity: state for entity, state in {**found, **self.more}.items() if entity not in self.silent}

    def prepare(self) -> None:
        """The battery follows."""
        if self.battery is not None:
            self.battery.follow(self.need_w)

    def switched(self, name: str) -> list[tuple[float, str]]:
        """When the load was switched, and how."""
        return self.house.all_sent(f"switch.{name}")

    def reason(self, name: str) -> str:
        """What the load's entity says of it."""
        return str(self.house.shown(name)["reason"])
