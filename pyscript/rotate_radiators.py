# Radiators in turn: thermostats and a cap -> who heats now -> relays. The thinking is in modules/fusebox/radiators/.
from fusebox_ha import PORTS, now_s
from fusebox_native import native

native.service_calls.listen()
ROTATION = native.make_script_or_report("rotation", native.Rotation, native.loaded, PORTS)


@state_trigger(*ROTATION.triggers)
def something_changed(**kwargs):
    ROTATION.run(now_s())


# A loop and not a period trigger: that stands still for an hour in the night when summer time ends.
@time_trigger("startup")
def tick(**kwargs):
    task.unique("fusebox_rotation")
    ROTATION.restore_and_run(now_s())
    if ROTATION.is_active:
        native.watch_files.record_script_file(native.doorway, pyscript.get_global_ctx(), "rotation")
    while ROTATION.has_work:
        task.sleep(ROTATION.rest_s())
        ROTATION.run(now_s())
    ROTATION.leave()


def passing_on(name, times):
    @time_trigger(times)
    def next_turn(**kwargs):
        ROTATION.pass_on(now_s(), name)

    return next_turn


# Stored in a variable, because pyscript 1.7 drops a trigger without a reference.
TURNS = [passing_on(name, times) for name, times in ROTATION.steps]


@service("pyscript.round_robin_boost_mode", supports_response="optional")
def round_robin_boost_mode(radiator=None, state=None, **kwargs):
    """yaml
    name: Boost a radiator
    description: It heats whatever its thermostat says, within the cap. Lasts over restarts, until it is switched off.
    fields:
      radiator:
        name: Radiator
        description: Its name in CONFIG, or the entity id of its relay or of its thermostat.
        example: switch.living
        required: true
        selector:
          entity:
      state:
        name: State
        description: Whether to boost it.
        example: true
        required: true
        selector:
          boolean:
    """
    return native.rotation.boost(ROTATION, now_s(), radiator=radiator, state=state, **kwargs)
