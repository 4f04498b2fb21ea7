"""Whatever is reloaded, renamed or started twice: one generation balances, and a retired one does nothing any more."""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections import Counter

import pytest

from fusebox.balancer.balancer import Balancer
from fusebox.config.read_config import read_config
from fusebox.runtime.load_files import LoadedConfig
from fusebox.runtime.store import STORE
from simhouse.host.pyscript_host import PyscriptOptions

from ..runtime.home import Home
from .houses import House, amps, charger, charging, config, plug, switched

GOOD = config(loads={"car": charger()})
CAR = charging(offer=16)
STATUS = "sensor.fusebox_car"
BOTH_WAYS = pytest.mark.parametrize("await_shutdown", [False, True])

SLOW_CHARGER = """
@service("number.set_value")
def set_value(entity_id=None, value=None, **kwargs):
    service.call("log", "began", entity_id=entity_id, value=value)
    task.sleep(5)
    service.call("log", "ended", entity_id=entity_id, value=value)
"""
"""Home Assistant's own service here takes five seconds, and says when it is called."""

SLOW_GOODBYE = """
from fusebox_native import native

@time_trigger("shutdown")
def bye(**kwargs):
    task.sleep(10)
"""
"""A script of the user's that is reloaded with ours and takes its time to end."""


class Count:
    """States written and services called, by virtual second.

    One second goes by first: after a reload the first decision that knows of plans adds `plan_state`, which is one more
    write and no second generation.
    """

    def __init__(self, home: House) -> None:
        self.home = home
        states = home.session.host.world.states
        self._writes: list[str] = []
        note = states.note_written
        states.note_written = lambda entity: (self._writes.append(entity), note(entity))
        self.second(15)

    def second(self, draw_a: float, grid_a: float = 20) -> tuple[int, int]:
        """The next second: how often the car's status is written, and how often the car is called."""
        self._writes.clear()
        self.home.line(self.home.t + 1, {"sensor.car_draw": amps(draw_a), "sensor.l1": amps(grid_a)})
        return self._writes.count(STATUS), len(self.home.sent("number.car"))


def start(house, *, await_shutdown=False, **options) -> House:
    options["options"] = PyscriptOptions(await_shutdown=await_shutdown)
    home = house(options.pop("written", GOOD), **options)
    home.line(0, {"sensor.l1": amps(20), **CAR})
    home.steady(2, {"sensor.l1": amps(20)})
    assert home.calls == []
    return home


def reload(home: House, turn: int) -> None:
    """CONFIG is saved with a change of no importance, and is in force."""
    home.save(config(loads={"car": charger(pause_s=100 + turn)}))
    home.steady(home.t + 3, {"sensor.l1": amps(20)})
    assert home.session.run(in_force).loaded.config.site({}).loads[0].pause_s == 100 + turn


async def in_force():
    """The balancer of the host's own package."""
    return vars(sys.modules["_fusebox_store"])["balancer"]


def assert_one_generation(home: House) -> None:
    """Draws are an amp apart, so every generation that lives writes once a second; and then each would cut once."""
    count = Count(home)
    assert [count.second(14 + second % 2) for second in range(5)] == [(1, 0)] * 5
    count.second(16, grid_a=30)
    assert home.sent("number.car") == [11]


@BOTH_WAYS
def test_after_many_reloads_one_generation_is_left(house, await_shutdown):
    home = start(house, await_shutdown=await_shutdown)
    for turn in range(3):
        reload(home, turn)
    assert_one_generation(home)


@BOTH_WAYS
def test_a_newer_generation_is_enough_to_end_the_loops_of_an_older_one(house, scripts, await_shutdown):
    """pyscript ends them too, by their unique name; but not where two reloads run at once."""
    script = scripts / "balance_site.py"
    text = script.read_text()
    assert text.count("    task.unique(") == text.count("while BALANCER.is_active") > 1
    script.write_text("\n".join(line for line in text.split("\n") if "task.unique(" not in line))
    home = start(house, scripts=scripts, await_shutdown=await_shutdown)
    for turn in range(3):
        reload(home, turn)
    assert_one_generation(home)


