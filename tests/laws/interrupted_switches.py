"""A house with two cars in which a phase switch is interrupted at any second. Decisions and ideal devices only.

The car uses three phases, or L1; a guest charges on L1. The house load changes only where `Way` says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from fusebox.model.electrics import PerPhase, Phase
from fusebox.model.load import PhaseSwitching
from fusebox.model.memory import Memory
from fusebox.model.phases_memory import PhaseSwitchMemory, Stage
from fusebox.model.snapshot import LoadState, Snapshot, Status
from fusebox.runtime.load_persistence import loads_to_persist, with_stored_loads

from ..control.houses import T0_S, car, seen, site
from ..control.rest import Steps

SETTLED_S = 40
"""By then both cars have reached their allowed currents [s]."""
LASTS_S = 440
"""The house is observed for this long after that [s], unless it is over before."""
OVER_S = 45
"""A switch is over when its car has charged for so long after the interruption, without any reason to wait [s]."""
MOVES_S = 2
"""Delay of a contactor after the command [s]."""
STOPS_S = 3
"""Delay of a car's stop after its charger is switched off [s]."""


class Interruption(StrEnum):
    """What interrupts the switch."""

    NOTHING = "nothing"
    RESTART = "Home Assistant is restarted"
    AWAY = "the charger is unavailable"
    POWER_CUT = "the charger starts anew, and Home Assistant too"
    BLIND = "a meter is silent"


class Way(StrEnum):
    """Reason and direction of the switch."""

    DOWN = "L2 fills up"
    UP = "L2 empties"
    BACK_AND_FORTH = "L2 fills up and empties"
    DOWN_BY_HAND = "a person asks for one phase"
    UP_BY_HAND = "a person asks for three phases"

    @property
    def up(self) -> bool:
        """Whether the car begins on one phase."""
        return self in (Way.UP, Way.UP_BY_HAND)


@dataclass(frozen=True)
class Scene:
    """A switch, and its interruption."""

    way: Way
    interruption: Interruption = Interruption.NOTHING
    at_s: int = 0
    """When the interruption begins, from the moment at which the switch does [s]."""
    lasts_s: int = 0
    shows: bool = True
    """Whether the box shows its number of phases."""
    rest_s: float = 10.0
    dwell_s: float = 600.0
    length_s: int = LASTS_S
    every_s: int = 100
    """How long L2 stays full, and empty, when it alternates [s]."""


@dataclass
class Box:
    """The charger: commands take effect at once, its contactor a little later."""

    lines: int
    shows: bool
    offer_a: float = 16.0
    on: bool = True
    away: bool = False
    moved_at_a: list[float] = field(default_factory=list)
    """The draw at each move of its contactor [A]."""
    told_s: list[tuple[int, int]] = field(default_factory=list)
    """(second, number of phases) of each phase command."""
    _due: tuple[int, int] | None = None
    _stops_s: int = 0

    def draw_a(self) -> float:
        """Return the car's draw on each of its phases [A]."""
        return self.offer_a if self.on or self._stops_s > 0 else 0.0

    def state(self) -> LoadState:
        """Return the state that it shows."""
        if self.away:
            return LoadState(available=False)
        drawn = [self.draw_a() if place < self.lines else 0.0 for place in range(3)]
        return LoadState(
            draw_a=PerPhase(*drawn),
            offer_a=self.offer_a,
            switched=True,
            on=self.on,
            status=Status.CHARGING if self.draw_a() else Status.CONNECTED,
            device_min_a=6.0,
            device_max_a=32.0,
            device_step_a=1.0,
            phase_setting=self.lines if self.shows else None,
        )

    def told(self, second: int, current_a: float | None, on: bool | None, lines: int | None) -> None:
        """Carry out a command."""
        self.offer_a = self.offer_a if current_a is None else current_a
        if on is False and self.on:
            self._stops_s = STOPS_S
        self.on = self.on if on is None else on
        if lines is not None:
            self._due = second + MOVES_S, lines
            self.told_s.append((second, lines))

    def second(self, second: int) -> None:
        """Advance by a second."""
        self._stops_s -= self._stops_s > 0
        if self._due is not None and second >= self._due[0]:
            self.lines, self._due = self._due[1], None
            self.moved_at_a.append(self.draw_a())

    def starts_anew(self) -> None:
        """Restart after a power cut: it keeps its phases and offers nothing."""
        self._due, self.on, self._stops_s = None, False, 0


@dataclass(frozen=True)
class Second:
    """The state of the house in a second."""

    second: int
    switch: PhaseSwitchMemory
    draws_a: float
    guest_a: float
    shown_a: float
    """The state of the car's entity."""
    reason: str
    away: bool
    theta: float
    """Heat of the fuse of L2."""


