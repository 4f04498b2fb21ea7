"""@state_active, @time_active, @task_unique and @event_trigger."""

import re

import pytest

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


STATE_ACTIVE = """
@state_trigger("sensor.a")
@state_active("sensor.b == 'on' and sensor.nothing is None")
def run(value=None):
    note(value)
"""


def test_state_active_lets_pass_while_true(play):
    assert after(play, STATE_ACTIVE, (1, {"sensor.a": "1"}), (2, {"sensor.b": "on"}), (3, {"sensor.a": "2"})) == "2"


@pytest.mark.parametrize(
    ("times", "passes"),
    [
        ("'range(11:00, 13:00)'", True),
        ("'range(13:00, 11:00)'", False),
        ("'range(23:00, 12:30)'", True),
        ("'not range(11:00, 13:00)'", False),
        ("'range(9:00, 10:00)', 'range(11:00, 13:00)'", True),
        ("'range(9:00, 18:00)', 'not range(11:00, 13:00)'", False),
        ("'cron(* 12 * * *)'", True),
        ("'cron(* 13 * * *)'", False),
        ("'some day'", False),
    ],
)
def test_time_active_ranges(play, times, passes):
    source = f"""
@state_trigger("sensor.a")
@time_active({times})
def run(value=None):
    note(value)
"""
    assert after(play, source, (1, {"sensor.a": "1"})) == ("1" if passes else None)


def test_hold_off_counts_from_the_last_run(play):
    source = """
@state_trigger("sensor.a")
@time_active(hold_off=10)
def run(value=None):
    note(value)
"""
    lines = [(1, {"sensor.a": "1"}), (5, {"sensor.a": "2"}), (10.9, {"sensor.a": "3"}), (11, {"sensor.a": "4"})]
    assert after(play, source, *lines) == "14"


UNIQUE = """
@state_trigger("sensor.a")
@task_unique("run"{options})
def run(value=None):
    task.sleep(10)
    note(value)
"""


def test_task_unique_replaces_the_run_before(play):
    assert after(play, UNIQUE.format(options=""), (1, {"sensor.a": "1"}), (5, {"sensor.a": "2"}), (20, {})) == "2"


def test_task_unique_can_give_way_instead(play):
    options = ", kill_me=True"
    lines = [(1, {"sensor.a": "1"}), (5, {"sensor.a": "2"}), (20, {}), (21, {"sensor.a": "3"}), (40, {})]
    assert after(play, UNIQUE.format(options=options), *lines) == "13"


EVENTS = """
@state_trigger("sensor.a")
def send(value=None):
    event.fire("my_event", number=int(value), who="me")

@event_trigger("my_event", "number > 1 and who == 'me'")
def big(number=None, event_type=None, trigger_type=None, **kwargs):
    note(f"{trigger_type} {event_type} {number};")
"""


def test_events_carry_data_and_pass_expressions(play):
    assert after(play, EVENTS, (1, {"sensor.a": "1"}), (2, {"sensor.a": "2"})) == "event my_event 2;"


def test_state_changes_and_service_calls_are_events_too(play):
    source = """
@event_trigger("state_changed", "entity_id == 'sensor.a'")
def changed(new_state=None, old_state=None, **kwargs):
    note(f"{old_state}>{new_state} ")
    light.turn_on(entity_id="light.a")

@event_trigger("call_service")
def called(domain=None, service=None, service_data=None, **kwargs):
    note(f"{domain}.{service} {service_data['entity_id']} ")
"""
    assert after(play, source, (1, {"sensor.a": "1"})) == "None>0 0>1 light.turn_on light.a ".replace("None>0 ", "")


def test_a_guard_without_a_trigger_is_an_error(play, caplog):
    played = play("""
        @state_active("sensor.a == '1'")
        def run():
            pass
    """)
    played.line(0)
    assert "needs at least one trigger decorator" in caplog.text


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
