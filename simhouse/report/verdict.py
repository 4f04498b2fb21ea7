"""Whether everything held, and how well the cars did against somebody who knows the future."""

from dataclasses import dataclass
from datetime import timedelta

from ..house.house import House
from ..house.record import Record
from ..physics.car import FOLLOW_CUT_S, MINIMUM_A

QUARTER_S = 900
SOLAR_MODES = ("solar_only", "solar only", "excess")


@dataclass(frozen=True)
class CircuitVerdict:
    """A circuit's worst moments [A, s] and whether its breaker opened.

    `house_alone_s` is the time above the rating that the house would have had without any load.
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
    """A load's energy [kWh], what was possible [kWh] (None for plugs), and how often it was bothered."""

    name: str
    taken_kwh: float
    possible_kwh: float | None
    starts: int
    pauses: int
    commands: int
    refused: int
    over_limit_s: int


CONTRACT_PATIENCE_S = 60
"""A contract may be exceeded for so long before it counts as broken: a meter, a cloud and a car take their time."""


@dataclass(frozen=True)
class Verdict:
    """All of it. `held` is the exit code's truth: no trip, no limit broken, no load above its own, scripts alive."""

    circuits: tuple[CircuitVerdict, ...]
    loads: tuple[LoadVerdict, ...]
    complaints: tuple[str, ...]
    worst_quarter_kw: float  # highest mean import of a quarter of an hour, sum of the phases
    over_contract_s: int | None  # seconds above max_import_w, where there is one

    @property
    def held(self) -> bool:
        """Whether nothing tripped and every limit was kept."""
        return not self.complaints


def judge(record: Record) -> Verdict:
    """The verdict on a finished record."""
    house = record.house
    circuits = tuple(_circuit(record, name) for name in house.circuits)
    loads = tuple(_charger(record, name) for name in house.chargers) + tuple(_plug(house, name) for name in house.plugs)
    complaints = [c.tripped for c in circuits if c.tripped]
    complaints += [
        f"{v.name} drew above what it was offered or may take for {v.over_limit_s} s" for v in loads if v.over_limit_s
    ]
    complaints += [f"{v.name} was sent {v.refused} commands outside its range" for v in loads if v.refused]
    if record.site_states["silent"] > 60:
        complaints.append(f"the scripts did not report for {record.site_states['silent']} s (no sensor.fusebox_site)")
    if failed_s := record.failures.total():
        complaints.append(f"the scripts failed for {failed_s} s ({record.failures.most_common(1)[0][0]})")
    import_w = _import_w(record)
    contract_w = house.config["site"].get("max_import_w")
    over_s = None
    if isinstance(contract_w, int | float):
        over_s = sum(w > contract_w for w in import_w)
        longest_s = _longest_avoidable_s(record, import_w, contract_w)
        if longest_s > CONTRACT_PATIENCE_S:
            complaints.append(f"the loads kept the import above max_import_w for {longest_s} s without a break")
    return Verdict(circuits, loads, tuple(complaints), _worst_quarter_kw(record, import_w), over_s)


def _import_w(record: Record) -> list[float]:
    """Import of each second [W], the net sum of the phases."""
    voltage_v = record.house.voltage_v
    return [max(0.0, sum(amps)) * voltage_v for amps in zip(*record.net_a.values(), strict=True)]


def _longest_avoidable_s(record: Record, import_w: list[float], contract_w: float) -> int:
    """The longest time without a break above the contract [s] that the loads caused: the house alone was below it."""
    voltage_v = record.house.voltage_v
    loads_w = [sum(amps) * voltage_v for amps in zip(*record.load_a.values(), strict=True)] or [0.0] * len(import_w)
    longest_s = run_s = 0
    for total_w, ours_w in zip(import_w, loads_w, strict=True):
        run_s = run_s + 1 if total_w > contract_w >= total_w - ours_w else 0
        longest_s = max(longest_s, run_s)
    return longest_s


def _worst_quarter_kw(record: Record, import_w: list[float]) -> float:
    """The highest quarter of an hour [kW] by the clock, as a capacity tariff counts it."""
    start = record.house.start
    begins = -(start.minute % 15 * 60 + start.second)
    quarters = range(begins, len(import_w), QUARTER_S)
    return max(sum(import_w[max(0, begin) : begin + QUARTER_S]) for begin in quarters) / QUARTER_S / 1000


def _circuit(record: Record, name: str) -> CircuitVerdict:
    house, circuit = record.house, record.house.circuits[name]
    phase = max(circuit.phases, key=lambda p: circuit.poles[p].worst_a)
    rating_a = circuit.device.rating_a
    alone_s = 0
    if name == "main":
        share = 1 / len(house.phases) / house.voltage_v
        for p in house.phases:
            alone_s += sum(
                base - sun * share > rating_a for base, sun in zip(record.base_a[p], record.solar_w, strict=True)
            )
    trip = circuit.trip
    tripped = None
    if trip is not None:
        surely = "any such breaker would have" if trip.surely else "a sluggish one would have borne it longer"
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


def _charger(record: Record, name: str) -> LoadVerdict:
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
    """What a charger alone in the house could have given its car, knowing the future [kWh]: an upper bound.

    In every second the fuses' room beside the base load (or, in a solar mode, the surplus), within the limits of car
    and charger, nothing below 6 A, until the car is full.
    """
    house = record.house
    charger, load = house.chargers[name], house.config["loads"][name]
    car, phases, voltage_v = charger.car, charger.car_phases, house.voltage_v
    top_a = min(car.max_a, charger.spec.limit_a)
    for circuit in house.ways[name]:
        top_a = min(top_a, house.circuits[circuit].device.rating_a)
    sunny_only = str(load.get("mode", "")).lower() in SOLAR_MODES
    total_kwh = 0.0
    for visit in car.visits:
        stays = range(int(visit.arrives_s), min(record.seconds, int(visit.departs_s)))
        got_kwh = 0.0
        for t in stays:
            sun_a = record.solar_w[t] / len(house.phases) / voltage_v
            if sunny_only:
                base_a = sum(record.base_a[p][t] for p in house.phases)
                room_a = (record.solar_w[t] / voltage_v - base_a) / len(phases)
            else:
                room_a = house.circuits["main"].device.rating_a - max(record.base_a[p][t] for p in phases) + sun_a
            room_a = min(room_a, top_a)
            if room_a >= MINIMUM_A:
                got_kwh += room_a * voltage_v * len(phases) / 3_600_000
        total_kwh += min(got_kwh, car.battery_kwh - visit.brings_kwh)
    return total_kwh
