"""A charge point with OCPP 1.6J over a real socket, and Home Assistant's central system."""
