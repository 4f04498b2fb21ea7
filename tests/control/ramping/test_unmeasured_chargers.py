"""A charger without a draw sensor: it is unknown when its car has followed, so its next raise waits for the meter."""

from __future__ import annotations

from dataclasses import replace

from fusebox.control.control import step
from fusebox.model.electrics import PerPhase
from fusebox.model.memory import Memory
from fusebox.model.snapshot import LoadState

from ..houses import Evening, car, charger, seen, site

FOLLOWS_S = 16


def raises(measured: bool) -> list[int]:
    """When the charger was raised; its car follows some seconds late, and the meter shows that."""
    memory, offers_a, raised = Memory(), [6.0], []
    for second in range(120):
        drawn_a = offers_a[max(second - FOLLOWS_S, 0)]
        ev: LoadState = charger(offers_a[-1], drawn_a)
        if not measured:
            ev = replace(ev, draw_a=PerPhase(None, None, None))
        decision = step(site(car("ev", max_a=32), fuse_a=25), seen({"L1": 4.0 + drawn_a}, second, ev=ev), memory)
        memory = decision.memory
        setpoint_a = decision.notes["ev"].setpoint_a
        raised += [second] if setpoint_a > offers_a[-1] else []
        offers_a.append(setpoint_a)
    assert max(offers_a) <= 21
    return raised


def test_it_rises_again_when_the_meter_must_have_shown_its_last_raise():
    assert raises(measured=False)[:4] == [20, 40, 60, 80]


def test_one_with_a_sensor_need_not_wait():
    assert raises(measured=True)[:3] == [20, 25, 30]


def test_what_it_draws_before_its_device_displays_that_is_not_taken_for_the_house():
    """Its device follows at once and displays each command 5 s later: the meter shows the raise before."""
    evening, sent_a = Evening(site(car("ev"), fuse_a=25)), [6.0]
    for second in range(240):
        shown = replace(charger(sent_a[max(second - 5, 0)]), draw_a=PerPhase())
        commands = evening.step({"L1": 12.0 + sent_a[-1]}, second, ev=shown).commands
        sent_a.append(next((each.current_a for each in commands if each.current_a is not None), sent_a[-1]))
    assert sorted(sent_a) == sent_a and sent_a[-1] == 13


def test_it_is_cut_once_although_its_car_follows_some_seconds_later():
    """Its device displays each command at once; its car follows 3 s later, and only then the meter shows the cut."""
    evening, sent_a = Evening(site(car("ev"), fuse_a=25)), [16.0]
    for second in range(60):
        shown = replace(charger(sent_a[-1]), draw_a=PerPhase())
        house_a = 4.0 if second < 30 else 14.0
        commands = evening.step({"L1": house_a + sent_a[max(second - 3, 0)]}, second, ev=shown).commands
        sent_a.append(next((each.current_a for each in commands if each.current_a is not None), sent_a[-1]))
    assert sorted(set(sent_a)) == [11.0, 16.0]


def test_the_house_is_seen_beside_a_cut_that_its_car_has_not_followed_yet():
    """Its device displays each command at once, its car does not follow; 2 s later the house takes 3 A more."""
    evening, sent_a = Evening(site(car("ev"), fuse_a=25)), [16.0]
    for second in range(33):
        shown = replace(charger(sent_a[-1]), draw_a=PerPhase())
        house_a = 4.0 if second < 30 else 14.0 if second < 32 else 17.0
        commands = evening.step({"L1": house_a + 16.0}, second, ev=shown).commands
        sent_a.append(next((each.current_a for each in commands if each.current_a is not None), sent_a[-1]))
    assert sent_a[-3:] == [11.0, 11.0, 8.0]
