"""What Fusebox costs and what it is worth beside others. Each runs by itself: `python -m benchmarks.NAME`."""

from simhouse.host.package_path import reach_package

reach_package()
