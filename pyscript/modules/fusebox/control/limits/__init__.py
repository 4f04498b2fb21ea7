"""What may flow: fuses, the contract's import limit, energy budgets, the tariff's window."""
