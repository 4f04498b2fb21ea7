"""Behind `estimate_power_saving.py`: the power-saving level from meters."""
