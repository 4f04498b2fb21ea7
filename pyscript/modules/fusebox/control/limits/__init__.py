"""The limits on current and energy: fuses, the contract's import limit, energy budgets, the tariff's window.

A new kind of limit is a function from `Flows` to ceilings, in `SOURCES` of ceilings.py.
"""
