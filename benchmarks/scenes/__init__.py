"""The houses that controllers are compared in, what a prophet would have done there, and how a run is measured."""