def test_a_copy_of_the_script_does_not_balance_twice(house, scripts):
    shutil.copy(scripts / "balance_site.py", scripts / "balance_site_backup.py")
    home = start(house, scripts=scripts, noisy=True)
    assert_one_generation(home)


def test_a_retired_balancer_that_is_run_again_does_nothing(house):
    home = start(house)
    old = home.session.run(in_force)
    reload(home, 1)
    assert home.session.run(in_force) is not old
    assert not old.is_active
    home.line(home.t + 1, {"sensor.l1": amps(30)})
    assert home.sent("number.car") == [11]
    world = home.session.host.world
    home.session.run(old.run, world.clock.utc().timestamp() + 1)
    assert (world.states.take_written(), world.services.calls) == ({}, [])


@BOTH_WAYS
def test_a_reload_while_a_call_is_under_way_sends_nothing_twice(house, scripts, await_shutdown):
    (scripts / "slow.py").write_text(SLOW_CHARGER)
    home = start(house, scripts=scripts, await_shutdown=await_shutdown)
    home.line(home.t + 1, {"sensor.l1": amps(30)})
    home.save(config(loads={"car": charger(pause_s=100)}))
    home.steady(home.t + 4, {"sensor.l1": amps(30)})
    home.save(config(loads={"car": charger(pause_s=101)}))
    home.steady(home.t + 4, {"sensor.l1": amps(30)})
    began = [(t, data["value"]) for t, service, data in home.calls if service == "log.began"]
    assert began == [(3, 11)]
    assert [data["value"] for _, service, data in home.calls if service == "log.ended"] == [11]


@BOTH_WAYS
def test_while_a_script_takes_its_time_to_end_the_fuse_is_kept_by_one_generation(house, scripts, await_shutdown):
    """pyscript 1.7 waits for it with our triggers stopped already: then our loop alone sees to the fuse."""
    (scripts / "mine.py").write_text(SLOW_GOODBYE)
    home = start(house, scripts=scripts, await_shutdown=await_shutdown)
    home.save(config(loads={"car": charger(pause_s=100)}))
    home.steady(home.t + 3, {"sensor.l1": amps(20)})
    assert ((home.session.run(in_force)).loaded.config.site({}).loads[0].pause_s == 180) is await_shutdown
    count = Count(home)
    assert sum(count.second(14 + second % 2)[0] for second in range(3)) in (2, 3)
    overloaded = [count.second(16, grid_a=30)[1] for _ in range(2)]
    assert sorted(overloaded) == [0, 1]
    assert [to_a for _, to_a in home.all_sent("number.car")] == [11]
    home.steady(home.t + 25, {"sensor.l1": amps(20)})  # a stop in the middle of a reload is another matter


@BOTH_WAYS
def test_a_slow_end_delays_the_new_config_no_longer_than_it_takes(house, scripts, await_shutdown):
    (scripts / "mine.py").write_text(SLOW_GOODBYE)
    home = start(house, scripts=scripts, await_shutdown=await_shutdown)
    home.save(config(loads={"car": charger(max_a=10)}))
    home.is_exact = True
    home.steady(home.t + 20, {"sensor.l1": amps(20)})
    ((cut_s, to_a), *_) = home.all_sent("number.car")
    assert to_a == 10
    assert (cut_s > 10) is await_shutdown
    assert cut_s <= 2 + 10 + 3


@BOTH_WAYS
def test_reloads_one_upon_another_leave_one_generation(house, scripts, await_shutdown):
    (scripts / "mine.py").write_text(SLOW_GOODBYE)
    home = start(house, scripts=scripts, await_shutdown=await_shutdown)
    for turn in range(3):
        home.save(config(loads={"car": charger(pause_s=100 + turn)}))
        home.line(home.t + 1, calls=[{"service": "pyscript.reload"}])
    home.steady(home.t + 35, {"sensor.l1": amps(20)})
    assert home.session.run(in_force).loaded.config.site({}).loads[0].pause_s == 102
    assert_one_generation(home)


