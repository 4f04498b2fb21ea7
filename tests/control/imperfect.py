"""Imperfect chargers (late, deaf, dead, rounding, with own limits) and a house whose load steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from fusebox.model.decision import Command, Decision
from fusebox.model.electrics import PerPhase
from fusebox.model.memory import Memory
from fusebox.model.site import Site
from fusebox.model.snapshot import LoadState, Status

from .houses import seen
from .rest import Steps

Asked = tuple[float, float | None, bool | None]


@dataclass
class Device:
    """A charger with a car on one phase. `echo_s`: delay until its entity shows a command, `follow_s`: until it obeys.

    `takes_a`: the car's maximum, `makes`: function from a command's current to the device's; `dead`: it receives
    nothing, `deaf`: it shows currents and does not obey them; `rests_as`: its status while its car takes nothing.
    """

    echo_s: float = 0.0
    follow_s: float = 0.0
    offer_a: float | None = 6.0
    on: bool = True
    takes_a: float = 32.0
    dead: bool = False
    deaf: bool = False
    away: bool = False
    here: bool = True
    rests_as: Status = Status.CHARGING
    measured: bool = True
    has_switch: bool = True
    verifies: bool = False
    device_step_a: float | None = 1.0
    makes: Callable[[float], float] = float
    real_a: float = 6.0
    really_on: bool = True
    _asked: list[Asked] = field(default_factory=list)

    def tell(self, now_s: float, command: Command) -> None:
        """Send a command to the device."""
        if not self.dead and not self.away:
            current_a = None if command.current_a is None else self.makes(command.current_a)
            self._asked.append((now_s, current_a, command.on))

    def tick(self, now_s: float) -> None:
        """Show and obey the commands that are due now."""
        for told_s, current_a, on in self._asked:
            if told_s + self.echo_s == now_s:
                self.offer_a = self.offer_a if current_a is None else current_a
                self.on = self.on if on is None else on
            if told_s + self.follow_s == now_s:
                self.real_a = self.real_a if current_a is None or self.deaf else current_a
                self.really_on = self.really_on if on is None else on

    @property
    def draw_a(self) -> float:
        """The car's draw [A]."""
        return min(self.real_a, self.takes_a) if self.really_on and self.here else 0.0

    @property
    def _status(self) -> Status:
        """The status that its entity shows."""
        if not self.here:
            return Status.UNPLUGGED
        return Status.CHARGING if self.takes_a > 0 else self.rests_as

    @property
    def state(self) -> LoadState:
        """The state that its entities show."""
        return LoadState(
            draw_a=PerPhase(self.draw_a if self.measured else None),
            offer_a=self.offer_a,
            switched=self.has_switch,
            on=self.on if self.has_switch else None,
            can_pause=self.has_switch,
            status=self._status,
            can_use_power=self.here,
            available=not self.away,
            device_min_a=6.0,
            device_max_a=32.0,
            device_step_a=self.device_step_a,
            verifies=self.verifies,
        )


class Night:
    """A one-phase house stepped by the second; records every command and the flow."""

    def __init__(self, of: Site, **devices: Device) -> None:
        self.site, self.devices, self.memory = of, devices, Memory()
        self.second = 0
        self.sent: list[tuple[int, Command]] = []
        self.flows: list[float] = []
        self.decision: Decision | None = None
        self._steps = Steps()

    def run(self, seconds: int, house_a: float | Callable[[int], float], every_s: int = 1) -> Night:
        """Run this many seconds with this house load [A], and decide each `every_s` of them."""
        for _ in range(0, seconds, every_s):
            for device in self.devices.values():
                device.tick(self.second)
            others_a = house_a(self.second) if callable(house_a) else house_a
            self.flows.append(others_a + sum(device.draw_a for device in self.devices.values()))
            states: Mapping[str, LoadState] = {name: device.state for name, device in self.devices.items()}
            now = seen({"L1": self.flows[-1]}, self.second, **states)
            self.decision = self._steps.decide(self.site, now, self.memory)
            self.memory = self.decision.memory
            for command in self.decision.commands:
                self.sent.append((self.second, command))
                self.devices[command.load].tell(self.second, command)
                self.devices[command.load].tick(self.second)
            self.second += every_s
        return self

    def times(self, load: str = "car") -> list[int]:
        """Return the seconds at which a load got a command."""
        return [second for second, command in self.sent if command.load == load]

    def told(self, load: str = "car") -> list[tuple[int, float | None]]:
        """Return (second, current) of a load's current commands."""
        return [(s, c.current_a) for s, c in self.sent if c.load == load and c.current_a is not None]

    def problem(self, load: str = "car") -> str:
        """Return the present problem of a load."""
        assert self.decision is not None
        return self.decision.notes[load].problem

    def status(self, load: str = "car") -> str:
        """Return the present status word of a load."""
        assert self.decision is not None
        return self.decision.notes[load].status
