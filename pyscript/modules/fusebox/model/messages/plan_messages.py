"""What a plan does with a load and why, what orders the home battery has, and what is wrong with prices."""

from __future__ import annotations

from collections.abc import Mapping

from .entry import Entry

_LAST = "[; its last prices count until {until}]"
_TAKEN = "a price of 1 is taken to be {price_factor} of the currency per kWh"

SOURCES: Mapping[str, Entry] = {
    "prices_missing": Entry(
        f"{{entity}} has no prices in its attributes{_LAST}",
        "the entity is disabled, or another one is meant",
    ),
    "prices_not_answered": Entry(
        f"{{service}} answers without prices{_LAST}", "a wrong area, or nothing is published yet"
    ),
    "prices_refused": Entry(f"{{service}} fails: {{error}}{_LAST}", "the integration refuses the call"),
    "price_unit_unknown": Entry(f"the unit {{unit}} of this source is not known: {_TAKEN}", "check a few prices"),
    "price_unit_missing": Entry(f"this source names no unit: {_TAKEN}", "check a few prices"),
    "prices_of_several": Entry(
        "this source has prices of {areas}: those of {area} are taken", "name the area in CONFIG if that is wrong"
    ),
    "sun_missing": Entry("{entity} has no forecast in its attributes", "the same"),
    "sun_not_answered": Entry("{service} answers without a forecast", "look at its integration"),
    "sun_refused": Entry("{service} fails: {error}", "the integration refuses the call"),
    "sun_tomorrow_unknown": Entry(
        "{source} has no forecast of tomorrow, so its sun is guessed from today",
        "Forecast.Solar's entity of tomorrow is disabled",
    ),
}


_THEN = "[, then in mode {mode}]"
_RUNS = f"runs by its plan until {{until}}[ with {{most_kw}} kW]{_THEN}"
_AMOUNT = "[, {energy_kwh} kWh by {due}]"
_COST = "[ for {planned_cost} {currency}][ instead of {at_once_cost} {currency} at once]"
_EMPTY = "[; its state of charge is {soc}, so it counts as empty]"
_RANK = (
    "[: {rank_nth} cheapest of {quarters} quarter hours][ at {block_price} {currency}/kWh]"
    "[ (it needs {needed_quarters})]"
)
_BELOW = "charges below {limit_price} {currency}/kWh"
_LIMIT = "[, partly above {limit_price} {currency}/kWh to be ready in time]"

