"""state.* and dotted names: how scripts read and write entities."""

import pytest

BODY = """
def note(what):
    state.set("pyscript.seen", (state.get("pyscript.seen") if state.exist("pyscript.seen") else "") + str(what) + "; ")

def tried(function, *args, **kwargs):
    try:
        return function(*args, **kwargs)
    except Exception as error:
        return f"{type(error).__name__}: {error}"

@time_trigger("startup")
def up():
"""
STATES = {"sensor.a": {"state": "1", "attributes": {"unit": "W", "list": [1]}}, "light.b": "on"}


def seen(play, body):
    played = play(BODY + "\n".join(f"    {line}" for line in body.strip("\n").split("\n")))
    played.line(0, STATES)
    return [part for part in (played.state("pyscript.seen") or "").split("; ") if part], played


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("sensor.a", "1"),
        ("sensor.a.unit", "W"),
        ("sensor.a.entity_id", "sensor.a"),
        ("state.get('sensor.a.unit')", "W"),
        ("state.getattr('sensor.a')", "{'unit': 'W', 'list': [1]}"),
        ("state.getattr(sensor.a)", "{'unit': 'W', 'list': [1]}"),
        ("state.getattr('sensor.gone')", "None"),
        ("state.exist('sensor.a')", "True"),
        ("state.exist('sensor.a.unit')", "True"),
        ("state.exist('sensor.a.last_changed')", "True"),
        ("state.exist('sensor.a.size')", "False"),
        ("state.exist('sensor.gone')", "False"),
        ("state.names('light')", "['light.b']"),
        ("sensor.a.as_float() + 0.5", "1.5"),
        ("sensor.a.as_int()", "1"),
        ("light.b.as_bool()", "True"),
        ("light.b.as_float(default=0)", "0"),
        ("light.b.has_value()", "True"),
        ("tried(state.get, 'sensor.gone')", "NameError: name 'sensor.gone' is not defined"),
        ("tried(state.get, 'sensor.a.size')", "AttributeError: state 'sensor.a' has no attribute 'size'"),
        ("tried(state.get, 'sensor')[:34]", "NameError: invalid name 'sensor' ("),
        ("tried(state.set, 'sensor.x', 'y' * 256)[:49]", "InvalidStateError: Invalid state with length 256."),
        ("tried(state.delete, 'sensor.gone')", "NameError: name 'sensor.gone' not defined"),
        ("tried(state.setattr, 'sensor.gone.size', 1)", "NameError: state sensor.gone doesn't exist"),
        ("sensor.a.last_changed.tzinfo", "UTC"),
        ("sensor.a > '09'", "True"),
    ],
)  # fmt: skip
def test_reading(play, expression, value):
    assert seen(play, f"note({expression})")[0] == [value]


def test_missing_dotted_names_are_errors(play):
    body = """
for kind in (1, 2, 3):
    try:
        if kind == 1: note(sensor.gone)
        if kind == 2: note(sensor.a.size)
        if kind == 3: note(nowhere)
    except Exception as error:
        note(f"{type(error).__name__} {error}")
"""
    assert seen(play, body)[0] == [
        "NameError name 'sensor.gone' is not defined",
        "AttributeError 'StateVal' object has no attribute 'size'",
        "NameError name 'nowhere' is not defined",
    ]


def test_writing(play):
    _, played = seen(
        play,
        """
sensor.a = 5.5
sensor.a.unit = "kW"
state.set("sensor.b", "x", new_attributes={"one": 1}, two=2)
state.set("sensor.b", three=3)
sensor.c, sensor.d = 3, "d"
sensor.e = sensor.a
state.setattr("sensor.c.size", 4)
for sensor.f in (1, 2):
    pass
del sensor.d
""",
    )
    assert (played.state("sensor.a"), played.attributes("sensor.a")["unit"]) == ("5.5", "kW")
    assert (played.state("sensor.b"), played.attributes("sensor.b")) == ("x", {"one": 1, "two": 2, "three": 3})
    assert (played.state("sensor.c"), played.attributes("sensor.c")) == ("3", {"size": 4})
    assert played.state("sensor.d") is None
    assert played.attributes("sensor.e") == {"unit": "kW", "list": [1]}
    assert played.state("sensor.f") == "2"


def test_adding_to_a_state_is_adding_to_a_text(play):
    assert seen(play, "sensor.a += '1'\nnote(sensor.a)")[0] == ["11"]


def test_deleting_attributes(play):
    left = "note(state.getattr('sensor.a'))"
    body = f"state.delete('sensor.a.unit')\n{left}\ndel sensor.a.list\n{left}"
    assert seen(play, body)[0] == ["{'list': [1]}", "{}"]


def test_a_snapshot_keeps_its_value(play):
    assert seen(play, "old = sensor.a\nsensor.a = 2\nsensor.a.unit = 'A'\nnote(old + old.unit)")[0] == ["1W"]


def test_a_variable_hides_a_domain(play):
    body = "sensor = {'a': 3}\nnote(sensor.get('a'))\nlight = [1]\nlight.append(2)\nnote(light)"
    assert seen(play, body)[0] == ["3", "[1, 2]"]


def test_functions_are_values_that_native_code_calls(play):
    played = play("""
        @pyscript_compile
        async def work(get, set_state, call, fire, exist, delete):
            value = get("sensor.a")
            before = (value.last_changed, value.last_updated, value.last_reported)
            set_state("sensor.a", "2", new_attributes={"unit": "W"}, more=1)
            assert isinstance(value, str) and value.unit == "W" and vars(value)["entity_id"] == "sensor.a"
            assert all(time.utcoffset().total_seconds() == 0 for time in before)
            set_state("sensor.tmp", "x")
            assert exist("sensor.tmp")
            delete("sensor.tmp")
            try:
                get("sensor.tmp")
            except NameError:
                answer = await call("ocpp", "ask", blocking=True, key="k")
            await fire("my_event", answer=answer)

        @event_trigger("my_event")
        def heard(answer=None):
            pyscript.heard = str(answer)

        @time_trigger("startup")
        def up():
            work(state.get, state.set, service.call, event.fire, state.exist, state.delete)
    """)
    reply = played.line(0, STATES, respond=[{"service": "ocpp.ask", "response": {"v": 1}}])
    assert played.state("pyscript.heard") == "{'v': 1}"
    assert reply["states"]["sensor.a"] == {"state": "2", "attributes": {"unit": "W", "more": 1}}
    assert reply["states"]["sensor.tmp"] is None
    assert reply["calls"] == [{"service": "ocpp.ask", "data": {"key": "k"}}]


def test_the_three_times(play):
    played = play("")

    def times(entity_id):
        found = played.session.host.world.states.get(entity_id)
        start = played.session.host.clock.utc()
        return [
            (moment - start).total_seconds() for moment in (found.last_changed, found.last_updated, found.last_reported)
        ]

    played.line(0, {"sensor.a": "1"})
    played.line(10, {"sensor.a": {"state": "1", "attributes": {"unit": "W"}}})
    played.line(20, {"sensor.a": "1"})
    assert times("sensor.a") == [-20, -10, 0]
    played.line(30, {"sensor.a": "2"})
    assert times("sensor.a") == [0, 0, 0]
    assert played.attributes("sensor.a") == {"unit": "W"}
