"""A house with a roof and an SG-Ready heat pump on three phases.

Two relays tell the heat pump what it may do: nothing for a while, what it likes, a bit more, or all that it can. It is
recommended to run when 1.5 kW of sun are left over, told to run above 4 kW, and blocked, for two hours a day at most,
while its 3 kW do not fit under the fuse. By price it is recommended in the four cheapest hours of a day and blocked in
the dearest. Have the relays wired by an electrician: relay 1 alone must block, relay 2 alone must recommend. Copy this
file to pyscript/modules/site_config.py and put in your own entities.
With "dry_run": True in `site` it only shows what it would do.

Try it without Home Assistant: make demo DEMO="--config config_examples/heat_pump_sg_ready.py --hours 00-22"
"""

CONFIG = {
    "site": {
        "main_fuse_a": 25,
        "grid": {"L1": "sensor.grid_l1", "L2": "sensor.grid_l2", "L3": "sensor.grid_l3"},
        "netting": "sum",  # what the meter bills: the phases together
        "solar_w": "sensor.solar_power",
    },
    "loads": {
        "heat_pump": {
            "type": "sg_ready",
            "relay_1": "switch.sg_ready_1",
            "relay_2": "switch.sg_ready_2",
            "power": "sensor.heat_pump_power",  # without it, what the heat pump draws is taken for the house
            "rated_w": 3000,
            "recommend_above_w": 1500,
            "force_above_w": 4000,
            "dwell_s": 600,  # so long it stays in a state, but for a fuse that is over its rating
            "max_block_s": 7200,
            "plan": {"recommend_hours": 4, "block_hours": 1},
        },
    },
    "prices": {"fixed": {"hours": {"01-06": 0.19, "17-20": 0.38}, "else": 0.29}},  # or "import": your price sensor
}
