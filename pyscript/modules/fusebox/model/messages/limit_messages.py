"""What limits a load: one code for each cause, and what a load on its own energy waits for.

`min_a` is given for a load that has nothing, `fits_a` and `pause_min` for one that is paused, `share_a` for one that
has something, none of them where only the limit is described; `loads` are those that use the rest.
"""

from __future__ import annotations

from collections.abc import Mapping

from .entry import Entry

_LIMITED = (
    "[needs {min_a} A, ][needs {min_w} W, ][paused until {fits_a} A have been free for {pause_min} min, ]limited"
    "[ to {share_a} A][ to {share_w} W] by "
)
_FUSE = _LIMITED + "the {circuit} fuse ({phase}, {rating_a} A)"
_BATTERY = "({soc_pct} %, target {target_pct} %)"
_HOUSE_A = "[house {house_a} A][house feeds in {feed_in_a} A]"
_HOUSE_KW = "[house {house_kw} kW][house feeds in {feed_in_kw} kW]"

LIMIT_NAMES: Mapping[str, str] = {
    "tariff": "the tariff target",
    "dimmed": "the grid operator's limit",
    "contract": "the import limit",
    "inverter": "the inverter's limit",
    "battery": "the battery's limit",
    "imbalance": "the imbalance limit",
    "solar": "the surplus",
    "excess": "the export above the threshold",
    "grid charging off": "the limit to own power",
}
"""The value `limit` -> its words in an English sentence, for every limit that is no phase of a fuse."""

LIMITS: Mapping[str, Entry] = {
    "limited_by_fuse": Entry(f"{_FUSE}: [{{loads}}, ]{_HOUSE_A}", "a fuse with a meter"),
    "limited_by_fuse_peak": Entry(
        f"{_FUSE}: [{{loads}}, ][the house took up to {{house_a}} A a moment ago]"
        "[the house fed in only {feed_in_a} A a moment ago]",
        "a raise counts with the largest house load of the last seconds",
    ),
    "limited_by_cycling": Entry(
        _LIMITED + "[the {circuit} fuse ({phase}, {rating_a} A)][{limit}]: [{loads}, ][house {house_a} A, ]"
        "[house feeds in {feed_in_a} A, ]{cycling_a} A kept free for something that switches on and off, like an oven",
        "something has come and gone there, and is expected back",
    ),
    "limited_by_unmetered_fuse": Entry(
        f"{_FUSE}[: {{loads}}]", "a fuse without a meter: only steered loads are counted"
    ),
    "limited_by_reserve": Entry(
        f"{_FUSE}: [{{loads}}, ]{{reserved_a}} A reserved for {{reserved_for}}, which cannot be controlled now",
        "on a wire without a meter, a load that does not answer or follow counts with its rating",
    ),
    "limited_by_contract": Entry(
        _LIMITED + "the import limit of {limit_kw} kW: [{loads}, ]" + _HOUSE_KW, "site.max_import_w"
    ),
    "limited_by_island_inverter": Entry(
        _LIMITED + "the inverter, {limit_kw} kW without the grid: [{loads}, ]" + _HOUSE_KW,
        "the grid is gone: site.inverter.max_w or max_w_per_phase",
    ),
    "limited_by_island_battery": Entry(
        _LIMITED + "the battery, {limit_kw} kW without the grid: it discharges {discharge_kw} kW[: {loads}]",
        "the grid is gone: max_discharge_w, and 0 at soc_min_pct",
    ),
    "limited_by_imbalance": Entry(
        _LIMITED + "the imbalance limit: {heavy} at most {rating_a} A above {light}, where loads take {light_a} A"
        "[; {loads}]",
        "site.imbalance_max_a",
    ),
    "limited_by_tariff": Entry(
        _LIMITED + "the tariff target ({limit_kw} kW on average until {until}): [{loads}, ]" + _HOUSE_KW,
        "the average of this quarter hour, or hour, is to stay below the target",
    ),
    "limited_by_tariff_unseen": Entry(
        _LIMITED
        + "the tariff target ({limit_kw} kW on average until {until}; import before {unseen_until} is unknown): "
        "[{loads}, ]" + _HOUSE_KW,
        "the same, and the beginning of this quarter hour was not measured",
    ),
    "limited_by_contract_band": Entry(
        _LIMITED + "the contract of {limit_kw} kW (10 % more is tolerated): [{loads}, ]" + _HOUSE_KW,
        "tariff italy",
    ),
    "limited_by_dimming": Entry(
        _LIMITED + "the grid operator, who dims controllable loads to {rating_a} A in total over all phases[: {loads}]",
        "the relay or entity of tariff.dim is on",
    ),
    "limited_by_unknown_dimming": Entry(
        _LIMITED
        + "a dimming relay whose state is unknown: {rating_a} A in total over all phases for controllable loads"
        "[; {loads}]",
        "the entity of tariff.dim has no value",
    ),
    "limited_by_surplus": Entry(
        _LIMITED + "the surplus of {room_kw} kW[: {loads}]", "a mode that charges from the sun"
    ),
    "limited_by_surplus_and_battery": Entry(
        _LIMITED + "the surplus and what the battery may give, {room_kw} kW[: {loads}]",
        "the same, and the battery is above its target",
    ),
    "limited_by_hidden_sun": Entry(
        _LIMITED + "the {room_kw} kW of sun that the inverter has delivered so far[: {loads}]",
        "a throttled inverter: the surplus is found by tests, step by step",
    ),
    "minimum_without_energy": Entry(
        "at its minimum of [{min_a} A][{min_w} W]: "
        "{free_kw} kW of {energy}[ above {threshold_kw} kW] is not enough for more",
        "the grid supplies the rest of the minimum, as in mode solar_priority",
    ),
    "minimum_behind_others": Entry(
        "at its minimum of [{min_a} A][{min_w} W]: "
        "other loads use the {free_kw} kW of {energy}[ above {threshold_kw} kW] ({loads})",
        "the same, where the surplus would be enough without the other loads",
    ),
    "limited_by_excess": Entry(
        _LIMITED + "the {room_kw} kW of export above {threshold_kw} kW[: {loads}]", "mode excess"
    ),
    "limited_by_own_power": Entry(
        _LIMITED + "own power, {room_kw} kW, because allow_grid_charging is off[: {loads}]",
        "allow_grid_charging is off",
    ),
    "limited_by_unknown_surplus": Entry(
        _LIMITED + "the surplus, because a meter reading has been missing for too long",
        "a meter of the surplus is silent",
    ),
    "limited_by_unknown_battery": Entry(
        _LIMITED + "the surplus, because the battery's state of charge is unknown", "battery.soc_pct has no value"
    ),
    "limited_by_battery_first": Entry(
        _LIMITED + f"the surplus, all of which charges the battery first {_BATTERY}",
        "the battery is below its target and takes all of the surplus",
    ),
    "limited_by_battery_reserve": Entry(
        _LIMITED + f"the surplus beyond {{reserve_kw}} kW for the battery {_BATTERY}: {{room_kw}} kW[, {{loads}}]",
        "battery.reserve_w",
    ),
    "limited_by_battery_draw": Entry(
        _LIMITED
        + f"the surplus beyond the {{battery_kw}} kW that the battery takes {_BATTERY}: {{room_kw}} kW[, {{loads}}]",
        "the battery is below its target and cannot take all of the surplus",
    ),
}

