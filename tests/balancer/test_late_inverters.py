"""An inverter's number that displays each value late, loses commands or refuses them, while the scripts restart."""

from __future__ import annotations

import asyncio
from typing import NamedTuple

from hypothesis import example, given
from hypothesis import strategies as st

from ..laws.effort import examples
from .test_export_control import Inverter

LATEST_S = 120
OWNERS = 10_000


class Moment(NamedTuple):
    """Some looks at an inverter: `event` is at their begin, or lasts."""

    looks: int
    most_w: float | None
    """What the inverter may export [W]."""
    event: str


EVENTS = ["", "", "", "lost", "fails", "stops", "dies", "away"]
MOMENTS = st.builds(
    Moment, st.integers(3, 20), st.sampled_from([None, None, 0, 1000, 3000, 7000]), st.sampled_from(EVENTS)
)


class LateInverter(Inverter):
    """Its number takes and displays each value `late_s` after the command."""

    def __init__(self, late_s: int) -> None:
        self.late_s, self.event = late_s, ""
        self.under_way: list[tuple[float, float]] = []
        self.real_w: float = OWNERS
        self.sent_s: list[float] = []
        super().__init__()

    async def _call(self, domain: str, service: str, blocking: bool = False, **data: object) -> None:
        self.calls.append((f"{domain}.{service}", data))
        self.sent_s.append(self.now_s)
        if self.event == "fails":
            raise RuntimeError("too many requests")
        if self.event != "lost":
            self.under_way.append((self.now_s + self.late_s, float(str(data["value"]))))

    def arrive(self) -> None:
        """Take and display the values that arrive now."""
        arrived = [value for at_s, value in self.under_way if at_s <= self.now_s]
        self.under_way = [each for each in self.under_way if each[0] > self.now_s]
        self.real_w = arrived[-1] if arrived else self.real_w
        self.show("unavailable" if self.event == "away" else f"{self.real_w:g}")

    def live(self, moment: Moment) -> None:
        """Live through a moment."""
        self.event = moment.event
        if moment.event in ("stops", "dies"):
            if moment.event == "stops":
                asyncio.run(self.control.restore_numbers(self.now_s))
                asyncio.run(self.control.persist())
            self.now_s += LATEST_S
            self.arrive()
            self.control = self.begun()
        for _ in range(moment.looks):
            self.arrive()
            self.look(moment.most_w)


@examples(60)
@example(20, [Moment(3, 7000, ""), Moment(3, None, "lost")])
@example(LATEST_S, [Moment(3, 0, ""), Moment(3, None, ""), Moment(6, 1000, "")])
@example(
    90, [Moment(3, 7000, ""), Moment(3, 0, ""), Moment(3, 3000, ""), Moment(9, 0, "lost"), Moment(3, 7000, "lost")]
)
@given(st.sampled_from([0, 5, 20, 45, 90, LATEST_S]), st.lists(MOMENTS, max_size=15))
def test_a_late_inverter_is_given_back_and_not_stormed(late_s: int, moments: list[Moment]) -> None:
    home = LateInverter(late_s)
    for moment in moments:
        home.live(moment)
    home.live(Moment(60, None, ""))
    assert home.real_w == OWNERS
    assert home.stored == ()
    assert len(home.sent_s) <= 3 * (len(moments) + 1)
