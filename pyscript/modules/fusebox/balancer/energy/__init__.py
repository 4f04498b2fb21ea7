"""What each load has taken [kWh], and where it came from: counters, sessions, and their files."""
