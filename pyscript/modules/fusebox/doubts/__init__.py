"""What is not as CONFIG or a reading says: stuck meters, wrong wires, loads that do otherwise. Pure."""
