"""Who got whose power in one second: the package's own rule, so that the demo and the scripts tell the same.

Imported here alone: while a host runs, `fusebox` is its own copy of the package, with a `Node` of its own.
"""

from ..host.package_path import reach_package

reach_package()

from fusebox.balancer.energy.flows import Flows, Node, Taker, settle, settle_phases  # noqa: E402

__all__ = ["Flows", "Node", "Taker", "settle", "settle_phases"]
