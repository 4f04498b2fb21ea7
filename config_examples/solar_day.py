"""A day on the sun: a roof, a battery, two cars, a pool pump and a boiler that share what is left over.

The roof has 9.8 kWp on three phases behind an inverter of 8.5 kW, and a battery of 10 kWh beside it. The battery comes
first, up to 80 %. Then:
- the estate car charges on three phases while there is sun enough for its minimum (6 A on three phases are 4.1 kW), and
  on one (1.4 kW) while there is less: its box switches;
- the runabout is needed every day: it always gets its minimum, from the grid if it must be, and more on the sun;
- the pool pump runs on surplus, in pieces of ten minutes at least;
- the boiler is the last one: it takes what would be given away, when that is clearly more than it needs.
Copy this file to pyscript/modules/site_config.py and put in your own entities.
With "dry_run": True in `site` it only shows what it would do.

Try it without Home Assistant: make demo DEMO="--config config_examples/solar_day.py --hours 06-21"
"""

CONFIG = {
    "site": {
        "main_fuse_a": 25,  # per phase
        "fuse_type": "B",  # the letter on the main breaker
        "grid": {  # what flows through the meter: + is import. W, kW, A or mA by its unit
            "L1": "sensor.grid_power_l1",
            "L2": "sensor.grid_power_l2",
            "L3": "sensor.grid_power_l3",
        },
        "netting": "sum",  # the meter nets the phases: one surplus; "per_phase" where each phase is billed by itself
        "distribution": "priority",  # the sun goes to the first in order, then to the next
        "solar_w": "sensor.solar_power",  # what the inverter gives
        "inverter": {"max_w": 8500},  # sun and battery together; the roof may have a little more
        "battery": {
            "soc_pct": "sensor.battery_soc",
            "charge_w": "sensor.battery_power",  # + is charging; "invert": True where it is the other way round
            "soc_min_pct": 20,  # below this it is never discharged
            "soc_target_pct": 80,  # below this the sun is the battery's; above, the loads may use what it holds
            "max_charge_w": 3300,
            "max_discharge_w": 3300,
        },
        "excess_threshold_w": 2200,  # `excess` loads start when more than this is exported: the boiler and some reserve
    },
    "loads": {
        "estate": {
            "type": "number",  # any charger whose current Home Assistant can set
            "current": "number.estate_charging_current",
            "switch": "switch.estate_charging",
            "draw": "sensor.estate_current",  # per phase, in A
            "status": "sensor.estate_status",
            "mode": "solar_only",  # on surplus; at its minimum for three minutes more when clouds pass
            "phases": ["L1", "L2", "L3"],
            "priority": 2,
            "max_a": 16,
            "switch_phases": True,  # only for a box that switches by itself; a preset knows how to command it
            "phase_switch": {"select": "select.estate_phases", "one": "1", "three": "2"},
        },
        "runabout": {
            "type": "number",
            "current": "number.runabout_charging_current",
            "switch": "switch.runabout_charging",
            "draw": "sensor.runabout_current",
            "status": "sensor.runabout_status",
            "mode": "solar_priority",  # its minimum in any case, more on surplus
            "phases": ["L2"],
            "priority": 1,
            "max_a": 16,
        },
        "pool": {
            "type": "plug",
            "switch": "switch.pool_pump",
            "power": "sensor.pool_pump_power",
            "rated_w": 1100,
            "mode": "solar_only",
            "min_on_s": 600,  # a pump does not like to be switched with every cloud
            "min_off_s": 600,
            "phases": ["L1"],
            "priority": 1,
        },
        "boiler": {
            "type": "plug",
            "switch": "switch.boiler",
            "power": "sensor.boiler_power",
            "rated_w": 2000,
            "mode": "excess",  # what would be given away above the threshold
            "phases": ["L3"],
            "priority": 1,
        },
    },
}
