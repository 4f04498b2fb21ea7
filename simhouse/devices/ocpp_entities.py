"""A charge point as the OCPP integration presents it: entities, services, and profiles that expire."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .entities import State

UNIT_KEY = "ChargingScheduleAllowedChargingRateUnit"
SLOTS_KEY = "MaxChargingProfilesInstalled"
VOLTAGE_V = 230.0


@dataclass(frozen=True)
class Box:
    """A charger and its behaviour.

    `units`: accepted units; `answers`: its answer to a request for them, None for no answer. `tells`: whether it
    reports its offer as `current`, `power` or not at all; `always_tells_a`: a fixed number instead. `by_line`: whether
    its current has attributes L1 to L3, `separate`: an entity for each; `power_too`: whether it also reports its power,
    `power_only`: nothing else. `clock_ahead_s`: error of its clock. `from_start`: whether a relative profile counts
    from the start of the session, as in the standard. `unresponsive`: accepts every profile without effect; `refuses`:
    its service fails. `most_stack`: its highest stack level; `slots`: how many profiles it can store. `meter_s`:
    interval of its reports. `measured_v`: the voltage that it reports, and divides watts by if `divides_by_own`;
    otherwise, and with None, it divides by 230 V.
    """

    name: str = "evse1"
    connector: int | None = None
    phases: int = 1
    most_a: float = 32.0
    units: str = "AW"
    answers: str | None = "Current,Power"
    tells: str | None = "current"
    always_tells_a: float | None = None
    by_line: bool = True
    separate: bool = False
    power_too: bool = False
    power_only: bool = False
    clock_ahead_s: float = 0.0
    from_start: bool = False
    unresponsive: bool = False
    refuses: str = ""
    least_stack: int = 0
    most_stack: int = 10
    slots: int = 10
    meter_s: float = 1.0
    vendor: str | None = None
    model: str | None = None
    starts_refused: int = 0
    measured_v: float | None = None
    divides_by_own: bool = True

    @property
    def voltage_v(self) -> float:
        """The voltage that it divides watts by [V]."""
        return self.measured_v if self.measured_v is not None and self.divides_by_own else VOLTAGE_V


@dataclass
class InstalledProfile:
    """One profile, and when it arrived."""

    profile: Mapping[str, Any]
    at_s: float


@dataclass
class ChargePointEntities:
    """A charger over time: `handle` takes calls, `step` advances to a moment, `states` are its entities then."""

    box: Box
    start_s: float
    takes_a: float = 32.0
    car_phases: int = 3
    plugged: bool = True
    asleep_for: int = 0  # number of new offers of current before it wakes
    full: bool = False
    tag: str | None = None  # the last tag; None where its integration shows none
    online: bool = True
    session: bool = False
    stuck: str | None = None
    slider_a: float = 32.0
    local_a: float | None = None
    began_s: float = 0.0
    now_s: float = 0.0
    installed: dict[tuple[str, int], InstalledProfile] = field(default_factory=dict)
    log: list[tuple[float, str, Mapping[str, Any]]] = field(default_factory=list)
    resets: int = 0
    _reported: dict[str, State] = field(default_factory=dict)
    _report_s: float = float("-inf")

    def __post_init__(self) -> None:
        self.now_s = self.start_s

    @property
    def prefix(self) -> str:
        """How its entities' names begin."""
        name = self.box.name.lower()
        return name if self.box.connector is None else f"{name}_connector_{self.box.connector}"

    @property
    def offered_a(self) -> float:
        """The current offered to the car on each phase [A]: the lowest of its limits."""
        if not self.session or not self.plugged:
            return 0.0
        limits = [self.box.most_a, self.slider_a, self._profile_a(), self.local_a]
        least_a = min(limit for limit in limits if limit is not None)
        return least_a if least_a >= 5.95 else 0.0

    @property
    def draw_a(self) -> float:
        """The car's draw on each phase that it uses [A]."""
        if not self.online and not self.session:
            return 0.0
        return 0.0 if self.asleep_for or self.full else min(self.offered_a, self.takes_a)

    @property
    def lines(self) -> int:
        """How many phases carry the draw."""
        return min(self.box.phases, self.car_phases)

    @property
    def status(self) -> str:
        """Its status word."""
        if self.stuck is not None:
            return self.stuck
        if not self.plugged:
            return "Available"
        if not self.session:
            return "Preparing"
        if self.offered_a <= 0:
            return "SuspendedEVSE"
        return "Charging" if self.draw_a > 0 else "SuspendedEV"

    def _profile_a(self) -> float | None:
        """Return the limit of the valid profile with the highest level [A]; None without one."""
        if self.box.unresponsive:
            return None
        clock_s = self.now_s + self.box.clock_ahead_s
        for (_, _), kept in sorted(self.installed.items(), key=lambda item: -item[0][1]):
            limit = self._schedule_limit_a(kept, clock_s)
            if limit is not None:
                schedule = kept.profile["chargingSchedule"]
                return limit if schedule["chargingRateUnit"] == "A" else limit / (self.box.voltage_v * self.lines)
        return None

    def _schedule_limit_a(self, kept: InstalledProfile, clock_s: float) -> float | None:
        profile, schedule = kept.profile, kept.profile["chargingSchedule"]
        if "validFrom" in profile and clock_s < _seconds(profile["validFrom"]):
            return None
        if "validTo" in profile and clock_s >= _seconds(profile["validTo"]):
            return None
        if profile["chargingProfileKind"] == "Absolute":
            into_s = clock_s - _seconds(schedule["startSchedule"])
        else:
            into_s = self.now_s - (self.began_s if self.box.from_start and self.session else kept.at_s)
        if into_s < 0 or ("duration" in schedule and into_s >= schedule["duration"]):
            return None
        periods = [p for p in schedule["chargingSchedulePeriod"] if p["startPeriod"] <= into_s]
        return float(periods[-1]["limit"]) if periods else None

    def handle(self, service: str, data: Mapping[str, Any]) -> str | None:
        """Carry out a call for this charger; return its error, "" for success, None if the call is not for it."""
        if service.startswith("ocpp."):
            if data.get("devid") != self.box.name:
                return None
            self.log.append((self.now_s, service, data))
            return self._execute_service(service, data)
        entity = data.get("entity_id")
        if entity == f"switch.{self.prefix}_charge_control":
            self.log.append((self.now_s, service, data))
            self._operate_switch(service.endswith("turn_on"))
            return ""
        if entity == f"button.{self.box.name.lower()}_reset":
            self.log.append((self.now_s, service, data))
            self.installed.clear()
            self.session, self.resets, self.stuck = False, self.resets + 1, None
            return ""
        return None

    def _execute_service(self, service: str, data: Mapping[str, Any]) -> str:
        if not self.online:
            return f"{self.box.name}: charger is currently unavailable"
        if self.box.refuses:
            return self.box.refuses
        if service == "ocpp.clear_profile":
            self.installed.clear()
        elif service == "ocpp.set_charge_rate":
            before_a = self.offered_a
            profile = data["custom_profile"]
            unit, level = profile["chargingSchedule"]["chargingRateUnit"], profile["stackLevel"]
            if unit in self.box.units and self.box.least_stack <= level <= self.box.most_stack:
                number = profile["chargingProfileId"]
                for key in [key for key, kept in self.installed.items() if kept.profile["chargingProfileId"] == number]:
                    del self.installed[key]
                self.installed[profile["chargingProfilePurpose"], level] = InstalledProfile(profile, self.now_s)
            if before_a <= 0 < self.offered_a and self.asleep_for:
                self.asleep_for -= 1
        return ""

    def _operate_switch(self, on: bool) -> None:
        if on and self.box.starts_refused > self.resets:
            return
        if on and self.plugged and not self.session and self.stuck is None:
            self.session, self.began_s = True, self.now_s
        elif not on and self.session:
            self.session, self.stuck = False, "Finishing"

    def step(self, now_s: float) -> None:
        """Advance to this moment."""
        self.now_s = now_s

    def answers(self) -> list[dict[str, Any]]:
        """Return its services' answers, for the host."""
        name, found = {"devid": self.box.name}, []
        if not self.online or self.box.refuses:
            error = self.box.refuses or f"{self.box.name}: charger is currently unavailable"
            services = ("set_charge_rate", "clear_profile", "get_configuration")
            return [{"service": f"ocpp.{each}", "data": name, "error": error} for each in services]
        if self.box.answers is not None:
            key = {**name, "ocpp_key": UNIT_KEY}
            found.append({"service": "ocpp.get_configuration", "data": key, "response": {"value": self.box.answers}})
        key = {**name, "ocpp_key": SLOTS_KEY}
        found.append({"service": "ocpp.get_configuration", "data": key, "response": {"value": str(self.box.slots)}})
        return found

    def states(self) -> dict[str, State]:
        """Return its entities now; measurements are those of its last report."""
        charger, each = self.box.name.lower(), self.prefix
        if not self.online:
            return {entity: _state("unavailable") for entity in self._reported}
        on = self.session and self.stuck is None
        found = {
            f"sensor.{each}_status_connector": _state(self.status),
            f"switch.{each}_charge_control": _state("on" if on else "off"),
            f"number.{each}_maximum_current": _state(f"{self.slider_a:g}"),
            f"button.{charger}_reset": _state("unknown"),
        }
        if self.tag is not None:
            found[f"sensor.{charger}_id_tag"] = _state(self.tag)
        for key, word in (("vendor", self.box.vendor), ("model", self.box.model)):
            if word is not None:
                found[f"sensor.{charger}_{key}"] = _state(word)
        if self.now_s - self._report_s >= self.box.meter_s:
            self._report_s = self.now_s
            found.update(self._measurement_state(each))
        self._reported.update(found)
        return found

    def _measurement_state(self, each: str) -> dict[str, State]:
        box, draw_a = self.box, self.draw_a
        lines = {f"L{n + 1}": draw_a if n < self.lines else 0.0 for n in range(box.phases)}
        found: dict[str, State] = {}
        power_kw = draw_a * self.lines * box.voltage_v / 1000
        if box.power_only or box.power_too:
            found[f"sensor.{each}_power_active_import"] = _state(f"{power_kw:.3f}", "kW")
        if box.separate:
            for line, amps in lines.items():
                found[f"sensor.{each}_current_import_{line.lower()}"] = _state(f"{amps:.2f}", "A")
        elif not box.power_only:
            attributes = lines if box.by_line else {}
            found[f"sensor.{each}_current_import"] = _state(f"{draw_a:.2f}", "A", **attributes)
        offered_a = self.offered_a if box.always_tells_a is None else box.always_tells_a
        if box.tells == "current":
            found[f"sensor.{each}_current_offered"] = _state(f"{offered_a:.2f}", "A")
        elif box.tells == "power":
            offered_kw = offered_a * box.voltage_v * self.lines / 1000
            found[f"sensor.{each}_power_offered"] = _state(f"{offered_kw:.3f}", "kW")
        if box.measured_v is not None:
            found[f"sensor.{each}_voltage"] = _state(f"{box.measured_v:g}", "V")
        return found


def _state(word: str, unit: str | None = None, **attributes: Any) -> State:
    return {"state": word, "attributes": {**attributes, **({"unit_of_measurement": unit} if unit else {})}}


def _seconds(text: str) -> float:
    return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()