class Course:
    """The whole course of the house."""

    def __init__(self, scene: Scene) -> None:
        self.scene, way = scene, scene.way
        self.begins_s = self.ends_s = SETTLED_S + scene.length_s
        switching = PhaseSwitching(tuple(Phase), rest_s=scene.rest_s, dwell_s=scene.dwell_s, most=50)
        first = replace(car("car"), phases=tuple(Phase), switching=switching, start_after_s=60.0, pause_s=60.0)
        self.site = site(first, car("guest", priority=2), phases="L1 L2 L3")
        self.box = Box(1 if way.up else 3, scene.shows)
        self.guest = Box(1, shows=False, offer_a=6.0)
        self.memory = Memory(phase_switches={"car": PhaseSwitchMemory(phase_count=self.box.lines)})
        self.seconds: list[Second] = []
        self._steps = Steps()
        self._begun = False
        for second in range(SETTLED_S + scene.length_s):
            self._play(second)
            if scene.interruption is not Interruption.NOTHING and self._is_over(second):
                break

    def _is_over(self, second: int) -> bool:
        """Return whether the switch and its interruption have been over for long enough."""
        if second < self.ends_s + OVER_S:
            return False
        return all(each.draws_a and each.switch.stage is Stage.STEADY for each in self.seconds[-OVER_S:])

    def _play(self, second: int) -> None:
        box, what = self.box, self.scene.interruption
        box.second(second)
        if second == SETTLED_S:
            self._by_hand()
        now = self.begins_s <= second < self.ends_s
        if second == self.begins_s and what is Interruption.POWER_CUT:
            box.starts_anew()
        box.away = now and what is Interruption.AWAY
        if what in (Interruption.RESTART, Interruption.POWER_CUT):
            if now:
                return
            if second == self.ends_s:
                self.memory = with_stored_loads(
                    self.site, Memory(), loads_to_persist(self.site, self.memory), T0_S + second
                )
        snapshot = self._seen(second, blind=now and what is Interruption.BLIND)
        decision = self._steps.decide(self.site, snapshot, self.memory)
        self.memory = decision.memory
        if self.memory.phase_switches["car"].target is not None and not self._begun:
            self._begun = True
            self.begins_s = second + 1 + self.scene.at_s
            self.ends_s = self.begins_s + self.scene.lasts_s
        for command in decision.commands:
            each = box if command.load == "car" else self.guest
            if not each.away:
                each.told(second, command.current_a, command.on, command.phase_count)
        note, fuse = decision.notes["car"], self.memory.fuses["main L2"]
        self.seconds.append(
            Second(
                second,
                self.memory.phase_switches["car"],
                box.draw_a(),
                self.guest.draw_a(),
                note.allocated_a,
                note.reason,
                box.away,
                fuse.theta,
            )
        )

    def _by_hand(self) -> None:
        wanted = {Way.DOWN_BY_HAND: 1, Way.UP_BY_HAND: 3}.get(self.scene.way)
        if wanted is not None:
            before = self.memory.phase_switches["car"]
            self.memory = replace(self.memory, phase_switches={"car": replace(before, by_hand=wanted)})

    def _is_l2_full(self, second: int) -> bool:
        way, after_s = self.scene.way, second - SETTLED_S
        if way is Way.BACK_AND_FORTH:
            return after_s >= 0 and after_s // self.scene.every_s % 2 == 0
        return (way is Way.DOWN and after_s >= 0) or (way is Way.UP and after_s < 0)

    def _seen(self, second: int, *, blind: bool) -> Snapshot:
        grid: dict[str, float | None] = {"L1": 2.0, "L2": 22.0 if self._is_l2_full(second) else 2.0, "L3": 2.0}
        for place, phase in enumerate(grid):
            also_a = self.box.draw_a() if place < self.box.lines else 0.0
            grid[phase] = (grid[phase] or 0.0) + also_a + (self.guest.draw_a() if phase == "L1" else 0.0)
        snapshot = seen(grid, second, car=self.box.state(), guest=self.guest.state())
        if not blind:
            return snapshot
        silent = {
            p: replace(r, value=None, age_s=second - self.begins_s + 1) for p, r in snapshot.grid_a["main"].items()
        }
        return replace(snapshot, grid_a={"main": silent})

    def waits_s(self) -> int:
        """The longest time without a draw of the car, except during the interruption [s]."""
        longest = waits = 0
        for each in self.seconds:
            during = self.begins_s <= each.second < self.ends_s
            waits = waits + 1 if each.second >= SETTLED_S and not each.draws_a and not during else 0
            longest = max(longest, waits)
        return longest

    def taken(self) -> Second | None:
        """Return the first second in which the guest has more than when the car's switch began.

        Only seconds until the phases of the car are measured count.
        """
        least_a: float | None = None
        for each in self.seconds:
            if each.second < SETTLED_S or each.switch.stage is Stage.STEADY:
                least_a = None
            elif least_a is None:
                # After a restart a load that is not switched is measured again too: nothing is reserved for it.
                least_a = each.guest_a if each.switch.target is not None else None
            elif each.guest_a > least_a:
                return each
        return None
