"""Tests of the benchmarks: the bound and the other controllers behave as described."""
