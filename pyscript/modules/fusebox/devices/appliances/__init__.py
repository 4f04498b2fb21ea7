"""Loads that are switched: plugs, hot water, SG-Ready heat pumps, groups of radiators."""
