"""What is wrong with a value, a key or a time of CONFIG, whatever section it is in."""

from __future__ import annotations

from collections.abc import Mapping

from .entry import Entry

_MEANT = "[did you mean {near}? ]write {known}"
_NEAR = "[; did you mean {near}?][; known here: {known}]"

CONFIG_VALUES: Mapping[str, Entry] = {
    "key_required": Entry("required[; write {example}]", "the section cannot do without this key"),
    "key_unknown": Entry(f"unknown key{_NEAR}", "misspelt, or one level too high or low"),
    "word_not_known": Entry(f"{{value}} is not known; {_MEANT}", "the key takes one of a few words"),
    "value_not_of": Entry(f"{{value}} is not {{what}}; {_MEANT}[, or {{other}}]", "a name from a fixed set"),
    "value_not_text": Entry("{value} is not a text; write {example}", "a text without its quotes, or an empty one"),
    "private_not_text": Entry("what is there ({kind}) is not a text; write {example}", "a user name or password"),
    "value_not_number": Entry("{value} is not a number; write {example}, or an entity id", "a unit in it, or a word"),
    "value_in_quotes": Entry("{value} is not a number; write it without quotes", "a number in quotes"),
    "value_not_whole": Entry("{value} is not a whole number; write {example}", "a fraction where things are counted"),
    "value_out_of_range": Entry("{value} is out of range; write {allowed}", "below or above what makes sense"),
    "value_not_yes_or_no": Entry("{value} is not a yes or no; write True or False, or an entity id", "anything else"),
    "value_where_dict_belongs": Entry("{value} where a dict belongs; write {example}", "a section is no dict"),
    "value_not_dict": Entry("{value} is not a dict; write {example}", "things with names are no dict"),
    "value_not_list": Entry("{value} is not a list; write {example}", "brackets are missing"),
    "list_length": Entry("has {count} entries; write {least} to {most}, such as {example}", "too many, or none"),
    "dict_length": Entry("has {count} entries; write at most {most}", "more than any house has"),
    "no_host": Entry(
        "{value} is not a host; write an address such as '192.168.1.40', no scheme and no port", "a device's address"
    ),
    "no_own_address": Entry(
        "{value} is not an address of this machine; write '127.0.0.1', or '0.0.0.0' for all", "where a guard listens"
    ),
    "no_network": Entry(
        "{value} is not an address or network; write '192.168.1.30' or '192.168.1.0/24'", "who may connect"
    ),
    "no_url": Entry("{value} is not a URL; write 'https://api.example.com'", "the address of a cloud"),
    "url_shows_password": Entry(
        "{value} would show the password to everybody on the way; write https://", "http to another machine"
    ),
    "no_serial": Entry(
        "{value} is not a serial; write the letters and digits on it, such as 'EH123456'", "a charger's serial"
    ),
    "no_topic": Entry(
        "{value} is not a topic; write the discovery prefix of MQTT, such as 'homeassistant'", "site.mqtt"
    ),
    "no_currency": Entry("{value} is no currency; write its three letters, such as 'EUR'", "site.currency"),
}

_FITS = "; write one of {known}"
_DOMAIN = "another kind of entity is needed there"

CONFIG_ENTITIES: Mapping[str, Entry] = {
    "no_entity_id": Entry("{value} is not an entity id; write one such as {example}", "no dot, or a blank in it"),
    "entity_id_in_capitals": Entry("{value} is not an entity id; entity ids are lower case", "a capital letter"),
    "entity_only_read": Entry(
        "{value} can only be read; write one that can be set, such as {example}", "a sensor cannot be commanded"
    ),
    "entity_not_switched": Entry(f"{{value}} cannot be switched on and off{_FITS}", _DOMAIN),
    "entity_not_set": Entry(f"{{value}} cannot be set to a number{_FITS}", _DOMAIN),
    "entity_no_options": Entry(f"{{value}} is no list of options{_FITS}", _DOMAIN),
    "entity_not_pressed": Entry(f"{{value}} cannot be pressed{_FITS}", _DOMAIN),
    "entity_no_number": Entry(f"{{value}} shows no number{_FITS}", _DOMAIN),
    "entity_no_temperature": Entry(f"{{value}} shows no temperature{_FITS}", _DOMAIN),
    "entity_no_yes_or_no": Entry(f"{{value}} is neither on nor off{_FITS}", _DOMAIN),
    "entity_no_word": Entry(f"{{value}} shows no such word{_FITS}", _DOMAIN),
    "entity_no_time": Entry(f"{{value}} shows no time{_FITS}", _DOMAIN),
    "entity_no_status": Entry(f"{{value}} shows no status{_FITS}", _DOMAIN),
    "entity_unusual": Entry(
        "{value} is unusual here; expected one of {known}", "a warning: check that you meant this kind of entity"
    ),
    "source_without_unit": Entry("needs 'unit'; write the unit that is right beside it", "`unit_is_wrong` alone"),
    "source_without_entity": Entry(
        "has no entity; write 'entity': {example}[, or both {pair}]", "a meter is a dict without its entity"
    ),
    "source_of_both": Entry(
        "has both 'entity' and 'import'/'export'; write one signed entity or a pair", "a meter is named twice"
    ),
}

CONFIG_SETTINGS: Mapping[str, Entry] = {
    "value_is_entity": Entry("{value} is an entity id; give the value itself", "a service takes values only"),
    "which_one": Entry("which one? write {known}", "a field is missing"),
    "no_setting": Entry("{path} is nothing that can be set", "a path that no service may set"),
    "setting_above_max": Entry(
        "{value} is above max_a ({max_a} A); give at most {max_a}[, or {first} first]", "fusebox_set_min_current"
    ),
    "setting_below_min": Entry(
        "{value} is below min_a ({min_a} A); give at least {min_a}[, or {first} first]", "fusebox_set_max_current"
    ),
    "setting_not_judged": Entry(
        "{value} cannot be judged while {entity}, the fuse of '{circuit}', is not known", "a live fuse rating"
    ),
    "live_value_awaited": Entry(
        "{entity} has no usable value yet[, {cause}]",
        "its default counts until then; a fuse counts as 6 A, and without a fee no price is known",
    ),
    "live_value_lost": Entry(
        "{entity} has no usable value[, {cause}]; its last one, {value}, counts", "the entity is unavailable or wrong"
    ),
    "live_shows": Entry("it shows {value}", "a part of the two above"),
    "setting_outgrown": Entry(
        "{cause}; a service has set it, so CONFIG's {own} A counts until it fits", "CONFIG's limits have changed since"
    ),
    "unit_of_key": Entry("it is in {unit}, and this key is in {own_unit}", "the entity of a live value"),
}


_SPAN = "write it like '22-06' or '22:30-06:00'"
_ROW = "write it like '22-06', 'mon-fri 17-20' or 'oct-mar mon-fri 17:30-20'"
_TABLE = "a key of a table of hours"

CONFIG_TIMES: Mapping[str, Entry] = {
    "names_no_day": Entry("names no day; write {example}", "`ready_by` is an empty dict"),
    "day_named_twice": Entry("{value} is named twice; write one time for each day", "two keys contain one day"),
    "no_day": Entry("{value} is no day; write it like 'mon' or 'mon-fri'", "a key of `ready_by`"),
    "no_time_of_day": Entry("{value} is no time of day; write it like {example}", "`ready_by`"),
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
