"""An Easee charger behind its cloud, on a real socket, under the shipped scripts: every fault ends safe and alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from types import MappingProxyType
from typing import Any

import pytest

from simhouse.devices.easee_cloud import EaseeCharger, EaseeCloud
from simhouse.devices.in_thread import DeviceThread

from .houses import amps, charger, charging, config

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
NOON = START.timestamp()


@pytest.fixture
def devices() -> Iterator[DeviceThread]:
    with DeviceThread() as thread:
        yield thread


class Charging:
    """A house with a 1 s meter and one Easee charger; a line a second."""

    more: Mapping[str, Any] = MappingProxyType({})
    """Further sections of CONFIG."""
    others: Mapping[str, Any] = MappingProxyType({})
    """Further loads, all charging with 6 A, which are part of `others_a`."""

    def __init__(self, house: Any, devices: DeviceThread, cloud: EaseeCloud, others_a: float = 2.0, **load: Any):
        cloud.advance(NOON)
        devices.run(cloud)
        phases = "L1 L2 L3"
        self.cloud, self.charger, self.others_a, self.second = cloud, cloud.chargers[0], others_a, 0
        self.phases = phases.split()
        car = {
            "type": "easee", "charger": "EH123456", "site": 1, "circuit_id": 2, "username": "someone@example.com",
            "password": "correct horse", "base_url": cloud.url, "phases": self.phases, **load,
        }  # fmt: skip
        self.written = {**config(loads={"car": car, **self.others}, phases=phases), **self.more}
        self.house, self.began = house(self.written, start=START), 0
        self.worst_a = 0.0

    def run(self, seconds: int, until: Callable[[], bool] = lambda: False) -> None:
        for left in reversed(range(seconds)):
            self.cloud.advance(NOON + self.second)
            draws_a = self.charger.draws_a if self.charger.phases == 3 else [self.charger.draw_a] * 3
            flows_a = {phase: self.others_a + draw_a for phase, draw_a in zip(self.phases, draws_a, strict=True)}
            self.worst_a = max(self.worst_a, *flows_a.values())
            states = {f"sensor.{phase.lower()}": amps(a) for phase, a in flows_a.items()}
            states |= {entity: state for name in self.others for entity, state in charging(name, offer=6).items()}
            self.house.report(self.second - self.began, states, last=left == 0)
            self.second += 1
            if until():
                return

    def restart(self, house: Any) -> None:
        """Restart Home Assistant."""
        self.began = self.second
        self.house = house(self.written, start=START + timedelta(seconds=self.second))

    @property
    def shown(self) -> dict[str, Any]:
        return self.house.shown("car")

    def limits(self) -> list[tuple[float, int]]:
        return [(at_s - NOON, body["phase1"]) for at_s, body in self.cloud.asked("dynamicCurrent")]


def test_the_car_rises_to_what_fits_in_whole_amps_and_is_cut_at_once(house, devices):
    home = Charging(house, devices, EaseeCloud(), others_a=2)
    home.run(150)
    assert home.charger.circuit_a == [16.0] * 3
    home.others_a, home.worst_a = 12.5, 0.0
    home.run(1)
    assert home.limits()[-1] == (150, 12)
    home.run(20)
    assert home.charger.draw_a == 12
    assert home.shown["status"] == "charging"


class BesideAnother(Charging):
    """A house with a second charger, and a tariff target that leaves enough for the minimum of both."""

    more = MappingProxyType({"tariff": {"kind": "fixed_limit", "target_kw": 10.0}})
    others = MappingProxyType({"wall": charger("wall", phases=["L1", "L2", "L3"], max_a=6)})


def test_a_start_pauses_no_other_charger_before_its_draw_has_been_read(house, devices):
    home = BesideAnother(house, devices, EaseeCloud(chargers=[EaseeCharger()]), others_a=7.3)
    home.run(60)
    assert home.house.all_sent("switch.wall") == []
    assert home.house.shown("wall")["status"] == home.shown["status"] == "charging"


def test_the_draw_of_the_car_is_published_for_each_phase(house, devices):
    home = Charging(house, devices, EaseeCloud())
    home.run(100)
    assert home.shown["draw_a"] == {"L1": 16.0, "L2": 15.4, "L3": 14.7}


def test_every_limit_ends_by_itself_and_is_renewed_in_time(house, devices):
    home = Charging(house, devices, EaseeCloud(), ttl_min=1)
    home.house.is_exact = True
    home.run(210)
    assert all(body["timeToLive"] == 1 for _, body in home.cloud.asked("dynamicCurrent"))
    times = [at_s for at_s, _ in home.limits()]
    assert max(b - a for a, b in pairwise(times)) <= 31
    assert 19 <= len(home.cloud.asked("state")) <= 23, "its state is asked every 10 s"
    assert len([at_s for at_s in times if at_s > 120]) <= 4


def test_when_home_assistant_dies_the_offline_limit_applies_within_the_time_to_live(house, devices):
    home = Charging(house, devices, EaseeCloud(chargers=[EaseeCharger(offline_a=8)]), ttl_min=1)
    home.run(150)
    assert home.charger.draw_a == 16
    home.cloud.advance(NOON + 150 + 62)
    assert home.charger.draw_a == 8


@pytest.mark.parametrize("mode", [0, 5, 42, 100])
def test_whatever_the_charger_says_of_itself_its_limit_is_renewed_and_the_fuse_holds(house, devices, mode):
    home = Charging(house, devices, EaseeCloud(chargers=[EaseeCharger(offline_a=20, takes_a=20)]), max_a=20)
    home.run(60)
    home.others_a = 14
    home.run(20)
    home.charger.says, home.worst_a = mode, 0.0
    home.run(80)
    assert home.worst_a <= 25
    home.others_a = 18
    home.run(15)
    home.worst_a = 0.0
    home.run(70)
    assert home.worst_a <= 25
    home.charger.says, home.others_a = None, 2
    home.run(100)
    assert home.charger.draw_a == 20


def test_an_offline_limit_above_the_circuit_is_warned_about(house, devices):
    home = Charging(house, devices, EaseeCloud(chargers=[EaseeCharger(offline_a=32)]))
    home.run(5)
    assert any(
        "car may draw 32 A, its offline limit, without the cloud, above circuit main (25 A)" in e
        for e in home.house.shown()["errors"]
    )


def test_an_offline_limit_of_any_phase_above_the_circuit_is_warned_about(house, devices):
    charger = EaseeCharger(offline_a=8, installed={"offlineMaxCircuitCurrentP3": 32})
    home = Charging(house, devices, EaseeCloud(chargers=[charger]))
    home.run(5)
    assert any(
        "car may draw 32 A, its offline limit, without the cloud, above circuit main (25 A)" in e
        for e in home.house.shown()["errors"]
    )


def test_a_car_without_room_is_paused_by_a_limit_of_nothing_and_comes_back(house, devices):
    home = Charging(house, devices, EaseeCloud(), pause_s=60)
    home.run(60)
    home.others_a = 40
    home.run(10)
    assert home.charger.draw_a == 0
    assert home.limits()[-1][1] == 0
    assert home.cloud.asked("pause_charging") == []
    home.others_a = 2
    home.run(150)
    assert home.charger.draw_a == 16


@pytest.mark.parametrize("restarts", [False, True])
def test_a_charger_that_ignores_its_limit_is_paused_by_command_and_resumed(house, devices, restarts):
    """Also if Home Assistant is restarted meanwhile."""
    home = Charging(house, devices, EaseeCloud(), pause_s=60)
    home.run(60)
    home.charger.ignores_limit, home.others_a = True, 40
    home.run(120)
    assert home.charger.paused
    if restarts:
        home.restart(house)
    home.charger.ignores_limit, home.others_a = False, 2
    home.run(400, lambda: home.charger.draw_a > 0)
    assert not home.charger.paused and home.charger.draw_a > 0


def test_a_charger_that_somebody_paused_stays_so_after_a_restart(house, devices):
    home = Charging(house, devices, EaseeCloud())
    home.run(60)
    home.charger.paused = True
    home.run(10)
    home.restart(house)
    home.run(200)
    assert home.charger.paused


def test_on_a_fuse_over_its_rating_it_is_paused_sooner(house, devices):
    home = Charging(house, devices, EaseeCloud())
    home.run(60)
    home.charger.ignores_limit, home.others_a = True, 30
    home.run(5)
    assert home.limits()[-1][1] == 0
    home.run(12)
    assert not home.charger.paused
    home.run(18)
    assert home.charger.paused


def test_a_charger_on_one_phase_has_no_values_for_the_others(house, devices):
    home = Charging(house, devices, EaseeCloud(chargers=[EaseeCharger(phases=1)]), phases=["L2"])
    home.run(60)
    bodies = [body for _, body in home.cloud.asked("dynamicCurrent")]
    assert {(body["phase2"], body["phase3"]) for body in bodies} == {(0, 0)}
    assert bodies[-1]["phase1"] >= 6


@pytest.mark.parametrize("answers", [[401], [500] * 4, [429], [502, 429, 401]])
def test_a_cloud_in_trouble_is_left_in_peace_and_works_again_alone(house, devices, answers):
    home = Charging(house, devices, EaseeCloud())
    home.run(60)
    home.cloud.answers = list(answers)
    home.run(160)
    assert home.cloud.answers == []
    home.others_a = 14
    home.run(40)
    assert home.charger.draw_a <= 11
    assert home.house.shown()["errors"] == []
    assert home.shown["status"] == "charging"


def test_a_line_is_answered_when_a_slow_cloud_has_heard_its_commands(house, devices):
    home = Charging(house, devices, EaseeCloud(slow_s=0.4))
    home.run(60)
    home.others_a = 14.0
    home.run(1)
    assert home.limits()[-1] == (60, 11)


def test_requests_stay_far_below_the_limit_of_the_cloud(house, devices):
    home = Charging(house, devices, EaseeCloud())
    for second in range(121):
        home.others_a = 2 + second % 17
        home.run(1)
    times = sorted(at_s for at_s, *_ in home.cloud.log)
    # 250 of them in five minutes
    assert max(sum(1 for at_s in times if start <= at_s < start + 120) for start in times) <= 100


def test_an_offline_charger_counts_as_house_and_gets_its_limit_when_it_is_back(house, devices):
    home = Charging(house, devices, EaseeCloud(chargers=[EaseeCharger(offline_a=8)]))
    home.run(60)
    home.charger.online = False
    home.run(40)
    assert home.shown["status"] == "fault"
    assert "offline" in home.shown["reason"]
    told = len(home.limits())
    home.run(60)
    assert len(home.limits()) == told
    home.charger.online = True
    home.run(80)
    assert home.shown["status"] == "charging"
    assert home.charger.draw_a == 16


def test_without_a_car_the_next_one_starts_low_and_the_cloud_is_not_bothered(house, devices):
    home = Charging(house, devices, EaseeCloud(chargers=[EaseeCharger(takes_a=None)]))
    home.run(300)
    assert home.shown["status"] == "unplugged"
    assert len(home.limits()) <= 4
    assert home.cloud.asked("dynamicCurrent")[-1][1]["timeToLive"] == 60
    assert 9 <= len(home.cloud.asked("state")) <= 12, "nor asked more often than every 30 s"
    home.charger.takes_a = 16.0
    home.run(1)
    assert home.charger.draw_a <= 6
    home.run(80)
    assert home.charger.draw_a == 16


def test_a_load_whose_minimum_exceeds_a_start_is_commanded_once_without_a_fault(house, devices):
    home = Charging(house, devices, EaseeCloud(chargers=[EaseeCharger(takes_a=None)]), min_a=7)
    home.run(200)
    assert home.limits()[-1][1] == 7
    assert len(home.limits()) <= 4
    assert home.house.shown()["errors"] == []
    home.charger.takes_a = 16.0
    home.run(80)
    assert home.charger.draw_a == 16
    assert home.house.shown()["errors"] == []


def test_a_reset_restarts_the_charger_and_limits_it_again(house, devices):
    home = Charging(house, devices, EaseeCloud())
    home.run(60)
    answer = home.house.call("fusebox_reset_charger", load="car")
    assert "error" not in answer, answer
    home.run(90)
    assert len(home.cloud.asked("reboot")) == 1
    assert home.charger.circuit_a == [16.0] * 3


def car_on(cloud):
    """A charger of the account as CONFIG has it, without its serial number."""
    return {
        "type": "easee", "site": 1, "circuit_id": 2, "username": cloud.username, "password": cloud.password,
        "base_url": cloud.url, "phases": ["L1"],
    }  # fmt: skip


def test_chargers_that_share_a_circuit_are_limited_one_by_one(house, devices):
    cloud = EaseeCloud(chargers=[EaseeCharger("EH000001"), EaseeCharger("EH000002")])
    cloud.advance(NOON)
    devices.run(cloud)
    car = car_on(cloud)
    loads = {"first": {**car, "charger": "EH000001"}, "second": {**car, "charger": "EH000002"}}
    home = house(config(loads=loads), start=START)
    for second in range(120):
        cloud.advance(NOON + second)
        flow_a = 2 + sum(charger.draw_a for charger in cloud.chargers)
        home.report(second, {"sensor.l1": amps(flow_a)}, last=second == 119)
    assert cloud.asked("dynamicCurrent") == []
    assert sum(charger.draw_a for charger in cloud.chargers) + 2 <= 25
    assert min(charger.draw_a for charger in cloud.chargers) >= 6
    assert cloud.logins == 1


def test_no_secret_is_in_anything_that_the_scripts_show_or_log(house, devices, caplog):
    caplog.set_level("DEBUG")
    home = Charging(house, devices, EaseeCloud())
    home.run(30)
    home.cloud.answers = [401, 500, 429]
    home.run(30)
    explained = home.house.call("fusebox_explain")
    shown = [repr(state) for state in vars(home.house.session.host.world.states).values()]
    told = " ".join([repr(explained), *shown, *(r.getMessage() for r in caplog.records)])
    for private in ("correct horse", "someone@example.com", "token-1"):
        assert private not in told


def test_a_charger_that_restarts_loses_its_limit_and_is_sent_it_again(house, devices):
    home = Charging(house, devices, EaseeCloud())
    home.house.is_exact = True
    home.run(60)
    home.others_a = 14
    home.run(20)
    assert home.charger.draw_a == 11
    home.charger.boot()
    assert home.charger.draw_a == 16
    home.run(15)
    assert home.charger.draw_a == 11
    home.run(60)
    assert home.house.shown()["errors"] == []


@pytest.mark.parametrize("refuses_refresh", [False, True])
def test_a_token_that_ends_in_the_middle_of_a_charge_is_replaced_and_no_cut_is_lost(house, devices, refuses_refresh):
    home = Charging(house, devices, EaseeCloud(expires_s=100, refuses_refresh=refuses_refresh))
    home.run(150)
    home.others_a = 14
    home.run(10)
    assert home.charger.draw_a == 11
    assert home.cloud.logins == (1 if not refuses_refresh else 2)
    assert home.house.shown()["errors"] == []


def test_under_another_lower_limit_the_charger_is_no_fault_and_gets_few_commands(house, devices):
    home = Charging(house, devices, EaseeCloud(chargers=[EaseeCharger(most_a=10)]))
    home.run(240)
    assert home.charger.draw_a == 10
    assert home.shown["status"] == "charging"
    assert home.house.shown()["errors"] == []
    assert len([at_s for at_s, _ in home.limits() if at_s > 120]) <= 7


class Maintained(EaseeCloud):
    """While `down` it answers with a page for people."""

    down = False

    def _answer(self, method: str, path: str, body: Any, bearer: str) -> tuple[int, Any]:
        return (200, None) if self.down else super()._answer(method, path, body, bearer)


def test_an_unexpected_cloud_answer_is_a_problem_and_the_charger_counts_as_house(house, devices):
    cloud = Maintained()
    home = Charging(house, devices, cloud)
    home.run(60)
    cloud.down = True
    home.run(140)
    assert home.shown["status"] == "fault"
    assert any("under maintenance" in error for error in home.house.shown()["errors"])
    cloud.down = False
    home.run(60)
    assert home.shown["status"] == "charging"
    assert home.house.shown()["errors"] == []


@pytest.mark.parametrize("count", [8])
def test_each_charger_of_an_account_is_read_and_its_limit_never_ends(house, devices, count):
    cloud = EaseeCloud(chargers=[EaseeCharger(f"EH00000{number}", takes_a=8.0) for number in range(count)])
    cloud.advance(NOON)
    devices.run(cloud)
    car = car_on(cloud)
    loads = {f"car_{number}": {**car, "charger": f"EH00000{number}"} for number in range(count)}
    home = house(config(loads=loads, main_fuse_a=100), start=START)
    ended = []
    for second in range(300):
        cloud.advance(NOON + second)
        flow_a = 2 + sum(charger.draw_a for charger in cloud.chargers)
        home.report(second, {"sensor.l1": amps(flow_a)}, last=second == 299)
        if second > 100:
            ended += [second for charger in cloud.chargers if charger.charger_ends_s is None]
    assert ended == []
    assert {home.shown(name)["status"] for name in loads} == {"charging"}
