"""How the current that may flow is divided between the loads."""
