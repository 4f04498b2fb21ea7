"""What devices and wires have shown: latency, phases in use, cyclic loads, compliance, rated power."""
