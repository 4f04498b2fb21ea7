"""Fusebox and published controllers on public data that others can repeat (PyPI's ev2gym 2.0.0, acnportal 0.3.3)."""
