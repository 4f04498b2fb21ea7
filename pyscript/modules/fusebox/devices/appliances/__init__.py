"""Switched loads: plugs, hot water, SG-Ready heat pumps, groups of radiators."""
