"""Services that scripts offer and services that they call."""

import pytest

EXPLAIN = '''
@service(supports_response="{answers}")
def explain(load, detail=1, **kwargs):
    """yaml
name: Explain
description: Says why.
fields:
  load:
    description: Which load.
    required: true
"""
    if load == "nobody":
        raise ValueError("nobody is no load; known are car and pool")
    return {{"load": load, "detail": detail}} if load != "text" else "text"
'''


def call(played, t, service, **data):
    (response,) = played.line(t, calls=[{"service": service, "data": data}])["responses"]
    assert response.pop("service") == service
    return response


@pytest.mark.parametrize(("answers", "response"), [("none", None), ("optional", {"load": "car", "detail": 2})])
def test_a_service_answers_as_it_says(play, answers, response):
    played = play(EXPLAIN.format(answers=answers))
    played.line(0)
    assert call(played, 1, "pyscript.explain", load="car", detail=2) == {"response": response}


def test_only_must_be_a_dict(play):
    played = play(EXPLAIN.format(answers="only"))
    played.line(0)
    assert "expected a dictionary" in call(played, 1, "pyscript.explain", load="text")["error"]


def test_what_a_service_raises_is_the_error(play):
    played = play(EXPLAIN.format(answers="optional"))
    played.line(0)
    assert call(played, 1, "pyscript.explain", load="nobody") == {"error": "nobody is no load; known are car and pool"}
    assert "missing 1 required positional argument: 'load'" in call(played, 2, "pyscript.explain")["error"]
    assert call(played, 3, "pyscript.nothing")["error"] == "Action pyscript.nothing not found"


def test_unknown_fields_fail(play):
    played = play("""
        @service
        def plain(load):
            pass
    """)
    played.line(0)
    assert "unexpected keyword arguments: size" in call(played, 1, "pyscript.plain", load="car", size=2)["error"]


def test_the_docstring_describes_it(play):
    played = play(EXPLAIN.format(answers="optional"))
    played.line(0)
    description = played.session.host.service_description("pyscript.explain")
    assert description["name"] == "Explain"
    assert description["fields"]["load"] == {"description": "Which load.", "required": "true"}


def test_without_yaml_the_docstring_is_the_description(play):
    played = play('''
        @service
        def plain(load):
            """Does it."""
    ''')
    played.line(0)
    described = played.session.host.service_description("pyscript.plain")
    assert described == {"description": "Does it.", "fields": {"load": {"description": "argument load"}}}


def test_own_names_and_the_caller(play):
    played = play("""
        @service("my_house.evening", "pyscript.night")
        def run(trigger_type=None, context=None):
            pyscript.seen = f"{trigger_type} {context.id is not None}"
    """)
    played.line(0)
    assert call(played, 1, "my_house.evening") == {"response": None}
    assert played.state("pyscript.seen") == "service True"
    assert call(played, 2, "pyscript.night") == {"response": None}


def test_a_name_belongs_to_one_file(play, caplog):
    source = """
        @service("pyscript.mine")
        def run():
            pyscript.owner = __name__
    """
    played = play({"a.py": source, "b.py": source})
    played.line(0)
    assert call(played, 1, "pyscript.mine") == {"response": None}
    assert played.state("pyscript.owner") == "a"
    assert "already defined in file.a" in caplog.text


CALLS = """
@state_trigger("sensor.a")
def run(value=None):
    number.set_value(entity_id="number.car", value=6)
    service.call("switch", "turn_on", blocking=True, entity_id="switch.pool")
    number.car.set_value(7)
    pyscript.has = f"{service.has_service('ocpp', 'clear_profile')} {service.has_service('pyscript', 'nothing')}"
"""


