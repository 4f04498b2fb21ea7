"""Cycling appliances are learnt, expected, and dropped when they are over."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

import pytest

from fusebox.control.estimators.cyclic_loads import observe_cycles, time_of_restless_rises_s
from fusebox.model.ceiling import Ceiling
from fusebox.model.house_memory import CycleMemory, Peak
from fusebox.model.load import Load, Mode
from fusebox.model.snapshot import LoadState, Status

from ..houses import Evening, car, charger, plug, site, switched

House = Callable[[int], float]


def cycling(on_s: int, off_s: int, amps: float, until_s: int, base_a: float = 4.0) -> House:
    """Something that is on and off in turns until it is done."""
    return lambda second: base_a + (amps if second < until_s and second % (on_s + off_s) < on_s else 0.0)


def lived(house: House, length_s: int, every_s: int = 1, **limits: float) -> tuple[list[float], list[float], Evening]:
    """Offers and flows, second by second, of a fast car on a 25 A phase whose meter reports at this interval."""
    evening = Evening(site(car("car", max_a=25), **limits))  # type: ignore[arg-type]
    loads: dict[str, LoadState] = {"car": charger(6)}
    offers, flows, seen_a = [], [], 0.0
    for second in range(length_s):
        if second % every_s == 0:
            seen_a = house(second)
        # What flows until the cut.
        flows.append(house(second) + (loads["car"].offer_a or 0.0))
        loads = evening.run(seen_a, second, second + 1, **loads)
        offers.append(loads["car"].offer_a or 0.0)
    return offers, flows, evening


def cuts(offers: list[float]) -> int:
    """How often the offer went down."""
    return sum(after < before for before, after in pairwise(offers))


@pytest.mark.parametrize(("on_s", "off_s"), [(10, 15), (15, 20), (8, 25)])
def test_a_short_pause_is_risen_into_once_and_never_again(on_s: int, off_s: int) -> None:
    offers, flows, _ = lived(cycling(on_s, off_s, 10.0, 10_000), 500)
    assert cuts(offers) <= 2
    assert max(flows[4 * (on_s + off_s) :]) <= 1.13 * 25


@pytest.mark.parametrize("off_s", [50, 60, 90])
def test_a_long_pause_is_used_and_left_before_it_ends(off_s: int) -> None:
    offers, flows, _ = lived(cycling(40, off_s, 12.0, 10_000), 7 * (40 + off_s))
    later = offers[4 * (40 + off_s) :]
    assert max(later) >= 20.0
    assert min(later) >= 8.0
    assert max(flows[4 * (40 + off_s) :]) <= 1.13 * 25


def test_what_is_over_is_released_soon() -> None:
    offers, _, _ = lived(cycling(10, 20, 10.0, 600), 700)
    assert max(offers[560:600]) <= 15.0
    # The last of it ended at 580; its pauses were 20 s.
    assert offers[620] >= 18.0


def test_a_kettle_is_no_cycle_and_is_not_waited_for() -> None:
    offers, _, _ = lived(lambda s: 14.0 if 100 <= s < 250 else 4.0, 300)
    assert offers[270] == 21.0


def test_a_minimum_is_not_kept_waiting_for_what_may_come() -> None:
    offers, _, evening = lived(cycling(12, 20, 18.0, 10_000), 600)
    assert min(offers) == 6.0
    assert evening.memory.loads["car"].timing.starts_s == ()


@pytest.mark.parametrize(
    ("hob_a", "on_s", "off_s", "starts"), [(16.0, 12, 6, True), (21.0, 12, 6, False), (21.0, 3, 30, True)]
)
def test_a_car_starts_beside_a_hob_only_if_the_fuse_carries_both(
    hob_a: float, on_s: int, off_s: int, starts: bool
) -> None:
    house, evening = cycling(on_s, off_s, hob_a, 10_000, base_a=3.0), Evening(site(car("car", max_a=25)))
    loads: dict[str, LoadState] = {"car": charger(0, on=False, status=Status.UNPLUGGED)}
    for second in range(400):
        if second == 100:
            # The car is plugged in while the hob pulses: 3 + 16 + 6 A are the rating, 3 + 21 + 6 A are 1.2 In.
            loads = {"car": charger(0, on=False)}
        loads = evening.run(house(second), second, second + 1, **loads)
    assert ((loads["car"].offer_a or 0.0) > 0) is starts


def test_two_cycles_of_different_height_are_both_foreseen() -> None:
    oven, hob = cycling(40, 60, 11.0, 10_000), cycling(6, 14, 7.0, 10_000, base_a=0.0)
    offers, flows, _ = lived(lambda s: oven(s) + hob(s + 7), 900)
    assert sum(flow > 1.13 * 25 for flow in flows[500:]) <= 6
    assert max(offers[500:]) >= 12.0


def zones(until_s: int) -> House:
    """Two cooking zones of about the same power at the same time, until the meal is done."""
    one, other = cycling(7, 10, 8.0, until_s), cycling(12, 14, 7.0, until_s, base_a=0.0)
    return lambda second: one(second) + other(second + 4)


def test_between_two_zones_that_cannot_be_distinguished_nothing_is_raised() -> None:
    offers, flows, _ = lived(zones(10_000), 600)
    assert sum(flow > 1.13 * 25 for flow in flows[200:]) <= 6
    assert max(offers[200:]) >= 10.0


def test_a_wire_is_restless_no_longer_than_it_was() -> None:
    offers, _, _ = lived(zones(600), 700)
    assert offers[660] == 21.0


@pytest.mark.parametrize(("every_s", "restless"), [(1.0, 0.0), (7.0, 0.0), (8.0, 61.0), (30.0, 61.0)])
def test_of_a_slow_meter_three_rises_within_eight_readings_are_restless(every_s: float, restless: float) -> None:
    peaks = tuple(Peak(8.0, 10.0, began_s, began_s + 10.0) for began_s in (0.0, 30.0, 60.0))
    assert time_of_restless_rises_s(CycleMemory(10.0, 61.0, every_s, peaks), 61.0) == restless


def ironed(second: int) -> float:
    """10 s each, with irregular pauses, as in ironing."""
    came_s = accumulate((46, 42, 42, 74, 51, 33, 67, 37, 44, 70, 33, 76), lambda at_s, pause_s: at_s + 10 + pause_s)
    return 14.0 if any(0 <= second % 800 - at_s < 10 for at_s in came_s) else 4.0


def test_pauses_that_are_not_regular_are_left_before_the_shortest_of_them_ends() -> None:
    _, flows, _ = lived(ironed, 1000)
    assert sum(flow > 1.13 * 25 for flow in flows[300:]) <= 2


def test_a_slow_meter_foresees_a_long_pause_too() -> None:
    _, flows, _ = lived(cycling(40, 80, 12.0, 10_000), 1440, every_s=10)
    hot = [second for second, flow in enumerate(flows) if flow > 1.13 * 25 and second > 720]
    assert len(hot) <= 12


def test_the_reason_names_the_expected_appliance() -> None:
    house = cycling(10, 20, 10.0, 10_000)
    _, _, evening = lived(house, 145)
    assert house(144) == 4.0
    assert evening.decision is not None
    reason = evening.decision.notes["car"].reason
    assert reason.startswith("limited to 11 A by the main fuse (L1, 25 A): house 4 A, 10 A kept free for")
    assert evening.decision.notes["car"].limited_by == "main L1"


def test_the_reason_under_the_import_limit_gives_the_limit_too() -> None:
    _, _, evening = lived(cycling(10, 20, 10.0, 10_000), 145, max_import_w=4600.0)
    assert evening.decision is not None
    reason = evening.decision.notes["car"].reason
    assert reason.startswith("limited to 6 A by the import limit (4.6 kW): house 0.9 kW, 2.3 kW kept free for"), reason


def test_a_gap_in_the_meter_forgets_no_pauses() -> None:
    house = cycling(40, 60, 12.0, 10_000)
    evening = Evening(site(car("car", max_a=25)))
    loads: dict[str, LoadState] = {"car": charger(6)}
    highest = 0.0
    for second in range(900):
        if 641 <= second < 650:
            evening.step({"L1": None}, second, **loads)
            continue
        if second >= 700:
            highest = max(highest, house(second) + (loads["car"].offer_a or 0.0))
        loads = evening.run(house(second), second, second + 1, **loads)
    assert highest <= 1.13 * 25


@pytest.mark.parametrize("every_s", [60, 90])
def test_a_stray_reading_is_nothing_that_comes_and_goes(every_s: int) -> None:
    """Each causes a cut, no load waits for the next, and many of them do not use up the fuse's budget."""
    is_non_compliant = range(every_s - 1, 600, every_s)
    offers, _, _ = lived(lambda second: 4348.0 if second in is_non_compliant else 4.0, 600)
    assert cuts(offers) == len(is_non_compliant)
    assert all(offers[second - 1] == 21.0 for second in is_non_compliant)
    assert min(offers) == 6.0


