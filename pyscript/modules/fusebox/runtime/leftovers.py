"""What Fusebox has left in Home Assistant's folder and among its states, for who removes it. Reads disk."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ..model.own_entities import LOAD_ENTITIES

SCRIPTS = {
    "balancer": "balance_site.py",
    "rotation": "rotate_radiators.py",
    "estimator": "estimate_power_saving.py",
    "peak": "track_peak.py",
    "quasar_guards": "guard_quasar.py",
    "mqtt": "publish_mqtt.py",
}
"""Role -> the script that plays it."""

OURS = (
    "pyscript/modules/fusebox",
    "pyscript/modules/fusebox_native.py",
    "pyscript/modules/fusebox_ha.py",
    *(f"pyscript/{script}" for script in SCRIPTS.values()),
    "www/fusebox-card.js",
)
"""What install.sh copies."""

PACKAGE_NAME = "packages/fusebox.yaml"
"""The controls of the loads, in Home Assistant's folder."""

MADE = (PACKAGE_NAME, "pyscript/modules/site_config.proposed.py")
"""What `fusebox_setup` writes."""

YOURS = ("pyscript/modules/site_config.py",)
STORES = ".storage/fusebox.*"
DASHBOARDS = ".storage/lovelace*"
CARD = "fusebox-card"
RESOURCES = ".storage/lovelace_resources"
"""Where Home Assistant keeps the addresses of cards that were added by hand."""

STATES = ("pyscript.fusebox_", LOAD_ENTITIES)
"""What the entities of the scripts begin with."""


class Leftovers(NamedTuple):
    """Paths in Home Assistant's folder, addresses of the card, and entities; each sorted."""

    scripts: tuple[str, ...]
    """Goes with the commands of docs/install.md."""
    stores: tuple[str, ...]
    """What was kept over restarts; written once more when the scripts end."""
    made: tuple[str, ...]
    """Written by `fusebox_setup`."""
    yours: tuple[str, ...]
    """Written by its user."""
    resources: tuple[str, ...]
    """Under Settings > Dashboards > Resources."""
    dashboards: tuple[str, ...]
    """Files of dashboards with the card."""
    entities: tuple[str, ...]
    """Sensors go with the scripts, states of pyscript with the next restart."""


def leftovers(folder: Path, names: Sequence[str]) -> Leftovers:
    """List what is there now. `names`: the entities that Home Assistant has."""
    dashboards = [each for each in folder.glob(DASHBOARDS) if f"custom:{CARD}" in _text(each)]
    return Leftovers(
        scripts=_there(folder, OURS),
        stores=tuple(sorted(str(each.relative_to(folder)) for each in folder.glob(STORES))),
        made=_there(folder, MADE),
        yours=_there(folder, YOURS),
        resources=tuple(sorted(_resources(folder / RESOURCES))),
        dashboards=tuple(sorted(str(each.relative_to(folder)) for each in dashboards)),
        entities=tuple(sorted(name for name in names if name.startswith(STATES))),
    )


def has_controls(folder: Path) -> bool:
    """Whether Home Assistant's folder has a package with controls of loads."""
    return "unique_id: fusebox_" in _text(folder / PACKAGE_NAME)


def _there(folder: Path, paths: Sequence[str]) -> tuple[str, ...]:
    return tuple(path for path in paths if (folder / path).exists())


def _resources(file: Path) -> Iterator[str]:
    """The addresses of the card; none where the file is not as Home Assistant writes it."""
    try:
        items = json.loads(_text(file))["data"]["items"]
        yield from (str(item["url"]) for item in items if CARD in str(item["url"]))
    except (ValueError, TypeError, KeyError, RecursionError):
        return


def _text(file: Path) -> str:
    """What a file holds; "" where it cannot be read."""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""
