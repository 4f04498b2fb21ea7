"""Chargers whose current is a number in Home Assistant; presets know the makes."""