def pulsing(amps: float, base_a: float, until_s: int) -> House:
    """A hob that is on for 4 to 14 s and off for 3 to 12 s, in an order of its own, until it is done."""
    ons, offs = (9, 4, 13, 7, 11, 5, 14, 6), (12, 3, 4, 3, 5, 4, 12, 3, 5, 4, 3)
    lengths = [each for turn in range(200) for each in (ons[turn % len(ons)], offs[turn % len(offs)])]
    edges = list(accumulate(lengths))
    return lambda second: base_a + (amps if second < until_s and bisect(edges, second) % 2 == 0 else 0.0)


def test_pauses_at_random_are_not_used_because_the_last_few_were_shorter() -> None:
    offers, flows, _ = lived(pulsing(12.0, 1.0, 660), 720)
    assert max(offers[120:655]) <= 12.0
    assert max(flows[120:655]) <= 25.0
    assert max(offers[660:]) >= 20.0  # and soon after the last pulse the room is used


def test_a_running_car_is_not_raised_into_pauses_of_the_minimum_of_a_paused_one() -> None:
    house, base = Evening(site(car("first"), car("second", priority=2), margin_a=0.5)), pulsing(16.0, 1.3, 2000)
    loads: dict[str, LoadState] = {"first": charger(6), "second": charger(6)}
    offers = []
    for second in range(700):
        loads = house.run(base(second), second, second + 1, **loads)
        offers.append([state.offer_a if state.on else 0.0 for state in loads.values()])
    alone = [first for first, second in offers[300:] if not second]
    assert alone  # the fuse does not tolerate both minimums all the time
    assert max(alone) <= 7.0


