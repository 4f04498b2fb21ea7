"""Tariffs: what a grid company counts, and the import it allows for the rest of a window. Pure; `docs/tariff.md`."""
