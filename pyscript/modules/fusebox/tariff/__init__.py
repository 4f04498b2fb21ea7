"""Tariffs: what a grid company counts, and what import it leaves for the rest of a window. Pure; `docs/tariff.md`."""
