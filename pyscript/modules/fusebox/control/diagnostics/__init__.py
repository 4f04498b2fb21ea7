"""Differences from CONFIG and faults: stuck meters, wrong wiring, loads that ignore their limit."""
