"""The network of a house's charge points, imported only if there are any: it needs extra packages."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from simhouse.devices.meter import NotSimulated

from .charger import Place
from .firmware import Firmware

if TYPE_CHECKING:
    from .network import Network


def network_where_needed(
    places: Mapping[str, Place], firmwares: Mapping[str, Firmware], start: datetime
) -> "Network | None":
    """Return the charge points for these loads by name; None without any. NotSimulated names a missing package."""
    if not places:
        return None
    try:
        from .build import build_network
    except ModuleNotFoundError as error:
        remedy = "pip install -e '.[demo]' in the checkout"
        raise NotSimulated(f"loads.{next(iter(places))}: needs the package {error.name}; remedy: {remedy}") from error
    return build_network(places, firmwares, start)
