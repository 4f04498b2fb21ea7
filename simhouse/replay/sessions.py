"""Who came to a charger, and when: from its recorded status where it has one, else from its draw alone."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from simhouse.host.package_path import reach_package
from simhouse.physics.car import MINIMUM_A, Car, Visit

from .draws import DRAWS_A, DrawRecord
from .recording import Recording
from .timeline import Timeline, runs

APART_S = 3 * 3600
"""Without a status: a pause of so long is the end of a stay."""

STAYS_ON_S = 8 * 3600
"""Without a status: a car stays so long after it last drew, if none comes before."""

BATTERY_KWH = 1000.0
"""Nobody's: a visit brings what is over the energy that the car took in truth."""

UNTAPERED = 1 - 1e-6
"""Up to this share of BATTERY_KWH a car takes what it can: how the true one tapered is a part of its wish."""


def car_of(
    draw: DrawRecord, load: Mapping[str, Any], lines: int, recording: Recording, timeline: Timeline, voltage_v: float
) -> Car:
    """The car, or all the cars, of a charger: each stay wishes the energy that it got, at the current it reached."""
    watts = sum(amps.astype(float) for amps in draw.amps.values()) * voltage_v
    taken_kwh = np.concatenate([[0.0], np.cumsum(watts)]) / 3.6e6
    drawing = draw.worst_a > DRAWS_A
    status = recording.histories.get(_status_entity(load))
    stays = _by_draw(drawing) if status is None else runs(_plugged(status.texts, status.times_s, load, timeline))
    visits = []
    for begin, end in stays:
        wish_kwh = float(taken_kwh[end] - taken_kwh[begin])
        if wish_kwh > 0.01:
            visits.append(Visit(begin, end, BATTERY_KWH - wish_kwh))
    most_a = float(np.percentile(draw.worst_a[drawing], 99)) if drawing.any() else MINIMUM_A
    return Car(lines, max(MINIMUM_A, most_a), BATTERY_KWH, tuple(visits), below_offer_a=0.0, tapers_from=UNTAPERED)


def has_status(load: Mapping[str, Any], recording: Recording) -> bool:
    """Whether stays are known and not guessed."""
    return _status_entity(load) in recording.histories


def _status_entity(load: Mapping[str, Any]) -> str:
    if load["type"] == "ocpp" and "status" not in load:
        return f"sensor.{str(load.get('charger', '')).lower()}_status_connector"
    return str(load.get("status"))


def _plugged(texts: Any, times_s: Any, load: Mapping[str, Any], timeline: Timeline) -> np.ndarray:
    """Whether a car was plugged in, in each second; what is unknown is as before."""
    reach_package()
    from fusebox.config.presets import preset_named
    from fusebox.devices.chargers.number import status_of
    from fusebox.model.snapshot import Status

    preset = preset_named("wallbox" if load["type"] == "wallbox" else load.get("preset"))
    words = preset.words if preset else {}
    unknown = (Status.UNKNOWN, Status.FAULT)
    kinds = [status_of(text, words) for text in texts]
    kept = [(at, kind is not Status.UNPLUGGED) for at, kind in zip(times_s, kinds, strict=True) if kind not in unknown]
    if not kept:
        return np.zeros(timeline.length_s, dtype=bool)
    found: np.ndarray = timeline.held([at for at, _ in kept], np.array([float(there) for _, there in kept])) == 1.0
    return found


def _by_draw(drawing: np.ndarray) -> list[tuple[int, int]]:
    stays: list[tuple[int, int]] = []
    for begin, end in runs(drawing):
        if stays and begin - stays[-1][1] < APART_S:
            stays[-1] = (stays[-1][0], end)
        else:
            stays.append((begin, end))
    begins = [begin for begin, _ in stays[1:]] + [len(drawing)]
    return [(begin, min(end + STAYS_ON_S, then)) for (begin, end), then in zip(stays, begins, strict=True)]
