"""state_hold and state_hold_false, on the virtual clock."""

RUNS = """
@state_trigger({trigger})
def run(value=None):
    pyscript.seen = value
    pyscript.at = time.monotonic()
import time
"""


def on(play, trigger):
    played = play(RUNS.replace("{trigger}", trigger))
    played.line(0, {"sensor.a": "0"})
    return played


def test_a_hold_fires_when_the_state_stayed_true(play):
    played = on(play, "'int(sensor.a) > 5', state_hold=10")
    played.line(1, {"sensor.a": "6"})
    played.line(10.9)
    assert played.state("pyscript.seen") is None
    played.line(30)
    assert (played.state("pyscript.seen"), played.state("pyscript.at")) == ("6", "11.0")


def test_a_hold_starts_anew_when_the_state_was_false(play):
    played = on(play, "'int(sensor.a) > 5', state_hold=10")
    played.line(1, {"sensor.a": "6"})
    played.line(5, {"sensor.a": "0"})
    played.line(8, {"sensor.a": "7"})
    played.line(17.9)
    assert played.state("pyscript.seen") is None
    played.line(18)
    assert played.state("pyscript.seen") == "7"


def test_further_true_changes_do_not_prolong_a_hold_and_the_first_value_is_passed(play):
    played = on(play, "'int(sensor.a) > 5', state_hold=10")
    played.line(1, {"sensor.a": "11"})
    played.line(9, {"sensor.a": "12"})
    played.line(11)
    assert played.state("pyscript.seen") == "11"


def test_a_change_of_what_is_not_watched_does_not_end_a_hold(play):
    played = on(play, "'sensor.a.level == 3', state_hold=10")
    played.line(1, {"sensor.a": {"state": "1", "attributes": {"level": 3}}})
    played.line(6, {"sensor.a": {"state": "2", "attributes": {"level": 3}}})
    played.line(11)
    assert played.state("pyscript.seen") == "1"


def test_hold_false_makes_it_an_edge(play):
    played = on(play, "'int(sensor.a) > 5', state_hold_false=0")
    played.line(1, {"sensor.a": "6"})
    played.line(2, {"sensor.a": "7"})
    assert played.state("pyscript.seen") == "6"
    played.line(3, {"sensor.a": "0"})
    played.line(4, {"sensor.a": "8"})
    assert played.state("pyscript.seen") == "8"


def test_hold_false_asks_for_so_much_time_below(play):
    played = on(play, "'int(sensor.a) > 5', state_hold_false=10")
    played.line(5, {"sensor.a": "6"})
    assert played.state("pyscript.seen") is None
    played.line(6, {"sensor.a": "0"})
    played.line(16, {"sensor.a": "7"})
    assert played.state("pyscript.seen") == "7"
