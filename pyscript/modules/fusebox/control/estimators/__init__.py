"""What is learnt from devices and meters: latency, phases in use, cyclic loads, compliance, rated power."""
