"""Radiators that take turns: which may be on, and which relays to switch. `run.step` decides once, and is pure."""
