"""Judge a run: whether all limits held, and how much energy the cars got compared with perfect foresight."""

import math
from calendar import timegm
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ..host.package_path import reach_package
from ..house.house import House
from ..house.named import unsimulated_loads
from ..house.record import Record
from ..physics.car import FOLLOW_CUT_S, MINIMUM_A
from ..physics.wiring import MAIN
from .island import judge_island

reach_package()

from fusebox.config.read_config import read_config  # noqa: E402

QUARTER_S = 900
SOLAR_MODES = ("solar_only", "solar only", "excess")


@dataclass(frozen=True)
class CircuitVerdict:
    """A circuit's worst values [A, s] and whether its breaker opened.

    `house_alone_s`: the time above the rating without any load [s].
    """

    name: str
    rating_a: float
    worst_a: float
    worst_phase: str
    over_rating_s: float
    over_113_s: float
    excess_a2s: float
    house_alone_s: int
    tripped: str | None


@dataclass(frozen=True)
class LoadVerdict:
    """A load's energy [kWh], the possible energy [kWh] (None for plugs), and its numbers of commands and starts."""

    name: str
    taken_kwh: float
    possible_kwh: float | None
    starts: int
    pauses: int
    commands: int
    refused: int
    over_limit_s: int


HEAT_TAU_S = 60.0
"""Time constant of a small breaker's thermal release [s]."""
HOT = 1.05
"""Heat of a fuse above which it is overloaded: that of 1.02 times its rating in the long run."""
HEAT_PATIENCE_S = 60
"""A fuse may be too hot for this long [s]: a cloud, a car and the cooling take their time."""
CONTRACT_PATIENCE_S = 60
"""A contract may be exceeded for this long before it counts as violated [s]: a meter, a cloud and a car take their
time."""


@dataclass(frozen=True)
class Verdict:
    """The complete verdict. `held` gives the exit code: no trip, no limit broken, no load above its own, scripts alive.

    `unjudged`: why this house cannot be judged, such as a load that is not simulated; empty when it can.
    """

    circuits: tuple[CircuitVerdict, ...]
    loads: tuple[LoadVerdict, ...]
    complaints: tuple[str, ...]
    unjudged: tuple[str, ...]
    worst_quarter_kw: float  # highest mean import of a quarter of an hour, sum of the phases
    over_contract_s: int | None  # seconds above max_import_w, where there is one

    @property
    def held(self) -> bool:
        """Whether nothing tripped, every limit was kept, and the whole house could be judged."""
        return not self.complaints and not self.unjudged


def judge(record: Record) -> Verdict:
    """Return the verdict on a finished record: fuses, loads, limits, and what could not be judged."""
    house = record.house
    circuits = tuple(_judge_circuit(record, name) for name in house.circuits)
    loads = tuple(_judge_charger(record, name) for name in house.chargers) + tuple(
        _plug(house, name) for name in house.plugs
    )
    complaints = [c.tripped for c in circuits if c.tripped]
    complaints += [text for name in house.circuits for text in _overheated_phases(record, name)]
    complaints += [
        f"{v.name} drew above what it was offered or may take for {v.over_limit_s} s" for v in loads if v.over_limit_s
    ]
    complaints += [f"{v.name} was sent {v.refused} commands outside its range" for v in loads if v.refused]
    if record.site_states["silent"] > 60:
        complaints.append(f"the scripts did not report for {record.site_states['silent']} s (no sensor.fusebox_site)")
    if failed_s := record.failures.total():
        complaints.append(f"the scripts failed for {failed_s} s ({record.failures.most_common(1)[0][0]})")
    import_w = _import_w(record)
    limits_w = contract_limits_w(house.config, house.start, len(import_w))
    over_s = None
    if limits_w is not None:
        over_s = sum(w > limit_w for w, limit_w in zip(import_w, limits_w, strict=True))
        longest_s = _longest_avoidable_s(record, import_w, limits_w)
        if longest_s > CONTRACT_PATIENCE_S:
            complaints.append(f"the loads kept the import above max_import_w for {longest_s} s without a break")
    by_loads, dark = judge_island(record)
    complaints += by_loads
    return Verdict(
        circuits,
        loads,
        tuple(complaints),
        (*_reasons_for_no_verdict(house), *dark),
        _worst_quarter_kw(record, import_w),
        over_s,
    )


