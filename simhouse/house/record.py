"""Records of a run by second: columns for the picture, events, and what limited each load."""

from array import array
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from .house import House, Instant
from .ledger import Ledger

HOUR_S = 3600
PASSIVE = ("", "none", "None")
PLAN_STATES = ("running", "late", "done")
FAILED = "a step failed"  # as the site's reason begins when the scripts stumble


@dataclass(frozen=True)
class Event:
    """A marked event: when [s], its kind, its load, and a few words."""

    at_s: int
    kind: str
    load: str
    label: str


class Record:
    """A record with a row for each second: pass `watch` to the loop. Currents in A, powers in W."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.loads = (*house.chargers, *house.plugs)
        self.net_a = {phase: array("d") for phase in house.phases}
        self.base_a = {phase: array("d") for phase in house.phases}
        self.load_a = {(load, phase): array("d") for load in self.loads for phase in house.phases}
        self.offer_a = {load: array("d") for load in house.chargers}
        self.allocated = {load: array("d") for load in self.loads}
        self.solar_w, self.battery_w, self.soc_pct = array("d"), array("d"), array("d")
        self.could_w = array("d")  # what the inverter could give if nothing but its size held it back
        self.price = array("d")  # of a kWh from the grid with its fees, as the scripts publish it
        self.max_prices: dict[str, float] = {}  # load -> the last published price above which its plan runs nothing
        self.relay_states: dict[str, list[tuple[int, str]]] = defaultdict(list)  # heat pump -> (from second, SG state)
        shining = house.roof.solar is not None
        self.ledger = Ledger(house.phases, self.loads, house.netted) if shining else None
        self.events: list[Event] = []
        self.bound: dict[int, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
        self.reasons: dict[str, Counter[str]] = defaultdict(Counter)
        self.site_states: Counter[str] = Counter()
        self.site_errors: list[str] = []
        self.failures: Counter[str] = Counter()  # seconds for which each failure of the scripts was reported
        self.plans: dict[str, str] = {}  # load -> the last published state of its plan while its car was present
        self.unknown_s = 0
        self._published: dict[str, dict[str, Any]] = {}
        self._was: dict[str, tuple[bool, bool, bool]] = {}
        self._was_on: dict[str, bool] = dict.fromkeys(house.plugs, False)
        self._was_known = True

    @property
    def seconds(self) -> int:
        """Return the length of the record [s]."""
        return len(self.solar_w)

    @property
    def held_back_kwh(self) -> float:
        """Return the sun that the inverter could have given and did not [kWh]."""
        return (sum(self.could_w) - sum(self.solar_w)) / 3.6e6

    def watch(self, instant: Instant, reply: dict[str, Any]) -> None:
        """Add a second: the house's state and the scripts' reply."""
        for phase in self.house.phases:
            self.net_a[phase].append(instant.net_a[phase])
            self.base_a[phase].append(instant.base_a[phase])
            for load in self.loads:
                self.load_a[load, phase].append(instant.loads_a[load].get(phase, 0.0))
        for load, offer_a in instant.offers_a.items():
            self.offer_a[load].append(offer_a)
        self.solar_w.append(instant.roof.solar_w)
        panels_w = instant.roof.solar_w + instant.roof.curtailed_w
        self.could_w.append(min(panels_w, self.house.roof.inverter_max_w))
        self.battery_w.append(instant.roof.battery_w)
        self.soc_pct.append(instant.roof.soc_pct)
        if self.ledger is not None:
            self.ledger.add(instant, self.house.voltage_v)
        self.unknown_s += not instant.meter_known
        self._record_states(instant.t_s, reply.get("states") or {})
        self._note_events(instant)

    def _record_states(self, t_s: int, states: dict[str, Any]) -> None:
        for entity, state in states.items():
            if entity.startswith("sensor.fusebox_") and state is not None:
                self._published[entity.removeprefix("sensor.fusebox_")] = state
        self.price.append(_number_or_nan(self._published.get("prices", {"state": "nan"})["state"]))
        site = self._published.get("site", {"state": "silent", "attributes": {}})
        self.site_states[site["state"]] += 1
        self.site_errors = list(site["attributes"].get("errors") or [])
        reason = str(site["attributes"].get("reason") or "")
        if reason.startswith(FAILED):
            self.failures[reason] += 1
        for load in self.loads:
            published = self._published.get(load, {"state": "nan", "attributes": {}})
            self.allocated[load].append(_number_or_nan(published["state"]))
            limited_by = str(published["attributes"].get("limited_by") or "")
            self._note_plan_by_price(load, t_s, published["attributes"])
            if published["attributes"].get("plan_state") in PLAN_STATES:
                self.plans[load] = str(published["attributes"]["plan_reason"])
            if self._wants(load):
                self.bound[t_s // HOUR_S][load][limited_by if limited_by not in PASSIVE else "free"] += 1
                self.reasons[load][str(published["attributes"].get("reason") or "")] += 1

    def _note_plan_by_price(self, load: str, t_s: int, attributes: dict[str, Any]) -> None:
        max_price = (attributes.get("plan_asked") or {}).get("max_price")
        if max_price is not None:
            self.max_prices[load] = float(max_price)
        state, states = attributes.get("sg_state"), self.relay_states
        if state is not None and (not states[load] or states[load][-1][1] != state):
            states[load].append((t_s, str(state)))

    def _wants(self, load: str) -> bool:
        charger = self.house.chargers.get(load)
        return charger is None or (charger.car_state.present and not charger.car_state.full)

    def _note_events(self, instant: Instant) -> None:
        at_s = instant.t_s
        for load, charger in self.house.chargers.items():
            car = charger.car_state
            now = (car.present, car.draw_a > 0, car.full)
            was = self._was.get(load, (False, False, False))
            if now[0] != was[0]:
                self._add(at_s, "arrives" if now[0] else "leaves", load)
            if now[2] and not was[2]:
                self._add(at_s, "full", load)
            elif now[1] != was[1] and now[0] and not now[2]:
                self._add(at_s, "charges" if now[1] else "paused", load)
            self._was[load] = now
        for load, plug in self.house.plugs.items():
            if plug.on != self._was_on[load]:
                self._was_on[load] = plug.on
                self._add(at_s, "on" if plug.on else "off", load)
        for trip in instant.trips:
            self.events.append(Event(at_s, "trip", trip.circuit, f"{trip.circuit} trips"))
        if instant.meter_known != self._was_known:
            self._was_known = instant.meter_known
            self.events.append(Event(at_s, "meter", "", "meter back" if self._was_known else "meter unknown"))

    def _add(self, at_s: int, kind: str, load: str) -> None:
        self.events.append(Event(at_s, kind, load, f"{load} {kind}"))


def _number_or_nan(text: Any) -> float:
    try:
        return float(text)
    except (TypeError, ValueError):
        return float("nan")
