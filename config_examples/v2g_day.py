# A bidirectional charger behind its guard: 25 A on one phase, with an oven and a kettle that leave it little at times.
# V2G-Liberty (or another Modbus controller) steers the Quasar, and is given the guard's address in place of its own:
# docs/quasar.md. Copy this file to pyscript/modules/site_config.py and put in your own entities and addresses. Here
# both are on this machine, for
#     make demo DEMO="--config config_examples/v2g_day.py --days 1"

CONFIG = {
    "site": {
        "main_fuse_a": 25,
        "fuse_type": "B",
        "grid": {"L1": "sensor.net_power_l1"},
    },
    "loads": {
        "v2g": {
            "type": "quasar",
            "phases": ["L1"],
            "guard": {
                "enabled": True,
                "quasar_host": "127.0.0.1",  # yours: the charger's own address, such as 192.168.1.40
                "quasar_port": 15502,  # yours: 502
                "listen_port": 15020,  # yours: 5020, which is what V2G-Liberty's proxy had
                "total_power_entity_id": "sensor.net_power_l1",  # of the phase that the Quasar is wired to, + = import
                "total_power_limit": 5750,  # W, both ways: 25 A
                "max_charge_power": 3680,  # W: 16 A
                "adjustment_delay": 10,  # s that room must last before more is allowed
                "cooldown_period": 15,  # s after a change in which nothing counts for a raise
            },
        },
    },
}
