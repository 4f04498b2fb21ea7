"""Many simulated houses at once: the runs, the workers, and the results."""
