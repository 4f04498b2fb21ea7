"""A charge point that speaks OCPP 1.6J over a real socket, and Home Assistant's central system."""
