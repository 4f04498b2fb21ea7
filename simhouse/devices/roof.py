"""Solar panels, inverter and battery of the simulated house, and their entities."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import inf
from typing import Any

from ..physics.battery import Battery, BatteryState, step_battery
from ..physics.throttle import ZERO_EXPORT, Throttle
from .battery_orders import BatteryOrders
from .entities import State, sensor
from .export_number import ExportNumber
from .source import entity_in, source_states, source_unit


@dataclass(frozen=True)
class Generation:
    """One second of the roof: powers in W (battery: + = charging), and the battery's state of charge."""

    solar_w: float = 0.0  # as delivered
    curtailed_w: float = 0.0  # what the panels could have generated in addition
    battery_w: float = 0.0
    soc_pct: float = 0.0


@dataclass
class Roof:
    """Panels, inverter and battery. Their power is shared evenly by the phases that the inverter feeds.

    An `asymmetric` one gives each phase what that takes, or the same part of it, after the lag of its battery.
    """

    solar: Sequence[float] | None = None  # what the panels could give in each second [W]
    inverter_max_w: float = inf
    battery: Battery | None = None
    battery_state: BatteryState = field(default_factory=BatteryState)
    orders: BatteryOrders = field(default_factory=lambda: BatteryOrders({}))
    export: ExportNumber = field(default_factory=lambda: ExportNumber({}))
    throttle: Throttle | None = None  # what holds the inverter back, None for nothing
    limit_w: float = inf  # of its output, now
    phases: Sequence[str] = ()  # that the inverter feeds, empty for all
    asymmetric: bool = False
    is_island: bool = False  # whether it feeds the house alone, because the grid is gone
    now: Generation = field(default_factory=Generation)
    _shares: dict[str, float] = field(default_factory=dict)  # of what it delivers, by phase, as of `fed_w`
    _taken_w: dict[str, float] = field(default_factory=dict)  # what an asymmetric inverter takes each phase to draw

    def step(self, t_s: int, taken_w: float, dark: bool) -> Generation:
        """Advance to second `t_s` for a house that draws `taken_w` [W]; return the powers, 0 without grid (`dark`).

        A battery takes the sun before the inverter is held back. On an island the battery follows the house at once.
        """
        if dark:
            self.battery_state, self.limit_w = BatteryState(self.battery_state.soc_pct), inf
            self.now = Generation(soc_pct=self.battery_state.soc_pct)
            return self.now
        panels_w = 0.0 if self.solar is None else self.solar[min(t_s, len(self.solar) - 1)]
        solar_w = min(panels_w, self.inverter_max_w)
        if self.battery is not None:
            room_w = self.inverter_max_w - solar_w
            battery = replace(self.battery, settles_s=1.0) if self.is_island else self.battery
            self.battery_state = step_battery(
                battery, self.battery_state, taken_w - solar_w, room_w, self.orders.present_orders
            )
        stored = self.battery_state
        used_w = taken_w + stored.charge_w
        solar_w = min(solar_w, max(used_w, 0.0) if self.is_island else self.export.most_w(used_w))
        if self.throttle is not None:
            self.limit_w = self.throttle.next_limit_w(self.limit_w, used_w, panels_w, self._nominal_w)
            solar_w = min(solar_w, self.limit_w)
        self.now = Generation(solar_w, panels_w - solar_w, stored.charge_w, stored.soc_pct)
        return self.now

    def fed_w(self, taken_w: Mapping[str, float]) -> Mapping[str, float]:
        """Return what inverter and battery deliver to each phase in this second [W]; `taken_w`: what each draws."""
        fed, given_w = self.phases or [*taken_w], self.now.solar_w - self.now.battery_w
        self._shares = dict.fromkeys(fed, 1 / len(fed))
        if not self.asymmetric:
            return dict.fromkeys(fed, given_w / len(fed))
        lag_s = 1.0 if self.battery is None or self.is_island else self.battery.settles_s
        known_w = {phase: self._taken_w.get(phase, taken_w[phase]) for phase in fed}
        self._taken_w = {phase: w + (taken_w[phase] - w) / lag_s for phase, w in known_w.items()}
        asked_w = sum(self._taken_w.values())
        part = min(max(given_w, 0.0) / asked_w, 1.0) if asked_w > 0 else 0.0
        found = {phase: part * w + (given_w - part * asked_w) / len(fed) for phase, w in self._taken_w.items()}
        if given_w > 0:
            self._shares = {phase: w / given_w for phase, w in found.items()}
        return found

    @property
    def _nominal_w(self) -> float:
        """What the inverter is built for [W]; without a limit in CONFIG, the most that the panels give."""
        return self.inverter_max_w if self.inverter_max_w < inf else max(self.solar or (0.0,))

    def states(
        self, site: Mapping[str, Any], units: Mapping[str, str], voltage_v: float, taken_w: Mapping[str, float]
    ) -> dict[str, State]:
        """Return every roof entity of CONFIG's `site`; `taken_w` is the draw of house and loads on each phase [W]."""
        states = self.orders.states() | self.export.states()

        def show(entry: Any, power_w: float) -> None:
            states.update(source_states(entry, power_w, source_unit(entry, units), voltage_v))

        show(site.get("solar_w"), self.now.solar_w)
        battery, inverter = site.get("battery") or {}, site.get("inverter") or {}
        soc = entity_in(battery.get("soc_pct"))
        if soc is not None:
            states[soc] = sensor(self.battery_state.soc_pct, "%")
        show(battery.get("charge_w"), -self.now.battery_w if battery.get("invert") else self.now.battery_w)
        series = str(inverter.get("wiring")).strip().lower() == "series"
        for phase, entry in (inverter.get("output") or {}).items():
            sun_w = self.now.solar_w * self._shares.get(phase, 0.0)
            show(entry, taken_w.get(phase, 0.0) if series else sun_w)
        return states


def build_roof(
    site: Mapping[str, Any],
    solar: Sequence[float] | None,
    soc_pct: float,
    phases: int,
    throttle: Throttle | None = None,
) -> Roof:
    """Return the roof that a CONFIG `site` describes; the battery begins at `soc_pct`.

    Without a `throttle` the inverter is held to zero export where CONFIG says that it throttles.
    """
    inverter, entry = site.get("inverter") or {}, site.get("battery")
    each_w = inverter.get("max_w_per_phase")
    limits_w = [inverter.get("max_w"), each_w * phases if isinstance(each_w, int | float) else None]
    battery = None
    if entry:
        named = ("capacity_kwh", "max_charge_w", "max_discharge_w", "soc_min_pct")
        battery = Battery(**{key: float(entry[key]) for key in named if isinstance(entry.get(key), int | float)})
    most_w = min((float(w) for w in limits_w if isinstance(w, int | float)), default=inf)
    if throttle is None and inverter.get("throttles") is True:
        throttle = ZERO_EXPORT
    orders = BatteryOrders(entry or {})
    return Roof(
        solar,
        most_w,
        battery,
        BatteryState(soc_pct),
        orders,
        ExportNumber(site),
        throttle,
        phases=inverter.get("phases") or (),
        asymmetric=inverter.get("asymmetric") is True,
    )
