"""Reconstruct the cars at a charger and their times: from its recorded status, else from its draw."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from simhouse.host.package_path import reach_package
from simhouse.physics.car import MINIMUM_A, Car, Visit

from .draws import DRAWS_A, DrawRecord, possible_ocpp_entities
from .recording import History, Recording
from .timeline import Timeline, runs

APART_S = 3 * 3600
"""Without a status: a pause of this length ends a stay [s]."""

STAYS_ON_S = 8 * 3600
"""Without a status: a car stays this long after its last draw, unless another one comes [s]."""

BATTERY_KWH = 1000.0
"""Capacity of an imaginary battery [kWh]; a visit begins at the level from which the real energy fills it."""

UNTAPERED = 1 - 1e-6
"""Up to this share of BATTERY_KWH a car draws its maximum: the real tapering is part of the recorded energy."""


def recorded_car(
    draw: DrawRecord, load: Mapping[str, Any], lines: int, recording: Recording, timeline: Timeline, voltage_v: float
) -> Car:
    """Return all cars of a charger as one car, whose visits take the recorded energy at the recorded current."""
    watts = sum(amps.astype(float) for amps in draw.amps.values()) * voltage_v
    taken_kwh = np.concatenate([[0.0], np.cumsum(watts)]) / 3.6e6
    drawing = draw.worst_a > DRAWS_A
    status = _status_history(load, recording)
    stays = (
        _sessions_by_draw(drawing)
        if status is None
        else runs(_plugged_seconds(status.texts, status.times_s, load, timeline))
    )
    visits = []
    for begin, end in stays:
        wish_kwh = float(taken_kwh[end] - taken_kwh[begin])
        if wish_kwh > 0.01:
            visits.append(Visit(begin, end, BATTERY_KWH - wish_kwh))
    most_a = float(np.percentile(draw.worst_a[drawing], 99)) if drawing.any() else MINIMUM_A
    return Car(lines, max(MINIMUM_A, most_a), BATTERY_KWH, tuple(visits), below_offer_a=0.0, tapers_from=UNTAPERED)


def has_status(load: Mapping[str, Any], recording: Recording) -> bool:
    """Whether stays are recorded rather than guessed."""
    return _status_history(load, recording) is not None


def _status_history(load: Mapping[str, Any], recording: Recording) -> History | None:
    is_named = load["type"] != "ocpp" or "status" in load
    names = [str(load.get("status"))] if is_named else possible_ocpp_entities(load, "status")
    return next((recording.histories[name] for name in names if name in recording.histories), None)


def _plugged_seconds(texts: Any, times_s: Any, load: Mapping[str, Any], timeline: Timeline) -> np.ndarray:
    """Return for each second whether a car was plugged in; unknown states repeat the one before."""
    reach_package()
    from fusebox.config.presets import preset_named
    from fusebox.devices.chargers.status import parse_status_word
    from fusebox.model.snapshot import Status

    preset = preset_named("wallbox" if load["type"] == "wallbox" else load.get("preset"))
    words = preset.words if preset else {}
    unknown = (Status.UNKNOWN, Status.FAULT)
    kinds = [parse_status_word(text, words) for text in texts]
    kept = [(at, kind is not Status.UNPLUGGED) for at, kind in zip(times_s, kinds, strict=True) if kind not in unknown]
    if not kept:
        return np.zeros(timeline.length_s, dtype=bool)
    found: np.ndarray = (
        timeline.hold_values([at for at, _ in kept], np.array([float(there) for _, there in kept])) == 1.0
    )
    return found


def _sessions_by_draw(drawing: np.ndarray) -> list[tuple[int, int]]:
    stays: list[tuple[int, int]] = []
    for begin, end in runs(drawing):
        if stays and begin - stays[-1][1] < APART_S:
            stays[-1] = (stays[-1][0], end)
        else:
            stays.append((begin, end))
    begins = [begin for begin, _ in stays[1:]] + [len(drawing)]
    return [(begin, min(end + STAYS_ON_S, then)) for (begin, end), then in zip(stays, begins, strict=True)]
