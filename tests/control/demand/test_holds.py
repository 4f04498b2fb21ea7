"""Every hold rule alone: when it applies, and when it does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from fusebox.control.demand.hold import HoldContext, HoldRule, apply_first_hold
from fusebox.control.demand.holds_by_shares import (
    delay_if_others_lose_more,
    delay_until_energy_lasts,
    delay_until_headroom_lasts,
    hold_until_energy_returns,
    net_time_at_cost_s,
)
from fusebox.control.demand.holds_off import HOLDS_OFF, hold_off_if_stopping_soon
from fusebox.control.demand.holds_on import HOLDS_ON, hold_while_fuse_tolerates
from fusebox.model.appliance_memory import ApplianceNeed
from fusebox.model.ceiling import Budget, Ceiling
from fusebox.model.decision import Demand, Hold
from fusebox.model.load import Load
from fusebox.model.load_memory import LoadMemory, PatienceMemory, TimingMemory, TurnMemory
from fusebox.model.meter_memory import FuseMemory
from fusebox.model.records import replace_within

from ..houses import T0_S, car, charger, plug

ROOT = Path(__file__).parents[3]
TIGHT = Ceiling("main L1", "", 4.0, {"load": 1.0}, fuse="main", used_a=21.0, rating_a=25.0, flow_a=31.0)
TIGHT = replace(TIGHT, drawn_a={"load": 10.0})
UNSEEN = replace(TIGHT, known=False)
WINDOW = Ceiling("capacity", "", 4.0, {"load": 1.0}, tolerates_s=300.0, ends_in_s=400.0, spare_as=9000.0, then_as=0.0)
EXCEEDED_WINDOW = replace(WINDOW, flow_a=31.0, rating_a=25.0)
SPENT_WINDOW = replace(WINDOW, tolerates_s=10.0, spare_as=0.0)
COLD, HOT = FuseMemory(0.0, T0_S, 20.0, 25.0, 1.05), FuseMemory(1.9, T0_S, 31.0, 25.0, 1.05)
CAR, PLUG = car("load"), plug("load", min_on_s=600.0, min_off_s=300.0, max_starts_per_day=2)
RUNS = LoadMemory(setpoint_a=10.0, timing=TimingMemory(switched_s=T0_S - 1000), adopted=True)
FRESH = replace_within(RUNS, "timing", switched_s=T0_S - 100)
STOPPED = LoadMemory(timing=TimingMemory(switched_s=T0_S - 100), adopted=True)
BEGUN_TWICE = replace_within(STOPPED, "timing", starts_s=(T0_S - 9000, T0_S - 5000))
PAUSED = replace_within(STOPPED, "patience", paused_s=T0_S - 100, paused_by="main L1")


def context(load=CAR, past=RUNS, **more: object) -> HoldContext:
    demand = Demand("load", load.min_a, load.max_a, (0, 1, 0), **more.pop("demand", {}))  # type: ignore[arg-type]
    return HoldContext(demand, load, past, T0_S, **{"fuses": {"main L1": COLD}, **more})  # type: ignore[arg-type]


def own(past: LoadMemory, **need: str) -> LoadMemory:
    return replace(past, switched=replace(past.switched, need=ApplianceNeed("standard", True, "", **need)))


def by_hand(past: LoadMemory) -> LoadMemory:
    return replace_within(past, "manual", on=True)


def waiting(ago_s: float) -> LoadMemory:
    """It first waited for others this long ago."""
    return replace_within(STOPPED, "patience", turn=TurnMemory(waits_since_s=T0_S - ago_s))


def ignoring(past: LoadMemory) -> LoadMemory:
    """It has drawn more than its setpoint for a long time."""
    return replace_within(past, "timing", over_since_s=T0_S - 600)


DISOBEYS = {"state": charger(6.0, 20.0), "over": (TIGHT,), "fuses": {"main L1": HOT}}
ON: dict[str, tuple[HoldContext, str, HoldContext]] = {
    "hold_on_by_hand": (
        context(PLUG, by_hand(RUNS)),
        "switched on by hand",
        context(PLUG, by_hand(RUNS), short=(TIGHT,)),
    ),
    "hold_on_for_minimum_time": (
        context(PLUG, FRESH),
        "stays on until at least --:--: it runs at least 600 s per start",
        context(PLUG, FRESH, short=(TIGHT,)),
    ),
    "hold_pump_until_blocked": (
        context(replace(PLUG, type="sg_ready"), short=(TIGHT,)),
        "may still run, but is blocked if main L1 continues to have no room for it",
        context(replace(PLUG, type="sg_ready")),
    ),
    "hold_on_while_energy_left": (
        context(PLUG, short=(WINDOW,)),
        "stays on although capacity is exceeded, which it tolerates for a while",
        context(PLUG, short=(SPENT_WINDOW,)),
    ),
    "hold_while_fuse_tolerates": (
        context(short=(replace(TIGHT, flow_a=26),)),
        "held at 6 A: main L1 (25 A) is overloaded, which a fuse tolerates for a while; pauses if that lasts (0 % used "
        "up)",
        context(PLUG, short=(TIGHT,)),
    ),
}
OFF: dict[str, tuple[HoldContext, str, HoldContext]] = {
    "hold_off_while_start_forbidden": (
        context(PLUG, own(STOPPED, no_start_reason="waits for a word")),
        "waits for a word",
        context(PLUG, own(STOPPED)),
    ),
    "hold_off_after_grid_return": (
        context(PLUG, STOPPED, island_s=T0_S - 179),
        "waits until --:-- at the earliest: the grid has only just returned",
        context(PLUG, STOPPED, island_s=T0_S - 180),
    ),
    "hold_off_for_minimum_time": (
        context(PLUG, STOPPED),
        "stays off until --:--: it rests at least 300 s after a stop",
        context(PLUG, replace_within(STOPPED, "timing", switched_s=T0_S - 300)),
    ),
    "hold_off_after_daily_starts": (
        context(
            PLUG, replace_within(STOPPED, "timing", starts_s=(T0_S - 9000, T0_S - 5000)), day_began_s=T0_S - 10_000
        ),
        "off until tomorrow: it has started 2 times today",
        context(PLUG, BEGUN_TWICE, day_began_s=T0_S - 8000),
    ),
    "hold_off_until_fuse_cools": (
        context(past=PAUSED, demand={"exhausted_fuses": {"main L1": HOT}}, over=(TIGHT,)),
        "paused until the overloaded fuse main L1 has cooled down",
        context(past=PAUSED, demand={"exhausted_fuses": {"main L1": COLD}}, over=(TIGHT,)),
    ),
    "hold_off_during_pause": (
        context(past=PAUSED),
        "paused by main L1 until --:-- at the earliest",
        context(past=replace_within(PAUSED, "patience", paused_s=T0_S - 200, fits_since_s=T0_S - 190)),
    ),
    "hold_off_if_stopping_soon": (
        context(past=STOPPED, over=(SPENT_WINDOW,)),
        "waits, because capacity would soon stop it again",
        context(past=STOPPED, over=(TIGHT,)),
    ),
}
SOLAR = Ceiling("solar", "", 4.0, {"load": 1.0}, budget=Budget.SOLAR)
SHADE = {"energy": SOLAR, "demand": {"budget_ok": False}}
CLOUDED = replace_within(RUNS, "patience", budget_short_since_s=T0_S - 60)
SUNNY = replace_within(STOPPED, "patience", budget_ok_since_s=T0_S - 60)
OFTEN = replace_within(STOPPED, "patience", budget_ok_since_s=T0_S - 200, budget_stops_s=(T0_S - 900, T0_S - 500))
SUN = car("load", start_after_s=120.0, stop_after_s=300.0)
ENERGY: dict[str, tuple[HoldContext, str, HoldContext]] = {
    "hold_until_energy_returns": (
        context(SUN, CLOUDED, **SHADE),
        "not enough sun: held at 6 A, stops at --:-- unless it returns",
        context(SUN, replace_within(CLOUDED, "patience", budget_short_since_s=T0_S - 300), **SHADE),
    ),
    "delay_until_energy_lasts": (
        context(SUN, OFTEN, energy=SOLAR),
        "enough sun, starts at --:-- if it lasts; it was stopped for lack of it 2 times in the last 30 minutes",
        context(SUN, replace_within(SUNNY, "patience", budget_ok_since_s=T0_S - 120), energy=SOLAR),
    ),
    "delay_until_headroom_lasts": (
        context(past=replace_within(STOPPED, "patience", fits_since_s=T0_S - 10)),
        "starts when its minimum of 6 A has been free for 20 s, because other loads are lowered for it",
        context(past=replace_within(STOPPED, "patience", fits_since_s=T0_S - 20)),
    ),
    "delay_if_others_lose_more": (
        context(
            past=waiting(7199),
            losers=("estate", "van"),
        ),
        "waits for estate and van, until --:-- at the latest: "
        "now it would slow estate and van by more than it could charge itself",
        context(
            past=waiting(7200),
            losers=("estate", "van"),
        ),
    ),
}
WITH_SHARES = (
    hold_until_energy_returns,
    delay_until_energy_lasts,
    delay_until_headroom_lasts,
    delay_if_others_lose_more,
)
RULES: dict[str, HoldRule] = {rule.__name__: rule for rule in (*HOLDS_ON, *HOLDS_OFF, *WITH_SHARES)}
KINDS = dict.fromkeys(ENERGY, Hold.LATER) | {"hold_until_energy_returns": Hold.ON}
KINDS |= dict.fromkeys(ON, Hold.ON) | dict.fromkeys(OFF, Hold.OFF)


COSTS_VAN = "now it would slow van by more than it could charge itself"
COSTS_OTHERS = "it would again slow other loads by more than it could charge itself"


def turn(costs: bool, ago_s: float, balance_s: float, waited_s: float | None = None) -> TurnMemory:
    return TurnMemory(costs, T0_S - ago_s, balance_s, None if waited_s is None else T0_S - waited_s)


@pytest.mark.parametrize(
    ("past", "found_s"),
    [
        (TurnMemory(), 0.0),
        (turn(True, 100, 50), 150.0),
        (turn(False, 100, 150), 50.0),
        (turn(True, 2000, 50), 600.0),
        (turn(False, 2000, 50), 0.0),
    ],
)
def test_costs_and_their_absence_weigh_against_each_other(past: TurnMemory, found_s: float) -> None:
    assert net_time_at_cost_s(past, T0_S) == found_s


@pytest.mark.parametrize(
    ("past", "setpoint_a", "losers", "reason"),
    [
        (turn(True, 100, 499), 6.0, ("van",), None),
        (turn(True, 100, 500), 6.0, ("van",), f"waits for van, until --:-- at the latest: {COSTS_VAN}"),
        (turn(False, 100, 101, 200), 0.0, (), f"starts at --:--, unless {COSTS_OTHERS}"),
        (turn(False, 100, 100, 200), 0.0, (), None),
        (turn(False, 100, 600), 0.0, (), None),
        (turn(False, 100, 600, 200), 6.0, (), None),
    ],
    ids=["runs", "has run", "is off", "has waited", "has just come", "runs again"],
)
def test_a_car_changes_only_with_the_balance(
    past: TurnMemory, setpoint_a: float, losers: tuple[str, ...], reason: str | None
) -> None:
    stopped = replace(STOPPED, setpoint_a=setpoint_a, patience=PatienceMemory(turn=past))
    found = delay_if_others_lose_more(context(past=stopped, losers=losers))
    assert (found and found.reason) == reason


def test_every_rule_has_its_row() -> None:
    assert [*ON, *OFF, *ENERGY] == [name for name in RULES if name != "stop_disobeying_charger"]


def test_every_rule_is_described_in_the_docs() -> None:
    page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert [name for name in RULES if name not in page] == []


@pytest.mark.parametrize("name", [*ON, *OFF, *ENERGY])
def test_each_rule_holds_in_its_case_and_not_in_the_other(name: str) -> None:
    speaks, words, is_silent = (ON | OFF | ENERGY)[name]
    found = RULES[name](speaks)
    assert found is not None
    assert (found.hold, found.reason) == (KINDS[name], words)
    assert RULES[name](is_silent) is None


@pytest.mark.parametrize(
    ("paused_for_s", "fits_for_s", "holds"), [(179, 900, True), (900, 179, True), (180, 180, False)]
)
def test_a_pause_lasts_from_its_beginning_and_from_when_the_minimum_fits(
    paused_for_s: float, fits_for_s: float, holds: bool
) -> None:
    past = replace_within(PAUSED, "patience", paused_s=T0_S - paused_for_s, fits_since_s=T0_S - fits_for_s)
    assert (RULES["hold_off_during_pause"](context(past=past)) is not None) is holds


@pytest.mark.parametrize("name", ["hold_on_while_energy_left", "hold_while_fuse_tolerates"])
@pytest.mark.parametrize(("ago_s", "holds"), [(299, True), (300, False)])
def test_no_limit_holds_a_load_that_has_waited_long_enough_for_its_own_energy(name: str, ago_s: int, holds: bool):
    load, limit = (PLUG, WINDOW) if name == "hold_on_while_energy_left" else (CAR, replace(TIGHT, flow_a=26))
    short = replace_within(RUNS, "patience", budget_short_since_s=T0_S - ago_s)
    found = RULES[name](context(replace(load, stop_after_s=300), short, short=(limit,), demand={"budget_ok": False}))
    assert (found is not None) is holds


def disobedient(**more: object) -> HoldContext:
    return context(past=ignoring(RUNS), **{**DISOBEYS, **more})


@pytest.mark.parametrize(
    "obeys",
    [
        lambda: disobedient()._replace(past=RUNS),
        lambda: disobedient()._replace(state=charger(6.0, 20.0, on=None)),
        lambda: disobedient()._replace(over=(replace(TIGHT, flow_a=20.0),)),
        lambda: disobedient()._replace(over=(UNSEEN,)),
    ],
    ids=["it complies", "it has no switch", "its wire is not over", "its wire is not seen"],
)
def test_one_that_does_not_keep_to_its_current_is_switched_off_where_a_wire_is_over(
    obeys: Callable[[], HoldContext],
) -> None:
    assert apply_first_hold(HOLDS_ON, disobedient()).hold is Hold.OFF
    assert RULES["stop_disobeying_charger"](obeys()) is None


@pytest.mark.parametrize(("since_s", "words"), [(600, "it ignored its limit"), (60, "until the overloaded fuse")])
def test_it_is_accused_of_that_only_by_a_draw_reported_since_it_should_have_followed(since_s, words):
    state = replace(charger(6.0, 20.0), draw_age_s=60.0)
    past = replace_within(RUNS, "timing", over_since_s=T0_S - since_s)
    held = RULES["stop_disobeying_charger"](disobedient(state=state)._replace(past=past))
    assert held is not None and words in held.reason


def test_the_reason_is_that_of_the_first_rule_that_applies() -> None:
    demand = apply_first_hold(HOLDS_ON, context(PLUG, by_hand(FRESH)))
    assert (demand.hold, demand.reason) == (Hold.ON, "switched on by hand")
    assert apply_first_hold(HOLDS_ON, context()) == context().demand


def test_a_rest_that_a_limit_has_made_longer_names_that_limit() -> None:
    often = replace_within(PAUSED, "timing", starts_s=(T0_S - 3000, T0_S - 2000, T0_S - 900))
    often = replace_within(often, "patience", paused_by="capacity")
    held = next(rule for rule in HOLDS_OFF if rule.__name__ == "hold_off_for_minimum_time")(
        context(PLUG, often, over=(SPENT_WINDOW,))
    )
    assert held is not None and held.reason.endswith("after a stop, longer after several stops by capacity")


@pytest.mark.parametrize(
    ("rule", "more", "words"),
    [
        (hold_while_fuse_tolerates, {"short": (replace(TIGHT, flow_a=26),)}, "held at 1380 W: main L1 (25 A) is"),
        (hold_while_fuse_tolerates, {"short": (EXCEEDED_WINDOW,)}, "held at 1380 W while capacity is exceeded"),
        (hold_until_energy_returns, {"past": CLOUDED, **SHADE}, "not enough sun: held at 1380 W, stops at"),
    ],
)
def test_a_load_that_is_sent_watts_is_held_at_watts(rule: HoldRule, more: dict[str, object], words: str) -> None:
    held = rule(context(replace(SUN, device={"watts_per_a": 230.0}), **more))  # type: ignore[arg-type]
    assert held is not None and held.reason.startswith(words)


def test_no_time_is_promised_to_a_plug_that_a_limit_on_energy_may_stop_before() -> None:
    held = RULES["hold_on_for_minimum_time"](context(PLUG, FRESH, short=(WINDOW,)))
    assert held is not None and held.reason == "stays on although capacity is exceeded, which it tolerates for a while"


@pytest.mark.parametrize(
    ("short", "words"),
    [
        ((WINDOW,), ""),
        ((EXCEEDED_WINDOW,), "held at 6 A while capacity is exceeded"),
        ((replace(TIGHT, flow_a=24.0), EXCEEDED_WINDOW), "held at 6 A while capacity is exceeded"),
        ((WINDOW, replace(TIGHT, flow_a=26.0)), "held at 6 A: main L1 (25 A) is overloaded"),
    ],
)
def test_only_a_limit_that_is_exceeded_is_said_to_be(short: tuple[Ceiling, ...], words: str) -> None:
    held = hold_while_fuse_tolerates(context(short=short))
    assert held is not None and held.reason.startswith(words) and bool(held.reason) is bool(words)


def test_a_load_that_lacks_sun_does_not_wait_for_the_next_window_of_a_tariff() -> None:
    assert hold_off_if_stopping_soon(context(SUN, STOPPED, over=(SPENT_WINDOW,))) is not None
    assert hold_off_if_stopping_soon(context(SUN, STOPPED, over=(SPENT_WINDOW,), **SHADE)) is None


@pytest.mark.parametrize(
    ("load", "ends_in_s", "then_a", "waits"),
    [(CAR, 60.0, 5.9, True), (CAR, 60.0, 6.0, False), (CAR, 120.0, 5.9, False), (PLUG, 60.0, 5.9, False)],
)
def test_a_car_does_not_start_for_the_last_minute_of_a_window(
    load: Load, ends_in_s: float, then_a: float, waits: bool
) -> None:
    """The next window has the energy for some minutes, but would stop a car of 6 A at once; a plug runs on in it."""
    late = replace(WINDOW, tolerates_s=float("inf"), ends_in_s=ends_in_s, then_as=9000.0, then_a=then_a)
    assert (hold_off_if_stopping_soon(context(load, STOPPED, over=(late,))) is not None) is waits
