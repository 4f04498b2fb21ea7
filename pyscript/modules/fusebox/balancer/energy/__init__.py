"""The energy of each load [kWh] and its origin: counters, sessions, and their files."""
