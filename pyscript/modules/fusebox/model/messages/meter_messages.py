"""What is wrong with an entity that is read or with the wiring, and how the wiring test goes."""

from __future__ import annotations

from collections.abc import Mapping

from .entry import Entry

ENTITIES: Mapping[str, Entry] = {
    "entity_missing": Entry(
        "Home Assistant has no entity {entity}; look its id up under Tools (or Developer tools) > States",
        "an id in CONFIG, most often one that was typed wrong",
    ),
    "entity_missing_near": Entry(
        "Home Assistant has no entity {entity}; did you mean '{near}'?", "the same, and there is one of a similar name"
    ),
    "unit_contradicts": Entry(
        "{entity} is in {own_unit}, but CONFIG says 'unit': '{unit}'; remove the unit, or write 'unit_is_wrong': True "
        "beside it if {unit} is right",
        "a `unit` in CONFIG",
    ),
    "unit_of_something_else": Entry(
        "{entity} has the unit '{own_unit}', which does not fit here; name one in {units}", "another entity is meant"
    ),
    "unit_of_no_flow": Entry(
        "{entity} has the unit '{own_unit}', which is neither a current nor a power; name another entity",
        "another entity than was meant, such as energy (kWh)",
    ),
    "unit_missing": Entry(
        "{entity} has no unit, so it is neither a current nor a power; write {line}, or A, mA, kW",
        "an entity without a unit, such as a template",
    ),
    "no_number": Entry(
        "{entity} displays '{text}', which is no number; name another entity", "another entity is meant"
    ),
}

METERS: Mapping[str, Entry] = {
    "meter_stuck": Entry(
        "the meter of {limit} seems to be stuck: it stays at {shown_a} A although {load} has changed; look at the "
        "meter and its integration",
        "a meter reports the same value to the last bit while a load on its phase moves",
    ),
    "battery_sign": Entry(
        "{key}.charge_w contradicts {key}.soc_pct: the power says one direction while the charge moves "
        "in the other; + must mean charging, so write or remove 'invert': True",
        "the battery's power has the other sign",
    ),
    "surplus_without_grid": Entry(
        "the surplus is not known: a phase of site.grid is silent; check that its sensor reports",
        "loads on their own energy wait",
    ),
    "surplus_without_battery": Entry(
        "the surplus is not known: {key}.charge_w is silent; check that its sensor reports",
        "loads on their own energy wait",
    ),
}


_SEEN = "[: {times} times, last when {load} changed by {by_a} A and it showed {shown_a} A]"
_WRITE = "; write {line} if that is so"
_OR = "[; or the fault is at {other}][: write {other_line}]"
_CLAMP = "; choose the clamp's phase in the meter's own settings, or move the clamp"
_LAST = "{path} seems to be wrong: in its last {times} changes it was seen "

WIRING: Mapping[str, Entry] = {
    "wiring_turned": Entry(
        f"{{path}} seems to be turned round{_SEEN}{_WRITE}{_OR}", "the meter falls by what a load rises"
    ),
    "wiring_kilowatts": Entry(
        f"{{path}} seems to report kW that count as W{_SEEN}{_WRITE}{_OR}", "a thousandth of a load shows"
    ),
    "wiring_blind": Entry(
        f"{{path}} seems to show nothing of that phase{_SEEN}; name another entity{_OR}", "no load shows there"
    ),
    "wiring_voltage": Entry(
        f"{{path}} seems to be multiplied by the voltage of another phase{_SEEN}{_CLAMP}{_OR}",
        "about minus half of a load shows",
    ),
    "wiring_voltage_turned": Entry(
        f"{{path}} seems to be multiplied by the voltage of another phase and turned round{_SEEN}{_CLAMP}{_OR}",
        "about half of a load shows",
    ),
    "wiring_exchanged": Entry(
        f"{{paths}} seem to be exchanged: loads are seen on each other's phase{_WRITE}{_OR}",
        "loads show on each other's phase",
    ),
    "wiring_clamps": Entry(
        "the clamps of {paths} seem to be exchanged, as loads show with about minus half of what they take; put each "
        f"around its own phase{_OR}",
        "the meter multiplies a clamp's current by another phase's voltage",
    ),
    "wiring_phases": Entry(f"{_LAST}on {{seen_on}}, last by {{by_a}} A{_WRITE}{_OR}", "a load is on another phase"),
    "wiring_circuit": Entry(f"{_LAST}in {{circuit}} too{_WRITE}{_OR}", "a load is behind one more fuse"),
    "wiring_other_circuit": Entry(
        f"{_LAST}in {{circuit}} and not in {{instead_of}}{_WRITE}{_OR}", "a load is behind another fuse"
    ),
    "wiring_unit": Entry(
        f"{{path}} seems to be in {{unit}}{_WRITE}{_OR}", "a load's own sensor and the meters differ by a thousand"
    ),
    "wiring_draw": Entry(
        "{path} reports something else than what the meters show of it; name its own sensor, or leave {key} out" + _OR,
        "a load's own sensor measures something else",
    ),
    "device_rounds": Entry(
        "{path} is finer than the device, which rounds to {step_a} A; write {line}", "seen in a test of the wiring"
    ),
    "device_never_pauses": Entry(
        "{path} does not pause it: it goes on with {draw_a} A; name what pauses it", "seen in a test of the wiring"
    ),
}

