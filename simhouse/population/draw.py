"""Draw a random home from its seed.

Shares and weights are "chosen" unless a source is named: they say what exists, not how often.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

from simhouse.physics.breaker import FuseType
from simhouse.physics.car import Car, Visit

from .home import LENGTH_S, Box, Home, Meter, Reach, SubCircuit, SwitchedLoad
from .rare_loads import draw_heating, draw_in_watts, draw_quasar, with_phase_switching

T = TypeVar("T")

THREE = ("L1", "L2", "L3")

CONNECTIONS: tuple[tuple[float, int, float, FuseType], ...] = (
    (8, 1, 25.0, "C"),  # the Netherlands and Belgium, old connections
    (8, 1, 40.0, "C"),  # Belgium
    (4, 1, 32.0, "B"),
    (5, 1, 30.0, "linky"),  # France, 6 kVA
    (5, 1, 45.0, "linky"),  # France, 9 kVA
    (4, 1, 63.0, "gG"),  # Great Britain
    (2, 1, 20.0, "C"),  # Italy and Spain, 4.5 kW
    (6, 3, 16.0, "gG"),  # Sweden
    (8, 3, 20.0, "gG"),  # Sweden, Finland
    (18, 3, 25.0, "gG"),  # Sweden, the Netherlands, Denmark
    (10, 3, 25.0, "C"),  # the Netherlands
    (6, 3, 32.0, "C"),  # Norway, Austria
    (10, 3, 35.0, "gG"),  # Germany, Denmark
    (4, 3, 50.0, "gG"),  # Germany
    (2, 3, 63.0, "B"),  # Germany, Norway
)
"""Weight, phases, rating [A] and kind of the main fuse; the country where it is usual."""

METERS: tuple[tuple[float, int, tuple[int, int]], ...] = (
    (10, 1, (0, 1)),  # P1 of DSMR 5, CT clamps
    (3, 2, (0, 2)),
    (4, 5, (0, 2)),  # inverters over Modbus
    (5, 10, (0, 3)),  # P1 of DSMR 4, HAN
    (1, 30, (0, 5)),  # clouds
)
"""Weight, seconds between readings and the range of their delay [s]."""

LOAD_COUNTS = ((35, 1), (30, 2), (15, 3), (10, 4), (6, 5), (4, 6))
OTHER_LOADS = ((5, "box"), (3, "plug"), (3, "tank"), (3, "sg_ready"))
"""Weights of the number of controlled loads, and of the types of all but the first, which is a charger."""

REACHES: tuple[tuple[float, Reach], ...] = ((5, "local"), (3, "ocpp"), (2, "cloud"))
CIRCUIT_COUNTS = ((70, 0), (20, 1), (10, 2))
START_HOURS = ((6, (17.0, 20.0)), (1, (6.5, 8.5)), (2, (11.0, 14.0)), (1, (21.0, 23.0)))
"""Weights of when the hour begins: cars come home when dinner is cooked."""


def draw_home(seed: int) -> Home:
    """Return the home of this seed; always the same while this file is unchanged."""
    random = Random(f"{seed}:home")
    _, count, fuse_a, fuse_type = random.choices(CONNECTIONS, [each[0] for each in CONNECTIONS])[0]
    phases = THREE[:count]
    circuits = _draw_circuits(random, fuse_a)
    how_many = _one_of(random, LOAD_COUNTS)
    kinds = ["box", *(_one_of(random, OTHER_LOADS) for _ in range(how_many - 1))]
    boxes = tuple(
        _draw_charger(random, f"car{n + 1}", phases, _circuit_for(random, circuits), _fuses(circuits, fuse_a))
        for n in range(kinds.count("box"))
    )
    rest = [kind for kind in kinds if kind != "box"]
    switched = tuple(
        _draw_switched_load(
            random, f"{kind}{n + 1}", kind, phases, _circuit_for(random, circuits), _fuses(circuits, fuse_a)
        )
        for n, kind in enumerate(rest)
    )
    _, every_s, delays_s = random.choices(METERS, [each[0] for each in METERS])[0]
    meter = Meter(
        every_s,
        random.randint(*delays_s),
        random.choice((1.0, 1.0, 10.0, 23.0, 230.0)),
        random.choice((0.0, 0.0, 0.0, 1.0, 3.0)),
    )
    solar_w = random.uniform(2000, 10000) if random.random() < 0.4 else 0.0
    battery_kwh = random.uniform(5, 15) if solar_w and random.random() < 0.4 else 0.0
    start_hour = random.uniform(*_one_of(random, START_HOURS))
    busyness = random.uniform(1.0, 5.0)
    return Home(
        seed,
        phases,
        fuse_a,
        fuse_type,
        circuits,
        with_phase_switching(seed, boxes),
        switched,
        meter,
        start_hour,
        busyness,
        solar_w,
        battery_kwh,
        quasar=draw_quasar(seed, phases, fuse_a),
        heating=draw_heating(seed, phases, fuse_a),
        in_watts=draw_in_watts(seed, phases, fuse_a),
    )


def _one_of(random: Random, weighted: Sequence[tuple[float, T]]) -> T:
    return random.choices([value for _, value in weighted], [weight for weight, _ in weighted])[0]


def _draw_circuits(random: Random, fuse_a: float) -> tuple[SubCircuit, ...]:
    """Return up to two circuits, the second sometimes behind the first; none rated above the circuit before it."""
    found: list[SubCircuit] = []
    for name in ("garage", "shed")[: _one_of(random, CIRCUIT_COUNTS)]:
        parent = random.choice(("main", found[0].name)) if found else "main"
        above_a = fuse_a if parent == "main" else found[0].fuse_a
        ratings_a = [a for a in (16.0, 20.0, 25.0, 32.0, 40.0) if a <= above_a]
        found.append(SubCircuit(name, random.choice(ratings_a), parent, random.random() < 0.4))
    return tuple(found)


def _circuit_for(random: Random, circuits: tuple[SubCircuit, ...]) -> str:
    return random.choice(circuits).name if circuits and random.random() < 0.75 else "main"


def _fuses(circuits: tuple[SubCircuit, ...], main_a: float) -> dict[str, float]:
    return {"main": main_a} | {circuit.name: circuit.fuse_a for circuit in circuits}


def _draw_charger(random: Random, name: str, phases: tuple[str, ...], circuit: str, fuses_a: dict[str, float]) -> Box:
    """Return a charger on one phase or on all, with a car that uses one, two or three of them."""
    on = phases if random.random() < 0.75 else (random.choice(phases),)
    most_a = min(fuses_a[circuit], random.choice((16.0, 16.0, 32.0)))
    return Box(
        name,
        on,
        circuit,
        most_a,
        _one_of(random, REACHES),
        random.random() < 0.85,
        draw_car(random, len(on)),
    )


def draw_car(random: Random, phase_count: int) -> Car:
    """Return a random car for a charger with this many phases, with properties from the field.

    Ramps of 1 to 2 A/s or 5 to 30 s to settle, a start 3 to 60 s after the offer, draws 0 to 1.5 A below it, on-board
    chargers of 3.7, 7.4, 11 and 22 kW, some with two phases. It never gets full here: 100 kWh, 10 of them on arrival.
    """
    uses = min(phase_count, random.choices((1, 2, 3), (3, 1, 6))[0])
    max_a = random.choice((16.0, 16.0, 32.0)) if uses > 1 else random.choice((16.0, 32.0))
    return Car(
        phases=uses,
        max_a=max_a,
        battery_kwh=100.0,
        visits=(Visit(random.uniform(0, 600), LENGTH_S + 1.0, 10.0),),
        raise_after_s=random.randint(1, 5),
        cut_after_s=random.randint(0, 4),
        ramp_up_a_s=random.choice((random.uniform(1.0, 2.0), random.uniform(0.3, 1.0), 8.0)),
        ramp_down_a_s=random.uniform(4.0, 16.0),
        wakes_after_s=random.uniform(3, 60),
        below_offer_a=random.uniform(0.0, 1.5),
        gives_up_after_pauses=random.choice((None, None, None, 3)),
        uses_all_after_s=random.choice((0.0, 0.0, 30.0)),
    )


def some_switched(random: Random, name: str, kind: str, home: Home) -> SwitchedLoad:
    """Return a random switched load that this home's main fuse can carry alone."""
    return _draw_switched_load(random, name, kind, home.phases, "main", {"main": home.fuse_a})


def _draw_switched_load(
    random: Random, name: str, kind: str, phases: tuple[str, ...], circuit: str, fuses_a: dict[str, float]
) -> SwitchedLoad:
    """Return a random switched load that its circuit can carry alone."""
    most_w = fuses_a[circuit] * 230 * 0.9
    has_power = random.random() < 0.7
    if kind == "sg_ready":
        on = phases
        rated_w = random.uniform(1500, 4000) if len(phases) > 1 else random.uniform(1000, 3000)
        return SwitchedLoad(name, "sg_ready", on, circuit, round(min(rated_w, most_w * len(on)), -1), has_power)
    on = (random.choice(phases),)
    watts = (500, 3000) if kind == "plug" else (1500, 3000)
    rated_w = round(min(random.uniform(*watts), most_w), -1)
    return SwitchedLoad(name, "plug" if kind == "plug" else "tank", on, circuit, rated_w, has_power)
