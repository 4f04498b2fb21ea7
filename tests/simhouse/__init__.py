"""The simulated house: physics, devices, measured input and the demo."""
