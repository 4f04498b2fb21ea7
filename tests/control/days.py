"""A one-phase house over a day, second by second."""

from __future__ import annotations

from fusebox.model.decision import Decision
from fusebox.model.snapshot import LoadState

from .houses import Evening, obey


class Day:
    """A one-phase house with devices that follow at once; records each load's amps by second."""

    def __init__(self, evening: Evening, **loads: LoadState) -> None:
        self.evening = evening
        self.loads = loads
        self.now_s = 0
        self.amps: dict[str, list[float]] = {name: [] for name in loads}
        self.last: Decision | None = None

    def run(self, house_a: float, for_s: int, *, every_s: int = 1) -> None:
        """Run this many seconds with this house load [A]; a decision comes each `every_s`, which divides `for_s`."""
        for _ in range(for_s // every_s):
            drawn_a = sum(state.draw_a[0] or 0.0 for state in self.loads.values())
            self.last = self.evening.step({"L1": house_a + drawn_a}, self.now_s, **self.loads)
            for command in self.last.commands:
                self.loads[command.load] = obey(self.loads[command.load], command.current_a, command.on)
            for name in self.loads:
                self.amps[name] += [self.evening.memory.loads[name].setpoint_a] * every_s
            self.now_s += every_s

    def went_on(self, name: str) -> list[int]:
        """Return the seconds at which a load was started."""
        return [s for s, a in enumerate(self.amps[name]) if a > 0 and s > 0 and self.amps[name][s - 1] == 0]

    def went_off(self, name: str) -> list[int]:
        """Return the seconds at which a load was stopped."""
        return [s for s, a in enumerate(self.amps[name]) if a == 0 and s > 0 and self.amps[name][s - 1] > 0]
