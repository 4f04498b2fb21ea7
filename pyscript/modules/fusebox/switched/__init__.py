"""Loads that are only on or off and know something of their own: hot water and heat pumps. Pure."""