def test_calls_are_recorded_in_order_without_their_options(play):
    played = play(CALLS)
    played.line(0, {"sensor.a": "0", "number.car": "6"})
    assert played.line(1, {"sensor.a": "1"})["calls"] == [
        {"service": "number.set_value", "data": {"entity_id": "number.car", "value": 6}},
        {"service": "switch.turn_on", "data": {"entity_id": "switch.pool"}},
        {"service": "number.set_value", "data": {"value": 7, "entity_id": "number.car"}},
    ]
    assert played.state("pyscript.has") == "True False"
    assert played.line(2)["calls"] == []


ASKS = """
@state_trigger("sensor.a")
def run(value=None):
    try:
        answer = service.call("ocpp", "get_configuration", blocking=True, key=value)
    except Exception as error:
        answer = f"failed: {error}"
    pyscript.answer = str(answer)
"""


def test_respond_answers_the_first_entry_that_fits(play):
    played = play(ASKS)
    respond = [
        {"service": "ocpp.get_configuration", "data": {"key": "unit"}, "response": {"value": "A"}},
        {"service": "ocpp.get_configuration", "data": {"key": "bad"}, "error": "the charger is offline"},
        {"service": "ocpp.get_configuration", "response": {"value": "any"}},
    ]
    played.line(0, {"sensor.a": "0"}, respond=respond)
    answers = []
    for t, key in enumerate(["unit", "bad", "other"], 1):
        played.line(t, {"sensor.a": key})
        answers.append(played.state("pyscript.answer"))
    assert answers == ["{'value': 'A'}", "failed: the charger is offline", "{'value': 'any'}"]
    played.line(4, {"sensor.a": "unit"}, respond=[])
    assert played.state("pyscript.answer") == "None"


def test_respond_compares_data_however_deep(play):
    played = play("""
        @state_trigger("sensor.a")
        def run(value=None):
            pyscript.answer = str(service.call("ocpp", "set", profile={"limit": int(value), "unit": "A"}))
    """)
    answer = {"service": "ocpp.set", "data": {"profile": {"limit": 6}}, "response": "six"}
    played.line(0, {"sensor.a": "0"}, respond=[answer])
    played.line(1, {"sensor.a": "7"})
    assert played.state("pyscript.answer") == "None"
    played.line(2, {"sensor.a": "6"})
    assert played.state("pyscript.answer") == "six"


def test_an_error_reaches_only_a_caller_that_waits(play, caplog):
    played = play(ASKS.replace("blocking=True, ", ""))
    played.line(0, {"sensor.a": "0"}, respond=[{"service": "ocpp.get_configuration", "error": "offline"}])
    played.line(1, {"sensor.a": "1"})
    assert played.state("pyscript.answer") == "None"
    assert "offline" in caplog.text


def test_scripts_call_services_of_scripts(play):
    played = play("""
        @service(supports_response="optional")
        def double(number):
            return {"twice": number * 2}

        @service
        def broken():
            raise ValueError("broken")

        @time_trigger("startup")
        def up():
            answer = service.call("pyscript", "double", return_response=True, number=4)
            again = pyscript.double(number=5, return_response=True)
            pyscript.answer = f"{answer} {again} {pyscript.broken(blocking=True)}"
    """)
    reply = played.line(0)
    assert played.state("pyscript.answer") == "{'twice': 8} {'twice': 10} None"
    assert reply["calls"] == []


def test_a_missing_service_of_pyscript_is_a_key_error(play):
    played = play("""
        @time_trigger("startup")
        def up():
            try:
                service.call("pyscript", "nothing")
            except KeyError as error:
                pyscript.missing = str(error)
    """)
    played.line(0)
    assert played.state("pyscript.missing") == "'nothing'"


def test_services_that_sleep_are_no_hang(play):
    played = play("""
        @service
        def slow():
            task.sleep(5)
            pyscript.done = 1
    """)
    played.line(0)
    assert call(played, 1, "pyscript.slow") == {"response": None}
    assert played.state("pyscript.done") is None
    played.line(6)
    assert played.state("pyscript.done") == "1"
