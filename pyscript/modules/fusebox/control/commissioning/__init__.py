"""The test of a whole house: one load after another is moved, and every meter is read meanwhile."""
