"""Creates the object behind a script; a failure is published like any other, with its file and line.

Without its object a script ends while it loads, and so does the loop that watches the files: only pyscript's log would
show it, and a corrected file would wait for a restart.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from .. import tuning
from ..model.messages.message import message
from ..model.own_entities import SITE_ENTITY
from .leftovers import SCRIPTS
from .load_files import Loaded
from .log_throttle import describe_fault
from .ports import Ports, in_own_context
from .script import ScriptRuntime
from .store import STORE
from .version import VERSION

T = TypeVar("T")

LOG = logging.getLogger("fusebox")


def start_script(role: str, make: Callable[[Loaded, Ports], T], loaded: Loaded, ports: Ports) -> T:
    """Return the object that `make` creates for this load.

    If that fails and an earlier load exists, that one continues and the exception is raised. Otherwise the object is
    made without a plan: it only reports, and the next saved CONFIG is loaded. If that fails too, the site's entity says
    so.
    """
    ports = in_own_context(ports)
    failed: dict[str, str] = STORE.setdefault("not_begun", {})
    failed.pop(role, None)
    # Here, where no step is under way, and before anything of this CONFIG is made: it is made with its numbers.
    tuning.override(_tuning_overrides(loaded))
    try:
        made = make(loaded, ports)
        getattr(made, "triggers", ())  # the script reads them next
        # The integration reads this, to go back to the version before if an update does not start.
        STORE.setdefault("started", {})[SCRIPTS[role]] = VERSION
        return made
    except Exception as error:
        failure = message("script_cannot_begin", script=SCRIPTS[role], error=describe_fault(error))
        failed[role] = failure
        LOG.error("%s; it is tried again with what is saved next", failure, exc_info=error)
        if STORE.get(role) is not None:
            raise
    finally:
        tuning.override(next(_tuning_of_earlier_loads(), _tuning_overrides(loaded)))
    try:
        return make(replace(loaded, plan=None), ports)
    except Exception:
        attributes = {"friendly_name": "Fusebox", "reason": failure, "errors": [failure]}
        ports.set(SITE_ENTITY, "config_error", new_attributes=attributes)
        raise


def _tuning_overrides(loaded: Loaded) -> Mapping[str, float]:
    """Return the tuning numbers that CONFIG overrides."""
    return {} if loaded.plan is None else loaded.plan.tuning


def _tuning_of_earlier_loads() -> Iterator[Mapping[str, float]]:
    """Yield the tuning numbers of earlier loads that continue because no new one could start."""
    older = [STORE.get(role) for role in STORE["not_begun"]]
    return (_tuning_overrides(each.loaded) for each in older if isinstance(each, ScriptRuntime) and each.loaded.plan)


def failed_starts() -> tuple[str, ...]:
    """Return a sentence for each script that could not start, with the failure and its place."""
    failed: dict[str, str] = STORE.get("not_begun", {})
    return tuple(failed.values())
