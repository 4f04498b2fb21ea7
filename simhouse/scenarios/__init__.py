"""Steady houses through ceilings, demands and allocation alone."""
