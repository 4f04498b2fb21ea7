"""A charge point that speaks OCPP 1.6J over a real socket, and the central system that Home Assistant would be."""