def _reasons_for_no_verdict(house: House) -> Iterator[str]:
    """Yield why this house cannot be judged: a load without a complete simulation, a command that reached no device."""
    for load in unsimulated_loads(house.absent):
        missing = [f"{path} ({entity})" for path, entity in house.absent.items() if path.startswith(f"loads.{load}.")]
        yield f"{load} is not simulated as CONFIG describes it: nothing reports {', '.join(missing)}"
    for call, count in house.unheard.items():
        yield f"nothing that is simulated answers to {call} ({count} times)"


def _overheated_phases(record: Record, name: str) -> Iterator[str]:
    """Yield each phase of a circuit that the loads kept too hot for too long."""
    circuit, behind = record.house.circuits[name], [n for n, way in record.house.ways.items() if name in way]
    rating_a = circuit.device.rating_a
    for phase in circuit.phases:
        ours_a = [sum(each) for each in zip(*(record.load_a[load, phase] for load in behind), strict=True)]
        total_a = list(record.net_a[phase]) if name == MAIN else ours_a
        longest_s = longest_hot_s(total_a, ours_a, rating_a) if ours_a else 0
        if longest_s > HEAT_PATIENCE_S:
            worst_a = max(map(abs, total_a))
            yield f"the loads kept {name} {phase} too hot for {longest_s} s: up to {worst_a:.1f} A on {rating_a:g} A"


def longest_hot_s(total_a: Sequence[float], ours_a: Sequence[float], rating_a: float) -> int:
    """Return the longest time [s] in which a wire is hotter than at its rating only because of our loads.

    The heat follows the square of the current with HEAT_TAU_S, as in a thermal release; 1 is the rating for ever.
    """
    heat = alone = 0.0
    longest_s = run_s = 0
    for total, ours in zip(total_a, ours_a, strict=True):
        heat += ((total / rating_a) ** 2 - heat) / HEAT_TAU_S
        alone += (((total - ours) / rating_a) ** 2 - alone) / HEAT_TAU_S
        run_s = run_s + 1 if heat > HOT >= alone else 0
        longest_s = max(longest_s, run_s)
    return longest_s


def _import_w(record: Record) -> list[float]:
    """Return the import of each second [W], the net sum of the phases."""
    voltage_v = record.house.voltage_v
    return [max(0.0, sum(amps)) * voltage_v for amps in zip(*record.net_a.values(), strict=True)]


def contract_limits_w(config: Mapping[str, Any], start: datetime, seconds: int) -> list[float] | None:
    """Return the contract's import limit in each second from `start` on [W], infinite where there is none.

    None if `max_import_w` is missing or contains an entity.
    """
    limit = config["site"].get("max_import_w")
    if isinstance(limit, dict) and not any(isinstance(each, str) for each in (limit["else"], *limit["hours"].values())):
        site, wall_s = read_config(config).config.site(), timegm(start.timetuple())
        limits_w = [site.import_limit_w(wall_s + second) for second in range(seconds)]
        return [math.inf if limit_w is None else limit_w for limit_w in limits_w]
    return [float(limit)] * seconds if isinstance(limit, int | float) else None


def _longest_avoidable_s(record: Record, import_w: list[float], limits_w: list[float]) -> int:
    """Return the longest time above the contract without a break [s] while the house alone was below it."""
    voltage_v = record.house.voltage_v
    loads_w = [sum(amps) * voltage_v for amps in zip(*record.load_a.values(), strict=True)] or [0.0] * len(import_w)
    longest_s = run_s = 0
    for total_w, ours_w, limit_w in zip(import_w, loads_w, limits_w, strict=True):
        run_s = run_s + 1 if total_w > limit_w >= total_w - ours_w else 0
        longest_s = max(longest_s, run_s)
    return longest_s


def _worst_quarter_kw(record: Record, import_w: list[float]) -> float:
    """Return the highest quarter hour [kW] by the clock, as a capacity tariff counts it."""
    start = record.house.start
    begins = -(start.minute % 15 * 60 + start.second)
    quarters = range(begins, len(import_w), QUARTER_S)
    return max(sum(import_w[max(0, begin) : begin + QUARTER_S]) for begin in quarters) / QUARTER_S / 1000


