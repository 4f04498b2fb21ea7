"""Plans: when each load should run, given prices and forecasts. Pure: no clock, no Home Assistant."""
