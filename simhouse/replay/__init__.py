"""Replay of a user's recorded house: Home Assistant's record of it, and what the scripts would have done."""