def _judge_circuit(record: Record, name: str) -> CircuitVerdict:
    house, circuit = record.house, record.house.circuits[name]
    phase = max(circuit.phases, key=lambda p: circuit.poles[p].worst_a)
    rating_a = circuit.device.rating_a
    alone_s = 0
    if name == MAIN:
        share = 1 / len(house.phases) / house.voltage_v
        for p in house.phases:
            alone_s += sum(
                base - sun * share > rating_a for base, sun in zip(record.base_a[p], record.solar_w, strict=True)
            )
    trip = circuit.trip
    tripped = None
    if trip is not None:
        surely = "any such breaker would have" if trip.surely else "a sluggish one would have held longer"
        at = house.start + timedelta(seconds=trip.at_s)
        where = f"at {at:%a %H:%M:%S} on {trip.phase} with {trip.current_a:.1f} A"
        tripped = f"{name} ({rating_a:g} A) tripped {where}; {surely}"
    poles = circuit.poles.values()
    return CircuitVerdict(
        name,
        rating_a,
        circuit.poles[phase].worst_a,
        phase,
        sum(p.over_rating_s for p in poles),
        sum(p.over_113_s for p in poles),
        sum(p.excess_a2s for p in poles),
        alone_s,
        tripped,
    )


def _judge_charger(record: Record, name: str) -> LoadVerdict:
    charger = record.house.chargers[name]
    car, offers = charger.car_state, record.offer_a[name]
    draws = record.load_a[name, charger.spec.phases[0]]
    limit_a = charger.spec.limit_a
    over_s = sum(
        draw > min(limit_a, max(offers[max(0, t - FOLLOW_CUT_S) : t + 1])) + 0.01
        for t, draw in enumerate(draws)
        if draw
    )
    return LoadVerdict(
        name,
        car.taken_kwh,
        possible_kwh(record, name),
        car.starts,
        car.all_pauses,
        charger.commands,
        charger.refused,
        over_s,
    )


def _plug(house: House, name: str) -> LoadVerdict:
    plug = house.plugs[name]
    return LoadVerdict(name, plug.taken_kwh, None, plug.starts, 0, plug.commands, 0, 0)


def possible_kwh(record: Record, name: str) -> float:
    """Return the energy a charger alone could have given its car with perfect foresight [kWh]: an upper bound.

    In every second it uses what the fuses leave besides the base load (or, in a solar mode, the surplus), within the
    limits of car and charger, nothing below 6 A, until the car is full; on one phase or on all if the charger can
    switch.
    """
    house = record.house
    charger, load = house.chargers[name], house.config["loads"][name]
    car, phases, voltage_v = charger.car, charger.spec.phases[: charger.car.phases], house.voltage_v
    counts = (1, len(phases)) if load.get("switch_phases") else (len(phases),)
    top_a = min(car.max_a, charger.spec.limit_a)
    for circuit in house.ways[name]:
        top_a = min(top_a, house.circuits[circuit].device.rating_a)
    sunny_only = str(load.get("mode", "")).lower() in SOLAR_MODES
    total_kwh = 0.0
    for visit in car.visits:
        stays = range(int(visit.arrives_s), min(record.seconds, int(visit.departs_s)))
        got_kwh = 0.0
        for t in stays:
            sun_a = record.could_w[t] / len(house.phases) / voltage_v
            best_a = 0.0  # the sum of its phases
            for count in counts:
                if sunny_only:
                    base_a = sum(record.base_a[p][t] for p in house.phases)
                    room_a = (record.could_w[t] / voltage_v - base_a) / count
                else:
                    taken_a = max(record.base_a[p][t] for p in phases[:count])
                    room_a = house.circuits[MAIN].device.rating_a - taken_a + sun_a
                room_a = min(room_a, top_a)
                best_a = max(best_a, room_a * count if room_a >= MINIMUM_A else 0.0)
            got_kwh += best_a * voltage_v / 3_600_000
        total_kwh += min(got_kwh, car.battery_kwh - visit.brings_kwh)
    return total_kwh
