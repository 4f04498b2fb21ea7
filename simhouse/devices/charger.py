"""A charger that Home Assistant sees as a number, a switch and sensors, with delayed commands."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from simhouse.physics.car import MINIMUM_A, Car, CarState, step_car

from .entities import Call, State, stepped_down
from .load_entry import LoadEntry
from .makes import Make, complete_with_preset
from .phase_box import Contactor, PhaseBox
from .source import draw_states, entities_in

DEVICE_MAX_A = 32.0
USUAL_BOX = PhaseBox()
USUAL_MAX_A = 16.0  # CONFIG's default
ANY_MAKE = Make()


@dataclass(frozen=True)
class ChargerSpec:
    """A charger's entities and behaviour. Currents in A; delays of commands (from, to) and of sensors in s."""

    name: str
    phases: tuple[str, ...]
    current: str
    switch: str | None = None
    draw: Any = None  # as CONFIG names it
    status: str | None = None
    min_a: float = 6.0
    max_a: float = 32.0  # what the device can be set to
    limit_a: float = 32.0  # what CONFIG permits, and how the device was left
    step_a: float = 1.0
    latency_s: tuple[float, float] = (0.3, 0.3)
    poll_s: int = 1
    make: Make = ANY_MAKE
    phase_switch: Mapping[str, Any] | None = None
    box: PhaseBox = USUAL_BOX


def charger_spec(entry: LoadEntry) -> ChargerSpec:
    """Return the spec of a simulated charger from its CONFIG entry and preset.

    Its minimum is 0 A where it pauses by its number; its limit is CONFIG's `max_a`, at least the minimum. Chargers
    behind a cloud are polled every 30 s and answer after 5 to 25 s.
    """
    load, make = complete_with_preset(entry.config)
    stated_a = load.get("max_a", None if load["type"] == "wallbox" else USUAL_MAX_A)
    limit_a = max(MINIMUM_A, float(stated_a)) if isinstance(stated_a, int | float) else DEVICE_MAX_A
    # A charger that pauses without a switch has a number with a minimum of 0.
    by_zero = make.pauses_by_zero or (load.get("switch") is None and load.get("failsafe_a") == 0)
    return ChargerSpec(
        entry.name,
        entry.phases,
        load["current"],
        load.get("switch"),
        load.get("draw"),
        load.get("status"),
        min_a=0.0 if by_zero else MINIMUM_A,
        max_a=max(DEVICE_MAX_A, limit_a),
        limit_a=limit_a,
        step_a=1.0,
        latency_s=(5.0, 25.0) if make.is_cloud else (0.3, 0.3),
        poll_s=30 if make.is_cloud else 1,
        make=make,
        phase_switch=load.get("phase_switch"),
    )


