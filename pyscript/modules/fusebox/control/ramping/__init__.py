"""When a setpoint may change: cuts at once, raises into room that lasts."""