_OUT = "of a load that a test leaves out"

COMMISSIONING: Mapping[str, Entry] = {
    "wiring_test_none": Entry("no test yet", "none was asked for"),
    "wiring_test_begins": Entry("begins", "no load has been moved yet"),
    "wiring_test_goes_on": Entry("goes on with the next load", "between two loads"),
    "wiring_test_moves": Entry("moves {load}", "that load is tested"),
    "wiring_test_changes_config": Entry(
        "lines of CONFIG to change: {lines}[, choices between lines: {choices}][; not sure of {unsure}]",
        "`config` has the lines; of the alternatives of a choice one is right",
    ),
    "wiring_test_sees_findings": Entry(
        "no line of CONFIG to change, but findings: {findings}[; not sure of {unsure}]", "`findings` has them"
    ),
    "wiring_test_again": Entry("not sure of {unsure}: test again", "the next test is of those loads only"),
    "wiring_test_alike": Entry(
        "not sure of {unsure}: two ways of wiring show the same in every test, so look at the clamps, or add another "
        "load that is alone on a phase of it",
        "testing again would not help",
    ),
    "wiring_test_agrees": Entry("no line of CONFIG to change", "all is wired as CONFIG says"),
    "wiring_test_stopped": Entry("the test was stopped", "stop: true"),
    "wiring_test_setting_changed": Entry("a setting was changed", "a CONFIG or a service has set something else"),
    "wiring_test_reloaded": Entry("the scripts were reloaded", "Fusebox or Home Assistant was restarted or updated"),
    "wiring_test_nothing": Entry("nothing could be tested: {loads} left out", "`left_out` says why"),
    "wiring_test_dry_run": Entry("dry_run is on, so nothing is commanded", "dry_run"),
    "wiring_test_over_limit": Entry(
        "{limit} is over its limit: {flow_a} A of {rating_a} A", "every limit has to be kept"
    ),
    "wiring_test_without_meters": Entry("the meters of {loads} do not report", "a test needs every meter"),
    "wiring_test_finds_overload": Entry(
        "{limit} carries {flow_a} A, which its meter does not show as it is wired", "by what the test has found so far"
    ),
    "wiring_test_set_by_hand": Entry("{load} was set by hand", "somebody has set it at its device"),
    "wiring_test_house_restless": Entry(
        "the house load changes more than the loads that the test moves; test again when less is switched",
        "five times in a row",
    ),
    "left_out_for_wear": Entry(
        "{load} has min_on_s or min_off_s above {patience_s} s and is tested only when load names it", _OUT
    ),
    "left_out_by_kind": Entry("{load} decides itself how much it draws", _OUT),
    "left_out_unavailable": Entry("{load} is not available", _OUT),
    "left_out_idle": Entry("{load} cannot use power now", _OUT),
    "left_out_by_hand": Entry("{load} has been set by hand", _OUT),
    "left_out_heating": Entry("{load} heats for its minimum or its hygiene, which does not wait", _OUT),
    "left_out_for_room": Entry("{load} finds no room under its fuse", _OUT),
    "wiring_test_plan": Entry(
        "It moves {loads} by about 3 A, or on and off, three times each, and watches every meter: about {minutes} min, "
        "10 at most. Chargers go to their minimum meanwhile, or pause. Nothing goes above a limit, and all is as "
        "before afterwards.[ The last test was sure of {known}.] Do not switch anything large meanwhile.",
        "what fusebox_commission answers without confirm; `left_out` says what it leaves out",
    ),
    "wiring_test_without_loads": Entry("no load can be moved now[; {cause}]", "fusebox_commission is refused"),
}
