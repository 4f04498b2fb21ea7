"""Build the charge points of a CONFIG's loads of type `ocpp`, with their central system."""

from collections.abc import Mapping
from datetime import datetime

from simhouse.devices.charger import ChargerSpec, charger_spec
from simhouse.devices.load_entry import LoadEntry
from simhouse.devices.source import by_phase

from .central import Central
from .charge_point import ChargePoint
from .charger import OcppCharger, Place, renamed_entities
from .connector import Connector
from .firmware import Firmware
from .network import Network


def build_network(places: Mapping[str, Place], firmwares: Mapping[str, Firmware], start: datetime) -> Network:
    """Return charge points for these loads; `firmwares` by identity, a usual firmware for others.

    A usual charge point was left by its installer at the maximum of CONFIG, and reports its currents as CONFIG reads
    them.
    """
    specs = {name: _spec(name, place) for name, place in places.items()}
    points: dict[str, ChargePoint] = {}
    names: dict[str, str] = {}
    for identity in dict.fromkeys(place.identity for place in places.values()):
        here = {name: place for name, place in places.items() if place.identity == identity}
        usual = Firmware(
            unlimited_a=min(specs[name].limit_a for name in here),
            current_by="entity" if any(by_phase(place.load.get("draw")) for place in here.values()) else "phase",
        )
        firmware = firmwares.get(identity) or usual
        connectors = {
            place.number: Connector(place.number, firmware, place.car, place.phases) for place in here.values()
        }
        points[identity] = ChargePoint(identity, firmware, connectors, start)
        for place in here.values():
            names |= renamed_entities(place.load, place.number, max(connectors))
    chargers = {name: OcppCharger(specs[name], points[place.identity], place.number) for name, place in places.items()}
    return Network(Central(start), chargers, names)


def _spec(name: str, place: Place) -> ChargerSpec:
    return charger_spec(LoadEntry(name, {"current": "", **place.load}, place.phases))
