"""The simulated house, a second at a time: wires, devices, visits, measured traces, and what is recorded of it."""
