"""What is wrong with CONFIG as a whole and with its site: the file, phases, circuits, fuses, battery and sections."""

from __future__ import annotations

from collections.abc import Mapping

from .entry import Entry

CONFIG_WHOLE: Mapping[str, Entry] = {
    "config_not_dict": Entry("is {value}; write CONFIG = {example}", "CONFIG is something else than a dict"),
    "config_empty": Entry(
        "is empty, so nothing is done; copy one of config_examples/ and change it", "a warning: nothing is steered"
    ),
    "config_too_large": Entry(
        "has more than {most} values, or one that contains itself; take out what is repeated", "more than any house has"
    ),
    "config_too_deep": Entry("is nested too deeply; write it flatter, as in config_examples/", "a missing bracket"),
    "number_too_large": Entry("is a number far too large", "a typing mistake"),
    "value_not_plain": Entry(
        "a {kind} is no plain value; write texts, numbers, lists and dicts", "a function or a set, for example"
    ),
    "key_not_text": Entry("is no key; keys are texts, so put it in quotes", "a number or a name as a key"),
    "text_too_long": Entry("is a text of {count} characters; write at most {most}", "a quote is missing somewhere"),
    "unfilled": Entry(
        "is still {value}; write the {what} that belongs here, or remove the key",
        "set-up could not know it; FILL_IN stands there",
    ),
    "no_secret_reference": Entry("is no reference to a secret; write '!secret name'", "a name is missing, or a blank"),
    "secret_unfilled": Entry(
        "secret {value} is still FILL_IN in secrets.yaml; write its value there", "set-up has written the line"
    ),
    "secret_unknown": Entry(
        "secret {value} is not in secrets.yaml; [did you mean {near}?][add the line '{line}' there]",
        "a misspelt name, or a line that is missing",
    ),
    "tuning_unknown": Entry("unknown name; [did you mean {near}? ]docs/tuning.md lists them", "the section `tuning`"),
    "tuning_not_number": Entry("{value} is not a number; write one such as {shipped}", "the section `tuning`"),
    "tuning_not_whole": Entry("{value} is not a whole number; write one such as {shipped}", "the section `tuning`"),
    "tuning_out_of_range": Entry(
        "{value} is out of range; write {allowed}, shipped is {shipped}",
        "a tenth to ten times what is shipped; what keeps fuses safe may only be lowered",
    ),
    "tuning_changed": Entry("{changed}", "a warning: these numbers are not as shipped"),
}

_ALLOWED = "only literals, arithmetic, comprehensions and names of your own belong in it"
_SECRET = "secrets.yaml has lines `name: value`"

CONFIG_FILES: Mapping[str, Entry] = {
    "file_missing": Entry("{file} does not exist; {remedy}", "the file is elsewhere"),
    "file_unreadable": Entry("{file} cannot be read ({error}); {remedy}", "it belongs to another user"),
    "file_not_utf8": Entry(
        "line {line}: is not UTF-8 text; save the file with the encoding UTF-8", "an editor with another encoding"
    ),
    "file_no_python": Entry(
        "{file} cannot be read as Python ({error}); take out zero bytes and what is nested deeply", "a damaged file"
    ),
    "file_without_config": Entry("{file} has no CONFIG; write CONFIG = {example}", "the name is missing"),
    "syntax_end": Entry("line {line}: a {what} is missing at the end of this line; add it", "a comma"),
    "syntax_within": Entry("line {line}: a {what} is missing in this line; add it", "a comma or a colon"),
    "syntax_unclosed": Entry(
        "line {line}: the {value} of line {other_line} is not closed before the next line; add its closing bracket",
        "a bracket",
    ),
    "syntax_wrong": Entry("line {line}: {error}; {remedy}", "any other mistake, in Python's own words"),
    "not_allowed": Entry(f"line {{line}}: {{what}} is not allowed; {_ALLOWED}", "CONFIG is no program"),
    "key_repeated": Entry(
        "line {line}: {key} stands in line {other_line} already; rename or remove one", "a block was copied"
    ),
    "name_not_known": Entry("line {line}: {value} is not known here; write {example}", "a text without quotes"),
    "config_fails": Entry(f"line {{line}}: {{kind}}: {{error}}; {_ALLOWED}", "Python's own words"),
    "secrets_not_yaml": Entry("line {line}: is not YAML; write each secret as name: value", _SECRET),
    "secrets_no_list": Entry("{file} is not a list of secrets; write each as name: value", _SECRET),
    "secrets_no_secret": Entry("line {line}: is not a secret; write it as name: value", _SECRET),
    "config_not_used": Entry(
        "CONFIG cannot be used: {error}; please report it", "a bug, with file and line; the last good CONFIG stays"
    ),
    "package_not_loaded": Entry(
        "modules/fusebox cannot be loaded, the last good version runs on: {error}",
        "the package is incomplete: copy pyscript/ again",
    ),
    "controls_twice": Entry(
        "{file} has the same controls; call fusebox_setup with write, restart", "a warning: MQTT has made them too"
    ),
    "site_missing": Entry("missing, so nothing is balanced", "a warning: a CONFIG without a site"),
}


_PRINTED = "; is it printed on the breaker?"

