"""Whole evenings: a random house with steps and cycles, devices that follow late, and random faults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from fusebox.control.control import step
from fusebox.model.decision import Command, Decision
from fusebox.model.electrics import PerPhase, Phase
from fusebox.model.load import Load
from fusebox.model.memory import Memory
from fusebox.model.site import MAIN, Site
from fusebox.model.snapshot import LoadState, Reading, Snapshot, Status

T0_S = 1_700_000_000.0
BLINDING = ("unknown", "silent", "missing")
"""Faults of a meter's phase: no value, no report, no entity. NaN and text also mean no value."""

Wire = tuple[str, Phase]


@dataclass(frozen=True)
class Fault:
    """A temporary fault. `place`: which of the meters or loads, modulo their number."""

    kind: str
    place: int
    from_s: int
    for_s: int

    def at(self, second: int) -> bool:
        """Whether it is present in this second."""
        return self.from_s <= second < self.from_s + self.for_s


@dataclass(frozen=True)
class Others:
    """House load on one wire [A]: levels in turn, plus a cycling load."""

    levels: tuple[tuple[int, float], ...]
    cycle_a: float = 0.0
    on_s: int = 10
    off_s: int = 10

    def at(self, second: int) -> float:
        """Return the amps in this second."""
        level_a = [a for from_s, a in self.levels if from_s <= second][-1]
        return level_a + (self.cycle_a if second % (self.on_s + self.off_s) < self.on_s else 0.0)


