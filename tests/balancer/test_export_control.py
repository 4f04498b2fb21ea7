"""The inverter's number: lowered, given back, and a person's as soon as a person moves it. Whatever dies meanwhile."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fusebox.balancer.plans.export_control import ExportControl
from fusebox.balancer.plans.loan import Loan
from fusebox.balancer.plans.plan_file import ExportRecord, StoredPlans, parse_plans
from fusebox.model.orders import Curtail
from fusebox.runtime.json_values import to_json_values

from ..runtime.home import Home

NUMBER = "number.export_limit"
WATTS = Curtail(NUMBER, "W")
PERCENT = Curtail(NUMBER, "%", 5000, 100)
A_MINUTE_S = 60
"""So long after a command, the first one of a limit or one not displayed, a higher value may be the device's own."""


class Died(BaseException):
    """The process was killed."""


class Inverter(Home):
    """Its number takes each value that it is sent, unless it is deaf."""

    def __init__(self, value: object = 10_000, **attributes: object) -> None:
        super().__init__()
        self.attributes = {"min": 0, "step": 1, **attributes}
        self.deaf = self.dies = False
        self.now_s, self.why_not = 0.0, ""
        self.stored: tuple[Loan, ...] = ()
        self.show(value)
        self.control = self.begun()

    def show(self, value: object) -> None:
        self.shows(NUMBER, value, **self.attributes)

    def begun(self) -> ExportControl:
        """The object of another process, with what is on disk."""
        control = ExportControl(self.ports)
        stored = parse_plans(to_json_values(StoredPlans(lowered=self.stored))).content
        control.restore(ExportRecord(stored.lowered), is_lost=False)

        async def store() -> str:
            if not self.why_not:
                self.stored = control.record.lowered
            return self.why_not

        control.loans.persist = store
        return control

    async def _call(self, domain: str, service: str, blocking: bool = False, **data: object) -> None:
        if self.dies:
            self.dies = False
            raise Died
        await super()._call(domain, service, **data)
        if not self.deaf:
            self.shows(str(data["entity_id"]), f"{data['value']:g}", **self.attributes)

    def look(self, most_w: float | None, limit_w: float | None = None, curtail: Curtail | None = WATTS) -> list[Any]:
        """Return what one look sends, ten seconds after the last one."""
        self.now_s += 10
        told = most_w if limit_w is None else limit_w
        goals = [] if curtail is None or most_w is None else [(curtail, most_w)]
        asyncio.run(self.control.update(goals, told, self.view(self.now_s)))
        sent = [data["value"] for _, data in self.calls]
        self.calls.clear()
        return sent

    @property
    def value(self) -> object:
        return self.states[NUMBER].state if hasattr(self.states[NUMBER], "state") else self.states[NUMBER]

    @property
    def codes(self) -> list[str]:
        return [problem.code for problem in self.control.problems]


def test_what_stood_there_is_stored_before_the_number_is_lowered_and_given_back_later() -> None:
    home = Inverter()
    assert home.look(3000) == [3000]
    assert home.stored == (Loan(NUMBER, 10_000, (3000,)),)
    assert home.look(3000) == []
    assert home.look(1000) == [1000]
    assert home.look(None) == [10_000]
    home.look(None)
    assert (home.stored, home.control.record.lowered) == ((), ())


@pytest.mark.parametrize("most_w", [10_000, 12_000, 9_900])
def test_the_number_is_never_set_above_or_close_to_what_stood_there(most_w: float) -> None:
    home = Inverter()
    assert home.look(most_w) == []
    assert home.stored == ()


def test_a_percentage_and_kilowatts_are_rounded_down_to_the_numbers_steps() -> None:
    assert Inverter(100).look(1890, curtail=PERCENT) == [37]
    assert Inverter(10, unit_of_measurement="kW", step=0.1).look(1890) == [1.8]
    assert Inverter(10_000, min=500, step=100).look(0) == [500]


@pytest.mark.parametrize(("shown", "sent"), [(2180, [10_000]), (2220, [])])
def test_a_value_within_two_percent_is_rounded_and_a_larger_difference_is_a_persons(
    shown: float, sent: list[float]
) -> None:
    home = Inverter()
    home.look(2000)
    home.look(2000)
    home.now_s += A_MINUTE_S
    home.show(shown)
    home.look(2000)
    assert home.look(None) == sent


@pytest.mark.parametrize("moved", [5000, 500])
def test_a_person_who_moves_the_number_wins_until_the_limit_changes(moved: float) -> None:
    home = Inverter()
    home.look(2000)
    home.look(2000)
    home.now_s += A_MINUTE_S
    home.show(moved)
    assert [home.look(2000), home.look(2000), home.codes] == [[], [], ["export_number_moved"]]
    assert home.stored == ()
    assert home.look(None) == []
    assert home.codes == []
    assert home.look(100) == [100]
    assert home.look(None) == [moved]


