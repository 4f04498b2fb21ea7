# Keeps every load under every fuse: meters -> snapshot -> decision -> commands. The thinking is in modules/fusebox/.
from fusebox_ha import PORTS, now_s, reload_what_changed
from fusebox_native import native

native.refusals.listen()
native.watch.own_script(native.doorway, pyscript.get_global_ctx())
BALANCER = native.runtime.Balancer(native.loaded, PORTS)


@state_trigger(*BALANCER.triggers)
def reading_changed(**kwargs):
    BALANCER.run(now_s())


# Loops and not period triggers: those stand still for an hour in the night when summer time ends.
@time_trigger("startup")
def tick(**kwargs):
    task.unique("fusebox_tick")
    BALANCER.start(now_s())
    while BALANCER.in_force:
        task.sleep(1)
        BALANCER.run(now_s())
    BALANCER.leave()


@time_trigger("startup")
def watch(**kwargs):
    task.unique("fusebox_watch")
    while BALANCER.in_force:
        task.sleep(2)
        reload_what_changed()


@service("pyscript.fusebox_set_mode", supports_response="optional")
def fusebox_set_mode(load=None, mode=None, **kwargs):
    """yaml
    name: Set a load's mode
    description: How a load wants to be served. Lasts over restarts, until the mode is edited in CONFIG.
    fields:
      load:
        name: Load
        description: The load's name in CONFIG.
        example: car
        required: true
        selector:
          text:
      mode:
        name: Mode
        description: standard, continuous, solar_priority, solar_only, excess or off; tanks normal or boost.
        example: standard
        required: true
        selector:
          text:
    """
    return native.services.set_mode(BALANCER, now_s(), load, mode, kwargs)


@service("pyscript.fusebox_explain", supports_response="only")
def fusebox_explain(**kwargs):
    """yaml
    name: Explain the last decision
    description: Returns every limit in force, what each load gets, and why.
    """
    return native.services.explain(BALANCER)
