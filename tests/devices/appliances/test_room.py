"""A room's set point, whose thermostat displays it late, loses commands or refuses them, while scripts restart."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fusebox.devices.appliances.room import ROOM, SetPoint
from fusebox.devices.driver import Aim, Contact, DeviceSession
from fusebox.model.load_plan import PriceSignal
from fusebox.model.memory import Memory
from fusebox.runtime.json_values import load_stored, to_json_values
from fusebox.runtime.load_persistence import StoredLoads, loads_to_persist, with_stored_loads
from tests.control.houses import T0_S, plug, seen, site
from tests.control.rest import Steps
from tests.laws.effort import examples
from tests.runtime.home import Home

CLIMATE = "climate.living"
FACTS: dict[str, Any] = {
    "climate": CLIMATE,
    "minimum_c": 17.0,
    "normal_c": 20.0,
    "boost_c": 22.0,
    "recommend_above_w": 1500.0,
    "dwell_s": 0.0,
    "max_block_s": 7200.0,
}
LOAD = replace(
    plug("room", 1500, mode="standard", start_after_s=10.0, stop_after_s=20.0), type="thermostat", device=FACTS
)
STEP_S = 20
PERSONS_C = (18.5, 21.0, 24.0, 15.0)
LATEST_S = 120
"""The thermostat displays and follows a command after at most this time [s]."""


class Moment(NamedTuple):
    """Some minutes of a room."""

    minutes: int
    signal: str | None
    """What the price requests."""
    event: str
    late_s: int
    """How late the thermostat is now [s]."""


EVENTS = st.sampled_from(["", "", "lost", "restart", "kill", "person", "normal_c", "boost_c"])
MOMENTS = st.builds(
    Moment, st.integers(1, 6), st.sampled_from([None, "recommend", "block"]), EVENTS, st.integers(0, LATEST_S)
)


class Room(Home):
    """Its thermostat, the driver and the decision; `restart` is a new process of the scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.load, self.now_s, self.set_c, self.memory = LOAD, T0_S, 20.0, Memory()
        self.session: DeviceSession = ROOM.session  # type: ignore[assignment]
        self.steps, self.setpoint = Steps(), SetPoint()
        self.under_way: list[tuple[float, float]] = []
        self.sent: list[tuple[float, float]] = []
        self.persons: tuple[float, str | None] | None = None
        """The set point that a person chose, and the state then; None once another state was requested."""
        self.chosen_c: float | None = None
        self.moment = Moment(0, None, "", 0)

    @property
    def commanded(self) -> str | None:
        """The state that the room should be in."""
        pump = self.memory.loads["room"].switched.pump
        return None if pump is None else pump.commanded

    @property
    def is_at_rest(self) -> bool:
        """Whether it has the set point that it has without a cause: the last person's, or CONFIG's.

        The last person's counts too where a restart fell between the loss of CONFIG's and its repetition.
        """
        own_c, normal_c = self.chosen_c, self.load.number("normal_c")
        return self.set_c == self.persons[0] if self.persons else self.set_c in (own_c, normal_c)

    def restart(self) -> None:
        """Replace its memory by what a new process reads from the store."""
        stored = load_stored(StoredLoads, to_json_values(loads_to_persist(site(self.load), self.memory)), "")
        self.memory = with_stored_loads(site(self.load), Memory(), stored, self.now_s)
        self.steps, self.setpoint = Steps(), SetPoint()

    def look(self) -> None:
        """One step of the scripts."""
        self.now_s += STEP_S
        for due in [each for each in self.under_way if each[0] <= self.now_s]:
            self.under_way.remove(due)
            self.set_c = due[1]
        self.shows(CLIMATE, "heat", self.now_s, temperature=self.set_c, target_temp_step=0.5)
        asked = self.moment.signal
        signal = None if asked is None else PriceSignal(asked, self.now_s + 3600)  # type: ignore[arg-type]
        house = site(replace(self.load, signal=signal))
        load, view = house.loads[0], self.view(self.now_s)
        contact = Contact(load, view, ROOM.read(load, view, 230.0), 230.0)
        state, self.setpoint = self.session.observe(contact, self.setpoint, ())
        self.memory = self.steps.decide(house, seen({"L1": 2.0}, self.now_s - T0_S, room=state), self.memory).memory
        aim = Aim(0.0, switched=self.memory.loads["room"].switched)
        calls, self.setpoint = self.session.act(replace(contact, state=state), self.setpoint, aim)
        if self.persons is not None and self.persons[1] != self.commanded:
            self.persons = None
        assert not (calls and self.persons), "a person's set point stays until another state is requested"
        for call in calls:
            sent_c = float(str(call.data["temperature"]))
            self.sent.append((self.now_s, sent_c))
            if self.moment.event != "lost":
                arrives_s = max([self.now_s + self.moment.late_s, *(at_s for at_s, _ in self.under_way)])
                self.under_way.append((arrives_s, sent_c))

    def live(self, moment: Moment) -> None:
        """Live through a moment; its event is at its begin, or lasts."""
        self.moment = moment
        if moment.event in ("restart", "kill"):
            # Until it runs after a restart, what was sent before has arrived.
            self.now_s += LATEST_S if moment.event == "restart" else 0
            self.restart()
        elif moment.event == "person" and not self.under_way and self.setpoint.sent.value is None:
            self.set_c = self.chosen_c = PERSONS_C[moment.minutes % len(PERSONS_C)]
            self.look()
            self.persons = (self.set_c, self.commanded) if self.setpoint.sent.value is None else None
        elif moment.event in FACTS:
            self.persons = None
            self.load = replace(
                self.load, device={**self.load.device, moment.event: self.load.number(moment.event) + 0.5}
            )
        for _ in range(moment.minutes * 60 // STEP_S):
            self.look()

    def rest(self, late_s: int) -> None:
        """Live without a cause until it is back at its normal set point, an hour at most, and then for a while."""
        for at in range(14):
            if at < 2 or not self.is_at_rest:
                self.live(Moment(5, None, "", late_s))


@examples(20)
@given(st.lists(MOMENTS, max_size=8))
@example([Moment(3, "recommend", "", 0), Moment(2, "recommend", "person", 0), Moment(3, "recommend", "restart", 0)])
@example([Moment(1, "block", "", 120), Moment(6, None, "lost", 0)])
@example([Moment(1, "recommend", "kill", 80), Moment(6, None, "kill", 40)])
def test_a_room_is_back_at_its_own_set_point_after_every_cause_and_is_sent_few(moments: list[Moment]) -> None:
    room = Room()
    room.live(Moment(1, None, "", 0))
    for moment in moments:
        room.live(moment)
    room.rest(moments[-1].late_s if moments else 0)
    assert room.is_at_rest
    assert len(room.sent) <= 3 * (len(moments) + 1)


def test_a_person_who_sets_a_recommended_room_to_its_normal_temperature_is_respected_after_a_restart() -> None:
    room = Room()
    for moment in (Moment(1, None, "", 0), Moment(3, "recommend", "", 0)):
        room.live(moment)
    room.set_c = 20.0
    for event in ("", "kill"):
        room.live(Moment(3, "recommend", event, 0))
    assert (room.commanded, room.set_c) == ("recommend", 20.0)


@pytest.mark.parametrize(("signal", "own_c"), [("block", 15.0), ("recommend", 24.0)])
@pytest.mark.parametrize("event", ["", "kill"])
@pytest.mark.parametrize("is_before", [True, False])
def test_a_set_point_beyond_that_of_a_signal_stays_until_the_signal_ends(
    signal: str, own_c: float, event: str, is_before: bool
) -> None:
    room = Room()
    room.live(Moment(1, None, "", 0))
    room.live(Moment(2, None if is_before else signal, "", 0))
    room.set_c = own_c
    for event_now in ("", event, "", ""):
        room.live(Moment(5, signal, event_now, 0))
    assert (room.commanded, room.set_c) == (signal, own_c)
    room.live(Moment(3, None, "", 0))
    assert room.set_c == 20.0


@pytest.mark.parametrize(("signal", "key"), [("recommend", "boost_c"), ("block", "minimum_c")])
def test_a_new_set_point_of_a_signal_that_is_displayed_late_does_not_end_the_signal(signal: str, key: str) -> None:
    room = Room()
    for moment in (Moment(3, signal, "", 0), Moment(3, signal, key, 40)):
        room.live(moment)
    assert [sent_c for _, sent_c in room.sent] == [FACTS[key], FACTS[key] + 0.5]


@pytest.mark.parametrize(("lowest", "state"), [(7, "normal"), (22, "normal"), (45, None)])
def test_a_thermostat_that_cannot_be_set_as_low_as_config_says_is_left_alone(lowest: float, state: str | None) -> None:
    home = Home()
    home.shows(CLIMATE, "heat", temperature=68, min_temp=lowest, max_temp=95)
    assert ROOM.read(LOAD, home.view(), 230.0).sg == state
