"""Plans: what prices and forecasts say, and when each load is to run by them. Pure: no clock, no Home Assistant."""
