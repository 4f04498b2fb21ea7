"""When a setpoint may move: cuts now, raises into room that lasts."""