@dataclass
class Device:
    """A load's device with a switch: what it shows and what it does follow a command after delays [s]."""

    load: Load
    offer_a: float
    on: bool
    takes_a: float
    echo_s: int
    follow_s: int
    real_a: float = 0.0
    really_on: bool = False
    measured: bool = True
    available: bool = True
    _told: list[tuple[int, Command]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with the shown state in effect."""
        self.real_a, self.really_on = self.offer_a, self.on

    def tell(self, second: int, command: Command) -> None:
        """Send a command; it is lost if the device is unavailable."""
        if self.available:
            self._told.append((second, command))

    def tick(self, second: int) -> None:
        """Show and carry out the commands that are due."""
        for at_s, told in self._told:
            if at_s + self.echo_s == second:
                self.offer_a = self.offer_a if told.current_a is None else told.current_a
                self.on = self.on if told.on is None else told.on
            if at_s + self.follow_s == second:
                self.real_a = self.real_a if told.current_a is None else told.current_a
                self.really_on = self.really_on if told.on is None else told.on

    @property
    def offers_a(self) -> float:
        """The current that it really offers on each phase [A]."""
        return (self.load.max_a if self.load.on_off else self.real_a) if self.really_on else 0.0

    @property
    def draw_a(self) -> float:
        """Its load's draw on each phase [A]."""
        return min(self.offers_a, self.takes_a)

    @property
    def state(self) -> LoadState:
        """The state that its entities show."""
        return LoadState(
            draw_a=PerPhase.each(self.load.phases, self.draw_a if self.measured else None),
            offer_a=None if self.load.on_off else self.offer_a,
            switched=True,
            on=self.on,
            status=Status.CONNECTED if self.load.on_off else Status.CHARGING,
            available=self.available,
            device_min_a=None if self.load.on_off else self.load.min_a,
            device_max_a=None if self.load.on_off else 32.0,
        )


@dataclass(frozen=True)
class Plan:
    """All random inputs of an evening. `report_s`: interval of the meters' reports."""

    site: Site
    others: Mapping[Wire, Others]
    devices: tuple[tuple[float, bool, float, int, int, bool], ...]
    faults: tuple[Fault, ...]
    report_s: int
    lasts_s: int


@dataclass(frozen=True)
class Second:
    """One second of an evening: the truth, the readings, the decision.

    `others_a`, `flows_a`: house load and flow on each wire [A]; `seen_a`: the house load as of the last reading.
    `ages_s`: age of each meter phase's last number, `told`: whether it has one now.
    """

    at_s: int
    site: Site
    snapshot: Snapshot
    before: Memory
    decision: Decision
    others_a: Mapping[Wire, float]
    flows_a: Mapping[Wire, float]
    seen_a: Mapping[Wire, float]
    ages_s: Mapping[Wire, float]
    told: Mapping[Wire, bool]
    offers_a: Mapping[str, float]

    def was_a(self, load: Load) -> float | None:
        """Return the setpoint before this second [A]; None when the device was, or is, unavailable."""
        past = self.before.loads.get(load.name)
        return past.setpoint_a if past and past.adopted and self.snapshot.loads[load.name].available else None

    def is_a(self, load: Load) -> float:
        """Return the setpoint from now on [A]."""
        return self.decision.notes[load.name].setpoint_a

    def raised(self, load: Load) -> bool:
        """Whether the load's setpoint rises in this second."""
        was_a = self.was_a(load)
        return was_a is not None and self.is_a(load) > was_a + 1e-9

    def meters(self, load: Load) -> list[Wire]:
        """Return the metered phases between a load and the grid."""
        return [wire for wire in self.ages_s if wire[1] in load.phases and wire[0] in above(self.site, load.circuit)]

    def stage(self, load: Load) -> int:
        """Return how blind a load is: 0 not at all, 1 a value is unknown, 2 stale, 3 beyond the fail-safe time."""
        found = 0
        for wire in self.meters(load):
            age_s = self.ages_s[wire]
            late = 3 if age_s > self.site.failsafe_after_s else 2 if age_s > self.site.stale_after_s else 0
            found = max(found, late, 0 if self.told[wire] else 1)
        return found


def above(site: Site, circuit: str) -> list[str]:
    """Return a circuit and all circuits above it."""
    found, name = [], circuit
    while name != MAIN:
        found.append(name)
        name = site.circuit(name).parent or MAIN
    return [*found, MAIN]


def wires(site: Site) -> list[Wire]:
    """Return every circuit on every phase."""
    return [(circuit.name, phase) for circuit in site.circuits for phase in site.phases]


def raises(state: LoadState, command: Command) -> bool:
    """Whether a command lets a device draw more than its present setting."""
    if command.on is True and state.on is not True:
        return True
    if command.current_a is None or command.on is False:
        return False
    return state.offer_a is None or command.current_a > state.offer_a


def evening(plan: Plan) -> Iterator[Second]:
    """Yield each second of the evening."""
    site, memory = plan.site, Memory()
    loads = {load.name: load for load in site.loads}
    devices = {
        load.name: Device(load, offer_a, on, takes_a, min(echo_s, follow_s), follow_s)
        for load, (offer_a, on, takes_a, echo_s, follow_s, _) in zip(site.loads, plan.devices, strict=True)
    }
    metered = [(c.name, phase) for c in site.circuits for phase in site.phases if phase in c.grid]
    last: dict[Wire, tuple[int, float, float]] = {}
    for second in range(plan.lasts_s):
        faults = [fault for fault in plan.faults if fault.at(second)]
        broken = {metered[f.place % len(metered)]: f.kind for f in faults if f.kind in BLINDING}
        for place, (device, facts) in enumerate(zip(devices.values(), plan.devices, strict=True)):
            mine = {fault.kind for fault in faults if fault.place % len(devices) == place}
            device.available, device.measured = "unavailable" not in mine, facts[5] and "unmeasured" not in mine
            device.tick(second)
        others_a = {wire: house.at(second) for wire, house in plan.others.items()}
        flows_a = {wire: _below(site, wire, others_a, devices) for wire in wires(site)}
        beside_a = {wire: _below(site, wire, others_a, {}) for wire in wires(site)}
        for wire in metered:
            if wire not in broken and (second % plan.report_s == 0 or wire not in last):
                last[wire] = (second, flows_a[wire], beside_a[wire])
        readings = {wire: _reading(second, last.get(wire), broken.get(wire)) for wire in metered}
        grid = {c.name: {p: readings[c.name, p] for p in c.grid if (c.name, p) in readings} for c in site.circuits}
        snapshot = Snapshot(T0_S + second, grid, {name: device.state for name, device in devices.items()})
        decision = step(site, snapshot, memory)
        yield Second(
            second,
            site,
            snapshot,
            memory,
            decision,
            beside_a,
            flows_a,
            {wire: last[wire][2] if wire in last else beside_a[wire] for wire in wires(site)},
            {wire: reading.age_s for wire, reading in readings.items()},
            {wire: reading.value is not None for wire, reading in readings.items()},
            {name: device.offers_a for name, device in devices.items()},
        )
        memory = decision.memory
        for command in decision.commands:
            assert command.load in loads
            devices[command.load].tell(second, command)
            devices[command.load].tick(second)


def _below(site: Site, wire: Wire, others_a: Mapping[Wire, float], devices: Mapping[str, Device]) -> float:
    circuit, phase = wire
    used_a = sum(a for (name, on), a in others_a.items() if on == phase and circuit in above(site, name))
    behind = {load.name for load in site.loads_below(circuit) if phase in load.phases}
    return used_a + sum(device.draw_a for name, device in devices.items() if name in behind)


def _reading(second: int, last: tuple[int, float, float] | None, kind: str | None) -> Reading:
    if last is None or kind == "missing":
        return Reading()
    age_s = float(second - last[0])
    return Reading(None if kind == "unknown" else last[1], last[1], age_s)
