"""Load types and their drivers. `DRIVERS` is the table; loads of a type without a driver are not controlled."""

from __future__ import annotations

from collections.abc import Mapping

from .appliances.plug import PLUG
from .appliances.power import POWER_DRIVER
from .appliances.radiators import RADIATORS
from .appliances.room import ROOM
from .appliances.sg_ready import SG_READY
from .appliances.tank import TANK
from .chargers.number import NUMBER
from .driver import Driver
from .easee.driver import EASEE
from .ocpp.driver import OCPP
from .quasar.link import QUASAR

DRIVERS: Mapping[str, Driver] = {
    "easee": EASEE,
    "number": NUMBER,
    "ocpp": OCPP,
    "plug": PLUG,
    "power": POWER_DRIVER,
    "quasar": QUASAR,
    "radiators": RADIATORS,
    "sg_ready": SG_READY,
    "tank": TANK,
    "thermostat": ROOM,
    "wallbox": NUMBER,
}
