"""Why a charger is on one phase or three, what went wrong with switching, and what `fusebox_switch_phases` answers."""

from __future__ import annotations

from collections.abc import Mapping

from .entry import Entry

_ONE = "on one phase: "
_THREE = "on three phases: "

PHASES: Mapping[str, Entry] = {
    "one_phase_by_limit": Entry(
        _ONE + "{limit} has only {left_a} A left", "a fuse or the imbalance limit leaves too little for three phases"
    ),
    "one_phase_by_energy": Entry(
        _ONE + "not enough {energy} for three", "the surplus is less than three phases need at least"
    ),
    "one_phase_by_others": Entry(_ONE + "three would stop another load", "its start on three phases would stop one"),
    "one_phase_by_hand": Entry(_ONE + "set by hand", "fusebox_switch_phases has set it"),
    "one_phase_until_next_car": Entry(
        "on one phase until its car is unplugged and plugged in again: the charger goes back to three only for a new "
        "session",
        "a charger that comes back to three phases in the next session only",
    ),
    "one_phase_session_used_up": Entry(
        _ONE + "{switches} of {most} switches used in this session", "max_phase_switches"
    ),
    "one_phase_day_used_up": Entry(
        _ONE + "{switches} of {most} switches used today", "twice max_phase_switches in a day"
    ),
    "one_phase_gains_nothing": Entry(_ONE + "three would give no more", "three phases are possible and no gain"),
    "one_phase_until": Entry(
        "on one phase until {until}, then on three if there is still enough for them",
        "three phases would give more; phase_dwell_s or start_after_s has not passed",
    ),
    "three_phases_by_hand": Entry(_THREE + "set by hand", "fusebox_switch_phases has set it"),
    "three_phases_for_more": Entry(_THREE + "one cannot carry all that is free", "three phases give more"),
    "three_phases_by_limit": Entry(
        _THREE + "{limit} leaves too little for one", "it may not begin on one phase, such as for the imbalance"
    ),
    "phases_not_switchable": Entry(
        "its charge point has not reported that it can switch phases (ConnectorSwitch3to1PhaseSupported)",
        "switch_phases of a load of type ocpp",
    ),
}

_FINAL = "[ ({failures} failures, so not tried again until its car is unplugged)]"

PHASE_PROBLEMS: Mapping[str, Entry] = {
    "phases_not_stopped": Entry(
        f"phases not switched: it draws although it is offered nothing{_FINAL}", "it went on for 30 s"
    ),
    "phases_stop_unseen": Entry(
        f"phases not switched: it does not report that it has stopped{_FINAL}", "for 90 s no reading of its draw came"
    ),
    "phases_not_taken": Entry(
        f"phases not switched: set to {{set_phases}}-phase, displays {{shown_phases}}-phase{_FINAL}",
        "its entity has not followed for 90 s",
    ),
    "phases_more_than_one": Entry(
        f"draws on more than the one phase that it was set to{_FINAL}", "its sensors or the meters show that"
    ),
    "phases_not_back": Entry(
        f"did not come back to three phases{_FINAL}", "after two minutes it still draws on one phase"
    ),
}

PHASE_ANSWERS: Mapping[str, Entry] = {
    "phases_without_charger": Entry(
        "its charger is unavailable or reports a fault; try again when it is back", "refused"
    ),
    "phases_without_car": Entry(
        "no car is plugged in, and a choice lasts only as long as its car stays", "refused: choose when it is there"
    ),
    "phases_without_stop": Entry(
        "nothing can stop it, and phases are never switched under current; name a switch in its CONFIG", "refused"
    ),
    "phases_failed": Entry(
        "two switches have failed; unplug its car to try again",
        "refused: the same after a restart, when the cause is not known any more",
    ),
    "phases_switching_already": Entry(
        "it is being switched already; call again once it charges, to choose other phases", "accepted"
    ),
    "phases_as_set": Entry("it is on these phases already, and stays there until its car is unplugged", "accepted"),
    "phases_when_measured": Entry("it is stopped and switched as soon as its meters report again", "accepted"),
    "phases_next": Entry("it is stopped, switched, and starts again when its minimum current is free", "accepted"),
}
