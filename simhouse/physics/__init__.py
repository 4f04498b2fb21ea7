"""Physics of the simulated house: frozen parameters, explicit state, time as an argument, no clock and no I/O."""
