"""Random houses with planted faults of wiring: which of them a test finds, and whom it accuses."""