def test_a_load_that_is_taken_out_is_not_shown_again_by_the_old_generation(house):
    home = start(house, written=config(loads={"car": charger(), "pool": plug()}))
    home.line(home.t + 1, switched(on=False))
    home.save(GOOD)
    home.steady(home.t + 3, {"sensor.l1": amps(20)})
    shown = []
    for second in range(5):
        home.line(home.t + 1, {"sensor.l1": amps(21 + second)})
        shown.append(home.state("sensor.fusebox_pool"))
    assert shown == [None] * 5


# The same without a host: which generation may do what.


@pytest.fixture
def home():
    """A car at 16 A on a quiet fuse, in a process of its own."""
    kept = dict(STORE)
    STORE.clear()
    made = Home()
    made.shows("sensor.l1", 20, unit_of_measurement="A")
    made.shows("number.car", 16, min=6, max=32, step=1)
    made.shows("switch.car", "on")
    made.shows("sensor.car_draw", 16, unit_of_measurement="A")
    made.shows("sensor.car_status", "Charging")
    yield made
    STORE.clear()
    STORE.update(kept)


def generation(home: Home, written=GOOD) -> Balancer:
    balancer = Balancer(LoadedConfig(read_config(written).config, (), ()), home.ports)
    balancer.activate()
    balancer.ready = True
    return balancer


def overloaded(home: Home) -> None:
    home.shows("sensor.l1", 30, at_s=1, unit_of_measurement="A")


def test_a_generation_that_never_starts_ends_no_other(home):
    """pyscript 1.7 loads a copy of the script as far as its first service, and throws it away."""
    old = generation(home)
    Balancer(old.loaded, home.ports)
    overloaded(home)
    asyncio.run(old.run(1))
    assert [name for name, _ in home.calls] == ["number.set_value"]


def test_an_older_load_that_starts_late_does_not_become_active(home):
    old = Balancer(generation(home).loaded, home.ports)
    new = generation(home)
    assert not old.activate()
    asyncio.run(old.restore_and_run(0))
    assert (new.is_active, home.writes) == (True, [])


def test_a_reading_that_changes_before_a_load_has_begun_is_left_to_the_one_that_acts(home):
    old = generation(home)
    fresh = Balancer(old.loaded, home.ports)
    overloaded(home)
    asyncio.run(fresh.changed(1))
    assert (old.is_active, home.calls, home.writes) == (True, [], [])


def test_only_the_newest_is_active(home):
    generations = [generation(home) for _ in range(3)]
    assert [each.is_active for each in generations] == [False, False, True]


def test_a_retired_generation_neither_reads_nor_writes_nor_calls(home):
    old, new = generation(home), generation(home)
    overloaded(home)
    asyncio.run(old.run(1))
    asyncio.run(old.restore_and_run(1))
    assert (home.writes, home.calls) == ([], [])
    asyncio.run(new.run(1))
    assert Counter(name for name, _ in home.calls) == {"number.set_value": 1}


def test_no_generation_is_active_once_the_script_is_removed(home):
    last = generation(home)
    STORE["balancer"] = None
    overloaded(home)
    asyncio.run(last.run(1))
    assert not last.is_active
    assert (home.writes, home.calls) == ([], [])


def test_the_next_generation_has_the_last_decision(home):
    old = generation(home)
    overloaded(home)
    asyncio.run(old.run(1))
    new = generation(home)
    assert new.memory is old.memory
    asyncio.run(new.run(2))
    assert len(home.calls) == 1


@pytest.mark.parametrize("copy", ["balance_site (copy)", "balance_site_backup"])
def test_services_work_next_to_a_copy_of_the_script(house, scripts, copy):
    shutil.copy(scripts / "balance_site.py", scripts / f"{copy}.py")
    home = start(house, scripts=scripts, noisy=True)
    found = home.call("fusebox_set_mode", load="car", mode="off")
    assert "error" not in found, found