@pytest.mark.parametrize("answers", [[500], [0, 500], [6000, 3000, 500], [6000, 0], ["unavailable", 500]], ids=str)
def test_a_device_that_ramps_or_ends_at_a_limit_of_its_own_is_given_back(answers: list[object]) -> None:
    home = Inverter()
    assert home.look(0) == [0]
    home.deaf = True
    for answer in answers:
        home.show(answer)
        assert home.look(0) == []
    assert home.codes == []
    home.control = home.begun()
    assert home.look(None) == [10_000]


def test_a_device_that_does_not_go_so_low_is_reported_and_a_persons_value_later_stays() -> None:
    home = Inverter()
    home.look(0)
    home.deaf = True
    home.show(500)
    sent = [value for _ in range(60) for value in home.look(0)]
    assert 3 < len(sent) < 12
    assert home.codes == ["export_ignored"]
    home.show(2000)
    assert [home.look(0), home.codes] == [[], ["export_number_moved"]]
    assert home.look(None) == []


def test_a_lower_value_than_was_sent_is_always_a_persons() -> None:
    home = Inverter()
    home.look(2000)
    home.show(1000)
    assert [home.look(2000), home.look(None), home.codes] == [[], [], []]


def test_a_device_that_comes_back_with_its_old_value_is_lowered_again() -> None:
    home = Inverter()
    home.look(2000)
    home.look(2000)
    for value in ("unavailable", 10_000):
        home.show(value)
        sent = home.look(2000)
    assert sent == [2000]


def test_an_unavailable_number_is_neither_set_nor_given_back_until_it_has_a_value() -> None:
    home = Inverter()
    home.look(2000)
    home.show("unavailable")
    assert [home.look(None) for _ in range(20)] == [[]] * 20
    home.show(2000)
    assert home.look(None) == [10_000]


@pytest.mark.parametrize("is_lowered", [True, False])
def test_a_number_without_a_value_that_has_to_be_set_is_reported_after_a_minute(is_lowered: bool) -> None:
    home = Inverter()
    wanted_w = 2000 if is_lowered else None
    home.look(wanted_w)
    home.show("unavailable")
    wanted_w = None if is_lowered else 2000
    codes = [home.look(wanted_w) or home.codes for _ in range(8)]
    assert codes == [[]] * 6 + [["export_number_unavailable"]] * 2
    home.show(2000 if is_lowered else 10_000)
    assert home.look(wanted_w)
    assert home.codes == []


def test_a_number_without_a_value_that_nothing_holds_back_is_not_reported() -> None:
    home = Inverter()
    home.show("unavailable")
    assert [home.look(None) or home.codes for _ in range(8)] == [[]] * 8


def test_a_number_that_displays_nothing_is_given_back_to_its_usual_value() -> None:
    home = Inverter("unknown")
    assert home.look(1000, curtail=WATTS) == []
    home.deaf = True
    assert home.look(1000, curtail=PERCENT) == [20]
    assert home.look(None, curtail=PERCENT) == [100]
    assert home.stored == ()


def test_a_number_that_displays_nothing_and_whose_call_failed_is_given_back_later() -> None:
    home = Inverter("unknown")
    home.deaf = True
    assert home.look(1000, curtail=PERCENT) == [20]
    home.refuses = {"number.set_value": RuntimeError("too many requests")}
    home.look(None, curtail=PERCENT)
    home.refuses = {}
    assert [value for _ in range(20) for value in home.look(None, curtail=PERCENT)] == [100]
    assert home.stored == ()


@pytest.mark.parametrize("shown", ["unknown", 10_000])
def test_a_service_that_works_and_reports_failures_is_called_a_few_times_more(shown: object) -> None:
    home = Inverter(shown)
    home.deaf = True
    curtail = PERCENT if shown == "unknown" else WATTS
    home.look(1000, curtail=curtail)
    home.refuses = {"number.set_value": TimeoutError("the inverter is slow")}
    for _ in range(200):
        home.look(None, curtail=curtail)
    assert (home.stored, home.codes) == ((), [])


def test_a_number_that_ignores_commands_is_reported_and_still_given_back() -> None:
    home = Inverter()
    home.deaf = True
    sent = [value for _ in range(60) for value in home.look(2000)]
    assert 3 < len(sent) < 12
    assert home.codes == ["export_ignored"]
    home.deaf = False
    while not home.look(2000):
        pass
    home.look(2000)
    assert home.codes == []
    assert home.look(None) == [10_000]


def test_nothing_is_lowered_that_cannot_be_stored() -> None:
    home = Inverter()
    home.why_not = "the disk is full"
    assert home.look(2000) == []
    assert home.codes == ["export_unstored"]
    home.why_not = ""
    assert home.look(2000) == [2000]


