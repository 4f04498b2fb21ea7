"""A house with charge points behind the OCPP integration: limits expire, cars follow, meters show it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from simhouse.devices.ocpp_entities import Box, ChargePointEntities

from .houses import House, amps, config

SETTLED_AFTER_S = 3
"""For this long after a change or a command every second is sent [s]: it shows whether a charge point follows."""


class Street:
    """Runs a house by the second; every charge point answers at once unless built otherwise."""

    def __init__(self, house: House, base_a: Mapping[str, float], *points: ChargePointEntities) -> None:
        self.house = house
        house.calm_after_s = SETTLED_AFTER_S
        self.base_a = dict(base_a)
        self.points = points
        self.second = 0
        self.worst_a = 0.0
        self.silent: set[str] = set()

    def grid_a(self, phase: str) -> float:
        """Return a phase's meter reading [A]."""
        number = int(phase[1])
        return self.base_a[phase] + sum(p.draw_a for p in self.points if number <= p.lines)

    def states(self) -> dict[str, Any]:
        """Return every entity that reports now."""
        found: dict[str, Any] = {
            f"sensor.{p.lower()}": amps(round(self.grid_a(p), 2)) for p in self.base_a if p not in self.silent
        }
        for point in self.points:
            found.update(point.states())
        return found

    def run(self, seconds: int, until: Callable[[], bool] | None = None) -> bool:
        """Run this many seconds, or until a condition holds; return whether it held."""
        for left in reversed(range(seconds)):
            for point in self.points:
                point.step(START_S + self.second)
            answers = [answer for point in self.points for answer in point.answers()]
            self.house.report(self.second, self.states(), last=left == 0, respond=answers)
            self.obey()
            self.worst_a = max([self.worst_a, *(self.grid_a(p) for p in self.base_a)])
            self.second += 1
            if until is not None and until():
                return True
        return False

    def obey(self) -> None:
        """Carry out the last reply's calls on the charge points."""
        for call in self.house.reply["calls"]:
            for point in self.points:
                point.handle(call["service"], call["data"])

    def call(self, service: str, **data: Any) -> dict[str, Any]:
        """Call a service now, and have the charge points do what follows; its response entry."""
        response = self.house.call(service, **data)
        self.obey()
        return response

    def pass_time(self, seconds: int) -> None:
        """Let time pass without Home Assistant."""
        self.second += seconds
        for point in self.points:
            point.step(START_S + self.second)

    def calls(self, service: str, since: float = 0) -> list[tuple[float, dict[str, Any]]]:
        """Return all calls of a service since a second."""
        return [(t, data) for t, name, data in self.house.calls if name == service and t >= since]

    def limits(self, since: float = 0, safe: bool = False) -> list[tuple[float, float]]:
        """Return (second, limit) of the safe limits, or of the others."""
        found = []
        for t, data in self.calls("ocpp.set_charge_rate", since):
            profile = data["custom_profile"]
            if _is_safe(profile) is safe:
                found.append((t, profile["chargingSchedule"]["chargingSchedulePeriod"][0]["limit"]))
        return found

    def profiles(self, since: float = 0, safe: bool = False, charger: str = "") -> list[dict[str, Any]]:
        """Return the safe profiles, or the others; of one charger if it is named."""
        calls = [data for _, data in self.calls("ocpp.set_charge_rate", since) if charger in ("", data["devid"])]
        return [data["custom_profile"] for data in calls if _is_safe(data["custom_profile"]) is safe]

    def units(self, point: ChargePointEntities, safe: bool = False) -> list[str]:
        """Return the unit of each limit of a charge point."""
        profiles = self.profiles(safe=safe, charger=point.box.name)
        return [profile["chargingSchedule"]["chargingRateUnit"] for profile in profiles]


def _is_safe(profile: Mapping[str, Any]) -> bool:
    """Whether a profile is the one that stays; in its place may be a limit with a step down."""
    has_end = len(profile["chargingSchedule"]["chargingSchedulePeriod"]) > 1
    return profile["chargingProfileId"] % 2 == 0 and not has_end


def foreign(life: Street, limit_a: float) -> None:
    """Let another system leave a profile without an end above all of ours."""
    profile = {
        "chargingProfileId": 99,
        "stackLevel": 8,
        "chargingProfilePurpose": "TxDefaultProfile",
        "chargingProfileKind": "Relative",
        "chargingSchedule": {"chargingRateUnit": "A", "chargingSchedulePeriod": [{"startPeriod": 0, "limit": limit_a}]},
    }
    life.points[0].handle("ocpp.set_charge_rate", {"devid": "evse1", "custom_profile": profile})


START_S = 1_768_478_400.0
"""The host's usual start, 15 January 2026, 12:00 UTC [s since 1970]."""


def row_of(house: Any, *boxes: Box, **more: Any) -> Street:
    """Return a house in which these boxes, each with a name of its own and a load, have all the room they can use."""
    named = [replace(box, name=f"evse{number}") for number, box in enumerate(boxes, start=1)]
    return street(house, *named, main_fuse_a=250, **more)


def ocpp(charger: str = "evse1", **more: Any) -> dict[str, Any]:
    """Return an `ocpp` load on L1."""
    return {"type": "ocpp", "charger": charger, "phases": ["L1"], **more}


def street(house: Any, *boxes: Box, base_a: float = 2, phases: str = "L1", noisy: bool = False, **more: Any) -> Street:
    """Return a house with a load `car`, `car_2`, ...

    for each box; `load`: keys for all of them, `sections`: others of CONFIG; the rest is the site's.
    """
    load, sections = more.pop("load", {}), more.pop("sections", {})
    loads = {}
    for number, box in enumerate(boxes, start=1):
        name = "car" if number == 1 else f"car_{number}"
        own = {"connector": box.connector} if box.connector not in (None, 1) else {}
        loads[name] = ocpp(box.name, **{"phases": phases.split()[: box.phases], **own, **load})
    home = house({**config(loads=loads, phases=phases, **more), **sections}, noisy=noisy)
    points = [ChargePointEntities(box, START_S) for box in boxes]
    return Street(home, dict.fromkeys(phases.split(), base_a), *points)
