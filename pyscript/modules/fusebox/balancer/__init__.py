"""The code behind `balance_site.py`: from states to a decision, then calls, services and status entities."""
