"""What is wrong with a time, a table of hours or a plan in CONFIG."""

from __future__ import annotations

from collections.abc import Mapping

from .entry import Entry

_SPAN = "write it like '22-06' or '22:30-06:00'"
_ROW = "write it like '22-06', 'mon-fri 17-20' or 'oct-mar mon-fri 17:30-20'"
_TABLE = "a key of a table of hours"

CONFIG_TIMES: Mapping[str, Entry] = {
    "names_no_day": Entry("names no day; write {example}", "`ready_by` is an empty dict"),
    "day_named_twice": Entry("{value} is named twice; write one time for each day", "two keys contain one day"),
    "no_day": Entry("{value} is no day; write it like 'mon' or 'mon-fri'", "a key of `ready_by`"),
    "no_time_of_day": Entry("{value} is no time of day; write it like '07:00'", "`ready_by`"),
    "no_span_of_hours": Entry(f"{{value}} is no span of hours; {_SPAN}", _TABLE),
    "no_span_of_quarters": Entry(f"{{value}} is no span of quarter hours of a day; {_SPAN}", _TABLE),
    "row_never_counts": Entry(
        "never counts: all of its hours are in {rows} above; move it up, or take it out",
        "the first row that fits counts",
    ),
    "row_names_no_hours": Entry(
        f"{{value}} names no hours; {_ROW}, with '00-24' for the whole day", "months and days alone"
    ),
    "row_names_unknown": Entry(
        "{value} is neither months nor days; [did you mean {near}?][known here: {known}]", "a misspelt name"
    ),
    "row_names_mixed": Entry(f"{{value}} is neither months nor days; {_ROW}", "from a month to a day"),
    "row_out_of_order": Entry(f"{{value}} is not months, days and hours in this order; {_ROW}", _TABLE),
    "weekday_unknown": Entry("{value} is not a weekday; [did you mean {near}? ]write {known}", "a tariff's `weekdays`"),
    "no_cron": Entry("{value} is not a cron trigger; write {example}", "a trigger of pyscript"),
    "cron_fields": Entry(
        "{value} has {count} fields; write minute, hour, day, month and weekday, such as {example}", "not five fields"
    ),
    "cron_field_wrong": Entry("{value} has a wrong {key}; write *, */2, or {low} to {high} there", "one of the five"),
    "cron_never": Entry("{value} never comes; write a day that its month has", "such as 31 February"),
    "hours_of_whole_day": Entry("{low} to {high} is the whole day; write None for that", "a tariff's `hours`"),
    "names_no_hours": Entry("names no hours; write {example}", "a tariff's `hours`"),
    "no_list_of_numbers": Entry("{value} is not a list of numbers; write {example}", "a tariff's hours, days, months"),
    "no_whole_number_of": Entry("{value} is not a whole number from {low} to {high}; write {example}", "the same"),
}

_ONE = "write {known}"

CONFIG_PLANS: Mapping[str, Entry] = {
    "only_cars_have_soc": Entry(f"only a car has a state of charge; {_ONE}", "a plan of what is switched"),
    "cars_have_no_hours": Entry(f"a car charges for as long as it takes; {_ONE}", "`hours` in a car's plan"),
    "ready_by_required": Entry(
        "required; write a time such as '07:00', or max_price alone, which needs no time", "a plan without an end"
    ),
    "amount_needs_ready_by": Entry(
        "needs ready_by; for a limit without one write the load's stop_energy_kwh or stop_soc_pct",
        "`max_price` with an amount, and no time",
    ),
    "plan_without_amount": Entry(f"does not say how much; {_ONE}", "a plan with a time only"),
    "plan_of_two_amounts": Entry("has both {known}; write one of them", "a plan has one amount"),
    "price_hours_empty": Entry("asks for nothing; write such as {example}", "a heat pump's plan by price"),
    "prices_required": Entry("needs the section prices; write it, or ready_by and an amount", "`max_price` alone"),
    "prices_unused": Entry("does nothing without the section prices", "a warning: a price limit needs prices"),
    "prices_empty": Entry(
        "has no prices; write 'import': an entity or a service, or 'fixed': a price", "the section `prices`"
    ),
    "prices_of_both": Entry("has both 'import' and 'fixed'; write one of them", "the section `prices`"),
    "house_not_known": Entry("{value} is not known; write 'learnt', or a number of watts", "`forecast.house`"),
    "source_key_unused": Entry(
        "{service} does not ask for it; leave it out", "a warning: some services refuse what they do not know"
    ),
    "required_by_plan": Entry("required by {key}; write {example}", "a plan, or a limit, needs to know it"),
    "min_soc_above_target": Entry("{value} is above soc_target_pct; write {most} or less", "a plan's `min_soc_pct`"),
    "target_above_stop": Entry("{value} is above stop_soc_pct; write {most} or less", "a plan's `soc_target_pct`"),
    "stop_needs_status": Entry(
        "needs status: nothing else shows that a car comes and leaves", "`stop_soc_pct`, `stop_energy_kwh`"
    ),
    "battery_plan_needs_prices": Entry(
        "needs the section prices: it charges where that saves something", "the battery's plan"
    ),
    "target_below_reserve": Entry("{value} is below soc_min_pct ({min_pct} %); write more", "the battery's plan"),
}
