"""Who wants what: modes, and every patience that keeps a load on or off."""
