"""Benchmarks of what Fusebox costs and gains, compared with others. Each runs separately: `python -m
benchmarks.NAME`."""

from simhouse.host.package_path import reach_package

reach_package()
