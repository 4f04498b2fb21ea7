"""`fusebox_setup`: what `fusebox_detect` finds, as a whole site_config.py with comments, in a dry run; and controls."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path

from ..config.read_config import Plan, read_config
from ..config.site_schema import UNFILLED_FUSE_A
from ..detect import detect
from ..detect.found import FILL_IN, GIVEN
from ..model.numbers import number_of
from ..runtime.config_proposal import PROPOSED_NAME, place, place_package
from ..runtime.leftovers import PACKAGE_NAME
from ..runtime.leftovers import leftovers as left
from ..runtime.service_errors import Others, ServiceError, answered, refuse_others
from ..runtime.service_fields import on_or_off
from .balancer import Balancer
from .controls_package import NO_CONTROLS, package_text
from .entity_dump import entity_dump

HEAD = """\
# Written by pyscript.fusebox_setup from the entities of Home Assistant; from now on it is yours. Saving is enough.
# 1. main_fuse_a: what is printed on your main breaker, and fuse_type the letter beside it.
# 2. Each CHECK: is it so? Each GUESS is not in force until you add it.
# 3. sensor.fusebox_site says what Fusebox would do. When you agree, write "dry_run": False.
"""
NEXT = "look at each CHECK and each GUESS in it"
NEXT_FUSE = f"write what is printed on your main breaker as main_fuse_a, {NEXT}, and save"


async def setup(
    balancer: Balancer, doorway: str, main_fuse_a: object, fuse_type: object, write: object, others: Others
) -> object:
    """The service; a refusal reaches the caller as a failed call."""
    return await answered(_setup(balancer, Path(doorway).parent, main_fuse_a, fuse_type, write, others))


async def leftovers(balancer: Balancer, doorway: str) -> object:
    """`fusebox_leftovers`: all that is of Fusebox in Home Assistant's folder and among its states."""

    async def work() -> Mapping[str, object]:
        names = await balancer.ports.names()
        found = await asyncio.to_thread(left, Path(doorway).parents[2], names)
        return {key: list(value) for key, value in found._asdict().items()}

    return await answered(work())


async def _setup(
    balancer: Balancer, modules: Path, main_fuse_a: object, fuse_type: object, write: object, others: Others
) -> Mapping[str, object]:
    refuse_others(others, "main_fuse_a", "fuse_type", "write")
    writes = on_or_off("write", write)
    is_given = main_fuse_a is not None
    fuse_a, fuse_mark = (_as_printed(main_fuse_a), GIVEN) if is_given else (UNFILLED_FUSE_A, FILL_IN)
    dump = await entity_dump(balancer.ports)
    in_thread = asyncio.get_running_loop().run_in_executor
    found = await in_thread(None, detect, dump, fuse_a, fuse_type, fuse_mark)
    read = read_config(found.config)
    if read.errors:
        raise ServiceError(str(read.errors[0]).removeprefix("site."))
    if not found.has_meter:
        raise ServiceError(
            f"no meter was recognised among {len(dump)} entities; write its power as site.grid in site_config.py, one "
            "entity a phase"
        )
    text = HEAD + found.text
    answer = {"text": text, "reasons": list(found.reasons), "doubts": list(found.doubts)}
    answer["warnings"] = [str(each) for each in read.warnings]
    if not writes:
        return {"written": None, "next": "call it again with write: true", **answer}
    file = await in_thread(None, place, modules, text)
    is_beside = file.name == PROPOSED_NAME
    own = balancer.loaded.plan if is_beside and balancer.loaded.plan is not None else read.plan
    beside = f"compare {PROPOSED_NAME} with your own site_config.py, which was left as it is"
    return {
        "written": f"pyscript/modules/{file.name}",
        "next": beside if is_beside else NEXT if is_given else NEXT_FUSE,
        "package": await in_thread(None, _package, modules, own),
        **answer,
    }


def _as_printed(fuse_a: object) -> object:
    """Forms and templates give 25.0 and "25" for what a breaker has as 25; anything else is left to the check."""
    number = number_of(fuse_a)
    return fuse_a if number is None else int(number) if number.is_integer() else number


def _package(modules: Path, plan: Plan | None) -> str | None:
    """Write the controls of a plan's loads, none where they are devices over MQTT.

    Returns what became of the file, None where there is none.
    """
    if plan is None:
        return None
    folder = modules.parent.parent
    if plan.site({}).discovery_prefix is None:
        file = place_package(folder, package_text(plan))
    elif (folder / PACKAGE_NAME).exists():
        # One that was written before: else each control would be there twice.
        file = place_package(folder, NO_CONTROLS)
    else:
        return None
    return PACKAGE_NAME if file else f"{PACKAGE_NAME} was changed by hand and left as it is"