class Charger:
    """A charger with its cable and its car; `step` advances both by a second."""

    def __init__(self, spec: ChargerSpec, car: Car, random: Random, units: Mapping[str, str]) -> None:
        self.spec, self.car, self._random, self._units = spec, car, random, units
        self.car_state = CarState()
        self.number_a, self.switch_on = spec.limit_a, True
        self.powered = True
        self.contactor = Contactor(spec.phase_switch, spec.box, len(spec.phases))
        self.commands = self.refused = 0
        self._underway: list[tuple[float, str, float]] = []
        self._poll_at_s = 0.0

    @property
    def offered_a(self) -> float:
        """The current offered to the car [A a phase]; 0 while paused, switched off or without power."""
        if not self.powered or not self.switch_on or self.number_a < MINIMUM_A:
            return 0.0
        return self.number_a

    @property
    def car_phases(self) -> tuple[str, ...]:
        """The phases of the site that the car uses."""
        return self.spec.phases[: min(self.car_state.using or self.car.phases, self.contactor.lines)]

    def draw_a(self) -> dict[str, float]:
        """The current on each phase of the cable [A]."""
        used = self.car_phases
        return {phase: self.car_state.draw_a if phase in used else 0.0 for phase in self.spec.phases}

    def handle(self, call: Call, now_s: float) -> bool:
        """Take a service call for the charger or its entities; return whether it was for it.

        It takes effect after a latency. A current out of range is refused, and a switch that is unavailable ignores the
        call.
        """
        spec = self.spec
        value = spec.make.current_set_by(call, spec.current)
        if value is not None:
            low_a = 0.0 if spec.min_a <= 0 else spec.min_a
            if not low_a <= value <= spec.max_a:
                self.refused += 1  # Home Assistant raises ServiceValidationError
                return True
            self._send("number", stepped_down(value, spec.step_a), now_s)
            return True
        if self.contactor.handle(call, now_s):
            self.commands += 1
            return True
        allowed = spec.make.permission_set_by(call, spec.switch)
        if spec.switch is not None and call.entity == spec.switch:
            if self._switch_word() == "unavailable":
                return True  # Home Assistant skips entities that are not available
            if call.service.endswith(".toggle"):
                allowed = not self.switch_on
        if allowed is None:
            return False
        self._send("switch", float(allowed), now_s)
        return True

    def _send(self, what: str, value: float, now_s: float) -> None:
        self.commands += 1
        self._underway.append((now_s + self._random.uniform(*self.spec.latency_s), what, value))

    def step(self, now_s: float, voltage_v: float, powered: bool) -> None:
        """Advance by a second: due commands take effect, and the car follows.

        Without mains commands take effect too, but nothing is drawn.
        """
        self.powered = powered
        if not powered:
            self.car_state = replace(self.car_state, draw_a=0.0, offers=())
        due = [item for item in self._underway if item[0] <= now_s]
        if due:
            self._underway = [item for item in self._underway if item[0] > now_s]
            self._poll_at_s = now_s  # a device reports after a command
        for _, what, value in sorted(due, key=lambda item: item[0]):
            if what == "number":
                self.number_a = value
            else:
                self.switch_on = bool(value)
        self.contactor.step(now_s, self.car_state.draw_a, self.car_state.present)
        self.car_state = step_car(self.car, self.car_state, self.offered_a, now_s, voltage_v, self.contactor.lines)

    def status_word(self) -> str:
        """Return the status in the words of a `number` charger; a car that is full or draws comes before a pause."""
        car = self.car_state
        if not car.present:
            return "disconnected"
        if car.full:
            return "full"
        if car.draw_a > 0:
            return "charging"
        if not self.switch_on:
            return "paused"
        return "waiting" if self.offered_a > 0 else "connected"

    def states(self, now_s: float, voltage_v: float) -> dict[str, State]:
        """Return the states that are reported now: all, but a cloud's only when it is polled."""
        if now_s < self._poll_at_s:
            return {}
        self._poll_at_s = now_s + self.spec.poll_s
        return self._all_states(voltage_v)

    def _all_states(self, voltage_v: float) -> dict[str, State]:
        spec = self.spec
        if not self.powered:
            entities = [spec.current, spec.switch, spec.make.stop_button, spec.status, self.contactor.entity]
            entities += entities_in(spec.draw)
            return {entity: {"state": "unavailable", "attributes": {}} for entity in entities if entity}
        limits = {"min": spec.min_a, "max": spec.max_a, "step": spec.step_a, "mode": "auto"}
        if spec.current.startswith("sensor."):
            limits = {}  # it only shows the current, a service sets it
        number_a = spec.max_a if spec.make.hides_current(self.switch_on) else self.number_a
        shown = {spec.current: {"state": f"{number_a:g}", "attributes": {**limits, "unit_of_measurement": "A"}}}
        if spec.switch:
            shown[spec.switch] = {"state": self._switch_word(), "attributes": {}}
        if spec.make.stop_button:
            shown[spec.make.stop_button] = {"state": "unknown", "attributes": {}}
        shown |= self.contactor.states()
        if spec.status:
            shown[spec.status] = {"state": spec.make.word(self.status_word()), "attributes": {}}
        drawn_w = {phase: a * voltage_v for phase, a in self.draw_a().items()}
        return shown | draw_states(spec.draw, drawn_w, self._units, voltage_v, "kW" if spec.make.is_cloud else None)

    def _switch_word(self) -> str:
        if self.spec.make.switch_comes_and_goes and not self.car_state.present:
            return "unavailable"  # nothing is plugged in that could be paused
        return self.spec.make.switch_word(str(self.spec.switch), self.switch_on)
