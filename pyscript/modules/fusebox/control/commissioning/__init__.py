"""The wiring test of a whole house: one load after another is changed, and every meter is read meanwhile."""
