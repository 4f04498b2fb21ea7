"""What Fusebox leaves in Home Assistant's folder and among its states, for its removal. Blocks on the disk."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from ..model.own_entities import LOAD_ENTITIES

SCRIPTS = {
    "balancer": "balance_site.py",
    "rotation": "rotate_radiators.py",
    "estimator": "estimate_power_saving.py",
    "peak": "track_peak.py",
    "quasar_guards": "guard_quasar.py",
    "mqtt": "publish_mqtt.py",
}
"""Role -> its script."""

OURS = (
    "pyscript/modules/fusebox",
    "pyscript/modules/fusebox_native.py",
    "pyscript/modules/fusebox_ha.py",
    *(f"pyscript/{script}" for script in SCRIPTS.values()),
    "www/fusebox-card.js",
    *(f"www/fusebox-card.{language}.js" for language in ("da", "de", "es", "fr", "nb", "nl", "sv")),
)
"""The files that install.sh copies."""

PACKAGE_NAME = "packages/fusebox.yaml"
"""The file of the loads' controls in Home Assistant's folder."""

MADE = (PACKAGE_NAME, "pyscript/modules/site_config.proposed.py")
"""The files that `fusebox_setup` writes."""

CARD = "fusebox-card"

STATES = ("pyscript.fusebox_", LOAD_ENTITIES)
"""Prefixes of the scripts' entities."""


def find_leftovers(folder: Path, names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return Fusebox's files in Home Assistant's folder, and its entities among `names`, those of Home Assistant.

    By how they are removed, with paths in that folder; each sorted.
    """
    dashboards = [each for each in folder.glob(".storage/lovelace*") if f"custom:{CARD}" in _read_or_empty(each)]
    return {
        # Removed by the commands in docs/install.md.
        "scripts": _existing_paths(folder, OURS),
        # Written once more when the scripts end.
        "stores": tuple(sorted(str(each.relative_to(folder)) for each in folder.glob(".storage/fusebox.*"))),
        "made": _existing_paths(folder, MADE),
        "yours": _existing_paths(folder, ("pyscript/modules/site_config.py",)),
        # Addresses of the card, listed under Settings > Dashboards > Resources.
        "resources": tuple(url for url in _stored_names(folder, "lovelace_resources", "items", "url") if CARD in url),
        "dashboards": tuple(sorted(str(each.relative_to(folder)) for each in dashboards)),
        # Sensors vanish with the scripts, states of pyscript with the next restart.
        "entities": tuple(sorted(name for name in names if name.startswith(STATES))),
        # Folders of the integration for the store, and of its notes: removed there, and with its entry.
        "integration": _existing_paths(folder, ("custom_components/fusebox", "pyscript/.fusebox")),
        # Titles of its entries, deleted under Settings > Devices & services.
        "entries": _stored_names(folder, "core.config_entries", "entries", "title", domain="fusebox"),
        # Entities over MQTT and of the controls, with or without a state.
        "registered": _stored_names(folder, "core.entity_registry", "entities", "entity_id", unique_id="fusebox_"),
    }


def has_controls(folder: Path) -> bool:
    """Return whether Home Assistant's folder has a package with controls of loads."""
    return "unique_id: fusebox_" in _read_or_empty(folder / PACKAGE_NAME)


def _existing_paths(folder: Path, paths: Sequence[str]) -> tuple[str, ...]:
    """Return the paths that exist."""
    return tuple(path for path in paths if (folder / path).exists())


def _stored_names(folder: Path, file: str, section: str, name: str, **begins: str) -> tuple[str, ...]:
    """Return `name` of each row in a section of a file in `.storage`, sorted; of those whose other keys begin as given.

    Empty without the file, or if it does not have Home Assistant's format.
    """
    try:
        rows = json.loads(_read_or_empty(folder / ".storage" / file))["data"][section]
        fits = [row for row in rows if all(str(row[key]).startswith(begin) for key, begin in begins.items())]
        return tuple(sorted(str(row[name]) for row in fits))
    except (ValueError, TypeError, KeyError, RecursionError):
        return ()


def _read_or_empty(file: Path) -> str:
    """Return the content of a file; "" if it cannot be read."""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""
