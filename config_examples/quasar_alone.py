# A Wallbox Quasar behind its guard and nothing else: no site, no other load. V2G-Liberty runs as an add-on, so it is
# given Home Assistant's address on the Supervisor's network, 172.30.32.1 with port 5020: docs/quasar.md. Copy this
# file to pyscript/modules/site_config.py and put in your charger's address and your meter.

CONFIG = {
    "loads": {
        "v2g": {
            "type": "quasar",
            "guard": {
                "enabled": True,
                "quasar_host": "192.168.1.40",
                "quasar_port": 502,
                # For a controller in the same system as Home Assistant leave listen_host and allowed_clients out, and
                # enter 127.0.0.1 there.
                "listen_host": "172.30.32.1",
                "listen_port": 5020,
                "allowed_clients": ["172.30.32.0/23"],
                "total_power_entity_id": "sensor.net_power_l1",  # config_examples/net_power.yaml makes it
                "total_power_limit": 5750,
                "max_charge_power": 3680,
                "adjustment_delay": 10,
                "cooldown_period": 15,
            },
        },
    },
}
