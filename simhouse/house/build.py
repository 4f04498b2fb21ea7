"""Build the simulated house that a CONFIG describes."""

from array import array
from collections.abc import Mapping, MutableSequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from operator import add
from random import Random
from typing import Any

from ..devices.charger import Charger, charger_spec
from ..devices.helpers import Helpers
from ..devices.linked import EaseeBox, linked_where_needed
from ..devices.load_entry import LoadEntry
from ..devices.meter import circuit_meters, phase_meters
from ..devices.ocpp.charger import OcppCharger, Place
from ..devices.ocpp.where_needed import network_where_needed
from ..devices.phase_box import PhaseBox
from ..devices.plug import Plug
from ..devices.price_entity import PriceEntity, price_sources, with_own_sources
from ..devices.quasar_load import QuasarLoad, QuasarNetwork
from ..devices.radiators import RadiatorGroup, groups_alone
from ..devices.roof import build_roof
from ..devices.roofs import build_roofs
from ..devices.source import as_list
from ..devices.switched import SWITCHED, Surroundings
from ..physics.car import Car
from ..physics.daylight import daylight
from ..physics.household import household_seconds
from ..physics.seconds import SecondSeries
from ..physics.sun import sunny_seconds
from ..physics.wiring import MAIN, build_circuits, way_to_main
from .house import Equipment, House
from .named import entities_in_config
from .price_week import OURS, PriceWeek, read_prices
from .simulated import refuse_unknown
from .visits import usual_car

SUN_PEAK_W = 8000.0
PANELS_PER_INVERTER = 1.15  # installers put a little more on the roof than the inverter can deliver


@dataclass(frozen=True)
class Inputs:
    """Known data for the simulated time; a missing `base`, `solar` or car is invented from the seed.

    `base`: the household's power [W] by second and phase; `solar`: the sun's; `cars`: the cars of each charger.
    `helpers`: states of input entities in CONFIG. The battery begins at `soc_pct`. Without `prices`, CONFIG's price
    entity shows the built-in week.
    """

    base: Mapping[str, SecondSeries] | None = None
    solar: MutableSequence[float] | None = None
    cars: Mapping[str, Car] = field(default_factory=dict)
    helpers: Mapping[str, str] = field(default_factory=dict)
    soc_pct: float = 50.0
    prices: PriceWeek | None = None


NOTHING_KNOWN, USUAL_EQUIPMENT = Inputs(), Equipment()


