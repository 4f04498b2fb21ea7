"""Charge points behind Home Assistant's OCPP integration: limits by charging profiles that end by themselves."""
