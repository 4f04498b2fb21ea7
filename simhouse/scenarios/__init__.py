"""Steady-state scenarios for ceilings, demands and allocation only."""
