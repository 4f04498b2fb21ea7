"""What a meter may still show of what was switched: the range of its readings, and how its lateness is learnt."""

from __future__ import annotations

import pytest

from fusebox.model.trace import (
    NEW_METER_LATENCY,
    MeterLatency,
    Trace,
    add_reading,
    shown_draw_range_a,
    update_latency,
)

from ..houses import Evening, plug, site, switched


def switching(
    latency: MeterLatency, at_s: float, lag_s: int, drawn: float = 5.0, shown_part: float = 1.0
) -> MeterLatency:
    """It switches on and, a minute later, off; a meter that reports each second shows both with this delay."""
    readings: Trace = ()
    for began_s, now in ((at_s, drawn), (at_s + 60, 0.0)):
        for second in range(-5, 40):
            meter = now if second >= lag_s else drawn - now
            readings = add_reading(readings, 10 + shown_part * meter, began_s + second)
            latency = update_latency(latency, began_s + second, now if second >= 0 else drawn - now, readings)
    return latency


def test_until_the_delay_is_learnt_a_reading_may_be_three_seconds_late_or_six():
    latency = update_latency(update_latency(NEW_METER_LATENCY, 0, 20, ()), 100, 10, ())
    assert [shown_draw_range_a(latency, 100 + s) for s in (-5, 0, 3, 3.1)] == [(10, 20)] * 3 + [(10, 10)]
    unseen = update_latency(update_latency(NEW_METER_LATENCY, 0, 20, ((0, 30),)), 100, 10, ((0, 30), (100, 30)))
    assert [shown_draw_range_a(unseen, 100 + s) for s in (6, 6.1)] == [(10, 20), (10, 10)]
    assert shown_draw_range_a(NEW_METER_LATENCY, 0) == (0, 0)


@pytest.mark.parametrize(("lag_s", "learnt_s"), [(-3, 0), (-2, 0), (0, 0), (1, 1), (2, 2), (6, 6)])
def test_a_change_that_the_meter_shows_reveals_its_latency(lag_s, learnt_s):
    latency = NEW_METER_LATENCY
    for times in range(3):
        latency = switching(latency, 1000 * times, lag_s)
    assert latency.latency_s == learnt_s


def test_one_that_took_longer_than_all_others_is_chance():
    latency = NEW_METER_LATENCY
    for times in range(2):
        latency = switching(latency, 1000 * times, 1)
    latency = switching(latency, 5000, 9, drawn=5)
    assert sorted(latency.lags_s)[-1] == 9
    latency = MeterLatency(lags_s=(1, 1, 9, 1, 1))
    assert latency.latency_s == 1


def test_what_the_meter_never_shows_teaches_nothing():
    assert switching(NEW_METER_LATENCY, 0, 0, shown_part=0.0).lags_s == ()


def test_a_plug_that_has_made_way_does_not_take_the_next_one_with_it():
    of = site(plug("a", priority=1), plug("b", priority=2))
    evening = Evening(of)
    plugs = evening.run(1.0, 0, 40, a=switched(True), b=switched(True))
    assert [p.on for p in plugs.values()] == [True, True]
    plugs = {"a": switched(True), "b": switched(False)}
    for second, meter_a in ((40, 28.0), (41, 28.0), (42, 28.0), (43, 18.0), (44, 18.0)):
        both = switched(second == 40)
        decision = evening.step({"L1": meter_a}, second, a=switched(True), b=both)
        assert all(command.load == "b" for command in decision.commands)