CONFIG_SITE: Mapping[str, Entry] = {
    "site_required": Entry("required where there are loads; write main_fuse_a and grid", "loads without a site"),
    "names_no_phase": Entry("names no phase; write {example}", "`grid` is an empty dict"),
    "phase_not_in_grid": Entry("[{phase} ]is not a phase of site.grid ({known})", "as many as `site.grid` has"),
    "huawei_required": Entry(
        "'huawei' needs the huawei section; write {example} beside the site", "a source is the inverter itself"
    ),
    "circuit_unknown": Entry(
        "{value} is not a circuit; [did you mean {near}? ]write {known}", "`parent`, or a load's `circuit`"
    ),
    "circuit_circle": Entry("runs in a circle: {circle}; let one end at 'main'", "parents of circuits"),
    "circuit_named_main": Entry(
        "'main' is the main fuse, given by site.main_fuse_a; take another name", "a name of `site.circuits`"
    ),
    "no_circuit_name": Entry(
        "{value} is not a circuit's name; write 'main' or one of site.circuits", "`parent`, or a load's `circuit`"
    ),
    "name_malformed": Entry(
        "a name is made of {allowed}, at most {most}; write {example}", "a load's or a circuit's name"
    ),
    "no_mqtt": Entry("{value} is not True or False; write True, or {example}", "`mqtt`"),
    "sum_above_fuse": Entry(
        "the {what} of the loads on {phase} add up to {sum_a} A, above {rating_a} A; some will have to pause",
        "a warning: not all can run at once",
    ),
    "fuse_above_circuit": Entry(
        f"{{fuse_a}} A is above circuit '{{circuit}}' ({{rating_a}} A){_PRINTED}",
        "a warning: the fuse before is smaller",
    ),
    "fuse_unusual": Entry(f"{{fuse_a}} A is more than houses have{_PRINTED}", "a warning"),
    "meter_shared": Entry(
        "{entity} is also the meter of {phase}", "a warning: only right for a site that is measured as a whole"
    ),
    "failsafe_before_stale": Entry("{value} is below stale_after_s ({stale_s} s)", "a warning: the order of the two"),
    "soc_min_above_target": Entry("{value} is above soc_target_pct ({target_pct} %)", "a warning: of the battery"),
    "order_without_way": Entry("names no entity; write one of {known}", "a command of the battery needs an entity"),
    "order_of_several_ways": Entry(
        "names several entities; write only one of {known}", "a command of the battery has one entity"
    ),
    "power_only_to_charge": Entry("unknown key here; charge_from_grid has it", "`power_w` in `hold`"),
    "switch_takes_no_word": Entry(
        "a switch is on to {key} and off otherwise; leave this out", "a battery's command by a switch"
    ),
    "order_word_required": Entry("required; write what {entity} is set to then", "a battery's command by a select"),
    "order_word_not_number": Entry(
        "{value} is not a number; write such as {example}", "a battery's command by a number"
    ),
    "order_words_alike": Entry(
        "{value} is already that of {key}; write what its own logic needs", "two values of a battery's command"
    ),
    "grid_on_island": Entry(
        "a site whose island is True has no grid; leave it out, or write for island the entity that is on while the "
        "grid is gone",
        "`grid` of a site that is never connected",
    ),
    "island_needs_limit": Entry(
        "required by site.island; write the watts that the inverter delivers, such as 5000",
        "without the grid, loads are limited by what inverter and battery deliver",
    ),
    "no_such_inverter": Entry(
        "{value} is not the number of an inverter; they count from 0 to {most}", "a battery's `inverter`"
    ),
    "series_of_several": Entry(
        "'series' needs a single inverter; write 'parallel'", "`wiring` of one of several inverters"
    ),
    "curtails_differ": Entry(
        "differs from the first number's; write '{known}' for all of them", "`limits` of several numbers"
    ),
    "export_prices_required": Entry(
        "needs prices.export; write what a kWh of export earns there", "`when_price_below` of `site.export`"
    ),
    "output_unmeasured": Entry(
        "'output' needs site.solar_w or site.inverter.output; name what the inverter delivers, or write 'export'",
        "`limits` of `site.export.curtail`",
    ),
    "dim_required": Entry(
        "required by kind 'enwg14a'; write the grid operator's relay, such as 'binary_sensor.dim'", "a tariff's `dim`"
    ),
    "tariff_without_site": Entry(
        "does nothing without the site section, whose meters it counts", "a warning: of a tariff"
    ),
}

CONFIG_RADIATORS: Mapping[str, Entry] = {
    "most_levels": Entry("has {count} levels; write at most {most}", "`max_active`"),
    "last_level_not_0": Entry("ends with {value}; the last level switches all off, write 0 there", "`max_active`"),
    "more_than_radiators": Entry(
        "starts with {count}, but there are {most} radiators; write at most {most}", "the same"
    ),
    "blind_above_radiators": Entry("{count} is above the number of radiators ({most})", "`blind_active`"),
    "levels_rise": Entry(
        "{value} rises; each level should allow no more radiators than the one before", "a warning: `max_active`"
    ),
    "margin_leaves_nothing": Entry("{value} leaves nothing of max_available ({most})", "`security_margin`"),
    "blind_above_levels": Entry("{value} is above the highest level ({highest})", "`blind_level`"),
    "radiators_section_missing": Entry(
        "there is no radiators section; write one, or take this load out", "a load of type `radiators`"
    ),
    "group_required": Entry("required where there are several; write {known}", "a load's `group`"),
    "group_unknown": Entry("{value} is no radiators section's name; write {known}", "a load's `group`"),
    "group_taken": Entry("{value} is already the group of {other}", "each load has its own section `radiators`"),
    "section_value_shared": Entry("{value} is already that of {other}; give each its own {key}", "two sections"),
    "radiator_name_shared": Entry("{value} is another radiator's name; give each its own", "two radiators of a group"),
    "individual_without_meters": Entry(
        "is empty, so method 'individual' knows of no use but the house meter's", "a warning: `extra_meters`"
    ),
    "meter_counted_twice": Entry("{value} is counted twice", "a warning: `extra_meters`"),
}
