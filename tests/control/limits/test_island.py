"""While the grid is gone, only marked loads run, and never on more than inverter and battery deliver."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

import pytest

from fusebox import tuning
from fusebox.control.control import step
from fusebox.control.limits.island import without_grid
from fusebox.control.limits.power_range import compute_power_range
from fusebox.model.appliance_memory import BLOCK, NORMAL, PumpMemory
from fusebox.model.data_quality import DataQuality
from fusebox.model.decision import Decision
from fusebox.model.electrics import Phase
from fusebox.model.equipment import Battery, Inverter
from fusebox.model.load import Load, Mode
from fusebox.model.memory import Memory
from fusebox.model.site import MAIN, Site
from fusebox.model.snapshot import BatteryReadings, InverterReadings, LoadState, Reading, Snapshot

from ..houses import METER, T0_S, car, charger, obey, plug, seen, site, switched
from ..rest import Steps

BATTERY = Battery(METER, METER, soc_min_pct=20, max_discharge_w=4600)
VANISHED = {Phase.L1: Reading(None, 5.0, 3600.0)}


def house(*loads: Load, **more: object) -> Site:
    """A house whose inverter delivers 20 A and whose battery delivers 20 A."""
    facts: dict[str, object] = {"batteries": (BATTERY,), "inverters": (Inverter(max_w=4600),), "solar_w": METER, **more}
    return site(*loads, **facts)  # type: ignore[arg-type]


def gone(of: Site) -> Site:
    return replace(of, island=True)


class Home:
    """Steps a house whose devices follow at once, and whose battery balances what sun, house and loads leave.

    Its sensors of sun and battery report every `every_s`.
    """

    def __init__(self, of: Site, every_s: int = 1, **loads: LoadState) -> None:
        self.site, self.memory, self.loads, self.every_s = of, Memory(), loads, every_s
        self.reported: tuple[float, float, float] | None = None
        self.steps = Steps()
        self.at_s, self.house_a, self.sun_a, self.soc_pct = 0.0, 2.0, 0.0, 60.0

    @property
    def drawn_a(self) -> float:
        return sum(state.draw_a[0] or 0.0 for state in self.loads.values())

    @property
    def use_a(self) -> float:
        return self.house_a + self.drawn_a

    def snapshot(self) -> Snapshot:
        charge_w = (self.sun_a - self.use_a) * 230 if self.site.island else 0.0
        flow_a = 0.0 if self.site.island else self.use_a - self.sun_a
        now = seen({"L1": flow_a}, self.at_s, **self.loads)
        if self.reported is None or self.at_s % self.every_s == 0:
            self.reported = (self.at_s, self.sun_a * 230, charge_w)
        at_s, *powers_w = self.reported
        sun, charge = (Reading(each, each, self.at_s - at_s) for each in powers_w)
        now = replace(now, solar_w=sun, batteries=(BatteryReadings(Reading(self.soc_pct, self.soc_pct, 0.0), charge),))
        # Without the grid, its meter is gone as well.
        return without_grid(self.site, replace(now, grid_a={MAIN: VANISHED}) if self.site.island else now)

    def step(self) -> Decision:
        decision = self.steps.decide(self.site, self.snapshot(), self.memory)
        self.memory = decision.memory
        for command in decision.commands:
            load, state = self.site.by_name[command.load], self.loads[command.load]
            after = switched(command.on is True, load.max_a * (command.on is True))
            self.loads[load.name] = after if load.on_off else obey(state, command.current_a, command.on)
        self.at_s += 1
        return decision

    def run(self, seconds: int) -> list[Mapping[str, float]]:
        """Return the draw of each load after each second [A]."""
        found = []
        for _ in range(seconds):
            self.step()
            found.append({name: state.draw_a[0] or 0.0 for name, state in self.loads.items()})
        return found


@pytest.mark.parametrize("mode", [Mode.STANDARD, Mode.SOLAR_ONLY, Mode.BOOST])
def test_a_step_after_the_grid_is_lost_nothing_runs_that_is_not_marked(mode: Mode) -> None:
    home = Home(
        house(
            car("car", mode=mode, max_a=12.0, device={"min_write_s": 600}),
            plug("pool", 1150, min_on_s=3600, mode=Mode.SOLAR_ONLY if mode is Mode.SOLAR_ONLY else Mode.CONTINUOUS),
            fuse_a=40,
        ),
        car=charger(6.0),
        pool=switched(True, 5.0),
    )
    home.sun_a = 30.0
    assert home.run(30)[-1]["car"] >= 6
    home.site = gone(home.site)
    decision = home.step()
    assert home.drawn_a == 0
    assert [command.on for command in decision.commands] == [False, False]
    assert {note.reason for note in decision.notes.values()} == {"off while the grid is gone"}
    assert (decision.state, decision.reason) == ("limited", "the grid is gone")
    assert all(not any(draws.values()) for draws in home.run(300))


def test_a_plug_that_has_long_ignored_off_is_sent_it_again_soon_after_the_grid_is_lost() -> None:
    home = Home(house(plug("pool", 1150, mode=Mode.OFF), fuse_a=40), pool=switched(True, 5.0))

    def sent_in(seconds: int) -> list[int]:
        """Return the seconds in which the plug was sent its off."""
        found = []
        for second in range(seconds):
            commands = home.step().commands
            home.loads["pool"] = switched(True, 5.0)
            found += [second] * len(commands)
        return found

    assert len(sent_in(1600)) < 12
    home.site = gone(home.site)
    again_s = sent_in(300)
    assert again_s[0] <= 30
    assert max(later - first for first, later in pairwise(again_s)) <= 30


def test_a_marked_load_stays_within_what_the_inverter_delivers() -> None:
    home = Home(
        house(car("car", island=True, max_a=32.0), plug("pool"), fuse_a=63),
        car=charger(32.0),
        pool=switched(False, 0.0),
    )
    home.run(60)
    home.site = gone(home.site)
    home.step()
    assert home.use_a <= 20
    home.house_a = 12.0
    assert [draws["car"] for draws in home.run(30)][-1] == 8
    home.house_a = 18.0
    assert home.run(2)[-1]["car"] == 0


def test_slow_sensors_do_not_hide_what_a_marked_car_draws_when_the_grid_is_lost() -> None:
    home = Home(house(car("car", island=True, max_a=32.0), fuse_a=63), every_s=10, car=charger(32.0))
    home.run(61)
    home.site = gone(home.site)
    home.step()
    assert 6 <= home.drawn_a <= 20


@pytest.mark.parametrize("every_s", [1, 5, 10])
def test_a_raise_waits_for_the_report_that_shows_the_one_before(every_s: int) -> None:
    home = Home(gone(house(car("car", island=True, max_a=32.0))), every_s=every_s, car=charger(6.0))
    draws = home.run(300)
    assert max(each["car"] for each in draws) + home.house_a <= 20
    assert draws[-1]["car"] >= 16


def test_one_phase_of_the_inverter_is_not_taken_to_deliver_a_third_of_what_a_car_on_it_draws() -> None:
    three = "L1 L2 L3"
    inverter = Inverter(max_w=13800, max_w_per_phase=2300)
    battery = replace(BATTERY, max_discharge_w=13800)
    of = gone(house(car("car", island=True), phases=three, inverters=(inverter,), batteries=(battery,)))
    now = seen(dict.fromkeys(three.split(), 0.0), car=charger(10.0))
    level = {"batteries": (BatteryReadings(Reading(60, 60, 0.0), Reading(-2300, -2300, 0.0)),)}
    now = replace(now, solar_w=Reading(0.0, 0.0, 0.0), **level)
    assert step(of, now, Memory()).allocation["car"].amps == 10


def test_a_plug_that_makes_way_for_a_car_is_no_house_load_until_the_battery_reports_again() -> None:
    pool = plug("pool", 690, island=True, min_on_s=0, min_off_s=0)
    home = Home(
        gone(house(car("car", island=True, max_a=8.0), pool)), every_s=10, car=charger(8.0), pool=switched(False, 0.0)
    )
    home.house_a = 15.0
    home.run(120)
    assert home.drawn_a == 3
    home.house_a = 11.5
    draws = home.run(600)
    assert draws[-1] == {"car": 8.0, "pool": 0.0}
    assert sum(before["pool"] != after["pool"] for before, after in pairwise(draws)) == 1


def test_a_marked_load_stops_when_the_battery_is_at_its_minimum_and_the_sun_feeds_it() -> None:
    home = Home(gone(house(car("car", island=True))), car=charger(8.0))
    assert home.run(60)[-1]["car"] >= 8
    home.soc_pct = 20.0
    assert home.run(2)[-1]["car"] == 0
    home.sun_a = 12.0
    draws = home.run(600)
    assert all(home.house_a + each["car"] <= 12 for each in draws)
    assert draws[-1]["car"] >= 9


def test_an_unknown_state_of_charge_delivers_nothing() -> None:
    home = Home(gone(house(car("car", island=True))), car=charger(8.0))
    level = home.snapshot().batteries[0]
    now = replace(home.snapshot(), batteries=(BatteryReadings(Reading(), level.charge_w),))
    assert step(home.site, now, Memory()).allocation["car"].amps == 0


def test_after_the_grid_has_returned_no_load_rises_before_it_was_observed_for_20_s() -> None:
    """On the island the main meter showed nothing, and now the whole house starts behind it."""
    home = Home(house(car("car", island=True, max_a=32)), car=charger(6.0))
    home.house_a = 8.0
    home.run(60)
    home.site = gone(home.site)
    on_island_a = home.run(120)[-1]["car"]
    home.site = replace(home.site, island=False)
    rises = [second for second, drawn_a in enumerate(home.run(40)) if drawn_a["car"] > on_island_a]
    assert rises[0] == tuning.HEADROOM_WATCH_S


def test_after_the_grid_has_returned_each_load_waits_for_its_pause() -> None:
    home = Home(house(car("car"), plug("pool", 1150, pause_s=90)), car=charger(10.0), pool=switched(True, 5.0))
    home.run(30)
    home.site = gone(home.site)
    home.run(300)
    home.site = replace(home.site, island=False)
    back = home.step()
    assert back.notes["pool"].reason.startswith("waits until ")
    draws = home.run(260)
    starts_s = {
        name: next(second for second, (old, new) in enumerate(pairwise(draws)) if old[name] == 0 < new[name])
        for name in home.loads
    }
    assert 85 <= starts_s["pool"] <= 150
    assert 175 <= starts_s["car"] <= 250


def test_a_marked_load_that_is_off_waits_too_and_one_that_runs_goes_on() -> None:
    pool = plug("pool", 1150, island=True, pause_s=90)
    home = Home(house(car("car", island=True), pool), car=charger(10.0), pool=switched(False, 0.0))
    home.site = gone(home.site)
    home.house_a = 13.0
    assert home.run(400)[-1] == {"car": 7.0, "pool": 0.0}
    home.site, home.house_a = replace(home.site, island=False), 2.0
    draws = home.run(150)
    starts_s = next(second for second, each in enumerate(draws) if each["pool"] > 0)
    assert 85 <= starts_s <= 130
    assert min(each["car"] for each in draws) >= 7


def test_a_heat_pump_is_blocked_at_once_and_while_the_grid_is_lost() -> None:
    device = {"dwell_s": 600, "max_block_s": 60, "recommend_above_w": 1500, "force_above_w": 4000}
    pump = Load(
        "pump", "sg_ready", MAIN, (Phase.L1,), 1, Mode.STANDARD, 10.0, 10.0, rated_w=2300, on_off=True, device=device
    )
    home = Home(house(pump), pump=replace(switched(True, 9.0), sg=NORMAL))
    home.run(3)
    home.site = gone(home.site)
    for _ in range(300):
        memory = home.step().memory.loads["pump"].switched.pump
        assert isinstance(memory, PumpMemory)
        assert memory.commanded == BLOCK
        home.loads["pump"] = replace(switched(True, 0.0), sg=BLOCK)
    home.site = replace(home.site, island=False)
    states = [home.step().memory.loads["pump"].switched.pump.commanded for _ in range(200)]
    assert 175 <= states.count(BLOCK) <= 185, "after its pause, though it has been blocked for longer than it may be"


def test_a_quasar_does_not_discharge_into_an_island() -> None:
    quasar = Load("v2g", "quasar", MAIN, (Phase.L1,), 1, Mode.STANDARD, 0.0, 16.0)
    for island, high_w in ((False, 0.0), (True, 2300.0)):
        of = gone(house(replace(quasar, island=island)))
        home = Home(of, v2g=charger(0.0))
        found = compute_power_range(of, home.step().ceilings, of.loads[0], 10.0, DataQuality.GOOD)
        assert found.low_w == 0
        assert found.high_w == high_w


def test_a_site_that_is_never_connected_serves_every_load_within_its_inverter() -> None:
    of = replace(house(car("car"), batteries=(), solar_w=None), has_grid=False, island=True)
    of = replace(of, inverters=(Inverter(max_w=3450, output={Phase.L1: METER}),))
    home = Home(of, car=charger(6.0))
    for _ in range(120):
        output = Reading(home.use_a, home.use_a, 0.0)
        decision = step(of, replace(home.snapshot(), inverters=(InverterReadings({Phase.L1: output}),)), home.memory)
        home.memory = decision.memory
        for command in decision.commands:
            home.loads["car"] = obey(home.loads["car"], command.current_a, command.on)
        home.at_s += 1
        assert home.use_a <= 15
    assert home.drawn_a == 13


def test_no_phase_of_the_inverter_delivers_more_than_it_can() -> None:
    of = gone(
        house(car("car", phases="L1 L2", island=True), phases="L1 L2", inverters=(Inverter(max_w_per_phase=2300),))
    )
    output = {phase: Reading(use_a, use_a, 0.0) for phase, use_a in zip(of.phases, (1.0, 3.0), strict=True)}
    now = seen({"L1": 0.0, "L2": 0.0}, car=charger(0.0, 0.0, phases="L1 L2"))
    level = {"batteries": (BatteryReadings(Reading(60, 60, 0.0), Reading(0.0, 0.0, 0.0)),)}
    assert step(of, replace(now, inverters=(InverterReadings(output),), **level), Memory()).allocation["car"].amps == 7


def test_what_the_meters_show_without_a_grid_teaches_nothing() -> None:
    home = Home(house(car("car", phases="L1")), car=charger(10.0))
    home.run(120)
    before = home.memory
    home.site = gone(home.site)
    home.run(119)
    home.house_a += 1.0  # so that the last second is decided as well
    home.run(1)
    assert home.memory.phases_in_use == before.phases_in_use
    assert home.memory.wiring_problems == ()
    assert home.memory.island_s == T0_S + home.at_s - 1
