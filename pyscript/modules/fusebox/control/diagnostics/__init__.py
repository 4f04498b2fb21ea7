"""What is not as CONFIG says: stuck meters, wrong wires, loads that do otherwise."""
