"""The services for the first setup: `fusebox_detect`, `fusebox_setup` and `fusebox_leftovers`.

`fusebox_setup` writes the result of `fusebox_detect` as a whole site_config.py with comments, in a dry run; and the
package of controls. It never writes over a user's changes.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..config.config import NO_CONFIG, Config
from ..config.read_config import read_config
from ..config.site_schema import UNFILLED_FUSE_A
from ..detect import detect as detect_config
from ..detect.found import FILL_IN, GIVEN
from ..model.messages.message import as_attributes, as_list_attributes, message
from ..model.numbers import number_of
from ..runtime.leftovers import PACKAGE_NAME, find_leftovers
from ..runtime.load_files import CONFIG_NAME
from ..runtime.ports import Ports, present_state
from ..runtime.service_calls import Response, ServiceError, field_error, parse_on_or_off, service
from ..runtime.store import replace_file
from .balancer import Balancer
from .controls_package import NO_CONTROLS, package_text

PROPOSED_NAME = "site_config.proposed.py"
EXAMPLE = "e3e03e45a292"
"""The checksum of config_examples/first_site.py, which install.sh copies where there is no site_config.py."""

STAMP = re.compile(r"^# Set-up ([0-9a-f]{12}): .*$", re.MULTILINE)

HEAD = """\
# Written by pyscript.fusebox_setup from the entities of Home Assistant; from now on it is yours. Saving is enough.
# 1. main_fuse_a: what is printed on your main breaker, and fuse_type the letter beside it.
# 2. Each CHECK: is it so? Each GUESS is not in force until you add it.
# 3. sensor.fusebox_site says what Fusebox would do. When you agree, write "dry_run": False.
"""


@service
async def suggest_config(balancer: Balancer) -> Response:
    """Execute `fusebox_detect`: return a first CONFIG from all entities. Works without any CONFIG."""
    dump = await entity_dump(balancer.ports)
    # With thousands of entities this takes about a second.
    found = await asyncio.to_thread(detect_config, dump)
    return found.as_response()


@service
async def list_leftovers(balancer: Balancer, doorway: str) -> Response:
    """Execute `fusebox_leftovers`: return all files and states of Fusebox in Home Assistant, the ones in use too."""
    names = await balancer.ports.names()
    found = await asyncio.to_thread(find_leftovers, Path(doorway).parents[2], names)
    return {key: list(value) for key, value in found.items()}


@service
async def setup(balancer: Balancer, doorway: str, *, main_fuse_a: object, fuse_type: object, write: object) -> Response:
    """Execute `fusebox_setup`: return the proposed CONFIG with explanations; with `write`, write it and its controls.

    `doorway`: the file in whose folder site_config.py is written.
    ServiceError if a field is invalid, no meter is found, or the user has changed both files (`write_proposal`).
    """
    modules, writes = Path(doorway).parent, parse_on_or_off("write", write)
    is_given = main_fuse_a is not None
    fuse_a, fuse_mark = (_as_printed(main_fuse_a), GIVEN) if is_given else (UNFILLED_FUSE_A, FILL_IN)
    dump = await entity_dump(balancer.ports)
    found = await asyncio.to_thread(detect_config, dump, fuse_a, fuse_type, fuse_mark)
    read = read_config(found.config)
    if read.errors:
        mistake = read.errors[0]
        raise field_error(mistake.path.removeprefix("site."), mistake.text)
    if not found.has_meter:
        raise ServiceError(message("no_meter_found", count=str(len(dump))))
    text = HEAD + found.text
    answer = {"text": text, **found.reasons_and_doubts(), **as_list_attributes([*map(str, read.warnings)], "warnings")}
    if not writes:
        return {"written": None, **as_attributes(message("setup_write"), "next"), **answer}
    file = await asyncio.to_thread(write_proposal, modules, text)
    is_proposal = file.name == PROPOSED_NAME
    own = balancer.loaded.config if is_proposal and balancer.loaded.config is not NO_CONFIG else read.config
    compare = message("setup_compare", file=PROPOSED_NAME)
    step = compare if is_proposal else message("setup_look" if is_given else "setup_fuse")
    package = await asyncio.to_thread(_write_controls, modules, own)
    written = {"package": None} if package is None else as_attributes(package, "package")
    return {"written": f"pyscript/modules/{file.name}", **as_attributes(step, "next"), **written, **answer}


def _as_printed(fuse_a: object) -> object:
    """Return a fuse rating as an integer where it is one (25 for 25.0 or "25"); anything else unchanged."""
    number = number_of(fuse_a)
    return fuse_a if number is None else int(number) if number.is_integer() else number


def _write_controls(modules: Path, config: Config) -> str | None:
    """Write the package file with the controls of a CONFIG's loads; where they are MQTT devices, empty an earlier one.

    Return the file's name, a message if a user has changed the file (it stays), None if none is written.
    """
    folder = modules.parent.parent
    over_mqtt = config.site({}).discovery_prefix is not None
    if over_mqtt and not (folder / PACKAGE_NAME).exists():
        return None
    # An earlier package is emptied: otherwise each control would exist twice.
    is_written = write_controls_package(folder, NO_CONTROLS if over_mqtt else package_text(config))
    return PACKAGE_NAME if is_written else message("setup_controls_left", file=PACKAGE_NAME)


async def entity_dump(ports: Ports) -> dict[str, dict[str, object]]:
    """Return entity -> what `detect_config` reads: state, attributes, and if registered its original id and device."""
    dump: dict[str, dict[str, object]] = {}
    registered = _registered_entities()
    for entity in await ports.names():
        now = present_state(ports, entity)
        if now.state is not None:  # otherwise it has been removed since
            dump[entity] = {"state": now.state, "attributes": now.attributes, **registered.get(entity, {})}
    return dump


def _registered_entities() -> Mapping[str, dict[str, object]]:
    """Return entity -> its original id and its device, for entities that Home Assistant has registered.

    "" for an id that was not changed, and without a device. Empty outside Home Assistant.
    """
    core: Any = sys.modules.get("homeassistant.core")
    entities: Any = sys.modules.get("homeassistant.helpers.entity_registry")
    devices: Any = sys.modules.get("homeassistant.helpers.device_registry")
    util: Any = sys.modules.get("homeassistant.util")
    if core is None or entities is None or devices is None or util is None:
        return {}
    hass = core.async_get_hass()
    known = devices.async_get(hass)
    found: dict[str, dict[str, object]] = {}
    for entry in entities.async_get(hass).entities.values():
        device = known.async_get(entry.device_id) if entry.device_id else None
        first = entry.original_name or ""
        if entry.has_entity_name and device is not None and device.name:
            first = f"{device.name} {first}"
        name = util.slugify(first)
        called = f"{entry.domain}.{name}" if first.strip() else ""
        # A second entity of this name has a number appended, which is not a user's choice.
        own = called and not entry.entity_id.startswith(called)
        found[entry.entity_id] = {"called": called if own else "", "device": entry.device_id or ""}
    return found


def is_untouched(text: str) -> bool:
    """Return whether a site_config.py has only what setup or install.sh wrote, without a user's change."""
    text = text.replace("\r\n", "\n")
    stamp = STAMP.match(text)
    return _checksum(text) == EXAMPLE or (stamp is not None and stamp[1] == _checksum(text[stamp.end() + 1 :]))


