"""Tests of the shipped dashboard in a real browser with a real Home Assistant: `make dashboard`."""
