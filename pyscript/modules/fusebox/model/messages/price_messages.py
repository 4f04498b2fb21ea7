"""What is wrong or odd about a source of prices or of a solar forecast."""

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
