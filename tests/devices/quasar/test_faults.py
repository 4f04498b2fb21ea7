"""Laws of a Quasar that loses or refuses writes, behind a slow or silent meter, while its guard restarts."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import NamedTuple

from hypothesis import example, given
from hypothesis import strategies as st

from fusebox import tuning
from fusebox.devices.quasar.controller import GuardSettings
from fusebox.devices.quasar.limits import Pace
from fusebox.devices.quasar.registers import STOP
from simhouse.devices.quasar import Quasar
from tests.laws.effort import examples

from .controllers import ACTION
from .homes import LIMIT_W, Home

PACE = Pace(5.0, 5.0, 20.0)
REQUESTED_W = 4000
OWN_TROUBLE_CODE = 4
LAG_S = 10
"""Longest interval of the meter [s]."""
BACK_S = 120
DIGITS_W = 7
"""How far the last digits of the house load move [W]."""


@dataclass
class BadQuasar(Quasar):
    """Accepts writes without effect while `trouble` is "lost", refuses them while it is "refuses"."""

    trouble: str = ""

    def write(self, address: int, value: int) -> int:
        if self.trouble == "refuses":
            return OWN_TROUBLE_CODE
        return 0 if self.trouble == "lost" else super().write(address, value)


class Moment(NamedTuple):
    """Some seconds of a house."""

    seconds: int
    house_w: float
    event: str


MOMENTS = st.builds(
    Moment,
    st.integers(5, 40),
    st.sampled_from([500.0, 500.0, 2500.0, 4000.0, 6000.0]),
    st.sampled_from(["", "", "", "lost", "refuses", "blind", "restart"]),
)


@examples(8)
@given(st.sampled_from([1, 3, LAG_S]), st.booleans(), st.lists(MOMENTS, min_size=1, max_size=8))
@example(1, False, [Moment(5, 500.0, ""), Moment(14, 4000.0, "lost"), Moment(30, 4000.0, "")])
@example(1, True, [Moment(5, 500.0, ""), Moment(14, 4000.0, "refuses"), Moment(30, 4000.0, "restart")])
@example(1, False, [Moment(5, 500.0, ""), Moment(60, 500.0, "blind"), Moment(9, 500.0, "lost")])
@example(
    1, False, [Moment(5, 6000, "lost"), Moment(5, 500, "lost"), Moment(6, 500, ""), Moment(5, 500, "restart")]
)  # fmt: skip
def test_a_quasar_is_within_the_limit_soon_and_back_at_its_request_afterwards(
    every_s: int, gives: bool, life: list[Moment]
) -> None:
    sign = -1 if gives else 1

    async def play() -> None:
        async with Home(GuardSettings(LIMIT_W, 7400.0, PACE)) as home:
            home.quasar.__class__ = BadQuasar
            home.quasar.trouble = ""  # type: ignore[attr-defined]
            home.every_s = every_s
            await home.seconds(every_s)
            controller = await home.controller()
            await controller.take()
            await controller.charge(sign * REQUESTED_W)
            over_s, lost_s = 0, float("-inf")
            for moment in (*life, Moment(BACK_S, 500.0, "")):
                home.metered = moment.event != "blind"
                home.quasar.trouble = moment.event  # type: ignore[attr-defined]
                if moment.event == "restart":
                    kept = home.guard.requested
                    await home.guard.stop()
                    await home.begin(dict(kept))
                for _ in range(moment.seconds):
                    # A reading that never changes would count as stuck.
                    home.house_w = sign * (moment.house_w + home.now_s % DIGITS_W)
                    await home.second()
                    lost_s = home.now_s if moment.event == "lost" else lost_s
                    # Until its settings are read back, the guard takes lost writes for done.
                    is_believed = home.now_s - lost_s <= every_s + tuning.ANSWER_S
                    is_over = sign * home.phase_w > max(LIMIT_W, moment.house_w) + DIGITS_W
                    over_s = over_s + 1 if is_over and moment.event in ("", "restart") else 0
                    assert over_s <= every_s + (tuning.ANSWER_S if is_believed else 5)
            assert home.set_w == sign * REQUESTED_W
            assert home.quasar.power_w == sign * REQUESTED_W
            assert len(home.quasar.writes) <= 6 * (len(life) + 2)

    asyncio.run(play())


@dataclass
class StopsOnly(BadQuasar):
    """Refuses all but a stop while `trouble` is "refuses"."""

    def write(self, address: int, value: int) -> int:
        is_stop = (address, value) == (ACTION, STOP)
        return Quasar.write(self, address, value) if is_stop else super().write(address, value)


def test_a_charger_that_takes_only_a_stop_before_a_reload_charges_again_after_it() -> None:
    async def play() -> None:
        async with Home() as home:
            home.quasar.__class__ = StopsOnly
            await home.second()
            controller = await home.controller()
            await controller.take()
            await controller.charge(REQUESTED_W)
            await home.seconds(5)
            home.quasar.trouble = "refuses"  # type: ignore[attr-defined]
            kept = home.guard.requested
            await home.guard.stop()
            await home.seconds(2)
            assert home.quasar.power_w == 0
            home.quasar.trouble = ""  # type: ignore[attr-defined]
            await home.begin(kept)
            await home.seconds(BACK_S)
            assert home.quasar.power_w == REQUESTED_W

    asyncio.run(play())