def build_house(
    config: Mapping[str, Any],
    *,
    start: datetime,
    length_s: int,
    seed: int = 1,
    inputs: Inputs = NOTHING_KNOWN,
    equipment: Equipment = USUAL_EQUIPMENT,
) -> House:
    """The house that a raw CONFIG dict describes, for `length_s` seconds from `start` (local, aware).

    Raises NotSimulated for what this house does not have.
    """
    config, _ = with_own_sources(config)
    site, loads = config["site"], config.get("loads") or {}
    refuse_unknown(loads)
    units = equipment.units
    phases = tuple(sorted(site["grid"]))
    chargers: dict[str, Charger | EaseeBox | OcppCharger] = {}
    places: dict[str, Place] = {}
    plugs: dict[str, Plug | QuasarLoad | RadiatorGroup] = {}
    plugs.update(groups_alone(config, phases, seed))
    quasars: dict[str, QuasarLoad] = {}
    boxes: dict[str, EaseeBox] = {}
    for name, load in loads.items():
        on = tuple(load.get("phases") or phases)
        entry = LoadEntry(name, load, on)
        random = Random(f"{seed}:{name}")
        if load["type"] in SWITCHED:
            plugs[name] = SWITCHED[load["type"]](entry, Surroundings(start, random, units, config.get("radiators")))
            continue
        if load["type"] == "quasar":
            plugs[name] = quasars[name] = QuasarLoad(entry, start)
            continue
        car = inputs.cars.get(name) or usual_car(
            len(chargers) + len(places), len(on), str(load.get("mode", "")), start, length_s, random
        )
        if load["type"] == "ocpp":
            places[name] = Place(load, on, car)
        elif load["type"] == "easee":
            chargers[name] = boxes[name] = EaseeBox(entry, car, start)
        else:
            spec = replace(charger_spec(entry), box=equipment.phase_boxes.get(name, PhaseBox()))
            chargers[name] = Charger(spec, car, random, units)
    network = network_where_needed(places, equipment.firmwares, start)
    if network is not None:
        both = {**chargers, **network.chargers}
        chargers = {name: both[name] for name in loads if name in both}
    named = entities_in_config(config)
    known = Helpers(config, inputs.helpers, named.settings)
    for entity in (c.spec.current for c in chargers.values()):
        known.values.pop(entity, None)  # an input_number may be the charger itself
    circuits = build_circuits(site, known.values, phases)
    meters = {MAIN: phase_meters(site["grid"], units)} | circuit_meters(site, units)
    base, solar = inputs.base, inputs.solar
    if base is None:
        base = _households(groups_of(loads), phases, start, length_s, seed)
    inverters = as_list(site.get("inverter"))
    if solar is None and (site.get("solar_w") or any(inverter.get("solar_w") for inverter in inverters)):
        limits_w = [inverter.get("max_w") for inverter in inverters]
        inverter_w = sum(each for each in limits_w if isinstance(each, int | float))
        peak_w = inverter_w * PANELS_PER_INVERTER if inverter_w else SUN_PEAK_W
        solar = sunny_seconds(start, length_s, peak_w, Random(f"{seed}:sun"))
    if any(isinstance(site.get(key), list) for key in ("inverter", "battery")):
        roof = build_roofs(site, solar, inputs.soc_pct, len(phases))
    else:
        roof = build_roof(site, solar, inputs.soc_pct, len(phases), equipment.throttle)
    for entity in roof.orders.values:
        known.values.pop(entity, None)  # it is the battery's own
    ways = {name: way_to_main(circuits, loads.get(name, {}).get("circuit", MAIN)) for name in {**loads, **plugs}}
    return House(
        config,
        start,
        phases,
        base,
        roof,
        daylight(start, length_s, solar),
        chargers,
        plugs,
        circuits,
        ways,
        meters,
        known,
        equipment,
        network,
        QuasarNetwork(quasars) if quasars else None,
        _make_price_entities(config, inputs.prices),
        linked_where_needed(config, boxes),
        named.readings,
    )


def groups_of(loads: Mapping[str, Any]) -> Mapping[str, list[str]]:
    """Return household -> its loads, in CONFIG's order; radiators name their own section as `group`."""
    found: dict[str, list[str]] = {}
    for name, load in loads.items():
        if load.get("group") and load["type"] != "radiators":
            found.setdefault(load["group"], []).append(name)
    return found


def _households(
    groups: Mapping[str, list[str]], phases: tuple[str, ...], start: datetime, length_s: int, seed: int
) -> Mapping[str, SecondSeries]:
    """Return the base load by phase: of one household, or of one for each group, on the phases in turn.

    One heat pump heats the whole building.
    """
    made = household_seconds(start, length_s, len(phases), Random(f"{seed}:household"))
    for place in range(1, len(groups)):
        random = Random(f"{seed}:household {place}")
        more = household_seconds(start, length_s, len(phases), random, heat_pump=False)
        for wire, series in enumerate(more):
            into = made[(wire + place) % len(phases)].watts
            into[:] = array("d", map(add, into, series.watts))
    return dict(zip(phases, made, strict=True))


def _make_price_entities(config: Mapping[str, Any], prices: PriceWeek | None) -> tuple[PriceEntity, ...]:
    """Return the price entities that CONFIG names, empty without any."""
    named = price_sources(config)
    week = (prices or read_prices(OURS)) if named else None
    unit = f"{config['site'].get('currency', 'EUR')}/kWh"
    return () if week is None else tuple(PriceEntity(entity, week.at, unit) for entity in named)
