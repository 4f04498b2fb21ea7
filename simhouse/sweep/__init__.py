"""Many simulated houses at once: what is run, by whom, and where the results are kept."""
