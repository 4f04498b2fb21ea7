"""The rooms (sub-packages) of the package: which may import which, and which do."""

from __future__ import annotations

from collections.abc import Mapping, Set
from graphlib import TopologicalSorter

from .sources import FUSEBOX, inside

ROOMS: Mapping[str, tuple[str, ...]] = {
    "tuning": (),
    "model": ("tuning",),
    "config": ("model", "tuning"),
    "control": ("model", "tuning"),
    "planning": ("model", "tuning"),
    "detect": ("config", "model", "tuning"),
    "runtime": ("config", "model", "tuning"),
    "tariff": ("control", "model", "runtime", "tuning"),
    "devices": ("config", "control", "model", "runtime", "tuning"),
    "radiators": ("config", "devices", "model", "runtime", "tuning"),
    "balancer": (
        "config",
        "control",
        "detect",
        "devices",
        "model",
        "planning",
        "radiators",
        "runtime",
        "tariff",
        "tuning",
    ),
}
"""Room -> the rooms below it that it may look into. No two look at each other."""

CONTROL: Mapping[str, tuple[str, ...]] = {
    "estimators": (),
    "limits": ("estimators",),
    "diagnostics": ("estimators", "limits"),
    "commissioning": ("diagnostics", "estimators", "limits"),
    "demand": ("estimators", "limits"),
    "allocation": ("demand", "limits"),
    "ramping": ("estimators", "limits"),
}
"""The same inside the room in which one decision is made."""

FACE = "fusebox"
"""The package's own file counts as a package above everything that it exports."""


def room_of(name: str) -> str:
    """Return the room of a module; "" for the package's own file."""
    return name.partition(".")[2].partition(".")[0]


def below() -> dict[str, set[str]]:
    """Return room -> the rooms that it imports."""
    found: dict[str, set[str]] = {}
    for name in FUSEBOX:
        room = room_of(name) or FACE
        others = {room_of(other) or FACE for other in inside(name)}
        found.setdefault(room, set()).update(others - {room})
    return found


def floors(rooms: Mapping[str, Set[str]]) -> dict[str, int]:
    """Return each room's floor: above all rooms that it imports. CycleError for a cycle."""
    found: dict[str, int] = {}
    for room in TopologicalSorter(rooms).static_order():
        found[room] = 1 + max((found[each] for each in rooms[room]), default=0)
    return found


def facing(rooms: Mapping[str, Set[str]]) -> list[tuple[str, str]]:
    """Return the pairs of rooms that import each other."""
    return [(one, other) for one in sorted(rooms) for other in rooms[one] if one < other and one in rooms[other]]
