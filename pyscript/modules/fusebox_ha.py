# The only interpreted file that reads states and calls services: it hands pyscript's own functions to native code.
import time

from fusebox_native import native

PORTS = native.ports.Ports(
    get=state.get,
    set=state.set,
    delete=state.delete,
    persist=state.persist,
    names=state.names,
    call=service.call,
    fire=event.fire,
)

# Home Assistant writes its states when it has started, before any script runs: what nobody persists by then is dropped.
for entity in native.PERSISTED:
    state.persist(entity)


# Seconds since 1970 by the host's clock: the only clock that native code is given. No function around it: pyscript
# would interpret that each time.
now_s = time.time

# A clock that nobody sets: energy is counted by it.
steady_s = time.monotonic


@pyscript_executor
def _look(native):
    return native.watch_files.touch_if_changed(native.doorway)


def reload_what_changed():
    """Have pyscript reload everything when a source that it does not watch has changed."""
    if _look(native):
        service.call("pyscript", "reload")
