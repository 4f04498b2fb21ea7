"""A group of radiators over time: relays that follow after a while, or not at all, and on-times."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from fusebox.config.read_config import read_config
from fusebox.model.heating import Group, Radiator
from fusebox.radiators.group import GroupMemory, GroupReadings
from fusebox.radiators.groups import configured_groups
from fusebox.radiators.run import GroupDecision, step
from fusebox.radiators.turns import with_command

STEP_S = 120


def _usual() -> Group:
    """Return a group from a CONFIG with nothing but its radiators."""
    section = {"radiators": [{"virtual": "input_boolean.a", "actual": "switch.a"}]}
    return configured_groups(read_config({"radiators": section}).config.sections)[0]


USUAL = _usual()


def group(names: str = "abcd", most: tuple[int, ...] | None = None, **more: Any) -> Group:
    """Return a group with a row for each letter and `v_` for its thermostat; a letter written twice has two shares."""
    rows = tuple(Radiator(name, f"v_{name}", name, power=None) for name in names)
    count = len(set(names))
    levels = most or (*range(count, 0, -1), 0)
    return replace(USUAL, rows=rows, max_active=levels, power_saving="input_number.level", **more)


class GroupRun:
    """Runs a group by the second; `line` is what a house would see after each run."""

    def __init__(self, of: Group, level: float | None = 0, calls: Iterable[str] | None = None) -> None:
        self.group = of
        self.level = level
        self.calls = set(of.relays if calls is None else calls)
        self.away = False
        self.granted: int | None = None
        self.memory = GroupMemory()
        self.on: dict[str, bool | None] = dict.fromkeys(of.relays, False)
        self.answers_s: dict[str, float] = {}
        self.deaf: set[str] = set()
        self.debt_k: dict[str, float] = {}
        self.draws: dict[str, bool] = {}
        self.now_s = 1000.0
        self.sent: list[tuple[float, str, bool]] = []
        self.on_s: Counter[str] = Counter()
        self.most_on = 0
        self._due: list[tuple[float, str, bool]] = []
        self.outcome: GroupDecision | None = None

    def seen(self) -> GroupReadings:
        """Return the present readings."""
        calls = {row.virtual: row.actual in self.calls for row in self.group.rows}
        return GroupReadings(
            self.now_s, self.level, self.away, calls, dict(self.on), self.debt_k, self.draws, granted=self.granted
        )

    def run(self, stepping: bool = False) -> list[str]:
        """Run once; return the commands, such as `a+` and `b-`."""
        self.outcome = step(self.group, self.seen(), self.memory, stepping)
        self.memory = self.outcome.memory
        for each in self.outcome.switchings:
            self.memory = with_command(self.memory, each, self.now_s)
            self.sent.append((self.now_s, each.relay, each.on))
            if each.relay not in self.deaf:
                self._due.append((self.now_s + self.answers_s.get(each.relay, 0.0), each.relay, each.on))
        return [f"{each.relay}{'+' if each.on else '-'}" for each in self.outcome.switchings]

    def second(self) -> None:
        """Advance by a second: due relays move."""
        self.now_s += 1
        self.obey()
        for relay, on in self.on.items():
            self.on_s[relay] += on is True
        self.most_on = max(self.most_on, sum(on is True for on in self.on.values()))

    def obey(self) -> None:
        """Move the due relays."""
        for due in [due for due in self._due if due[0] <= self.now_s]:
            self._due.remove(due)
            self.on[due[1]] = due[2]

    def go(self, seconds: int) -> None:
        """Run this many seconds, with a rotation step every two minutes."""
        for _ in range(seconds):
            self.run(stepping=self.now_s % STEP_S == 0)
            self.second()

    @property
    def lit(self) -> str:
        """The radiators that are on."""
        return "".join(relay for relay, on in self.on.items() if on)

    @property
    def problems(self) -> tuple[str, ...]:
        """The problems of the last run."""
        return () if self.outcome is None else self.outcome.problems
