"""Chargers whose current is a number in Home Assistant; presets describe the makes."""
