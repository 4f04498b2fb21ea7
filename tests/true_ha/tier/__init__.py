"""Tests of what the tests in real Home Assistant run on."""
