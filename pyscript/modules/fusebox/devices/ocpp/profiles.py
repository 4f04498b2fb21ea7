"""OCPP 1.6 charging profiles: a current that ends by itself, over a safe one that stays."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from ...model.decision import AMP_DUST
from ...model.electrics import watts

BACK_DATED_S = 300.0
"""An absolute profile begins so long ago: the charger's clock may be behind."""

LEAST_A = 6.0
"""Between nothing and this no car is defined (IEC 61851-1), and chargers do one or the other."""

IN_ITS_PLACE, IN_PLACE_OF_SAFE = 1, 2
"""Where the only profile lies: where limits do, or where the safe one was: who has no room left may replace that."""

Profile = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Way:
    """How a charger takes a limit.

    `unit`: A, or W for all phases together. `kind`: `absolute` by the clock, `relative` with a duration, or `endless`.
    `stack`: the stack level of the limit; the safe one lies a level below. `phases`: how many share a limit in watts.
    `alone`: whether there is room for one profile only, and in whose place it lies there: 0 when there is more room.
    """

    unit: str = "A"
    kind: str = "absolute"
    stack: int = 3
    phases: int = 1
    alone: int = 0

    @property
    def has_ground(self) -> bool:
        """Whether there is a level below for the safe profile; else the limit itself has to fall back to it."""
        return self.stack > 0 and not self.alone


def lease(
    way: Way, connector: int, current_a: float, voltage_v: float, now_s: float, lasts_s: float, safe_a: float
) -> Profile:
    """A limit that ends `lasts_s` from now, unless the charger can only be given one without an end."""
    back_s = BACK_DATED_S if way.kind == "absolute" else 0.0
    periods = [_period(way, 0.0, current_a, voltage_v)]
    schedule: dict[str, object] = {"chargingRateUnit": way.unit}
    number, level = _place_of_safe(way, connector) if way.alone == IN_PLACE_OF_SAFE else _place(way, connector)
    profile = _profile(number, level, way.kind)
    if way.kind == "absolute":
        schedule["startSchedule"] = profile["validFrom"] = _utc(now_s - back_s)
    if way.kind != "endless" and way.has_ground:
        schedule["duration"] = math.ceil(back_s + lasts_s)
        if way.kind == "absolute":
            profile["validTo"] = _utc(now_s + lasts_s)
    elif way.kind != "endless":
        periods.append(_period(way, back_s + lasts_s, safe_a, voltage_v))
    return {**profile, "chargingSchedule": {**schedule, "chargingSchedulePeriod": periods}}


def ground(way: Way, connector: int, safe_a: float, voltage_v: float) -> Profile:
    """The safe limit without an end, one level below: what is left when the other has ended."""
    schedule = {"chargingRateUnit": way.unit, "chargingSchedulePeriod": [_period(way, 0.0, safe_a, voltage_v)]}
    return {**_profile(*_place_of_safe(way, connector), "relative"), "chargingSchedule": schedule}


def _place(way: Way, connector: int) -> tuple[int, int]:
    """Number and stack level of limits. The numbers 10 and 11 are Load Juggler's too: its old profiles are replaced."""
    return 11 + 2 * (connector - 1), way.stack


def _place_of_safe(way: Way, connector: int) -> tuple[int, int]:
    return 10 + 2 * (connector - 1), max(way.stack - 1, 0)


def _profile(number: int, stack: int, kind: str) -> dict[str, object]:
    return {
        "chargingProfileId": number,
        "stackLevel": stack,
        "chargingProfilePurpose": "TxDefaultProfile",
        "chargingProfileKind": "Absolute" if kind == "absolute" else "Relative",
    }


def _period(way: Way, start_s: float, current_a: float, voltage_v: float) -> Mapping[str, object]:
    given_a = current_a if current_a + AMP_DUST >= LEAST_A else 0.0
    if way.unit == "W":
        limit = float(math.floor(watts(given_a, voltage_v, way.phases) + AMP_DUST))
    else:
        limit = math.floor(given_a * 10 + AMP_DUST) / 10
    return {"startPeriod": math.ceil(start_s), "limit": limit}


def _utc(at_s: float) -> str:
    return datetime.fromtimestamp(at_s, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
