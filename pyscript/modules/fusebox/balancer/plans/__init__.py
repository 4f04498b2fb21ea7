"""Prices and forecasts as they come in, the plans made of them, and what outlives a restart of both."""
