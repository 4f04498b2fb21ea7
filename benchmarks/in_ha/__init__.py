"""What Fusebox costs inside a real Home Assistant: `make bench-ha`."""
