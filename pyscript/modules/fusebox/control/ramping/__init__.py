"""When a setpoint may change: cuts at once, raises into headroom that lasts."""
