"""The simulated house, stepped by the second: wires, devices, car visits, measured traces and records."""
