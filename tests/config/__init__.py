"""Tests of CONFIG: what is accepted, what is refused, and with which messages."""
