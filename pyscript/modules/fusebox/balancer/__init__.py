"""Behind `balance_site.py`: from states to a decision to calls, services and status entities."""
