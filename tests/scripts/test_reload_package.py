"""The package itself is edited, or a user's own script is next to it."""

from __future__ import annotations

from .houses import SITE, amps, charger, charging, config
from .package import until_the_package_is_looked_at

CAR = {"sensor.l1": amps(20), **charging()}
GOOD = config(loads={"car": charger()})
STRINGS = "model/messages/strings.json"


def edit(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def look(home):
    """The host looks at its folder at most every quarter second of real time: have it look now."""
    home.session.run(home.session.host.reload_changed, True)


def start(house, scripts, **options):
    home = house(GOOD, scripts=scripts, **options)
    home.line(0, CAR)
    home.steady(30, CAR)
    assert home.calls == []
    return home


def test_a_good_edit_is_in_force(house, scripts):
    home = start(house, scripts)
    edit(scripts / "modules/fusebox/control/modes.py", 'attrgetter("max_a")', "lambda load: load.max_a - 5")
    look(home)
    until_the_package_is_looked_at(home, CAR)
    assert home.all_sent("number.car")[0][1] == 11


def test_a_command_that_arrives_late_over_the_reload_is_not_taken_for_one_by_hand(house, scripts):
    home = start(house, scripts)
    home.line(31, {"sensor.l1": amps(30), **charging()})
    assert home.sent("number.car") == [11]
    home.line(32, {"sensor.l1": amps(20), **charging()})
    edit(scripts / "modules/fusebox/control/modes.py", 'attrgetter("max_a")', "lambda load: load.max_a")
    (scripts / "modules/fusebox_native.py").touch()  # as its watcher does, within a minute
    look(home)
    home.steady(70, {"sensor.l1": amps(20), **charging()})
    home.steady(120, {"sensor.l1": amps(15), **charging(offer=11)})
    assert "by hand" not in home.shown("car")["reason"]
    assert home.all_sent("number.car")[-1][1] == 16


def errors_while_damaged(home, file, *damaged):
    """The site's errors with each of these texts in a file of the package; the last good one runs on meanwhile.

    When the file is back the errors have ended.
    """
    whole, errors = file.read_text(), []
    for number, text in enumerate(damaged):
        file.write_text(text)
        look(home)
        until_the_package_is_looked_at(home, {"sensor.l1": amps(20), **charging(offer=16 - number)})
        assert home.state(SITE) == "config_error"
        errors.append(home.shown()["errors"])
        home.line(home.t + 1, {"sensor.l1": amps(26)})
        assert home.sent("number.car") == [15 - number]
    file.write_text(whole)
    look(home)
    until_the_package_is_looked_at(home, {"sensor.l1": amps(25), **charging(offer=16 - len(damaged))})
    assert home.shown()["errors"] == []
    return errors


def test_after_a_broken_edit_the_last_good_package_runs_and_that_is_reported(house, scripts):
    file = scripts / "modules/fusebox/control/limits/ceilings.py"
    edits = ("def (", "raise RuntimeError('oh no')", "import nothing_of_that_name")
    texts = [f"{file.read_text()}\n{broken}\n" for broken in edits]
    for errors in errors_while_damaged(start(house, scripts, noisy=True), file, *texts):
        assert any("last good version" in error for error in errors)


def test_an_edited_sentence_is_in_force(house, scripts):
    home = start(house, scripts)
    edit(scripts / "modules/fusebox" / STRINGS, "every load has what it can use", "all is well")
    look(home)
    until_the_package_is_looked_at(home, CAR)
    assert home.shown()["reason"] == "all is well"


def test_after_damaged_sentences_the_last_good_package_runs_and_that_is_reported(house, scripts):
    file = scripts / "modules/fusebox" / STRINGS
    whole = file.read_text()
    ((error,),) = errors_while_damaged(start(house, scripts, noisy=True), file, whole[: len(whole) // 2])
    assert "strings.json is missing or damaged: JSONDecodeError" in error and "last good version" in error


def test_a_users_own_script_runs_next_to_ours(house, scripts):
    (scripts / "mine.py").write_text(
        '@state_trigger("sensor.l1")\ndef mine(value=None, **kwargs):\n    state.set("sensor.mine", value)\n'
    )
    home = house(GOOD, scripts=scripts)
    home.line(0, CAR)
    home.line(1, {"sensor.l1": amps(30)})
    assert home.sent("number.car") == [11]
    assert home.state("sensor.mine") == "30"


def test_a_users_broken_script_does_not_stop_ours(house, scripts):
    (scripts / "mine.py").write_text("def (\n")
    home = house(GOOD, scripts=scripts, noisy=True)
    home.line(0, CAR)
    home.line(1, {"sensor.l1": amps(30)})
    assert home.sent("number.car") == [11]


def test_a_user_may_use_the_package_through_the_doorway(house, scripts):
    (scripts / "mine.py").write_text(
        "from fusebox_native import native\n"
        '@service("pyscript.mine", supports_response="only")\n'
        "def mine(**kwargs):\n"
        '    return {"reason": native.STORE["balancer"].explain()["reason"]}\n'
    )
    home = house(GOOD, scripts=scripts)
    home.line(0, CAR)
    assert home.call("mine")["response"] == {"reason": "every load has what it can use"}


def test_many_edits_of_the_package_leave_one_generation_running(house, scripts):
    home = start(house, scripts)
    for turn in range(2):
        with (scripts / "modules/fusebox/control/modes.py").open("a") as file:
            file.write(f"# turn {turn}\n")
        look(home)
        until_the_package_is_looked_at(home, CAR)
    home.line(home.t + 1, {"sensor.l1": amps(30)})
    assert home.sent("number.car") == [11]
    assert home.state(SITE) == "over"


def test_our_scripts_touched_by_hand_run_once_more_and_no_more(house, scripts):
    home = start(house, scripts)
    for turn in range(2):
        with (scripts / "balance_site.py").open("a") as file:
            file.write(f"# turn {turn}\n")
        look(home)
        home.steady(home.t + 2, CAR)
    home.line(home.t + 1, {"sensor.l1": amps(30)})
    assert home.sent("number.car") == [11]
