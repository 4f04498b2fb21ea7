"""Simulated devices: some are Home Assistant entities, some communicate over real sockets."""
