"""The fault matrix: faults in a house, the safe state promised for each, and how long it takes."""
