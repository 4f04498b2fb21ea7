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
                asyncio.run(self.control.loans.persist())
            self.now_s += LATEST_S
            self.arrive()
            self.control = self.begun()
        for _ in range(moment.looks):
            self.arrive()
            self.look(moment.most_w)


def moments(text: str) -> list[Moment]:
    """Return moments from words: the number of looks, x, watts or - for no limit, and an event after a colon."""
    parts = [(word.partition(":")[0].split("x"), word.partition(":")[2]) for word in text.split()]
    return [Moment(int(looks), None if watts == "-" else float(watts), event) for (looks, watts), event in parts]


@examples(40)
@given(st.sampled_from([0, 5, 20, 45, 90, LATEST_S]), st.lists(MOMENTS, max_size=15))
@example(45, moments("20x7000 3x1000 4x- 3x3000 3x-:lost 7x3000:fails 8x0 3x3000"))
@example(20, moments("7x0:fails 3x1000 7x7000:lost 3x7000 3x0:lost 4x7000 20x0 3x3000:lost"))
@example(LATEST_S, moments("3x0 3x- 20x0"))
def test_a_late_inverter_is_given_back_held_back_again_and_not_stormed(late_s: int, life: list[Moment]) -> None:
    home = LateInverter(late_s)
    for moment in life:
        home.live(moment)
    home.live(Moment(60, None, ""))
    assert (home.real_w, home.stored) == (OWNERS, ())
    home.live(Moment(30, 1000, ""))
    assert home.real_w <= 1000
    assert len(home.sent_s) <= 3 * (len(life) + 2)
