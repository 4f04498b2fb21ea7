"""A load from CONFIG."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..host.package_path import reach_package

reach_package()

from fusebox.config.load_schemas import LOADS  # noqa: E402


@dataclass(frozen=True)
class LoadEntry:
    """A load's name, its entry in CONFIG, and the phases that it is wired to."""

    name: str
    config: Mapping[str, Any]
    phases: tuple[str, ...]


def rated_w(load: Mapping[str, Any]) -> float:
    """Return the rated power of a switched load in CONFIG [W], of a load in watts the highest; 0 for a charger.

    By default, and if an entity provides it, that of its type.
    """
    keys = LOADS[load["type"]].keys.fields
    key = next((key for key in ("rated_w", "max_w") if key in keys), None)
    if key is None:
        return 0.0
    stated: Any = load.get(key)
    usual: Any = keys[key].default
    return float(stated if isinstance(stated, int | float) else usual)
