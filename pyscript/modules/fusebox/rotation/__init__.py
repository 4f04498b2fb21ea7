"""Behind `rotate_radiators.py`: radiators in turn, from states to relays."""
