"""An evening under a tariff: household appliances, cars that lag and ramp, and the energy of perfect foresight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fusebox.control.control import step
from fusebox.model.by_time import lowest_within
from fusebox.model.decision import Command
from fusebox.model.electrics import PerPhase, Phase
from fusebox.model.equipment import Circuit, FuseType, Source, Tariff
from fusebox.model.load import Load, Mode
from fusebox.model.memory import Memory
from fusebox.model.site import MAIN, Site
from fusebox.model.snapshot import LoadState, Reading, Snapshot, Status
from fusebox.model.tariff_rules import Moment
from fusebox.tariff.ledger import Ledger, TariffReadings, update_ledger, window_state
from simhouse.physics.car import Car, CarState, Visit, step_car

START_S = 1_793_469_600.0  # 2026-10-31 18:00 in UTC
VOLTS = 230.0
WINDOW_S = 900

CALM_AFTER_S = 6
"""At rest is a house in which nothing has changed for this long and nothing was commanded [s], ..."""
EDGE_S = 30
"""... except so shortly before the end of a window and after it [s]."""


@dataclass
class Box:
    """A charger that receives a command after `late_s`, with its car."""

    load: Load
    car: Car
    late_s: float = 0.3
    number_a: float = 6.0
    on: bool = True
    state: CarState = field(default_factory=CarState)
    under_way: list[tuple[float, float | None, bool | None]] = field(default_factory=list)
    starts: int = 0

    def move(self, t: int) -> None:
        """Advance by a second: due commands arrive, the car follows."""
        for _due, amps, on in [each for each in self.under_way if each[0] <= t]:
            self.number_a = self.number_a if amps is None else amps
            self.starts += on is True and not self.on
            self.on = self.on if on is None else on
        self.under_way = [each for each in self.under_way if each[0] > t]
        self.state = step_car(self.car, self.state, self.number_a if self.on else 0.0, t, VOLTS)

    @property
    def draw_a(self) -> float:
        """The draw on each of its phases [A]."""
        return self.state.draw_a

    def told(self, t: int, command: Command) -> None:
        """Send a command."""
        self.under_way.append((t + self.late_s, command.current_a, command.on))

    def seen(self) -> LoadState:
        """Return the state that Home Assistant sees."""
        return LoadState(
            draw_a=PerPhase.each(self.load.phases, self.state.draw_a),
            offer_a=self.number_a,
            switched=True,
            on=self.on,
            status=Status.CHARGING if self.on else Status.PAUSED,
            device_min_a=6.0,
            device_max_a=32.0,
            device_step_a=1.0,
        )


@dataclass
class Switched:
    """An on/off load with a power sensor; `turns`: when it was switched [s]."""

    load: Load
    on: bool = False
    turns: list[tuple[int, bool]] = field(default_factory=list)

    def move(self, t: int) -> None:
        """Do nothing: it follows without delay."""

    @property
    def draw_a(self) -> float:
        """The draw on each of its phases [A]."""
        return self.load.max_a if self.on else 0.0

    def told(self, t: int, command: Command) -> None:
        """Carry out a command."""
        if command.on is not None and command.on is not self.on:
            self.turns.append((t, command.on))
            self.on = command.on

    def seen(self) -> LoadState:
        """Return the state that Home Assistant sees."""
        return LoadState(PerPhase.each(self.load.phases, self.draw_a), switched=True, on=self.on)


def plug(name: str, rated_w: float, priority: int) -> Switched:
    """Return a plug on the first phase that always wants to be on."""
    rating_a = rated_w / VOLTS
    rules = {"on_off": True, "rated_w": rated_w, "failsafe_a": 0.0, "min_on_s": 300, "min_off_s": 300}
    return Switched(Load(name, "plug", MAIN, (Phase.L1,), priority, Mode.STANDARD, rating_a, rating_a, **rules))  # type: ignore[arg-type]


def box(name: str, phases: str = "L1", *, max_a: float = 16, min_write_s: float = 0, late_s: float = 0.3) -> Box:
    """Return a charger in standard mode with a car that is never full."""
    on = tuple(Phase[phase] for phase in phases.split())
    load = Load(name, "number", MAIN, on, 1, Mode.STANDARD, 6.0, max_a, 1.0, device={"min_write_s": min_write_s})
    car = Car(len(on), max_a, 1000.0, (Visit(0, float("inf"), 0.0),), below_offer_a=0.2, wakes_after_s=5)
    return Box(load, car, late_s)


@dataclass
class Played:
    """The result in whole windows: mean import [kW], the house's own, and the car's energy [kWh].

    `possible_kwh`: the car's energy with perfect foresight of what the house leaves of each window.
    """

    windows_kw: list[float] = field(default_factory=list)
    house_kw: list[float] = field(default_factory=list)
    taken_kwh: float = 0.0
    possible_kwh: float = 0.0

    def avoidable(self, target_kw: float) -> list[float]:
        """Return the windows above the target that were below it without the car [kW]."""
        pairs = zip(self.windows_kw, self.house_kw, strict=True)
        return [kw for kw, house_kw in pairs if kw > target_kw + 1e-6 and house_kw <= target_kw]


def play(
    tariff: Tariff,
    box: Box,
    house_w: Mapping[Phase, Sequence[float]],
    *others: Switched,
    fuse_a: float = 40,
    rest_s: int = 1,
) -> Played:
    """Run the house through whole steps, one a second, with a meter that is as quick. Windows are of 900 s.

    A house at rest is decided about only each `rest_s` seconds.
    """
    devices = (box, *others)
    phases = tuple(house_w)
    main = Circuit(MAIN, fuse_a, None, FuseType.B, dict.fromkeys(phases, Source(entity="sensor.meter")))
    site = Site(VOLTS, phases, (main,), tuple(d.load for d in devices), margin_a=0.5, tariff=tariff)
    memory, ledger, played = Memory(), Ledger(), Played()
    most_w = VOLTS * box.load.max_a * len(box.load.phases)
    total_ws = house_ws = 0.0
    busy_s, last_a, skipped_s = 0, {}, 0
    for t in range(len(house_w[phases[0]])):
        now_s = START_S + t
        if t % WINDOW_S == 0 and t:
            left_w = max(1000 * lowest_within(tariff.target_kw, now_s - WINDOW_S, WINDOW_S) - house_ws / WINDOW_S, 0.0)
            played.windows_kw.append(total_ws / WINDOW_S / 1000)
            played.house_kw.append(house_ws / WINDOW_S / 1000)
            played.taken_kwh += (total_ws - house_ws) / 3.6e6
            played.possible_kwh += min(left_w, most_w) * WINDOW_S / 3.6e6
            total_ws = house_ws = 0.0
        for device in devices:
            device.move(t)
        amps = {p: house_w[p][t] / VOLTS + sum(d.draw_a for d in devices if p in d.load.phases) for p in phases}
        net_w, moment = VOLTS * sum(amps.values()), Moment(now_s)
        total_ws += net_w
        house_ws += sum(watts[t] for watts in house_w.values())
        busy_s, last_a = (t if amps != last_a else busy_s), amps
        is_at_rest = t - busy_s > CALM_AFTER_S and EDGE_S <= t % WINDOW_S < WINDOW_S - EDGE_S
        skipped_s = skipped_s + 1 if is_at_rest and skipped_s + 1 < rest_s else 0
        if skipped_s:
            continue
        ledger = update_ledger(ledger, tariff, moment, TariffReadings(net_w))
        state = window_state(ledger, tariff, moment)
        assert state is not None and state.allowance is not None
        grid = {p: Reading(a, a, 0.0) for p, a in amps.items()}
        seen = Snapshot(now_s, {MAIN: grid}, {d.load.name: d.seen() for d in devices}, allowance=state.allowance)
        decision = step(site, seen, memory)
        memory = decision.memory
        for command in decision.commands:
            next(d for d in devices if d.load.name == command.load).told(t, command)
            busy_s = t
    return played
