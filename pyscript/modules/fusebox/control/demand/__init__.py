"""How much each load requests: modes, and the holds that keep a load on or off for a while."""
