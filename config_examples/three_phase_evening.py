"""Three phases, a garage on its own breaker, two cars and a boiler: the evening when everything runs at once.

The house has 3 x 25 A. The garage hangs on a 20 A breaker of its own, and both chargers are in it: one on three
phases, one on L2 only. The boiler's plug heats on what the roof has over. This is the house that
`make demo` shows.
Copy this file to pyscript/modules/site_config.py and put in your own entities.
With "dry_run": True in `site` it only shows what it would do.
"""

CONFIG = {
    "site": {
        "main_fuse_a": 25,  # per phase
        "fuse_type": "B",  # the letter on the main breaker
        "grid": {  # one entity a phase: + is import. W, kW, A or mA by its unit
            "L1": "sensor.grid_power_l1",
            "L2": "sensor.grid_power_l2",
            "L3": "sensor.grid_power_l3",
        },
        "solar_w": "sensor.solar_power",
        "netting": "sum",  # most European meters net the phases; "per_phase" where each phase is billed by itself
        "distribution": "shared",  # both cars get the same while there is not enough; "priority" for one first
        "circuits": {
            "garage": {"fuse_a": 20, "parent": "main"},  # nothing in the garage may take more than its breaker carries
        },
    },
    "loads": {
        "estate": {
            "type": "number",  # any charger whose current Home Assistant can set
            "current": "number.estate_charging_current",
            "switch": "switch.estate_charging",
            "draw": "sensor.estate_current",  # per phase, in A
            "status": "sensor.estate_status",
            "circuit": "garage",
            "phases": ["L1", "L2", "L3"],
            "priority": 1,
            "max_a": 16,
        },
        "runabout": {
            "type": "number",
            "current": "number.runabout_charging_current",
            "switch": "switch.runabout_charging",
            "draw": "sensor.runabout_current",
            "status": "sensor.runabout_status",
            "circuit": "garage",
            "phases": ["L2"],  # the phase of the house that this charger is wired to
            "priority": 2,
            "max_a": 20,  # never above its circuit
        },
        "boiler": {
            "type": "plug",
            "switch": "switch.boiler",
            "power": "sensor.boiler_power",
            "rated_w": 1500,
            "mode": "solar_only",  # heats on surplus; a passing cloud does not switch it off at once
            "phases": ["L3"],
            "priority": 3,
        },
    },
}
