"""Tests of the simulated house: physics, devices, measured input and the demo."""
