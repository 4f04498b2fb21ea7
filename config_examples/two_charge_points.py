"""Two OCPP chargers on a three-phase house in the Netherlands: 3 x 25 A, one of them in a garage of its own.

Both are in Home Assistant through its OCPP integration. Their entities follow from the charge point id, so nothing else
has to be named. Each current that Fusebox sets ends by itself after two minutes: when Home Assistant dies, both fall
back to 6 A. Copy this file to pyscript/modules/site_config.py and put in your own entities; everything that is not
written here has a sensible default.

Try it without Home Assistant, over real sockets: make demo DEMO="--config config_examples/two_charge_points.py"
"""

CONFIG = {
    "site": {
        "main_fuse_a": 25,  # per phase
        "fuse_type": "B",
        "grid": {"L1": "sensor.net_power_l1", "L2": "sensor.net_power_l2", "L3": "sensor.net_power_l3"},
        "distribution": "shared",  # both cars the same; "priority" serves the first one first
        "circuits": {"garage": {"fuse_a": 16}},
    },
    "loads": {
        "drive": {
            "type": "ocpp",
            "charger": "evse_drive",  # the charge point id, as sensor.evse_drive_status_connector has it
            "phases": ["L1", "L2", "L3"],
            "max_a": 16,
        },
        "garage": {
            "type": "ocpp",
            "charger": "evse_garage",
            "circuit": "garage",
            "phases": ["L2", "L3", "L1"],  # how its own L1, L2, L3 are wired
            "max_a": 16,
            "failsafe_a": 6,  # what it may take while Home Assistant is away; 0 stops the car
        },
    },
}
