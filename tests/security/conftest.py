"""Fixture: the house of the script tests."""

from ..scripts.conftest import house

__all__ = ["house"]
