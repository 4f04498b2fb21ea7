"""The shipped dashboard in a real browser, before a real Home Assistant: `make dashboard`."""
