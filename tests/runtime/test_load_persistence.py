"""What of the loads outlives a restart, and what comes back when a file holds nonsense."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from fusebox.model.electrics import Phase
from fusebox.model.load import PhaseSwitching
from fusebox.model.load_memory import CommandMemory, LoadMemory, ManualMemory, ResponseMemory, TimingMemory
from fusebox.model.memory import Memory
from fusebox.model.phases_memory import NEW_PHASE_SWITCH, PhasesMemory, PhaseSwitchMemory, Stage
from fusebox.model.trace import MeterLatency
from fusebox.runtime.json_values import load_stored, to_json_values
from fusebox.runtime.load_persistence import StoredLoad, loads_to_persist, with_commands
from fusebox.runtime.load_persistence import with_stored_loads as with_kept

from ..control.houses import T0_S, car, plug, site


def to_plain(house, memory: Memory):
    """The values of a file."""
    return to_json_values(loads_to_persist(house, memory))


def with_restored(memory: Memory, kept, now_s: float) -> Memory:
    """The memory with what is in a file."""
    return with_kept(HOUSE, memory, load_stored(dict[str, StoredLoad], kept, "the file", latest_s=now_s), now_s)


HOUSE = site(plug("pool"), car("car"))
PAST = LoadMemory(
    timing=TimingMemory(switched_s=T0_S - 60, starts_s=(T0_S - 4000, T0_S - 60)), manual=ManualMemory(on=True)
)


def again(memory: Memory, now_s: float = T0_S) -> LoadMemory:
    """The plug's memory after a restart: what was kept has been in a file."""
    kept = json.loads(json.dumps(to_plain(HOUSE, memory)))
    return with_restored(Memory(), kept, now_s).loads["pool"]


def restored(past: LoadMemory) -> LoadMemory:
    """Return the memory after a restart at `T0_S`, if all of `past` was stored."""
    return replace(past, manual=replace(past.manual, late_s=T0_S))


def test_starts_the_last_switching_and_a_hand_come_back():
    assert again(Memory({"pool": PAST})) == restored(PAST)
    off = replace(PAST, manual=ManualMemory(off=True))
    assert again(Memory({"pool": off})) == restored(off)


def test_a_charger_that_its_user_has_stopped_stays_stopped():
    stopped = LoadMemory(manual=ManualMemory(off=True))
    kept = to_plain(HOUSE, Memory({"car": stopped}))
    assert with_restored(Memory(), kept, T0_S).loads == {"car": restored(stopped)}


def test_a_current_that_a_user_has_set_at_a_charger_comes_back():
    limited = LoadMemory(manual=ManualMemory(limit_a=8.0))
    kept = json.loads(json.dumps(to_plain(HOUSE, Memory({"car": limited}))))
    assert with_restored(Memory(), kept, T0_S).loads == {"car": restored(limited)}


@pytest.mark.parametrize(("min_write_s", "is_kept"), [(900, True), (60, False)])
def test_the_last_command_comes_back_where_the_next_one_has_to_wait_long(min_write_s: float, is_kept: bool):
    house = site(car("car", device={"min_write_s": min_write_s}))
    commanded = LoadMemory(command=CommandMemory(sent_a=10.0, sent_s=T0_S - 100))
    kept = json.loads(json.dumps(to_plain(house, Memory({"car": commanded}))))
    found = with_restored(Memory(), kept, T0_S).loads
    assert found == ({"car": restored(LoadMemory(command=CommandMemory(sent_s=T0_S - 100)))} if is_kept else {})


def test_the_commands_of_an_earlier_package_replace_the_time_of_the_last_one():
    sent = CommandMemory(sent_a=10.0, sent_s=T0_S - 100)
    memory = Memory({"car": LoadMemory(command=CommandMemory(sent_s=T0_S - 100))})
    assert with_commands(memory, {"car": sent}).loads["car"].command == sent
    later = Memory({"car": LoadMemory(command=replace(sent, sent_a=12.0))})
    assert with_commands(later, {"car": sent}) is later


def test_the_memory_in_the_process_overrides_the_stored_one():
    memory = Memory({"pool": LoadMemory()})
    assert with_restored(memory, to_plain(HOUSE, Memory({"pool": PAST})), T0_S) is memory


def test_a_load_without_a_past_and_a_charger_are_not_kept():
    assert to_plain(HOUSE, Memory({"pool": LoadMemory(), "car": PAST})) == {}


LATE = LoadMemory(response=ResponseMemory((1.2, 0.4), (4.0, 3.0, 6.1), MeterLatency(lags_s=(17.0, 12.0))))


NOVEMBER_2026 = {
    "pool": {"switched_s": 1699999940.0, "starts_s": [1699996000.0, 1699999940.0], "hand": "on"},
    "car": {"latency_s": {"echo": [1, 2], "follow": [3, 4, 7], "meter": [12, 17]}},
}
"""What was written then: an update finds such a file."""


def test_a_file_of_november_2026_is_read_and_written_as_it_was():
    found = with_restored(Memory(), NOVEMBER_2026, T0_S)
    assert found.loads["pool"] == restored(PAST)
    assert found.loads["car"].response.meter_latency.lags_s == (12, 17)
    assert json.loads(json.dumps(to_plain(HOUSE, found))) == NOVEMBER_2026


def test_how_long_a_charger_and_its_meters_take_comes_back_in_whole_seconds():
    kept = json.loads(json.dumps(to_plain(HOUSE, Memory({"car": LATE}))))
    found = with_restored(Memory(), kept, T0_S).loads["car"]
    assert (found.response.echo_s, found.response.follow_s) == ((1, 2), (3, 4, 7))
    assert found.response.meter_latency.latency_s == 17
    assert to_plain(HOUSE, Memory({"car": found})) == kept


