"""A simulated house and an embedded host for the scripts: development, demo, what-if; never part of an install."""
