"""The integration with Home Assistant's own test tools, and a stand-in for pyscript."""