def write_proposal(modules: Path, text: str) -> Path:
    """Write a proposal as site_config.py, beside it if a user has changed that, and return the file.

    ServiceError if a user has changed both.
    """
    files = (modules / CONFIG_NAME, modules / PROPOSED_NAME)
    file = next(filter(_may_write, files), None)
    if file is None:
        raise ServiceError(message("proposal_changed", own=CONFIG_NAME, file=PROPOSED_NAME))
    _write(file, text)
    return file


def write_controls_package(folder: Path, text: str) -> bool:
    """Write the package of controls into Home Assistant's folder, unless a user has changed it; return whether it was.

    Creates the folder of packages if it is missing. ServiceError if the disk refuses.
    """
    file = folder / PACKAGE_NAME
    if not _may_write(file):
        return False
    with suppress(OSError):  # writing the file reports the problem
        Path(os.path.realpath(file)).parent.mkdir(exist_ok=True)
    _write(file, text)
    return True


def _write(file: Path, text: str) -> None:
    """Write a file, with its checksum in the first line for `is_untouched`; ServiceError if the disk refuses."""
    stamp = f"# Set-up {_checksum(text)}: until a line is changed, the next set-up may write this file anew."
    try:
        replace_file(file, f"{stamp}\n{text}")
    except OSError as error:
        why = message("proposal_unwritten", file=file.name, error=error.strerror or str(error))
        raise ServiceError(why) from error


def _may_write(file: Path) -> bool:
    """Return whether a file may be written: missing, empty, or untouched by a user (`is_untouched`).

    False if it cannot be read.
    """
    try:
        text = file.read_text(encoding="utf-8")
        # An empty file means that its user wants to start again.
        return not text.strip() or is_untouched(text)
    except FileNotFoundError:
        return True
    except (OSError, ValueError):
        return False


def _checksum(text: str) -> str:
    """Return the first characters of a text's SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]
