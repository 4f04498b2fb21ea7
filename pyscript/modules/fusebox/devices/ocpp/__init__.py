"""Charge points behind Home Assistant's OCPP integration: limited by charging profiles that expire by themselves."""
