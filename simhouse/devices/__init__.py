"""Simulated devices: some are Home Assistant entities, some speak on real sockets."""
