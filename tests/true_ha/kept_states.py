"""What Home Assistant keeps of states over a restart, in the file and the form of the embedded host.

So tests may look into that file, edit it and remove it. What goes into it is what Home Assistant would save if it
stopped now; what comes out goes through Home Assistant's own storage.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers import restore_state

from simhouse.host.persistence import FILE_NAME

STORAGE = Path(".storage") / restore_state.STORAGE_KEY


def put_into_storage(beside: Path, config_folder: Path) -> None:
    """Write the stored states where Home Assistant reads them, replacing those of an earlier one."""
    kept = read(beside)
    if kept is None:
        (config_folder / STORAGE).unlink(missing_ok=True)
        return
    now = datetime.now(UTC).isoformat()
    times = {"last_changed": now, "last_reported": now, "last_updated": now}
    context = {"id": "01ARZ3NDEKTSV4RRFFQ69G5FAV", "parent_id": None, "user_id": None}
    data = [
        {"state": {"entity_id": name, **state, **times, "context": context}, "extra_data": None, "last_seen": now}
        for name, state in kept.items()
    ]
    storage = {"version": restore_state.STORAGE_VERSION, "minor_version": 1, "key": restore_state.STORAGE_KEY}
    (config_folder / STORAGE).parent.mkdir(exist_ok=True)
    (config_folder / STORAGE).write_text(json.dumps({**storage, "data": data}), encoding="utf-8")


def to_be_stored(hass: HomeAssistant) -> dict[str, Any]:
    """What Home Assistant would save now."""
    stored = [each.state for each in restore_state.async_get(hass).async_get_stored_states()]
    return {state.entity_id: {"state": state.state, "attributes": dict(state.attributes)} for state in stored}


def take_from_storage(config_folder: Path) -> dict[str, Any]:
    """What Home Assistant did save."""
    if not (config_folder / STORAGE).exists():
        return {}
    stored = [each["state"] for each in json.loads((config_folder / STORAGE).read_text(encoding="utf-8"))["data"]]
    return {state["entity_id"]: {"state": state["state"], "attributes": state["attributes"]} for state in stored}


def read(beside: Path) -> Any:
    """The file of the tests; None where there is none."""
    kept = beside / FILE_NAME
    return json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else None


def write(beside: Path, kept: dict[str, Any]) -> None:
    """Write the file of the tests."""
    unfinished = beside / f"{FILE_NAME}.{os.getpid()}"
    unfinished.write_text(json.dumps(kept, sort_keys=True, default=str), encoding="utf-8")
    os.replace(unfinished, beside / FILE_NAME)
