"""Easee chargers over Easee's cloud: only what is volatile is ever written there."""