def test_a_charger_that_switches_phases_keeps_both():
    memory = Memory({"car": LATE}, phase_switches={"car": ON_ONE})
    found = with_restored(Memory(), json.loads(json.dumps(to_plain(SWITCHED, memory))), T0_S)
    assert found.loads["car"].response.echo_s == (1, 2)
    assert found.phase_switches["car"].switches_s == ON_ONE.switches_s


@pytest.mark.parametrize("kept", [None, "x", {"echo": "soon", "follow": [None, -1, 1e9], "meter": {"a": 1}}])
def test_nonsense_of_latency_is_left_out(kept):
    assert with_restored(Memory(), {"car": {"latency_s": kept}}, T0_S) == Memory()


def test_times_from_a_clock_that_was_ahead_are_times_of_now():
    past = again(Memory({"pool": PAST}), T0_S - 1000)
    assert past.timing.switched_s == T0_S - 1000
    assert past.timing.starts_s == (T0_S - 4000, T0_S - 1000)


def test_a_clock_that_is_set_back_makes_no_plug_rest_until_it_has_caught_up():
    past = with_kept(HOUSE, Memory(), loads_to_persist(HOUSE, Memory({"pool": PAST})), T0_S - 1000).loads["pool"]
    assert past.timing.switched_s == T0_S - 1000
    assert past.timing.starts_s == (T0_S - 4000, T0_S - 1000)


@pytest.mark.parametrize(
    "kept", ["", None, [], {"switched_s": "x", "starts_s": 3, "hand": 1}, {"starts_s": [None, "y", "nan"]}]
)
def test_nonsense_is_left_out(kept):
    assert with_restored(Memory(), {"pool": kept}, T0_S) == Memory()


SWITCHING = PhaseSwitching((Phase.L1, Phase.L2, Phase.L3), 30, 600, 6)
SWITCHED = site(car("car", phases="L1 L2 L3", switching=SWITCHING), phases="L1 L2 L3")
ON_ONE = PhaseSwitchMemory(
    phase_count=1, switches_s=(T0_S - 900, T0_S - 100), in_session=2, tried_s=T0_S - 100,
    up_s=T0_S - 900, short_ups=1, proven=True, stays_on_one=True, by_hand=1,
)  # fmt: skip


def test_counts_of_switches_are_restored_and_phases_are_measured_again():
    kept = json.loads(json.dumps(to_plain(SWITCHED, Memory(phase_switches={"car": ON_ONE}))))
    found = with_restored(Memory(), kept, T0_S).phase_switches["car"]
    assert (found.switches_s, found.in_session, found.short_ups) == (ON_ONE.switches_s, 2, 1)
    assert (found.proven, found.stays_on_one, found.by_hand, found.tried_s) == (True, True, 1, T0_S - 100)
    assert (found.stage, found.phase_count, found.target) == (Stage.STARTING, 1, None)


def test_a_switch_that_was_sent_but_is_not_over_is_sent_again_after_a_restart():
    rests = replace(ON_ONE, stage=Stage.RESTING, phase_count=3, target=1)
    kept = json.loads(json.dumps(to_plain(SWITCHED, Memory(phase_switches={"car": rests}))))
    found = with_restored(Memory(), kept, T0_S).phase_switches["car"]
    assert (found.stage, found.phase_count, found.target, found.since_s) == (Stage.STOPPING, 3, 1, T0_S)
    assert (found.switches_s, found.in_session) == (ON_ONE.switches_s[:-1], 1), "it is counted when it is sent again"


@pytest.mark.parametrize("kept", [None, "x", {"lines": "many", "switches_s": 3, "proven": 1, "in_session": -2}])
def test_nonsense_of_phases_is_left_out(kept):
    found = with_restored(Memory(), {"car": {"phases": kept}}, T0_S).phase_switches
    assert found.get("car", NEW_PHASE_SWITCH) == NEW_PHASE_SWITCH


@pytest.mark.parametrize(
    ("past", "kept_car"),
    [
        (PhasesMemory(only=Phase.L1), PhasesMemory(last_car=Phase.L1)),
        (PhasesMemory(last_car=Phase.L2), PhasesMemory(last_car=Phase.L2)),
        (PhasesMemory(on_all=1, last_car=Phase.L2), PhasesMemory(last_on_all=True)),
        (PhasesMemory(unclear=True), None),
    ],
)
def test_whether_the_last_car_used_one_phase_outlives_a_restart(past, kept_car):
    kept = json.loads(json.dumps(to_plain(SWITCHED, Memory(phases_in_use={"car": past}))))
    found = with_restored(Memory(), kept, T0_S).phases_in_use
    assert found == ({} if kept_car is None else {"car": kept_car})


@pytest.mark.parametrize(
    ("of_former_type", "type_"),
    [
        ({"hygiene": {"done_s": T0_S}}, "tank"),
        ({"sg_ready": {"told": "block", "told_s": T0_S}}, "sg_ready"),
    ],
)
def test_a_load_of_another_type_gets_nothing_of_its_former_type(of_former_type, type_):
    def of_type(load):
        stored = load_stored(dict[str, StoredLoad], {"pool": of_former_type}, "the file", latest_s=T0_S)
        return with_kept(site(load), Memory(), stored, T0_S)

    same = of_type(replace(plug("pool"), type=type_)).loads["pool"].switched
    assert same.tank is not None or same.pump is not None
    assert of_type(plug("pool")) == Memory()
