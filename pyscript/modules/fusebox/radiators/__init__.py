"""Radiators in turn: who may be on now, and what to send to which relay. `run.step` decides once, and is pure."""
