"""Whether a load in watts is hot enough: at `max_c` it ends in every mode, and heats again a little below. Pure.

While its temperature is unknown it is off: it may be boiling, and a pause wears nothing.
"""

from __future__ import annotations

from ... import tuning
from ...model.appliance_memory import Need
from ...model.load import Load
from ...model.load_memory import LoadMemory
from ...model.messages.message import message
from ...model.numbers import number_of
from ...model.records import fast_replace
from ...model.snapshot import LoadState, Snapshot


def with_watched_maximum(load: Load, state: LoadState, past: LoadMemory, snapshot: Snapshot) -> LoadMemory:
    """Return the memory with what a load in watts needs by its temperature; no need without a thermometer or `max_c`.

    `snapshot` is not used: its signature is that of all watched appliances.
    """
    max_c, before = number_of(load.device.get("max_c")), past.switched.need
    if max_c is None or load.device.get("temperature") is None:
        need = None
    elif state.temperature_c is None:
        entity = str(load.device["temperature"])
        problem = message("tank_temperature_unknown", entity=entity)
        need = Need(str(load.mode), False, message("waits_for_temperature"), max_c, problem)
    else:
        rests = before is not None and not before.wants
        again_c = max_c - tuning.HEATS_AGAIN_K
        wants = state.temperature_c < (again_c if rests else max_c)
        values = {"temperature_c": state.temperature_c, "max_c": max_c, "again_c": again_c}
        need = Need(str(load.mode), wants, "" if wants else message("at_max_temperature", **values), max_c)
    return past if need == before else fast_replace(past, switched=fast_replace(past.switched, need=need))
