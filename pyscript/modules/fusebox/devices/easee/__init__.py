"""Easee chargers over Easee's cloud: only volatile limits are ever written."""
