"""Tests of the card: the shipped file is what its sources give."""
