"""Prices and forecasts as read, the plans made from them, and the state of both that is persisted."""
