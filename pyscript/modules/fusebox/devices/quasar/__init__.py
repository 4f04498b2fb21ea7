"""The guard between a Modbus controller and a Wallbox Quasar: what passes, what is limited, what is refused."""
