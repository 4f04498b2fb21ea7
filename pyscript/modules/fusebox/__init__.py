"""Fusebox: the plain Python behind the scripts. Loaded natively, once, by `modules/fusebox_native.py`.

pyscript interprets what a script imports from modules/: some hundred times slower, and part of Python is silently wrong
there. So this package refuses it: only CPython gives a module its own `__spec__`; pyscript finds that of builtins.
"""

if getattr(__spec__, "name", None) != "fusebox":
    raise ImportError(
        "the package 'fusebox' cannot be interpreted by pyscript: write `from fusebox_native import native` instead"
    )

# Everything is imported here and now, in the executor: an import later would block Home Assistant's event loop. The
# scripts use these names of `native`.
# ruff: noqa: F401
from .balancer import (
    boosts,
    mqtt_devices,
    plan_services,
    services,
    session_services,
    setting_service,
    setup,
    stops,
)
from .balancer.balancer import Balancer
from .balancer.mqtt_devices import MqttDevices
from .balancer.vehicles import vehicles
from .devices.quasar import guards
from .radiators import groups, rotation
from .radiators.estimation import Estimation
from .radiators.rotation import Rotation
from .runtime import lifecycle, load_files, ports, service_calls, settings, store, watch_files
from .runtime.script import make_script_or_report
from .tariff import peak_tracker
from .tariff.peak_tracker import PeakTracker
from .tariff.watch import HISTORY_ENTITY

STORE = store.STORE
"""What outlives a reload of the scripts."""

PERSISTED = (
    settings.STATE.entity,
    boosts.STATE.entity,
    stops.STATE.entity,
    vehicles.STATE.entity,
    mqtt_devices.STATE.entity,
    groups.STATE.entity,
    HISTORY_ENTITY,
)
"""The entities that outlive a restart of Home Assistant, whichever script writes them."""
