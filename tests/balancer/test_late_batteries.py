"""A battery whose entities follow and display each order late, lose it or refuse it, while the scripts restart."""

from __future__ import annotations

import asyncio
from typing import NamedTuple

from hypothesis import example, given
from hypothesis import strategies as st

from fusebox.balancer.plans.battery_calls import RELEASED, BatteryRequest

from ..laws.effort import examples
from .test_battery_control import HOLDS, Battery, charges

LATEST_S = 120
POWER_W = 4000.0
NORMAL = {"select.mode": "auto", "number.charge_w": POWER_W}
REQUESTS = {
    "hold": HOLDS,
    "slow": charges(2000),
    "fast": charges(3000),
    "free": RELEASED,
    "stop": BatteryRequest(at_once=True),
}


class Moment(NamedTuple):
    """Some looks at a battery: `event` is at their begin, or lasts."""

    looks: int
    request: str
    event: str


EVENTS = ["", "", "", "lost", "fails", "stops", "dies", "killed", "away", "reload"]
MOMENTS = st.builds(Moment, st.integers(3, 20), st.sampled_from(list(REQUESTS)), st.sampled_from(EVENTS))


class LateBattery(Battery):
    """Its entities take and display each value `late_s` after the command."""

    def __init__(self, late_s: int) -> None:
        self.late_s, self.event, self.now_s = late_s, "", 0.0
        self.under_way: list[tuple[float, str, object]] = []
        self.real: dict[str, object] = dict(NORMAL)
        self.sent_s: list[float] = []
        super().__init__()

    async def _call(self, domain: str, service: str, blocking: bool = False, **data: object) -> None:
        self.sent_s.append(self.now_s)
        if self.event == "fails":
            raise RuntimeError("too many requests")
        if self.event not in ("lost", "away"):
            value = data.get("option", data.get("value"))
            self.under_way.append((self.now_s + self.late_s, str(data["entity_id"]), value))

    def arrive(self) -> None:
        """Take and display the values that arrive now."""
        for at_s, entity, value in self.under_way:
            if at_s <= self.now_s:
                self.real[entity] = value
        self.under_way = [each for each in self.under_way if each[0] > self.now_s]
        for entity, value in self.real.items():
            self.shows(entity, "unavailable" if self.event == "away" else value)

    def live(self, moment: Moment) -> None:
        """Live through a moment."""
        self.event = moment.event
        if moment.event in ("stops", "dies"):
            if moment.event == "stops":
                asyncio.run(self.control.release_all())
            self.now_s += LATEST_S
            self.arrive()
        if moment.event in ("stops", "dies", "killed"):
            self.restarts()
        if moment.event == "reload":
            earlier, self.control = self.control, self.begun()
            asyncio.run(self.control.start(earlier))
        for _ in range(moment.looks):
            self.now_s += 10
            self.arrive()
            self.at(self.now_s, REQUESTS[moment.request])


def moments(text: str) -> list[Moment]:
    """Return moments from words: the number of looks, x, a request, and an event after a colon."""
    parts = [(word.partition(":")[0].split("x"), word.partition(":")[2]) for word in text.split()]
    return [Moment(int(looks), request, event) for (looks, request), event in parts]


@examples(40)
@given(st.sampled_from([0, 5, 20, 45, 90, LATEST_S]), st.lists(MOMENTS, max_size=12))
@example(90, moments("7xslow 7xhold"))
@example(45, moments("3xfast 4xhold:reload"))
@example(20, moments("8xfast:lost 6xfast 11xfast:killed 16xstop:reload"))
def test_a_late_battery_is_released_ordered_again_and_not_stormed(late_s: int, life: list[Moment]) -> None:
    home = LateBattery(late_s)
    for moment in life:
        home.live(moment)
    home.live(Moment(60, "free", ""))
    assert (home.real, home.control.release) == (NORMAL, ())
    home.live(Moment(30, "hold", ""))
    assert home.real["select.mode"] == "hold"
    assert len(home.sent_s) <= 6 * (len(life) + 2)
