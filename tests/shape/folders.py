"""The folders of the package: which may import which, and which do."""

from __future__ import annotations

from collections.abc import Mapping, Set
from graphlib import TopologicalSorter

from .sources import FUSEBOX, inside

FOLDERS: Mapping[str, tuple[str, ...]] = {
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
"""Folder -> the folders that it may import. No two import each other."""

CONTROL: Mapping[str, tuple[str, ...]] = {
    "estimators": (),
    "limits": ("estimators",),
    "diagnostics": ("estimators", "limits"),
    "commissioning": ("diagnostics", "estimators", "limits"),
    "demand": ("estimators", "limits"),
    "allocation": ("demand", "limits"),
    "ramping": ("estimators", "limits"),
}
"""The same of the folders of `control`, in which one decision is made."""

FACE = "fusebox"
"""The package's own file counts as a package above everything that it exports."""


def folder_of(name: str) -> str:
    """Return the folder of a module; "" for the package's own file."""
    return name.partition(".")[2].partition(".")[0]


def imported() -> dict[str, set[str]]:
    """Return folder -> the folders that it imports."""
    found: dict[str, set[str]] = {}
    for name in FUSEBOX:
        folder = folder_of(name) or FACE
        others = {folder_of(other) or FACE for other in inside(name)}
        found.setdefault(folder, set()).update(others - {folder})
    return found


def layers(folders: Mapping[str, Set[str]]) -> dict[str, int]:
    """Return each folder's layer: above those of all folders that it imports. CycleError for a cycle."""
    found: dict[str, int] = {}
    for folder in TopologicalSorter(folders).static_order():
        found[folder] = 1 + max((found[each] for each in folders[folder]), default=0)
    return found


def mutual_imports(folders: Mapping[str, Set[str]]) -> list[tuple[str, str]]:
    """Return the pairs of folders that import each other."""
    return [(one, other) for one in sorted(folders) for other in folders[one] if one < other and one in folders[other]]
