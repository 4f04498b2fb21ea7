"""The site's state is as bad as its worst load: over, blind, fault, limited, ok, in this order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.control.control import step
from fusebox.model.decision import Command, Decision
from fusebox.model.electrics import PerPhase, Phase
from fusebox.model.equipment import Source, Tariff
from fusebox.model.load import Mode
from fusebox.model.memory import Memory
from fusebox.model.site import MAIN, Distribution
from fusebox.model.snapshot import LoadState, Reading, Status

from .houses import Evening, car, charger, obey, plug, seen, site, switched
from .imperfect import Device, Night

SUN = Source(entity="sensor.sun")
BROKEN = replace(charger(6.0, 0.0, on=False), status=Status.FAULT, can_use_power=False)
AWAY = LoadState(available=False)


def decided(grid_a: float | None, **loads: LoadState) -> Decision:
    modes = {"car": Mode.STANDARD, "sunny": Mode.SOLAR_ONLY}
    of = site(*(car(name, priority=n, mode=modes[name]) for n, name in enumerate(loads)), solar_w=SUN)
    return step(of, seen({"L1": grid_a}, **loads), Memory())


@pytest.mark.parametrize("state", [BROKEN, AWAY], ids=["tells of a fault", "is away"])
def test_a_load_that_is_at_fault_is_the_sites_fault_and_its_reason(state: LoadState) -> None:
    decision = decided(2.0, car=state)
    assert (decision.notes["car"].status, decision.state) == ("fault", "fault")
    assert decision.reason.startswith("car: ")


def test_a_fault_is_worse_than_a_load_that_is_held_back() -> None:
    decision = decided(25.0, car=charger(10.0, 10.0), sunny=BROKEN)
    assert (decision.notes["car"].held_back, decision.state) == (True, "fault")
    assert decision.reason.startswith("sunny: ")


def test_a_silent_meter_and_an_overload_are_worse_states_than_a_fault() -> None:
    assert decided(None, car=BROKEN).state == "blind"
    assert decided(25.5, car=BROKEN).state == "over"


def test_a_full_car_is_not_said_to_be_lowered_because_a_meter_is_silent() -> None:
    full = replace(charger(6.0, 0.0), status=Status.FULL, can_use_power=False)
    assert decided(None, car=charger(10.0, 10.0), sunny=full).reason.endswith(": car in fail-safe")
    assert decided(None, sunny=full).reason.endswith(": sunny in fail-safe")


def test_a_charger_that_is_not_there_is_not_said_to_be_lowered_because_a_meter_is_silent() -> None:
    assert decided(None, car=charger(10.0, 10.0), sunny=AWAY).reason.endswith(": car in fail-safe")
    alone = decided(None, car=AWAY)
    assert (alone.state, alone.reason) == ("blind", "not raised: main L1 is not fully measured")


def test_a_load_that_waits_for_surplus_leaves_the_site_state_ok() -> None:
    decision = decided(18.0, car=charger(16.0, 16.0), sunny=charger(6.0, 0.0, on=False))
    assert (decision.notes["sunny"].limited_by, decision.notes["sunny"].status) == ("solar", "waiting")
    assert decision.state == "ok"
    assert "sunny: waits for sun" in decision.reason


def test_a_car_that_has_all_but_a_part_of_an_ampere_is_not_the_sites_reason() -> None:
    of = site(car("car", max_a=10.3, step_a=1.0), car("sunny", priority=2, mode=Mode.SOLAR_ONLY), solar_w=SUN)
    decision = step(of, seen({"L1": 10.0}, car=charger(10.0, 10.0), sunny=charger(6.0, 0.0, on=False)), Memory())
    assert decision.notes["car"].reason == "has all it can use"
    assert "sunny: waits for sun" in decision.reason


def test_a_load_that_its_settings_keep_off_is_not_said_to_have_what_it_can_use() -> None:
    decision = step(site(car("car", min_a=14, max_a=10)), seen({"L1": 2.0}, car=charger(6.0, 0.0)), Memory())
    assert decision.state == "ok"
    assert decision.reason == "car: its maximum of 10 A is below its minimum of 14 A"


def test_a_site_is_limited_while_a_fuse_has_its_only_load_paused() -> None:
    evening = Evening(site(car("car", pause_s=60)))
    evening.run(30.0, 0, 60, car=charger(6.0))
    evening.run(1.0, 60, 100, car=charger(6.0, 0.0, on=False))
    assert evening.decision is not None
    assert (evening.decision.notes["car"].status, evening.decision.notes["car"].limited_by) == ("paused", "main L1")
    assert evening.decision.state == "limited"


def test_a_load_that_is_not_to_run_is_no_fault_of_the_site_while_it_is_away() -> None:
    of = site(car("car", mode=Mode.OFF))
    decision = step(of, seen({"L1": 2.0}, car=AWAY), Memory())
    assert (decision.notes["car"].status, decision.state) == ("fault", "ok")


def test_a_load_that_was_taken_out_of_service_for_not_obeying_is_the_sites_fault() -> None:
    evening = Night(site(car("car")), car=Device(real_a=16.0, deaf=True))
    evening.run(100, 18.0)
    assert evening.devices["car"].draw_a == 0
    assert evening.decision is not None
    assert evening.decision.state == "limited" and "paused until" in evening.decision.reason
    evening.run(400, 18.0)
    assert evening.decision.state == "fault"
    assert evening.decision.reason.startswith("car: has ignored its limit")


def test_too_much_current_names_the_load_that_ignores_its_limit_and_not_the_house() -> None:
    evening = Night(site(car("car"), car("other", priority=2), fuse_a=20), car=Device(real_a=28.0, deaf=True))
    evening.devices["other"] = Device(here=False)
    reasons = set()
    for _ in range(60):
        evening.run(1, 1.3)
        assert evening.decision is not None
        reasons.add(evening.decision.reason if evening.decision.state == "over" else "")
    told = [reason for reason in reasons if reason.startswith("too much current")]
    assert told and all("car 28 A" in reason and "house 1.3 A" in reason for reason in told), told


def test_a_tank_without_a_thermometer_is_the_sites_fault() -> None:
    device = {"normal_c": 50, "boost_c": 65, "hysteresis_c": 6, "hygiene_c": 60, "hygiene_every_days": 7}
    tank = replace(plug("tank", mode=Mode.NORMAL), type="tank", device={**device, "temperature": "sensor.tank"})
    evening = Evening(site(tank))
    for at_s in range(0, 120, 10):
        evening.step({"L1": 2.0}, at_s, tank=switched(on=False))
    assert evening.decision is not None and evening.decision.state == "fault"
    assert "look at sensor.tank" in evening.decision.reason


def test_an_unmeasured_load_is_allocated_no_more_than_its_setpoint() -> None:
    evening = Evening(site(car("car", failsafe_a=0.0)))
    loads = evening.run(2.0, 0, 60, car=charger(6.0))
    assert evening.decision is not None and evening.decision.notes["car"].allocated_a == 16
    reading = Reading(None, 18.0, 90.0)
    blind = replace(seen({"L1": 18.0}, 150, **loads), grid_a={MAIN: {Phase.L1: reading}})
    note = step(evening.site, blind, evening.memory).notes["car"]
    assert (note.status, note.setpoint_a, note.allocated_a) == ("blind", 0, 0)


def test_an_exceeded_contract_is_named_in_the_kilowatts_of_config() -> None:
    of = site(car("car"), fuse_a=35, max_import_w=2500.0)
    decision = step(of, seen({"L1": 31.0}, car=charger(16.0, 16.0)), Memory())
    wants = "the import limit is exceeded: 7.13 kW of 2.5 kW; to be lowered: car; car 3.7 kW, house 3.45 kW"
    assert decision.reason == wants


def test_the_house_is_no_part_of_an_exceeded_limit_of_the_grid_operator() -> None:
    of = site(car("car", max_a=32.0, device={"controllable_14a": True}), fuse_a=35, tariff=Tariff(kind="enwg14a"))
    decision = step(of, replace(seen({"L1": 22.0}, car=charger(20.0, 20.0)), dimmed=True), Memory())
    wants = "the grid operator's limit is exceeded: 4.6 kW of 4.2 kW; to be lowered: car; car 4.6 kW"
    assert decision.reason == wants


@pytest.mark.parametrize(
    ("phases", "limits", "limit", "says"),
    [
        ("L1", {"max_import_w": 0.0}, "contract", "of 0 kW; to be lowered: car; car 3.7 kW"),
        ("L1 L2", {"imbalance_max_a": 0.0}, "imbalance L1 L2", "of 0 A; to be lowered: car; car 16 A"),
    ],
)
def test_a_limit_of_nothing_pauses_what_it_limits_and_is_named(
    phases: str, limits: dict[str, float], limit: str, says: str
) -> None:
    flows_a = dict.fromkeys(phases.split(), 17.0)
    decision = step(site(car("car"), phases=phases, **limits), seen(flows_a, car=charger(16.0, 16.0)), Memory())
    assert (decision.notes["car"].setpoint_a, decision.notes["car"].limited_by) == (0, limit)
    assert decision.state == "over" and says in decision.reason


@pytest.mark.parametrize(
    ("car_a", "says"), [(16.0, "; to be lowered: car; car 16 A, "), (0.0, ", and no load is left to lower: ")]
)
def test_too_much_current_says_what_is_done_about_it(car_a: float, says: str) -> None:
    decision = decided(31.0, car=charger(6.0 if car_a == 0 else car_a, car_a, on=car_a > 0))
    assert decision.reason.startswith(f"too much current on main L1: 31 A of 25 A{says}")


def test_each_charger_that_is_lowered_is_named_also_one_by_a_single_amp() -> None:
    of = site(car("green"), car("blue"), fuse_a=32, distribution=Distribution.SHARED)
    loads = Evening(of).run(4.0, 0, 120, green=charger(10.0), blue=charger(10.0))
    decision = step(of, seen({"L1": 33.0}, 120, **loads), Memory())
    assert {note.setpoint_a for note in decision.notes.values()} == {13.0}
    assert "; to be lowered: green, blue; green 14 A, blue 14 A, house 5 A" in decision.reason


def test_a_flow_just_above_its_rating_is_not_shown_as_equal_to_it() -> None:
    assert decided(25.01).reason.startswith("too much current on main L1: 25.1 A of 25 A")


def test_with_reports_half_a_minute_old_the_house_load_in_the_sentence_is_the_true_one() -> None:
    """The house takes 20 A from second 300 on, and the car ignores its limit until it is switched off."""
    home, box, house_a, asked, said = Evening(site(car("car"))), charger(6.0), 4.0, list[Command](), set[str]()
    meter, drawn = Reading(), Reading()
    for second in range(330):
        if second == 300:
            house_a = 20.0
        asked = [command for command in asked if second < 300 or command.on is False]
        for command in asked:
            box = obey(box, command.current_a, command.on)
        draw_a = box.draw_a[0] or 0.0
        meter = reported(meter, house_a + draw_a, second % 30 == 0)
        drawn = reported(drawn, draw_a, second % 30 == 23)
        shown = replace(box, draw_a=PerPhase(drawn.last), draw_age_s=drawn.age_s)
        decision = home.decide(replace(seen({}, second, car=shown), grid_a={MAIN: {Phase.L1: meter}}))
        asked = list(decision.commands)
        if decision.state == "over":
            said.add(decision.reason)
    assert box.on is False
    assert said == {
        f"too much current on main L1: 36 A of 25 A{words}"
        for words in (", house 20 A", "; car 16 A, house 20 A", "; to be lowered: car; car 16 A, house 20 A")
    }


def reported(before: Reading, value: float, is_due: bool) -> Reading:
    """A reading a second later, with this value if a report is due."""
    return Reading(value, value, 0.0) if is_due else replace(before, age_s=before.age_s + 1)


def test_a_load_with_all_it_can_use_is_not_limited_by_a_house_load_of_a_moment_ago() -> None:
    house = Evening(site(car("car"), margin_a=0.5))
    loads = house.run(2.0, 0, 100, car=charger(16.0))
    loads = house.run(8.9, 100, 101, **loads)  # within the margin
    house.run(2.0, 101, 102, **loads)
    assert house.decision is not None
    note = house.decision.notes["car"]
    assert (note.setpoint_a, note.limited_by, note.reason, house.decision.state) == (16, "", "has all it can use", "ok")


@pytest.mark.parametrize(
    ("age_s", "told"),
    [(40.0, "main L2 (sensor.meter): pool at the minimum at most"), (70.0, "from any meter: pool lowered")],
)
def test_a_plug_that_stays_on_is_not_said_to_be_lowered(age_s: float, told: str) -> None:
    """A plug goes off only when its meters are silent for longer."""
    of, pool = site(plug("pool"), phases="L1 L2"), switched(True, 10.0)
    now = seen({"L1": 12.0, "L2": 1.0}, 100.0, pool=pool)
    old = {phase: Reading(each.last, each.last, age_s) for phase, each in now.grid_a[MAIN].items()}
    decision = step(
        of, replace(now, grid_a={MAIN: old}), step(of, seen({"L1": 12.0, "L2": 1.0}, pool=pool), Memory()).memory
    )
    assert told in decision.reason
    assert (decision.notes["pool"].setpoint_a > 0) == ("lowered" not in told)
