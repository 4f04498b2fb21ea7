"""Why a load has no use for power now, or cannot be stopped."""

from __future__ import annotations

from collections.abc import Mapping

from .entry import Entry

DEMANDS: Mapping[str, Entry] = {
    "mode_off": Entry("mode is off", "the load's mode is off"),
    "maximum_below_minimum": Entry(
        "its maximum of {max_a} A is below its minimum of {min_a} A",
        "an entity or a service has set a maximum at which the charger cannot run",
    ),
    "stopped_at_soc": Entry(
        "stopped at {limit_pct} %, the limit of this session", "its car has reached stop_soc_pct; boost charges on"
    ),
    "vehicle_awaited": Entry(
        "waits until its car is recognised, at most {wait_min} min after it was plugged in",
        "several cars use this charger, and the one that is there may have a plan",
    ),
    "stopped_at_energy": Entry(
        "stopped at {limit_kwh} kWh, the limit of this session",
        "it has taken stop_energy_kwh since its car was plugged in; boost charges on",
    ),
    "grid_is_gone": Entry("off while the grid is gone", "site.island is on, and the load is not marked with island"),
    "off_by_hand": Entry("switched off by hand", "somebody has switched the load off at its device"),
    "set_below_minimum_by_hand": Entry(
        "off: set to {limit_a} A at its device, below its minimum of {min_a} A",
        "somebody has set a current below the charger's minimum at its device",
    ),
    "unavailable": Entry("its control entity is unavailable", "the entity that controls the load has no state"),
    "device_fault": Entry("the device reports a fault", "the device's status is a fault"),
    "car_full": Entry("the car is full", "the charger or the car reports the end of charging"),
    "no_car": Entry("no car is connected", "the charger reports that no car is plugged in"),
    "not_allowed_to_charge": Entry(
        "the charger does not allow charging now", "a car is connected, and the charger itself does not let it charge"
    ),
    "cannot_be_paused": Entry(
        "cannot be paused: it has no switch, and its number starts at [{min_a} A][{min_w} W]",
        "a charger is in the way of others and nothing in its CONFIG can stop it",
    ),
}
