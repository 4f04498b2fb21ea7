"""Switched loads that nothing measures under a meter that is late: what is on counts, and no echo of it is the house's.

Any lag of the meter and of the relays up to three seconds, any house that changes every now and then.
"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fusebox.control.control import step
from fusebox.model.electrics import PerPhase, Phase
from fusebox.model.load import Load, Mode
from fusebox.model.memory import Memory
from fusebox.model.site import MAIN
from fusebox.model.snapshot import LoadState, Reading, Snapshot, Status
from tests.control.houses import T0_S, site

from .effort import examples

FUSE_A, EACH_A, COUNT = 25.0, 5.0, 6
HEATING = Load(
    "heating", "radiators", MAIN, (Phase.L1,), 1, Mode.STANDARD, EACH_A, COUNT * EACH_A, EACH_A, rated_w=6900, pause_s=0
)
HOUSES = st.lists(
    st.tuples(st.integers(12, 30), st.integers(0, 240).map(lambda tenths: tenths / 10)), min_size=1, max_size=5
)


def heating(on: int, granted: int) -> LoadState:
    return LoadState(
        PerPhase.each((Phase.L1,), on * EACH_A),
        counted=True,
        offer_a=granted * EACH_A,
        status=Status.CONNECTED,
        device_max_a=COUNT * EACH_A,
    )


@examples(50)
@given(HOUSES, st.integers(0, 3), st.integers(0, 2), st.integers(0, 2))
def test_a_group_is_cut_to_what_fits_and_no_further_however_late_the_meter(
    house: list[tuple[int, float]], lag_s: int, relays_s: int, shows_s: int
) -> None:
    """`relays_s`: time from a command until the relay obeys; `shows_s`: time from the command until it shows that."""
    play(house, lag_s, relays_s, shows_s)


def test_beside_what_has_come_on_only_what_came_and_went_is_kept_free() -> None:
    play([(12, 3.5), (12, 0.6), (12, 3.6), (12, 2.1)], lag_s=0, relays_s=0, shows_s=0)
    play([(12, 8.0), (12, 2.0), (12, 8.0), (12, 2.0), (12, 5.5)], lag_s=0, relays_s=0, shows_s=0)


def test_a_meter_that_is_faster_than_the_relay_reports_is_trusted() -> None:
    play([(12, 5.1), (12, 15.1)], lag_s=0, relays_s=0, shows_s=1)


def play(house: list[tuple[int, float]], lag_s: int, relays_s: int, shows_s: int) -> None:
    """A group in such a house, second by second; every cut is what fits beside what may come back, and no more.

    What came and went may come back beside all that is on now: also beside what came on since, or in the same second.
    """
    of, memory = site(HEATING, fuse_a=FUSE_A), Memory()
    came_a = back_a = 0.0
    flows, grants, used = [], [0], []
    plan = [2.0] * 40 + [a for for_s, a in house for _ in range(for_s)] + [0.0] * 10
    for second, house_a in enumerate(plan):
        real = grants[max(len(grants) - 1 - relays_s, 0)]
        shown = grants[max(len(grants) - 1 - shows_s, 0)]
        change_a = house_a - plan[max(second - 1, 0)]
        came_a = max(came_a, change_a)
        back_a = came_a if change_a < 0 else back_a
        used.append(house_a)
        flows.append(house_a + real * EACH_A)
        meter_a = flows[max(second - lag_s, 0)]
        snapshot = Snapshot(
            T0_S + second, {MAIN: {Phase.L1: Reading(meter_a, meter_a, 0.0)}}, {"heating": heating(shown, grants[-1])}
        )
        decision = step(of, snapshot, memory)
        memory = decision.memory
        grants.append(round(decision.notes["heating"].setpoint_a / EACH_A))
        late_s = lag_s + max(relays_s, shows_s) + 3
        fits = int((FUSE_A - house_a - back_a + 1e-6) // EACH_A)
        assert grants[-1] >= min(grants[-2], fits)
        least_a = min(used[-late_s - 1 :])
        if second > late_s:
            assert grants[-1] <= max((FUSE_A - least_a + 1e-6) / EACH_A, 0)
