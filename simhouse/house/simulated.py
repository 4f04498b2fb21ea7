"""The load types that the simulated house has devices for."""

from collections.abc import Mapping
from typing import Any

from ..devices.meter import NotSimulated
from ..devices.switched import SWITCHED

SIMULATED = ("number", "wallbox", "ocpp", "quasar", "easee", *SWITCHED)


def refuse_unknown(loads: Mapping[str, Any]) -> None:
    """Raise NotSimulated for the first part of a raw CONFIG without a simulated device."""
    for name, load in loads.items():
        if load["type"] not in SIMULATED:
            known = ", ".join(SIMULATED)
            raise NotSimulated(f"loads.{name}.type: '{load['type']}' is not simulated here (simulated: {known})")
