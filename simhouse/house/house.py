"""The simulated house: wires, appliances, sun, battery, chargers and cars, stepped by the second."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from ..devices.charger import Charger
from ..devices.demand_meter import DemandState, demand_states, step_demand
from ..devices.entities import State, calls_in_reply, counter, sensor
from ..devices.helpers import Helpers
from ..devices.linked import EaseeBox, LinkedDevices
from ..devices.meter import PhaseMeter
from ..devices.ocpp.charger import OcppCharger
from ..devices.ocpp.firmware import Firmware
from ..devices.phase_box import PhaseBox
from ..devices.plug import Plug
from ..devices.price_entity import PriceEntity
from ..devices.quasar_load import QuasarLoad, QuasarNetwork
from ..devices.radiators import RadiatorGroup
from ..devices.roof import Generation, Roof
from ..physics.seconds import SecondSeries
from ..physics.throttle import Throttle
from ..physics.wiring import MAIN, Circuit, Trip

if TYPE_CHECKING:
    from ..devices.ocpp.network import Network


HOME_ASSISTANTS = ("persistent_notification", "homeassistant", "mqtt", "fusebox")
"""Domains whose services reach no device of the house."""


@dataclass(frozen=True)
class Instant:
    """The physical state in one second. Currents in A by phase, + = import and consumption."""

    t_s: int
    base_a: Mapping[str, float]
    net_a: Mapping[str, float]
    loads_a: Mapping[str, Mapping[str, float]]
    offers_a: Mapping[str, float]
    roof: Generation
    meter_known: bool
    trips: tuple[Trip, ...] = ()

    def taken_a(self, phase: str) -> float:
        """Return what house and loads draw on a phase [A], from any source."""
        return self.base_a[phase] + sum(load.get(phase, 0.0) for load in self.loads_a.values())


@dataclass(frozen=True)
class Equipment:
    """How the devices behave. `units` override what an entity's name suggests; `firmwares` are of charge points.

    `phase_boxes`: boxes of chargers that switch phases. `sluggish_breakers` open as late as allowed; the meters report
    every `meter_every_s` what flowed `meter_delay_s` before, in multiples of `meter_step_w`. `throttle` holds the
    inverter back, also where CONFIG does not say so.
    """

    units: Mapping[str, str] = field(default_factory=dict)
    firmwares: Mapping[str, Firmware] = field(default_factory=dict)
    phase_boxes: Mapping[str, PhaseBox] = field(default_factory=dict)
    sluggish_breakers: bool = False
    meter_every_s: int = 1
    meter_delay_s: int = 0
    meter_step_w: float = 0.0
    throttle: Throttle | None = None


@dataclass
class House:
    """A running house: `step(t)` advances it by a second, `apply(calls, t)` obeys the scripts.

    `move(t)` replaces `step(t)` when nothing reads its entities in that second.
    """

    config: Mapping[str, Any]
    start: datetime
    phases: tuple[str, ...]
    base: Mapping[str, SecondSeries]
    roof: Roof
    daylight: tuple[range, ...]
    chargers: dict[str, Charger | EaseeBox | OcppCharger]
    plugs: dict[str, Plug | QuasarLoad | RadiatorGroup]
    circuits: dict[str, Circuit]
    ways: Mapping[str, tuple[str, ...]]
    meters: Mapping[str, Sequence[PhaseMeter]]
    helpers: Helpers
    equipment: Equipment
    network: "Network | None" = None  # of its OCPP chargers, where it has some
    quasars: QuasarNetwork | None = None  # the sockets of its Quasars, where it has some
    prices: tuple[PriceEntity, ...] = ()  # where CONFIG names entities of prices
    linked: LinkedDevices | None = None  # what the scripts reach by an address: inverter, cloud
    named: Mapping[str, str] = field(default_factory=dict)  # path in CONFIG -> entity that it reads there
    absent: Mapping[str, str] = field(default_factory=dict)  # those of `named` that no device of this house reports
    demand: DemandState = field(default_factory=DemandState)
    now: Instant | None = None
    unheard: dict[str, int] = field(default_factory=dict)  # service calls that nothing in the house answers to
    states: dict[str, State] = field(default_factory=dict)  # every entity as Home Assistant last heard of it
    dark: set[str] = field(default_factory=set)  # loads whose own supply is off
    outage: range = range(0)  # the seconds in which the grid is gone
    _underway: deque[Instant] = field(default_factory=deque)  # what a meter with a delay has measured and not reported

    @property
    def voltage_v(self) -> float:
        """The phase voltage [V]."""
        stated = self.config["site"].get("voltage_v", 230)
        return float(self.helpers.values[stated]) if isinstance(stated, str) else float(stated)

    @property
    def netted(self) -> bool:
        """Whether the grid meter counts the sum of the phases."""
        stated = str(self.config["site"].get("netting", "per_phase"))
        return self.helpers.values.get(stated, stated).lower() == "sum"

    def step(self, t_s: int) -> dict[str, State]:
        """Simulate second `t_s`; return the entities that report in it.

        Sensors report each second (meters less often if so built, a cloud's when it is polled), all others on change.
        """
        now = self.simulate_physics(t_s)
        on_change = [m for meters in self.meters.values() for m in meters if not m.heartbeat]
        quiet = {entity for m in on_change for entity in (m.net, m.imports, m.exports)}
        quiet |= {each.entity for each in self.prices}
        reports = {
            entity: state
            for entity, state in self._states(now, self.voltage_v).items()
            if (entity.startswith("sensor.") and entity not in quiet) or self.states.get(entity) != state
        }
        self.states |= reports
        return reports

    def simulate_physics(self, t_s: int) -> Instant:
        """Simulate the physics of second `t_s`."""
        voltage_v = self.voltage_v
        for name, charger in self.chargers.items():
            charger.step(t_s, voltage_v, self._powered(name))
        for name, plug in self.plugs.items():
            plug.step(t_s, self._powered(name))
        dark = self.circuits[MAIN].trip is not None
        base_a = {p: 0.0 if dark else self._base_w(p, t_s) / voltage_v for p in self.phases}
        loads_a = {name: charger.draw_a() for name, charger in self.chargers.items()}
        loads_a |= {name: plug.draw_a(voltage_v) for name, plug in self.plugs.items()}
        taken_a = {p: base_a[p] + sum(load.get(p, 0.0) for load in loads_a.values()) for p in self.phases}
        if self.outage:
            self._lose_grid(t_s in self.outage)
        roof = self.roof.step(t_s, sum(taken_a.values()) * voltage_v, dark)
        fed_w = self.roof.fed_w({phase: a * voltage_v for phase, a in taken_a.items()})
        net_a = {p: a - fed_w.get(p, 0.0) / voltage_v for p, a in taken_a.items()}
        offers_a = {name: charger.offered_a for name, charger in self.chargers.items()}
        trips = self._carry_currents(net_a, loads_a, t_s)
        at = min(t_s, len(self.base[self.phases[0]].known) - 1)
        known = all(self.base[p].known[at] for p in self.phases)
        self.now = Instant(t_s, base_a, net_a, loads_a, offers_a, roof, known, trips)
        self.demand = step_demand(self.demand, self.start + timedelta(seconds=t_s), sum(net_a.values()) * voltage_v)
        return self.now

    def _lose_grid(self, is_gone: bool) -> None:
        """Let the roof feed the house alone while the grid is gone, and CONFIG's entity for it say so."""
        self.roof.is_island = is_gone
        entity = self.config["site"].get("island")
        if isinstance(entity, str):
            self.helpers.values[entity] = "on" if is_gone else "off"

    def report_absent_as_unknown(self) -> dict[str, State]:
        """Report entities of CONFIG without a device as unknown; `absent` lists them from now on."""
        self.absent = {path: entity for path, entity in self.named.items() if entity not in self.states}
        invented: dict[str, State] = {e: {"state": "unknown", "attributes": {}} for e in self.absent.values()}
        self.states |= invented
        return invented

    async def exchange_with_sockets(self, t_s: int) -> dict[str, State]:
        """Let devices with sockets communicate in second `t_s`; return the entities that report."""
        if self.quasars is not None:
            await self.quasars.exchange(t_s)
        if self.linked is not None and self.now is not None:
            net_w = {phase: a * self.voltage_v for phase, a in self.now.net_a.items()}
            self.linked.measure(net_w, self.now.roof, has_battery=self.roof.battery is not None)
        if self.network is None:
            return {}
        reports = await self.network.exchange(t_s)
        self.states |= reports
        return reports

    async def obey_reply(self, calls: list[dict[str, Any]], t_s: float) -> None:
        """Obey all service calls of a host's reply, including those to devices with sockets."""
        if self.network is not None:
            calls = self.network.orders.queue_calls(calls)
            await self.network.orders.execute_queued()
        self.apply(calls, t_s)

    def apply(self, calls: list[dict[str, Any]], t_s: float) -> None:
        """Obey the service calls of a host's reply, except those to OCPP chargers."""
        for call in calls_in_reply(calls):
            devices = [*self.chargers.values(), *self.plugs.values()]
            settings = (self.roof.orders, self.roof.export, self.helpers)
            if call.service.partition(".")[0] in HOME_ASSISTANTS:
                continue
            is_heard = any(each.handle(call, t_s) for each in devices) or any(each.handle(call) for each in settings)
            if not is_heard:
                key = f"{call.service} {call.entity}"
                self.unheard[key] = self.unheard.get(key, 0) + 1

    def circuit_a(self, name: str, instant: Instant) -> dict[str, float]:
        """Return the current through a circuit on each phase [A]."""
        if name == MAIN:
            return dict(instant.net_a)
        behind = [load for load, way in self.ways.items() if name in way]
        return {p: sum(instant.loads_a[load].get(p, 0.0) for load in behind) for p in self.phases}

    def _base_w(self, phase: str, t_s: int) -> float:
        watts = self.base[phase].watts
        return float(watts[min(t_s, len(watts) - 1)])

    def _powered(self, load: str) -> bool:
        return load not in self.dark and all(self.circuits[name].trip is None for name in self.ways[load])

    def _carry_currents(
        self, net_a: Mapping[str, float], loads_a: Mapping[str, Mapping[str, float]], t_s: int
    ) -> tuple[Trip, ...]:
        trips = []
        for name, circuit in self.circuits.items():
            currents: Mapping[str, float] = net_a
            if name != MAIN:
                behind = [loads_a[load] for load, way in self.ways.items() if name in way]
                currents = {p: sum(load.get(p, 0.0) for load in behind) for p in self.phases}
            trip = circuit.carry(currents, t_s, self.equipment.sluggish_breakers)
            if trip is not None:
                trips.append(trip)
        return tuple(trips)

    def _metered_instant(self, instant: Instant) -> Instant:
        """Return the instant that a meter reports now: the present one, or an earlier one if the meter is delayed."""
        self._underway.append(instant)
        while len(self._underway) > self.equipment.meter_delay_s + 1:
            self._underway.popleft()
        return self._underway[0]

    def _in_meter_steps(self, power_w: float) -> float:
        step_w = self.equipment.meter_step_w
        return power_w if step_w <= 0 else round(power_w / step_w) * step_w

    def _states(self, instant: Instant, voltage_v: float) -> dict[str, State]:
        site = self.config["site"]
        states = self.helpers.states()
        measured = self._metered_instant(instant)
        for name, meters in self.meters.items() if instant.t_s % self.equipment.meter_every_s == 0 else ():
            amps = self.circuit_a(name, measured)
            for meter in meters:
                known = measured.meter_known or name != MAIN
                power_w = self._in_meter_steps(amps[meter.phase] * voltage_v)
                states |= meter.states(power_w if known else None, voltage_v)
        taken_w = {phase: instant.taken_a(phase) * voltage_v for phase in self.phases}
        states |= self.roof.states(site, self.equipment.units, voltage_v, taken_w)
        up = any(instant.t_s in day for day in self.daylight)
        states["sun.sun"] = {"state": "above_horizon" if up else "below_horizon", "attributes": {}}
        at = self.start + timedelta(seconds=instant.t_s)
        for each in self.prices if instant.t_s == 0 or at.second == 0 else ():
            states |= each.states(at)
        tariff = self.config.get("tariff") or {}
        states |= demand_states(self.demand, tariff.get("demand_kw"), tariff.get("month_peak_kw"))
        for name, charger in self.chargers.items():
            states |= charger.states(instant.t_s, voltage_v)
            states |= vehicle_states(self.config["loads"][name], charger)
        for plug in self.plugs.values():
            states |= plug.states(voltage_v)
        for name, load in (self.config.get("loads") or {}).items():
            if isinstance(load.get("energy"), str):
                taker = self.plugs.get(name) or self.chargers[name].car_state
                states[load["energy"]] = counter(taker.taken_kwh)
        known_w = {p: amps * voltage_v if instant.meter_known else None for p, amps in instant.net_a.items()}
        for quasar in self.quasars.loads.values() if self.quasars else ():
            states = quasar.meter_states(known_w) | states  # the site's own meter is the one that is simulated
        return states


def vehicle_states(load: Mapping[str, Any], charger: Charger | EaseeBox | OcppCharger) -> dict[str, State]:
    """Return the state of charge of the plugged-in car, if CONFIG names an entity for it."""
    entity, car = load.get("soc_pct"), charger.car_state
    if not isinstance(entity, str):
        return {}
    return {entity: sensor(100 * car.charge_kwh / charger.car.battery_kwh if car.present else None, "%")}
