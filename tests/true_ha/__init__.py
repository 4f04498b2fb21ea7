"""Tests in real Home Assistant: `make test-ha`."""
