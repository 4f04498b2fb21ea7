"""The same tests in real Home Assistant: `make test-ha`."""
