"""What the entity of a load that is only on or off tells beside what all of them tell."""

from __future__ import annotations

from datetime import UTC, datetime

from ..control.demand.sg_ready import blocked_s
from ..control.demand.tank import hygiene_due_s
from ..control.estimators.rated_power import part_used, rated
from ..model.electrics import DUST, watts
from ..model.load import Load
from ..model.load_memory import LoadMemory
from ..model.site import Site
from ..model.snapshot import LoadState, Snapshot


def switched_attributes(
    site: Site, snapshot: Snapshot, load: Load, state: LoadState, past: LoadMemory
) -> dict[str, object]:
    """Starts, what was learnt of its draw, and what is special to its type."""
    if not load.on_off:
        return {}
    pump = past.switched.pump
    if pump is not None:
        # It starts as it likes and draws what it likes: there is nothing of that to be counted or learnt.
        return {"sg_state": pump.told, "blocked_min": round(blocked_s(pump, snapshot.now_s) / 60)}
    found: dict[str, object] = {"starts_today": sum(s >= snapshot.day_began_s for s in past.starts_s)}
    known = rated(load, past)
    learnt_a = known.max_a * part_used(load, past, snapshot.now_s)
    if abs(learnt_a - load.max_a) > DUST:
        found["learnt_w"] = round(watts(learnt_a, site.voltage_v, len(load.phases)))
    tank, need = past.switched.tank, past.switched.need
    if tank is not None:
        found["temperature_c"] = state.temperature_c
        found["target_c"] = None if need is None else need.target_c
        due = datetime.fromtimestamp(hygiene_due_s(load, tank), UTC)
        found["hygiene_due"] = due.isoformat(timespec="minutes")
    return found
