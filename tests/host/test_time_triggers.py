"""@time_trigger on the virtual clock, in virtual order."""

from datetime import datetime, timedelta, timezone

import pytest

LOG = """
from datetime import datetime

@time_trigger({trigger})
def run(trigger_type=None, trigger_time=None):
    fired = pyscript.fired + "|" if state.exist("pyscript.fired") else ""
    pyscript.fired = f"{{fired}}{{datetime.now():%d %H:%M:%S}}"[-250:]
    state.set("pyscript.last", trigger_type, at=str(trigger_time))
"""


def fired(play, trigger, until, start="2026-01-15T12:00:00+01:00", **options):
    played = play(LOG.format(trigger=trigger), start=datetime.fromisoformat(start), **options)
    played.line(0)
    played.line(until)
    return [moment for moment in (played.state("pyscript.fired") or "").split("|") if moment]


def test_cron_with_five_and_six_fields(play):
    assert fired(play, "'cron(*/20 * * * *)'", 3600) == ["15 12:20:00", "15 12:40:00", "15 13:00:00"]


def test_several_crons_fire_in_order(play):
    times = fired(play, "'cron(* * * * * 10)', 'cron(* * * * * 5,15)'", 20)
    assert times == ["15 12:00:05", "15 12:00:10", "15 12:00:15"]


def test_cron_with_seconds(play):
    assert fired(play, "'cron(1 12 * * * 15,45)'", 3600) == ["15 12:01:15", "15 12:01:45"]


def test_startup_and_trigger_time(play):
    played = play(LOG.format(trigger="'startup', 'cron(* * * * * 1)'"))
    played.line(0)
    assert played.attributes("pyscript.last") == {"at": "startup"}
    played.line(1)
    assert played.attributes("pyscript.last") == {"at": "2026-01-15 12:00:01"}
    assert played.state("pyscript.last") == "time"


def test_no_argument_means_startup(play):
    assert fired(play, "", 100) == ["15 12:00:00"]


def test_shutdown_runs_at_the_end(play, tmp_path):
    played = play(
        """
        @pyscript_compile
        def note(path):
            open(path, "w").write("down")

        @time_trigger("shutdown")
        def down(trigger_time=None):
            assert trigger_time == "shutdown"
            note(PATH)
    """.replace("PATH", repr(str(tmp_path / "note")))
    )
    played.line(0)
    played.session.run(played.session.host.close)
    assert (tmp_path / "note").read_text() == "down"


def test_a_wrong_phrase_is_logged_and_the_others_fire(play, caplog):
    assert fired(play, "'cron(99 * * * *)', 'cron(* * * * * 1)'", 60) == ["15 12:00:01"]
    assert "cron(99 * * * *)" in caplog.text


def test_everything_due_on_the_way_happens_in_its_order(play):
    played = play("""
        @time_trigger("cron(* * * * * */3)")
        def three():
            note("3")

        @time_trigger("cron(* * * * * */2)")
        def two():
            note("2")
            task.sleep(0.5)
            note("+")

        def note(what):
            pyscript.seen = (pyscript.seen if state.exist("pyscript.seen") else "") + what
    """)
    played.line(0)
    played.line(6.5)
    assert played.state("pyscript.seen") == "2+32+32+"


def test_a_tick_at_t_runs_before_the_states_of_the_line(play):
    played = play("""
        @time_trigger("cron(* * * * * *)")
        def tick():
            state.set("pyscript.seen", sensor.a)
    """)
    played.line(0, {"sensor.a": "old"})
    played.line(1, {"sensor.a": "new"})
    assert played.state("pyscript.seen") == "old"


@pytest.mark.parametrize(
    ("start", "trigger", "until", "times"),
    [
        # Spring: 02:00 does not exist on the 29th of March; it and 03:00 are one instant, which fires once.
        ("2026-03-29T00:30:00+01:00", "'cron(0 * * * *)'", 2.5 * 3600, ["29 01:00:00", "29 03:00:00", "29 04:00:00"]),
        ("2026-03-28T06:30:00+01:00", "'cron(0 6 * * *)'", 86400, ["29 06:00:00"]),
        # Autumn: the hour from 02:00 comes twice on the 25th of October; a wall time in it fires once.
        ("2026-10-24T06:30:00+02:00", "'cron(0 6 * * *)'", 25 * 3600, ["25 06:00:00"]),
        ("2026-10-25T01:30:00+02:00", "'cron(0 * * * *)'", 4 * 3600, ["25 02:00:00", "25 03:00:00", "25 04:00:00"]),
    ],
)
def test_cron_when_the_clocks_change(play, start, trigger, until, times):
    assert fired(play, trigger, until, start, time_zone="Europe/Amsterdam") == times


def test_the_wait_for_a_daily_cron_is_23_and_25_hours(play):
    start = datetime(2026, 10, 24, 5, tzinfo=timezone(timedelta(hours=2)))
    played = play(LOG.format(trigger="'cron(0 6 * * *)'"), start=start, time_zone="Europe/Amsterdam")
    played.line(0)
    played.line(3600 + 25 * 3600 - 1)
    assert played.attributes("pyscript.last") == {"at": "2026-10-24 06:00:00"}
    played.line(3600 + 25 * 3600)
    assert played.attributes("pyscript.last") == {"at": "2026-10-25 06:00:00"}
