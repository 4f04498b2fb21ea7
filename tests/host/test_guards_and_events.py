"""@event_trigger, and what happens to wrong arguments of decorators."""

import re

SEEN = """
def note(what):
    pyscript.seen = (pyscript.seen if state.exist("pyscript.seen") else "") + what
"""


def after(play, source, *lines):
    played = play(SEEN + source)
    played.line(0, {"sensor.a": "0", "sensor.b": "off"})
    for t, states in lines:
        played.line(t, states)
    return played.state("pyscript.seen")


EVENTS = """
@state_trigger("sensor.a")
def send(value=None):
    event.fire("my_event", number=int(value), who="me")

@event_trigger("my_event")
def heard(number=None, who=None, event_type=None, trigger_type=None, **kwargs):
    note(f"{trigger_type} {event_type} {number} {who};")
"""


def test_events_carry_data(play):
    assert after(play, EVENTS, (1, {"sensor.a": "1"})) == "event my_event 1 me;"


def test_state_changes_and_service_calls_are_events_too(play):
    source = """
@event_trigger("state_changed")
def changed(entity_id=None, new_state=None, old_state=None, **kwargs):
    if entity_id == "sensor.a":
        note(f"{old_state}>{new_state} ")
        light.turn_on(entity_id="light.a")

@event_trigger("call_service")
def called(domain=None, service=None, service_data=None, **kwargs):
    note(f"{domain}.{service} {service_data['entity_id']} ")
"""
    assert after(play, source, (1, {"sensor.a": "1"})) == "None>0 0>1 light.turn_on light.a ".replace("None>0 ", "")


def test_wrong_decorator_arguments_are_logged_and_the_file_loads_on(play, caplog):
    played = play("""
        @state_trigger("sensor.a", hold=3)
        def run():
            pass

        @time_trigger("startup")
        def up():
            pyscript.up = 1
    """)
    played.line(0)
    # Each Home Assistant has its own words for what is wrong with the keyword.
    assert re.search("decorator @state_trigger .*keyword.* 'hold'", caplog.text)
    assert played.state("pyscript.up") == "1"
