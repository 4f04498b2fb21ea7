"""Offers never exceed what the rating leaves in addition to the house and the solar power.

Any house, any measured solar power, and cars that draw less than their offer; some report their draw, some do not.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from hypothesis import example, given
from hypothesis import strategies as st

from fusebox.model.electrics import PerPhase, Phase
from fusebox.model.equipment import Inverter, Source
from fusebox.model.load import Load
from fusebox.model.memory import Memory
from fusebox.model.site import MAIN, Distribution
from fusebox.model.snapshot import LoadState, Reading, Snapshot
from tests.control.houses import T0_S, car, charger, site
from tests.control.rest import Steps

from .effort import examples

FUSE_A, VOLTS = 25.0, 230.0
RUN_S = 140
SUN = Source(entity="sensor.sun")
AMPS = st.integers(0, 240).map(lambda tenths: tenths / 10)


class Ev(NamedTuple):
    """A car that draws at most this share of its offer, and whether its charger reports the draw."""

    takes_a: float
    measured: bool
    phase: str
    follows_s: int

    def drawn_a(self, offers_a: list[float]) -> float:
        return min(self.takes_a, offers_a[max(len(offers_a) - 1 - self.follows_s, 0)])


EVS = st.lists(
    st.builds(
        Ev,
        st.integers(0, 16).map(float),
        st.booleans(),
        st.sampled_from(["L1", "L1", "L2", "L1 L2 L3"]),
        st.integers(0, 6),
    ),
    min_size=1,
    max_size=3,
)


@examples(20)
@given(EVS, st.tuples(AMPS, AMPS, AMPS), AMPS, st.booleans(), st.sampled_from(Distribution))
@example([Ev(7.0, False, "L1", 0), Ev(16.0, True, "L1", 0)], (1.0, 0.0, 0.0), 0.0, False, Distribution.PRIORITY).via(
    "a car that leaves nine amps, at night"
)
@example([Ev(12.0, False, "L1 L2 L3", 2)], (19.5, 22.9, 20.5), 12.1, True, Distribution.STRICT).via(
    "what the meter has moved by speaks for one raise"
)
def test_offers_and_the_known_house_are_never_above_the_rating_at_rest(
    evs: list[Ev],
    house_a: tuple[float, float, float],
    sun_a: float,
    asymmetric: bool,
    distribution: Distribution,
) -> None:
    """`sun_a`: on each phase."""
    loads = [car(f"ev{n}", phases=ev.phase, priority=n, max_a=32) for n, ev in enumerate(evs)]
    for offers_a in rest(evs, loads, house_a, (sun_a,) * 3, asymmetric, distribution):
        for phase in Phase:
            offered_a = sum(a for load, a in zip(loads, offers_a, strict=True) if phase in load.phases)
            used_a = house_a[phase] - sun_a
            assert offered_a + used_a <= FUSE_A + 1e-6 or offered_a == 0


def rest(
    evs: list[Ev],
    loads: list[Load],
    house_a: tuple[float, float, float],
    sun_a: tuple[float, float, float],
    asymmetric: bool,
    distribution: Distribution,
) -> list[list[float]]:
    """What the cars are offered second by second once all has settled; from chargers that are off."""
    of = site(
        *loads,
        fuse_a=FUSE_A,
        phases="L1 L2 L3",
        solar_w=SUN,
        inverters=(Inverter(asymmetric=asymmetric),),
        distribution=distribution,
    )
    memory, offers_a, found, steps = Memory(), [[0.0] for _ in evs], [], Steps()
    sun_w = sum(sun_a) * VOLTS
    for second in range(RUN_S):
        drawn_a = [ev.drawn_a(told_a) for ev, told_a in zip(evs, offers_a, strict=True)]
        grid = {}
        for phase in Phase:
            ours_a = sum(a for load, a in zip(loads, drawn_a, strict=True) if phase in load.phases)
            net_a = house_a[phase] - sun_a[phase] + ours_a
            grid[phase] = Reading(net_a, net_a, 0.0)
        states = {
            load.name: _state(load, ev, told_a[-1], a)
            for load, ev, told_a, a in zip(loads, evs, offers_a, drawn_a, strict=True)
        }
        snapshot = Snapshot(T0_S + second, {MAIN: grid}, states, Reading(sun_w, sun_w, 0.0))
        decision = steps.decide(of, snapshot, memory)
        memory = decision.memory
        for load, told_a in zip(loads, offers_a, strict=True):
            told_a.append(decision.notes[load.name].setpoint_a)
        found.append([told_a[-1] for told_a in offers_a])
    return found[RUN_S // 2 :]


def _state(load: Load, ev: Ev, offer_a: float, drawn_a: float) -> LoadState:
    state = charger(max(offer_a, 6.0), on=offer_a > 0, phases=" ".join(phase.name for phase in load.phases))
    draw_a = PerPhase.each(load.phases, drawn_a) if ev.measured else PerPhase()
    return replace(state, draw_a=draw_a, device_max_a=32.0)