_WAITS = "waits for {energy}: "
_WHERE = "[ on {phase}][ above {threshold_kw} kW]"
_USED = "[; used: {loads}]"
_NEEDS = f"{{free_kw}} kW left{_WHERE}, needs {{need_kw}} kW[ on {{phases}} phases]"

WAITS: Mapping[str, Entry] = {
    "waits_for_energy": Entry(
        f"{_WAITS}{_NEEDS}{_USED}", "other loads leave less surplus than the load needs to start"
    ),
    "waits_for_energy_w": Entry(
        f"{_WAITS}{{free_w}} W left{_WHERE}, needs {{need_w}} W[ on {{phases}} phases]{_USED}",
        "the same, where it is nearly enough",
    ),
    "waits_for_lasting_energy": Entry(
        "waits until {need_kw} kW of {energy} stay free, which other loads may take first[: {loads}]",
        "there is enough surplus now, but not for long, or a load before it is about to take it",
    ),
    "waits_for_known_energy": Entry(
        _WAITS + "a meter reading of the surplus has been missing for too long", "a meter of the surplus is silent"
    ),
    "waits_for_known_battery": Entry(
        _WAITS + "the battery's state of charge is unknown", "battery.soc_pct has no value"
    ),
    "waits_for_hidden_sun": Entry(
        f"{_WAITS}{_NEEDS}; from {{until}} on it tests whether the inverter holds sun back",
        "a throttled inverter did not cover as much in the last test, or the load drew nothing in it",
    ),
    "waits_behind_battery": Entry(
        f"{_WAITS}{_NEEDS}; the battery charges first {_BATTERY}",
        "the battery is below its target and takes the surplus",
    ),
}