PLANS: Mapping[str, Entry] = {
    "plan_runs": Entry(
        f"{_RUNS}{_RANK}{_AMOUNT}{_COST}{_LIMIT}{_EMPTY}",
        "the load is in a block of its plan; price and rank where prices decide",
    ),
    "plan_runs_early": Entry(
        f"{_RUNS}: {{cause}}, so it runs as early as it can{_AMOUNT}{_EMPTY}",
        "no price decides, and its plan has finish early",
    ),
    "plan_runs_out_of_time": Entry(
        f"{_RUNS}: no time left to wait{_AMOUNT}{_COST}{_LIMIT}{_EMPTY}",
        "its latest start has come",
    ),
    "plan_waits": Entry(
        f"waits until {{start}}{_RANK}{_AMOUNT}{_COST}{_LIMIT}{_EMPTY}", "its first block is still to come"
    ),
    "plan_waits_late": Entry(
        f"waits until {{start}}: {{cause}}, so it runs as late as it can{_AMOUNT}{_EMPTY}",
        "no price decides; cause is no prices are known, the known prices have ended or all prices are equal",
    ),
    "plan_waits_early": Entry(
        f"waits until {{start}}: {{cause}}, so it runs as early as it can{_AMOUNT}{_EMPTY}",
        "the same with finish early, and there is no room before",
    ),
    "plan_unplaced": Entry(f"nothing is planned yet{_AMOUNT}", "its plan has no block"),
    "plan_late": Entry(
        f"late: {{missing_kwh}} of {{energy_kwh}} kWh will be missing by {{due}}{_THEN}{_EMPTY}",
        "time, or room under a limit, does not suffice",
    ),
    "plan_overdue_runs": Entry(
        f"late: its time has passed, so it charges {{energy_kwh}} kWh at once{_THEN}", "a car was not ready in time"
    ),
    "plan_overdue_waits": Entry(
        "late: its time has passed, so it charges {energy_kwh} kWh as soon as a limit allows",
        "the same, and a limit leaves it nothing",
    ),
    "plan_minimum_runs": Entry(
        f"charges {{energy_kwh}} kWh at once to reach its minimum of {{minimum_pct}} %{_THEN}",
        "its state of charge is below min_soc_pct",
    ),
    "plan_minimum_waits": Entry(
        "charges {energy_kwh} kWh as soon as a limit allows, to reach its minimum of {minimum_pct} %",
        "the same, and a limit leaves it nothing",
    ),
    "plan_takes_nothing": Entry(
        f"draws nothing in its planned time[ until {{until}}]{_THEN}: it is hot, or has finished",
        "its plan runs it and it draws nothing, as a tank or a machine that needs no more",
    ),
    "plan_mode_standard": Entry(
        "its mode is standard, so it does not wait until {start}",
        "its plan would wait, and mode standard, chosen by a person or CONFIG, charges at once",
    ),
    "plan_below_price_runs": Entry(
        f"{_BELOW}, now until {{until}}{_THEN}", "its plan is max_price alone, and the price is at or below it"
    ),
    "plan_below_price_waits": Entry(f"{_BELOW}, next at {{start}}", "the same, and the price is at or below it then"),
    "plan_below_price_unknown": Entry(
        f"{_BELOW}; no known price is that low[, the lowest is {{lowest_price}} at {{start}}]",
        "the same, and all published prices are above it, or none is known",
    ),
    "plan_below_price_unset": Entry("charges below a price that is unknown", "the entity of max_price has no value"),
    "plan_takes_more": Entry(
        f"draws more until {{until}}, because using energy earns money{_THEN}",
        "the price is below 0, and its plan is done",
    ),
    "plan_done": Entry(f"done: {{energy_kwh}} kWh{_COST}", "it has had all that was planned"),
    "plan_needed_nothing": Entry("done: nothing was needed", "it was ready without its plan"),
    "plan_skipped_for_car": Entry(
        "off by hand: plan skipped until its car leaves or its mode is changed", "somebody has set its mode to off"
    ),
    "plan_skipped": Entry("off by hand: plan skipped until its mode is changed", "the same, where no car is seen"),
    "plan_far_away": Entry(
        "{energy_kwh} kWh by {due}: not planned until two days before", "its time is more than two days away"
    ),
    "ready_by_passed": Entry(
        "ready_by has passed ({due}): it follows its mode until it has its energy", "ready_by shows a date in the past"
    ),
    "ready_by_unknown": Entry(
        "ready_by shows no time: it follows its mode until it has its energy", "the entity of ready_by has no time"
    ),
    "signal_recommends": Entry(
        "recommended to run {cheap}, when energy is cheap[; blocked {dear}, when it is expensive]",
        "the next cheap and expensive hours of a heat pump, or the cheap ones of a tank",
    ),
    "signal_blocks": Entry("blocked {dear}", "the next expensive hours of a heat pump, with no cheap ones to come"),
    "signal_no_hours": Entry(
        "waits for new prices: no cheap or expensive hours are left", "prices are equal, or those hours have passed"
    ),
    "signal_no_prices": Entry(
        "{cause}, so prices do not control it", "cause is no prices are known or the known prices have ended"
    ),
}

