"""Load types and how they are reached. `DRIVERS` is the table; a type that is not in it is left alone."""

from __future__ import annotations

from collections.abc import Mapping

from .contract import Driver
from .easee import EASEE
from .number import NUMBER
from .ocpp import OCPP
from .plug import PLUG
from .quasar import QUASAR
from .radiators import RADIATORS
from .sg_ready import SG_READY
from .tank import TANK

DRIVERS: Mapping[str, Driver] = {
    "easee": EASEE,
    "number": NUMBER,
    "ocpp": OCPP,
    "plug": PLUG,
    "quasar": QUASAR,
    "radiators": RADIATORS,
    "sg_ready": SG_READY,
    "tank": TANK,
    "wallbox": NUMBER,
}
