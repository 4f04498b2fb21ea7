"""Measure what is lost when a number of tuning.py is halved or doubled, or a rule is off, in the same evenings."""