BATTERY: Mapping[str, Entry] = {
    "battery_free": Entry("left to its own logic", "nothing calls for an order"),
    "battery_free_silent": Entry("left to its own logic: a meter is silent", "nobody knows what flows"),
    "battery_free_island": Entry("left to its own logic: the grid is gone", "site.island is on"),
    "battery_free_no_room": Entry(
        "left to its own logic: a fuse or the contract leaves no power to charge it", "its plan would charge it now"
    ),
    "battery_free_unstored": Entry(
        "left to its own logic: the end of an order cannot be stored", "Home Assistant's disk takes no file"
    ),
    "battery_free_undecided": Entry("left to its own logic: its order cannot be decided", "a fault of Fusebox"),
    "battery_charges": Entry("charges from the grid up to {target_pct} %", "its plan charges it now"),
    "battery_held": Entry(
        "kept from discharging, because {load} charges from the grid", "battery.hold names what the load does now"
    ),
    "battery_plan_none": Entry("nothing is planned", "neither charging from the grid nor a hold is planned"),
    "battery_plan_charges": Entry(
        "charges from the grid {start} to {until} up to {target_pct} %: the house's most expensive hours cost more",
        "the next block in which it is charged",
    ),
    "battery_plan_held": Entry(
        "kept from discharging {start} to {until}, while a car charges from the grid", "the next time it is held"
    ),
}

PLAN_PROBLEMS: Mapping[str, Entry] = {
    "plans_fail": Entry("{error}; if that lasts, loads follow their mode", "a fault of Fusebox"),
    "plans_not_stored": Entry("plans cannot be stored: {error}", "a fault of Fusebox"),
    "plan_file_damaged": Entry("the file {file} was damaged, so this is lost: {parts}", "a power cut, or a bad disk"),
    "plan_file_unreadable": Entry(
        "the file {file} cannot be read, so plans start again: {error}", "a bad disk, or a file of somebody else's"
    ),
    "plan_file_unwritable": Entry(
        "the file {file} cannot be written: {error}; plans set by a service are lost at a restart, the battery gets "
        "no new orders; free space on the disk, or let Home Assistant write in /config/.storage",
        "the disk is full, or write-protected",
    ),
    "export_fails": Entry("{error}; meanwhile the inverter is given back", "a bug of Fusebox"),
    "export_ignored": Entry(
        "the inverter does not follow: {entity} stays at {shown} instead of {sent}", "its number was set several times"
    ),
    "export_number_unavailable": Entry(
        "the limit of the inverter cannot be changed: {entity} shows no value",
        "for a minute its number has been unavailable, while it has to be set or given back",
    ),
    "export_call_failed": Entry(
        "the inverter cannot be held back: {entity}: {error}", "Home Assistant refuses the call"
    ),
    "export_unstored": Entry(
        "the inverter is not held back, as what it is given back to cannot be stored: {error}",
        "it would stay held back after a power cut",
    ),
    "export_record_lost": Entry(
        "{entity} may be too low at {shown}: the files that held its value before Fusebox lowered it are damaged. Set "
        "it by hand; this note ends when it displays another value",
        "both files with the record of a lowered inverter were damaged",
    ),
    "export_number_moved": Entry(
        "{entity} was set to {shown} by hand: left alone until the limit on export changes",
        "somebody moved the inverter's number while Fusebox held it back",
    ),
    "battery_orders_fail": Entry("{error}; meanwhile the battery is left to its own logic", "a fault of Fusebox"),
    "battery_order_ignored": Entry(
        "the battery does not follow: {entity} stays at {shown}", "an order was sent several times"
    ),
    "battery_order_unavailable": Entry("the battery does not follow: {entity} is unavailable", "the same"),
    "battery_release_ignored": Entry(
        "the battery is not released: {entity} stays at {shown}", "the end of an order was sent several times"
    ),
    "battery_release_unavailable": Entry("the battery is not released: {entity} is unavailable", "the same"),
    "battery_call_failed": Entry(
        "the battery cannot be commanded: {entity}: {error}", "Home Assistant refuses the call"
    ),
    "battery_orders_unstored": Entry(
        "the battery gets no orders, as their end cannot be stored: {error}",
        "a battery would stay as it was ordered after a power cut",
    ),
    "battery_power_unknown_before": Entry(
        "{entity} showed no value before {sent} was written, so set it yourself to what it was",
        "Fusebox cannot restore the charging power",
    ),
}
