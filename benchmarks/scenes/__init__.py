"""The houses in which controllers are compared, the optimum, and how a run is measured."""
