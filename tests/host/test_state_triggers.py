"""What makes @state_trigger fire, and with which keywords."""

RUNS = """
@state_trigger({trigger})
def run(**kwargs):
    pyscript.runs = int(state.get("pyscript.runs") if state.exist("pyscript.runs") else 0) + 1
    pyscript.value = str(kwargs.get("value"))
"""


def runs(played):
    return int(played.state("pyscript.runs") or 0)


def on(play, trigger, states):
    played = play(RUNS.replace("{trigger}", trigger))
    played.line(0, states)
    return played


def test_a_name_fires_on_each_change_of_state(play):
    played = on(play, "'sensor.a'", {"sensor.a": "1"})
    played.line(1, {"sensor.a": "2"})
    played.line(1, {"sensor.a": "3"})
    assert runs(played) == 2


def test_attributes_and_equal_values_do_not_fire_a_name(play):
    played = on(play, "'sensor.a'", {"sensor.a": "1"})
    played.line(1, {"sensor.a": {"state": "1", "attributes": {"unit": "W"}}})
    played.line(2, {"sensor.a": "1"})
    assert runs(played) == 0


def test_a_star_fires_on_each_change_of_attributes_and_of_nothing_else(play):
    played = on(play, "'sensor.a.*'", {"sensor.a": "1"})
    played.line(1, {"sensor.a": {"state": "1", "attributes": {"unit": "W"}}})
    assert runs(played) == 1
    played.line(2, {"sensor.a": "2"})
    assert runs(played) == 1


def test_keywords_describe_the_change(play):
    played = play("""
        @state_trigger("sensor.a")
        def run(var_name, value, old_value, trigger_type, context):
            state.set("pyscript.seen", f"{var_name} {old_value}>{value} {trigger_type}", ok=context.id is not None,
                      old_unit=old_value.unit, unit=value.unit)
    """)
    played.line(0, {"sensor.a": {"state": "1", "attributes": {"unit": "W"}}})
    played.line(1, {"sensor.a": {"state": "2", "attributes": {"unit": "kW"}}})
    assert played.state("pyscript.seen") == "sensor.a 1>2 state"
    assert played.attributes("pyscript.seen") == {"ok": True, "old_unit": "W", "unit": "kW"}


def test_kwargs_are_passed_on(play):
    played = play("""
        @state_trigger("sensor.a", kwargs={"who": "me", "value": "mine"})
        def run(who=None, value=None):
            pyscript.seen = f"{who} {value}"
    """)
    played.line(0, {"sensor.a": "1"})
    played.line(1, {"sensor.a": "2"})
    assert played.state("pyscript.seen") == "me mine"


def test_removal_fires_with_none(play):
    played = on(play, "'sensor.a'", {"sensor.a": "1"})
    played.line(1, {"sensor.a": None})
    assert (runs(played), played.state("pyscript.value")) == (1, "None")


def test_nothing_is_coalesced(play):
    played = play("""
        @state_trigger("sensor.a")
        def run(value=None):
            task.sleep(1)
            pyscript.seen = (pyscript.seen if state.exist("pyscript.seen") else "") + value
    """)
    played.line(0, {"sensor.a": "0"})
    for value in "123":
        played.line(1, {"sensor.a": value})
    played.line(2)
    assert played.state("pyscript.seen") == "123"


def test_several_names_and_lists_fire_on_any(play):
    played = on(play, "'sensor.a', ['sensor.b', 'sensor.c']", {"sensor.a": "1", "sensor.b": "1"})
    played.line(1, {"sensor.a": "x"})
    played.line(2, {"sensor.b": "2"})
    played.line(3, {"sensor.c": "x"})
    assert runs(played) == 3