def starts_beside_an_oven(tank: Load, until_s: int, oven_a: float = 14.0) -> tuple[int, bool]:
    """How often a plug of 8 A starts in half an hour with an oven's short pauses, and whether it is on then.

    With 14 A both together are 1.2 times the rating, with 12 A 1.1 times, which would exhaust the fuse.
    """
    house, evening, starts, is_on = cycling(70, 25, oven_a, until_s, 2.0), Evening(site(tank, fuse_a=20)), 0, False
    for second in range(1800):
        drawn_a = 8.0 if is_on else 0.0
        decision = evening.step({"L1": house(second) + drawn_a}, second, tank=switched(is_on, drawn_a))
        for command in decision.commands:
            starts, is_on = starts + bool(command.on), bool(command.on)
    return starts, is_on


def test_a_plug_does_not_start_into_short_pauses_of_an_oven_that_would_stop_it() -> None:
    # The first two pauses teach how short they are.
    assert starts_beside_an_oven(plug("tank", 1840), 10_000) == (2, False)


def test_a_plug_stays_on_once_the_oven_is_done() -> None:
    assert starts_beside_an_oven(plug("tank", 1840), 600) == (3, True)


def test_a_plug_in_boost_uses_the_pauses_all_the_same() -> None:
    tank = plug("tank", 1840)
    starts = [starts_beside_an_oven(each, 10_000, 12.0)[0] for each in (tank, replace(tank, mode=Mode.BOOST))]
    assert starts[0] <= 2 and starts[1] > 10


def peaks_of(net_a: Sequence[float], drawn_a: Sequence[float]) -> Sequence[Peak]:
    """Return the peaks learnt from a meter's currents, one a second, and a car's draws behind it [A]."""
    memory: dict[str, CycleMemory] = {}
    for second, (metered_a, car_a) in enumerate(zip(net_a, drawn_a, strict=True)):
        flow = {"flow_a": abs(metered_a), "exported_a": max(-metered_a, 0.0), "reported_s": float(second)}
        wire = Ceiling("main L1", "", 25.0, {"car": 1.0}, used_a=metered_a - car_a, rating_a=25.0, **flow)
        memory = dict(observe_cycles([wire], memory))
    return memory["main L1"].peaks


@pytest.mark.parametrize(
    ("net_a", "rises"),
    [([10.0, 4.0, 4.0], 0), ([10.0, 4.0, 10.0], 1), ([10.0, -2.0, -2.0], 0), ([10.0, 10.0, 10.0], 0)],
)
def test_a_late_report_of_a_stop_is_told_from_an_appliance(net_a: list[float], rises: int) -> None:
    # The car stops at 1 s, which its draw sensor shows at 2 s; in the second case something else switches on then.
    # In the last case it goes on, and becomes unavailable.
    assert len(peaks_of(net_a, (6.0, 6.0, 0.0))) == rises


def test_a_rise_taken_for_that_of_a_draw_at_first_is_known_whole_a_second_later() -> None:
    # A car at 6 A is raised to 10 A when an oven of 14 A switches on; the next second shows that it stays at 6 A.
    (oven,) = peaks_of((6.5, 20.5, 20.5, 20.5), (6.0, 10.0, 6.0, 6.0))
    assert oven.height_a == 14.0
