"""Behind `guard_quasar.py`: the guards of CONFIG, what they are told and what they show."""
