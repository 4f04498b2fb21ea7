"""Which car stands at each charger, and what follows from that."""
