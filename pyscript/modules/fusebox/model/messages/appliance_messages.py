"""What a hot-water tank or a heat pump does by itself, and why."""

from __future__ import annotations

from collections.abc import Mapping

from .entry import Entry

_AT = "at {temperature_c} °C, "

APPLIANCES: Mapping[str, Entry] = {
    "tank_below_minimum": Entry(_AT + "below its minimum of {minimum_c} °C", "it heats to its minimum from any source"),
    "tank_hygiene": Entry(
        _AT + "hygiene cycle: {hygiene_c} °C for another {left_min} min", "hygiene_every_days have passed"
    ),
    "tank_heats": Entry("heats from {temperature_c} °C to {target_c} °C", "it heats"),
    "tank_heats_by_price": Entry(
        "heats from {temperature_c} °C to {target_c} °C, because energy is cheap",
        "it heats in its cheap hours (`warm_hours`)",
    ),
    "tank_hot_enough": Entry(_AT + "hot enough, heats again below {again_c} °C", "it is hot enough for its mode"),
    "tank_off": Entry(_AT + "mode is off", "its mode is off"),
    "tank_thermostat_open": Entry(
        _AT + "its own thermostat has opened at {cut_c} °C", "it is on and draws nothing, so its own thermostat is open"
    ),
    "tank_waits_for_thermometer": Entry(
        "not heated until its temperature is known again",
        "its temperature is unknown, and it has no thermostat of its own",
    ),
    "tank_blind_thermostat_open": Entry(
        "its own thermostat has opened", "its temperature is unknown; it is on and draws nothing"
    ),
    "tank_hour_used": Entry(
        "temperature unknown: it has had its one hour of heating in eight",
        "its temperature is unknown, so it heats for an hour in eight",
    ),
    "tank_hour_given": Entry("temperature unknown: heated for one hour in eight", "the same, and this is that hour"),
    "room_not_heating": Entry("its thermostat does not heat now", "a room's thermostat is off, or it cools"),
    "at_max_temperature": Entry(
        _AT + "heats up to {max_c} °C, again below {again_c} °C", "a load in watts has reached `max_c`"
    ),
    "pump_off": Entry("mode is off: both relays stay open", "the mode of a heat pump is off"),
    "pump_blocked": Entry("blocked, {blocked_min} min in the last 24 hours so far", "a heat pump or a room is blocked"),
    "pump_blocked_by_price": Entry(
        "blocked until {until}, because energy is expensive", "the price blocks a heat pump (`block_hours`)"
    ),
    "pump_recommended": Entry("recommended to run, because there is surplus", "surplus calls on a heat pump"),
    "pump_recommended_by_price": Entry(
        "recommended until {until}, because energy is cheap", "the price calls on a heat pump (`recommend_hours`)"
    ),
    "pump_forced": Entry("forced to run, because there is much surplus", "more surplus calls on a heat pump"),
}
