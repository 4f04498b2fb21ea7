# Where CONFIG asks for it, the site and its loads are devices over MQTT, with controls. The thinking: modules/fusebox/.
from fusebox_ha import PORTS, now_s
from fusebox_native import native

MQTT = native.make_script_or_report("mqtt", native.MqttDevices, native.loaded, PORTS)
LISTENERS = []


# Made only once there is a broker: a trigger of a Home Assistant without MQTT is an error, and of no use later.
def listen(to):
    @mqtt_trigger(to)
    def received(topic=None, payload=None, retain=False, **kwargs):
        MQTT.received(now_s(), topic, payload, retain)

    LISTENERS.append(received)


# A loop and not a period trigger: that stands still for an hour in the night when summer time ends.
@time_trigger("startup")
def tick(**kwargs):
    task.unique("fusebox_mqtt")
    MQTT.restore_and_run(now_s())
    if MQTT.is_active:
        native.watch_files.record_script_file(native.doorway, pyscript.get_global_ctx(), "mqtt")
    while MQTT.has_work:
        for topic in MQTT.take_new_topics():
            listen(topic)
        task.sleep(1)
        MQTT.run(now_s())
    MQTT.withdraw()


@time_trigger("shutdown")
def leave(**kwargs):
    MQTT.end()
