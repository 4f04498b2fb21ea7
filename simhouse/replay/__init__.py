"""A user's own recorded house: what Home Assistant kept of it, and what the scripts would have done there."""
