"""Random houses with planted wiring faults: which of them a test finds, and which loads it blames wrongly."""
