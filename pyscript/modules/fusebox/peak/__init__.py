"""Behind `track_peak.py`: what a tariff counts, seen, shown and kept."""
