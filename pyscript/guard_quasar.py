# Guards a Wallbox Quasar: V2G-Liberty's requests reach it only as far as the house allows. The logic is in
# modules/fusebox/devices/quasar/.
from fusebox_ha import PORTS, now_s
from fusebox_native import native

native.service_calls.listen()
GUARDS = native.make_script_or_report("quasar_guards", native.guards.Guards, native.loaded, PORTS)


@state_trigger(*GUARDS.triggers)
def reading_changed(**kwargs):
    GUARDS.run(now_s())


@time_trigger("startup")
def tick(**kwargs):
    task.unique("fusebox_quasar")
    GUARDS.restore_and_run(now_s())
    while GUARDS.has_work:
        task.sleep(1)
        GUARDS.run(now_s())


@time_trigger("shutdown")
def leave(**kwargs):
    GUARDS.end()


@service("pyscript.fusebox_quasar_release", supports_response="optional")
def fusebox_quasar_release(load=None, **kwargs):
    """yaml
    name: Release the Quasar
    description: Stops the charger and gives it back to its own app, until a controller takes it again.
    fields:
      load:
        name: Load
        description: The Quasar's name in CONFIG, or its entity. May be left out where there is only one.
        example: sensor.fusebox_v2g
        selector:
          entity:
            filter:
              domain: sensor
    """
    return GUARDS.release(load=load, **kwargs)