def test_the_next_process_goes_on_or_gives_back_and_knows_what_is_whose() -> None:
    home = Inverter()
    home.look(2000)
    home.control = home.begun()
    assert home.look(2000) == []
    home.control = home.begun()
    assert home.look(None, curtail=None) == [10_000]
    home.show(10_000)
    home.look(None)
    home.look(2000)
    home.show(4000)
    home.control = home.begun()
    assert home.look(None) == []
    assert home.stored == ()


def test_the_last_act_gives_back_what_is_still_ours() -> None:
    home = Inverter()
    home.look(2000)
    asyncio.run(home.control.restore_numbers())
    assert home.calls[-1][1]["value"] == 10_000
    home.look(2000)
    home.show(4000)
    asyncio.run(home.control.restore_numbers())
    assert home.calls == []


def test_what_the_last_act_gives_back_is_not_sent_again_by_the_next_process() -> None:
    home = Inverter()
    home.look(2000)
    home.deaf = True
    asyncio.run(home.control.restore_numbers())
    asyncio.run(home.control.loans.persist())
    assert [call[1]["value"] for call in home.calls] == [10_000]
    home.calls.clear()
    home.control = home.begun()
    assert home.look(None, curtail=None) == []
    home.deaf = False
    home.now_s += A_MINUTE_S
    assert home.look(None) == [10_000]
    assert home.look(2000) == [2000]
    assert not home.stored[0].returned


ACTS = st.one_of(
    st.tuples(st.just("limit"), st.sampled_from([None, 0, 1000, 3000, 7000])),
    st.tuples(st.just("person"), st.sampled_from([500, 2000, 5000, 8000])),
    st.tuples(st.sampled_from(["restart", "dies", "away", "back", "deaf", "hears"]), st.none()),
)


@given(st.lists(ACTS, max_size=25))
def test_no_number_is_ever_lifted_above_a_persons_and_each_is_given_back(acts: list[tuple[str, Any]]) -> None:
    home, most_w, owners, shown = Inverter(), None, 10_000, 10_000
    for act, value in acts:
        if act == "limit":
            most_w = value
        elif act == "person" and home.value != "unavailable":
            home.now_s += A_MINUTE_S
            owners = value
            home.show(value)
        elif act == "restart":
            home.control = home.begun()
        elif act == "away" and home.value != "unavailable":
            shown = home.value
            home.show("unavailable")
        elif act == "back" and home.value == "unavailable":
            home.show(shown)
        elif act in ("deaf", "hears"):
            home.deaf = act == "deaf"
        elif act == "dies":
            home.dies = True
        try:
            sent = home.look(most_w)
        except Died:
            home.control, sent = home.begun(), []
        assert all(each <= owners for each in sent)
    home.dies = home.deaf = False
    if home.value == "unavailable":
        home.show(shown)
    for _ in range(80):
        home.look(None)
    assert float(str(home.value)) == owners
    assert home.stored == ()


def test_a_number_that_leaves_config_is_given_back_while_another_is_lowered() -> None:
    home = Inverter()
    home.look(2000)
    home.shows("number.other", 8000, min=0, step=1)
    home.look(1000, curtail=Curtail("number.other"))
    assert (home.states[NUMBER], home.states["number.other"]) == ("10000", "1000")
    home.look(1000, curtail=Curtail("number.other"))
    assert [each.entity for each in home.stored] == ["number.other"]


@pytest.mark.parametrize("shown", ["unknown", 2000])
def test_a_former_value_is_not_sent_at_every_update_while_decisions_fail(shown: object) -> None:
    home = Inverter()
    home.look(2000)
    home.deaf = True
    home.show(shown)
    for seconds in range(10, 121, 10):
        asyncio.run(home.control.restore_numbers(home.now_s + seconds))
    assert [data["value"] for _, data in home.calls] == [10_000] * 2


@pytest.mark.parametrize("reloads", [False, True])
def test_a_limit_that_ends_before_its_value_is_displayed_is_given_back(reloads: bool) -> None:
    home = Inverter()
    home.deaf = True
    assert home.look(2000) == [2000]
    home.control = home.begun() if reloads else home.control
    assert [value for _ in range(20) for value in home.look(None)] == [10_000]
    assert home.stored == ()


def test_a_former_value_whose_call_failed_is_sent_again_while_the_lower_one_may_arrive() -> None:
    home = Inverter()
    home.deaf = True
    home.look(2000)
    home.refuses = {"number.set_value": RuntimeError("too many requests")}
    home.look(None)
    home.refuses = {}
    assert [value for _ in range(24) for value in home.look(None)] == [10_000]
    assert home.stored == ()
