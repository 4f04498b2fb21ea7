"""Who gets how much of what may flow."""
