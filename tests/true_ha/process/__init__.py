"""Real processes of Home Assistant: boot, saves, restarts, power cuts. Each test starts, drives and ends its own."""
