"""What stays of a test in what is remembered of a load: how late meters are, and nothing that was only a test. Pure."""

from __future__ import annotations

from ... import tuning
from ...model.appliance_memory import SwitchedMemory
from ...model.durations import NEVER_S
from ...model.load_memory import LoadMemory
from ...model.meter_memory import MeterLatency
from ...model.records import fast_replace, replace_if_changed
from ...model.site import MAIN
from .trial import Trial, agreed_lags_s


def after(past: LoadMemory, trial: Trial) -> LoadMemory:
    """The memory of a load that a test lets go: no start of it counts, nor does anybody owe patience for one."""
    was = trial.was
    if was is None:
        return past
    is_paused = past.patience.paused_s != NEVER_S
    # What a limit has stopped has its time like any other.
    switched_s = past.timing.switched_s if is_paused else was.timing.switched_s
    latency = _measured(past.response.meter_latency, trial)
    return fast_replace(
        past,
        timing=fast_replace(past.timing, starts_s=was.timing.starts_s, switched_s=switched_s),
        patience=fast_replace(past.patience, budget_stops_s=was.patience.budget_stops_s, pauses=was.patience.pauses),
        switched=_as_it_was(past.switched, was.switched),
        response=replace_if_changed(past.response, meter_latency=latency),
    )


def _as_it_was(past: SwitchedMemory, was: SwitchedMemory) -> SwitchedMemory:
    """A tank heats for what it had begun to heat for, and for nothing more."""
    if past.tank is None or was.tank is None:
        return past
    return fast_replace(past, tank=fast_replace(past.tank, heating=was.tank.heating, mode=was.tank.mode))


def _measured(latency: MeterLatency, trial: Trial) -> MeterLatency:
    """With what the test has measured, where that is longer than what is known: it has waited for longer."""
    lags_s = agreed_lags_s(trial, MAIN)
    if max(lags_s, default=0.0) <= latency.latency_s:
        return latency
    return fast_replace(latency, lags_s=(*latency.lags_s, *lags_s)[-tuning.LAST_TIMES :])
