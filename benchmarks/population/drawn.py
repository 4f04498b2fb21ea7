"""What seeds draw: the weights of each property of a home, and how often it occurs in some homes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from simhouse.population import draw, rare_loads
from simhouse.population.draw import draw_home
from simhouse.population.home import Home

NEWER = f"from seed {rare_loads.NEWER_FROM_SEED} on"


def what_seeds_draw(seeds: Iterable[int]) -> Sequence[tuple[str, str, str]]:
    """Return a row for each property: its name, the weights of its values, and their number in the homes of the seeds.

    The shares that stand within the functions of draw.py are repeated here.
    """
    homes = [draw_home(seed) for seed in seeds]
    boxes = [box for home in homes for box in home.boxes]
    others = [load.type for home in homes for load in home.switched]
    others += ["box" for home in homes for _ in home.boxes[1:]]
    circuits = [circuit for home in homes for circuit in home.circuits]
    connections = [(weight, f"{n} x {rating_a:g} A {kind}") for weight, n, rating_a, kind in draw.CONNECTIONS]
    hours = [(weight, f"{first:g} to {last:g} h") for weight, (first, last) in draw.START_HOURS]
    meters = [(weight, f"{every_s} s") for weight, every_s, _ in draw.METERS]
    return [
        ("connection", _weights(connections), _counts(f"{len(home.phases)} x {home.fuse_type}" for home in homes)),
        ("circuits behind the main fuse", _weights(draw.CIRCUIT_COUNTS), _counts(len(home.circuits) for home in homes)),
        ("a circuit has its own meter", "40 %", _yes_of(circuit.has_meter for circuit in circuits)),
        ("controlled loads, the first a charger", _weights(draw.LOAD_COUNTS), _counts(map(_load_count, homes))),
        ("types of the other loads", _weights(draw.OTHER_LOADS), _counts(others)),
        ("a Quasar, behind 20 A or more", _percent(rare_loads.QUASAR_SHARE), _yes_of(home.quasar for home in homes)),
        ("radiators in turn", _percent(rare_loads.HEATING_SHARE), _yes_of(home.heating for home in homes)),
        (f"a load in watts, {NEWER}", _percent(rare_loads.IN_WATTS_SHARE), _yes_of(home.in_watts for home in homes)),
        (
            f"a charger on three phases can switch, {NEWER}",
            f"{_percent(rare_loads.SWITCHING_SHARE)} of those not behind a cloud",
            _yes_of(box.switches_phases for box in boxes),
        ),
        ("how a charger is reached", _weights(draw.REACHES), _counts(box.reach for box in boxes)),
        ("a charger reports its current", "85 %", _yes_of(box.has_draw for box in boxes)),
        ("seconds between readings", _weights(meters), _counts(f"{home.meter.every_s} s" for home in homes)),
        ("sun, 2 to 10 kW", "40 %", _yes_of(home.solar_peak_w for home in homes)),
        ("a battery, 5 to 15 kWh", "40 % of these", _yes_of(home.battery_kwh for home in homes)),
        ("the hour begins", _weights(hours), ""),
    ]


def _load_count(home: Home) -> int:
    return len(home.boxes) + len(home.switched)


def _weights(rows: Sequence[tuple[float, object]]) -> str:
    total = sum(weight for weight, _ in rows)
    return ", ".join(f"{value}: {_percent(weight / total)}" for weight, value in rows)


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _counts(values: Iterable[object]) -> str:
    return ", ".join(f"{value}: {count}" for value, count in sorted(Counter(values).items(), key=_by_number))


def _by_number(item: tuple[object, int]) -> tuple[int, str]:
    """Return a key that sorts values by their leading number, words by letter."""
    first = str(item[0]).partition(" ")[0]
    return int(first) if first.isdigit() else 0, str(item[0])


def _yes_of(values: Iterable[object]) -> str:
    found = [bool(value) for value in values]
    return f"{sum(found)} of {len(found)}"
