"""The fault matrix: what goes wrong in a house, the safe state that is promised for it, and how long that takes."""
