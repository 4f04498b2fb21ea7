"""Every number that shapes behaviour: what it is, why, its unit and where it comes from.

CONFIG["tuning"] may give one another value, by its name in lower case. So it is read at the moment of use, as
`tuning.RAISE_STEP_A`, never kept. "Chosen" tells of a number that no standard, data sheet or measurement gives.
"""

from __future__ import annotations

from collections.abc import Mapping

# Raising a setpoint

RAISE_STEP_A = 4.0
"""A charger goes up by so much at a time [A]: a mistake in what is seen costs no more. Chosen."""
RAISE_EVERY_S = 5.0
"""It goes up no sooner than so long after the last time [s]. A car follows within 5 s (IEC 61851-1)."""
SLOW_RAISE_EVERY_S = 20.0
"""Where a window of a tariff ends, who may seldom be told anything goes up by a step for each such time that it has to
wait [s]: its room has to have lasted for longer, and a cut for a fuse does not wait. Chosen."""
SLOW_RAISE_STEPS = 3.0
"""It goes up by so many steps at most. Chosen."""
SMALL_RAISE_A = 1.0
"""Raises smaller than this wait [A]: a house is never still to a tenth of an amp. Chosen."""
SMALL_RAISE_EVERY_S = 30.0
"""They wait for so long after the last one [s]. Chosen."""
START_CLAIM_S = 60.0
"""What was cut for a load that is to start is kept free for it so long [s]: who rose again meanwhile would be cut
again, for ever. Chosen."""
START_CLAIM_READINGS = 4
"""Or for so many meter readings: a meter that averages shows the cut late. Chosen."""

# Readings: what is one report, how often a meter tells, how late

DUST = 1e-6
"""Amps, or other quantities, below which two are the same: what floating point leaves behind."""
DUST_S = 1e-3
"""The same of times [s]: seconds since 1970 leave that much."""
READING_LARGEST = 1e15
"""Nothing that is read is larger, times in milliseconds included; squares and products of this are still numbers."""
REPORT_BURST_S = 0.5
"""Reports within this time are one [s]: a template is written once for each of the entities that it adds up. Chosen."""
PERIOD_INTERVALS = 5
"""The usual period of an entity is the median of so many intervals between its reports. Chosen."""
PERIOD_FIRST_INTERVALS = 3
"""So many are enough after a start, when they are alike. Chosen."""
PERIOD_ALIKE_RATIO = 1.5
"""They are alike when none is longer than another by more than this factor. Chosen."""
METER_LATENCY_S = 3.0
"""Relays and meter take so long until it is learnt how long they take [s]. Chosen."""
METER_LATENCY_KNOWN = 3
"""With so many changes known, one that took longer than all others is chance. Chosen."""
PHASES_SURE = 2
"""A load that was seen on several phases so often is known to use them: no single chance has shown it. Chosen."""
BACKOFF_DOUBLINGS = 30
"""A wait that is doubled so often is beyond any longest one: more would only make the number too large."""
MIN_CHARGE_A = 6
"""The least current that a car may be offered on a phase (IEC 61851-1) [A]: below it charging pauses."""
NOMINAL_V = 230.0
"""The voltage between phase and neutral where CONFIG's is not known yet (IEC 60038) [V]."""

# Tariffs: counting what the meter bills

METER_GAP_S = 90.0
"""Longer between two looks at the meter and nobody knows what flowed meanwhile [s]. Chosen."""
DEMAND_ALIKE_SHARE = 0.35
"""The meter's own figure may differ from what was added up by this share. Chosen."""
DEMAND_ALIKE_KW = 0.1
"""Or by so much of the window's mean [kW]. Chosen."""
DEMAND_CLOCK_SKEW_S = 30.0
"""The meter's clock, or the way from there, may be late by so much [s]. Chosen."""
DEMAND_JUDGED_FROM_SHARE = 0.12
"""From this part of a window on a demand that grows from nothing and a plain mean can be told apart. Chosen."""
DEMAND_JUDGED_UNTIL_SHARE = 0.5
"""Until this part the two are twice or more apart. It follows from what they are: a mean and a growing sum."""
DEMAND_VOTES = 3
"""So many reports running make a demand a plain mean. Chosen."""
DEMAND_MOST_VOTES = 6
"""More are not counted: a meter that is changed is learnt anew soon. Chosen."""
DEMAND_STRANGE_WINDOWS = 2
"""After so many windows without a report that could be used a person is told. Chosen."""
PEAK_BEYOND_FUSE_RATIO = 1.3
"""No meter counts more than so many times what the main fuse is rated for. Chosen."""
PEAK_KEPT_MONTHS = 13
"""So many months are kept: a year, as Fluvius bills it, and the one that is not over yet."""
PEAK_NAMED_CONSUMERS = 4
"""So many of the largest things that are on are named. Chosen: what a line on a phone holds."""
PEAK_SHOW_S = 5.0
"""The peak is shown so often [s]. Chosen."""
PEAK_KEEP_S = 30.0
"""What is kept is handed to pyscript so often [s]: what flows between that and a sudden end is not known afterwards.
Chosen."""
PEAK_ALONE_S = 5.0
"""A step that balances is never so long ago while its script runs [s]; one is made each second. Chosen."""
TARIFF_DIMMINGS_KEPT = 20
"""So many dimmings are remembered. Chosen."""
TARIFF_DAY_FROM_HOUR = 6
"""The first hour that is no night, where a tariff has a night factor and does not say which. Ellevio."""
TARIFF_DAY_UNTIL_HOUR = 22
"""The first hour that is night again. Ellevio."""
NORWAY_STEPS_KW = (2.0, 5.0, 10.0, 15.0, 20.0, 25.0, 50.0, 75.0, 100.0)
"""The upper ends of the steps that a month's mean falls into; above the last there is one more [kW]. Elvia and most
other Norwegian grid companies."""

# Radiators: turns, relays, and what they may draw

RADIATOR_DRAWS_W = 20.0
"""A radiator that draws less is only its own electronics [W]. Chosen."""
RADIATOR_DRAWS_A = 0.1
"""The same where its current is told [A]. Chosen."""
RADIATOR_LEND_AFTER_S = 20.0
"""A radiator that is on and draws nothing for so long leaves its turn to others [s]. Chosen."""
RELAY_ANSWER_S = 5.0
"""A relay that has not shown what it was told after so long has not answered [s]. Chosen."""
RELAY_RETRY_S = 10.0
"""A relay or a helper that does not show what it was told is told again after so long [s]. Chosen."""
RELAY_RETRY_LONGEST_S = 300.0
"""Each time it is told again after twice as long, up to this [s]. Chosen."""
RELAY_NEXT_S = 0.5
"""A relay that takes longer to answer [s of real time] no longer keeps the others waiting. Chosen."""
ROTATION_TICK_S = 1.0
"""A run looks by itself so often [s]. Chosen."""
ROTATION_SHORTEST_S = 0.05
"""And no sooner than after this [s]. Chosen."""
ROTATION_LATE_S = 2.0
"""A step that is so much later than it ever should be [s] is made without its trigger: the clocks went back. Chosen."""
TURN_ALIKE_S = 5.0
"""Clocks this close are the same [s]: a run comes now a little earlier and now a little later. Chosen."""
TURN_ALIKE_K = 0.1
"""Rooms whose debts are this close lack the same [K]. Chosen: thermostats tell tenths of a degree."""
TURN_ROUNDS = 2
"""For so many rounds of all the radiators a room may be passed over by colder ones. Chosen."""
GRANT_FRESH_S = 60.0
"""What the allocation has granted and not renewed for so long is granted no more [s]: nobody balances. Chosen."""

# The scripts: runs, files, the log, what is shown

SAME_READINGS_S = 0.9
"""A run that sees exactly what the last one saw, sooner than this [s], has nothing to do: a little below the second in
which a step is made anyway."""
FAILED_ANEW_S = 10.0
"""When no decision could be made for so long [s], what is remembered is dropped: it may be what makes them fail.
Chosen."""
FAILSAFE_AGAIN_S = 30.0
"""A fail-safe current is told again so often [s], or as often as its device may be told anything. Chosen."""
MISSING_ENTITY_S = 60.0
"""So long an entity may be missing [s]: integrations bring theirs some time after Home Assistant has
started. Chosen."""
CALLS_WAIT_S = 0.2
"""A step waits so long for its service calls [s of real time]; slower ones go on beside the next steps. Chosen."""
CALL_LONGEST_S = 30.0
"""A service call that takes longer [s] is given up; the device is told again. Chosen."""
LINK_POLL_WAIT_S = 2.0
"""A poll of a device is waited for so long [s of real time]; then it goes on by itself. Chosen."""
CLOCK_SET_BACK_S = 5.0
"""A clock that goes back by more than this [s] leaves times in the future behind, for which nobody should wait.
Chosen."""
FILE_SAVING_S = 0.2
"""An editor may take so long from emptying a file to filling it again [s of real time]. Chosen."""
RELOAD_ASK_AFTER_S = 4.0
"""A touched doorway may stay without effect for so long before pyscript is asked for a reload [s of real time].
Chosen."""
RELOAD_LOOKS_MISSED = 2
"""For so many looks running the script must be gone: editors that save by renaming leave a gap. Chosen."""
STATUS_REWRITE_S = 30.0
"""A status is written so often although nothing in it has changed [s]. Chosen."""
LOG_AGAIN_S = 3600.0
"""The same is logged again no sooner than that [s]; while it lasts it is shown all the time. Chosen."""
LOG_MOST_LINES = 10
"""So many different lines of one kind in that time: a failure that names a number is another one each time. Chosen."""
LOG_LONGEST_LETTERS = 200
"""No failure is told in more letters than that. Chosen."""

# Detecting what is there

DETECT_FUSE_A = 16
"""Stands in for the main fuse until its owner has read it [A]: lower than most, so that nothing is promised. Chosen."""
DETECT_RATED_W = 2000
"""The rating of a plug that draws nothing now [W]. Chosen; its owner corrects it."""
DETECT_DRAWS_W = 50.0
"""A plug that draws more tells its rating by it [W]. Chosen."""
DETECT_NAME_LETTERS = 36
"""A name is cut to so many letters: at most 40, with room for a number behind it."""
DETECT_NAMED_LEFT_OUT = 8
"""So many of the entities that were left out are named. Chosen."""

# Devices: switched ones, and what all have in common

DEVICE_COMPLAIN_S = 30.0
"""A person is told of a device that does not follow after this long [s], or after twice its usual time. Chosen."""
UNRESPONSIVE_TIMES = 3
"""A device that has shown none of so many commands running is not waited for any more, and named. Chosen."""
RENEWED_AT_SHARE = 0.5
"""A limit that ends by itself is renewed when this much of its time is over: one renewal may get lost. Chosen."""
PUMP_RELAYS_APART_S = 1.0
"""Both relays of an SG-Ready pump stay open for so long between two states [s]. Chosen."""
PUMP_SETTLES_S = 5.0
"""Its two relays need not show together that they are closed [s]. Chosen."""
TANK_COLDEST_C = -20.0
"""What is colder is no temperature of a tank [C]: sensors say -127 when they mean nothing. Chosen."""
TANK_HOTTEST_C = 110.0
"""Nor is what is hotter [C]. Chosen."""
THERMOSTAT_RETRY_S = 60.0
"""A thermostat that does not show its temperature is told again after so long [s]. Chosen."""
THERMOSTAT_RETRY_LONGEST_S = 3600.0
"""Each time it is told again after twice as long, up to this [s]. Chosen."""
THERMOSTAT_NEAR_K = 0.51
"""Thermostats round: what is this close is what was told [K]. Half a degree is the step of most."""
THERMOSTAT_STEP_K = 0.5
"""The step of a thermostat that tells none [K]. The usual one."""

# Devices behind links of their own: Easee's cloud, Huawei's inverter

EASEE_POLL_S = 10.0
"""A charger's state is asked for so often [s]. Chosen, within what the cloud bears."""
EASEE_IDLE_POLL_S = 30.0
"""Without a car it is asked for so often [s]. Chosen."""
EASEE_INSTALLED_POLL_S = 1800.0
"""How it was installed is asked for so often [s]: an installer changes it once a year. Chosen."""
EASEE_STATE_OLD_S = 60.0
"""A state that was read so long ago tells nothing [s]. Chosen."""
EASEE_SILENT_S = 1200.0
"""Nor does that of a charger that the cloud has not heard of for so long [s]. Chosen."""
EASEE_PARKED_A = 6
"""Without a car the limit is so much [A]: the next car starts low. The least of IEC 61851-1."""
EASEE_PARKED_MIN = 60
"""That limit lasts so long [min]: nobody has to renew it twice a minute. Chosen."""
EASEE_RETRY_S = 5.0
"""What the cloud did not take is told again after this [s]. Chosen."""
EASEE_IGNORES_S = 60.0
"""A charger that draws so long after its limit became 0 A is paused by command [s]. Chosen."""
EASEE_IGNORES_OVER_S = 20.0
"""The same while a fuse is over its rating [s]. Chosen."""
EASEE_IGNORES_A = 1.0
"""It draws when it draws more than this [A]. Chosen."""
EASEE_PAUSE_AGAIN_S = 120.0
"""A pause, or its end, is asked for again after this [s]. Chosen."""
EASEE_BUCKET_REQUESTS = 24.0
"""So many requests may be made at once. Chosen: with the next one well below the 500 in 300 s that Easee allows."""
EASEE_REQUEST_EVERY_S = 2.5
"""One more may be made each time that this has passed [s]."""
EASEE_KEPT_FOR_CUTS = 8.0
"""What is not urgent leaves so many requests. Chosen."""
EASEE_TIMEOUT_S = 10.0
"""The cloud is given so long for an answer [s]. Chosen."""
EASEE_TOKEN_EARLY_S = 60.0
"""A token is renewed so long before it ends [s]. Chosen."""
EASEE_TOKEN_SHORTEST_S = 120.0
"""A token that does not tell how long it lasts lasts so long [s]. Chosen."""
EASEE_LOGIN_REFUSED_S = 600.0
"""After a wrong user name or password the next try is so much later [s]: an account may be locked. Chosen."""
EASEE_TOO_MANY_S = 60.0
"""After too many requests nothing is asked for so long [s], where the cloud does not say how long. Chosen."""
EASEE_TOO_MANY_LONGEST_S = 3600.0
"""Where it does, for so long at most [s]. Chosen."""
EASEE_CLOUD_RETRY_S = 5.0
"""After a failure of the cloud nothing is asked for so long [s]. Chosen."""
EASEE_CLOUD_RETRY_LONGEST_S = 120.0
"""After each further one for twice the time, up to this [s]. Chosen."""
EASEE_LONGEST_ANSWER_BYTES = 1_000_000
"""An answer has at most so many bytes: a site's list has some thousands. Chosen."""
HUAWEI_AFTER_CONNECT_S = 1.5
"""What is asked sooner after connecting is swallowed [s]. Seen by users of SUN2000 inverters."""
HUAWEI_BETWEEN_S = 0.05
"""Pause between two requests [s]. Chosen."""
HUAWEI_TIMEOUT_S = 5.0
"""An answer may take so long [s]. Huawei's own advice."""
HUAWEI_BUSY_TRIES = 4
"""A busy inverter is asked so often within one poll. Chosen."""
HUAWEI_BUSY_S = 0.2
"""After this pause, and twice as long each further time [s]. Chosen."""
HUAWEI_RETRY_LONGEST_S = 30.0
"""After failures the next poll comes later and later, but never later than this [s of the host's clock]. Chosen."""

# The Quasar and its guard

QUASAR_ALLOCATION_SILENT_S = 30.0
"""An allocation that has said nothing for so long has ended [s]: then nothing is left to the charger. Chosen."""
QUASAR_BLIND_S = 55.0
"""A meter that is silent for so long: no power any more [s]. The charger has its part of the minute to obey. Chosen."""
QUASAR_STALE_S = 30.0
"""A reading that is older than this is no ground for a raise [s]. Chosen."""
QUASAR_FROZEN_S = 60.0
"""A meter that shows the very same number for so long, while the charger's power moved, is stuck [s]. Chosen."""
QUASAR_FROZEN_W = 460.0
"""So much is moved [W]: 2 A. Chosen."""
QUASAR_METER_ANSWER_S = 10.0
"""The meter is given so long to show what the charger did [s]: it may have stood still before, too. Chosen."""
QUASAR_LOOK_S = 1.0
"""The charger is asked so often what flows [s]; that keeps it from idling while we live. Chosen."""
QUASAR_AUDIT_S = 10.0
"""It is asked so often what it is set to [s]. Chosen."""
QUASAR_OBEYS_S = 15.0
"""A charger that for so long moves beyond the limits, whatever it is set to, is stopped [s]. Chosen."""
QUASAR_ASTRAY_W = 500.0
"""So much beyond them [W]. Chosen."""
QUASAR_SAME_REPORT_S = 0.001
"""Reports that are less apart are one [s]: times are worked out from ages."""
QUASAR_STEP_A = 0.1
"""Its limits are told in steps of this [A]. Chosen: it takes watts."""
QUASAR_SETTLE_S = 5.0
"""The last words to the charger may take so long when the guard stops [s of real time]. Chosen."""
QUASAR_LISTEN_AGAIN_S = 10.0
"""Pause before a port that was taken is tried again [s]. Chosen."""
QUASAR_IDLE_S = 60
"""The longest idle time-out that reaches the charger [s]: so long a Home Assistant that died leaves it running.
Chosen: what V2G-Liberty sets."""
QUASAR_DEADBAND_W = 230.0
"""A raise by less than this is not worth a write, where it does not serve the request whole [W]: 1 A. Chosen."""
QUASAR_MOTION_S = 5.0
"""A charger takes so long to follow and a meter to show it [s]: for a raise its least power of that time counts.
Chosen."""
QUASAR_TOGETHER_S = 0.3
"""A power that was asked for so soon after a meter's report is the one that the meter saw [s]. Chosen."""
QUASAR_GUARDS_WAIT_S = 0.2
"""A step waits so long for the guards [s of real time]; a slow charger is told beside the next steps. Chosen."""
QUASAR_METER_LAGS_S = (0.0, 1.0, 2.0, 3.0, 4.0)
"""The lags of the meter behind the charger among which the best is looked for [s]. Chosen."""
QUASAR_LAG_WATCHED_S = 15.0
"""They are judged on so much time [s]. Chosen."""
QUASAR_LAG_MOVED_W = 1500.0
"""A charger that moved by more than this within that time tells something about its meter [W]. Chosen."""
QUASAR_LAG_CALM_W = 200.0
"""And has moved by less than this since [W]. Chosen."""
QUASAR_LAG_READINGS = 6
"""So many readings of the meter make it worth a look. Chosen."""
QUASAR_LAG_STILL_SHARE = 0.25
"""The house counts as calm when it seems to move by less than this part of what the charger moved. Chosen."""
QUASAR_LAG_MOVING_SHARE = 0.5
"""A lag is wrong when by it the house moves by more than this part. Chosen."""
QUASAR_MOST_CLIENTS = 16
"""When one more comes, the one that has been quiet for longest has to go, else the new one is turned away. Chosen."""
QUASAR_CLIENT_SLEEPS_S = 10.0
"""A client that is quiet for so long may have to go [s of real time]; controllers ask every few seconds, and one that
asks less often and had to go connects anew. Chosen."""
QUASAR_CLIENT_QUIET_S = 900.0
"""A client that says nothing for so long is disconnected [s of real time]. Chosen."""
QUASAR_FRAME_S = 10.0
"""A frame may take so long from its first byte to its last, and an answer to be fetched [s of real time]. Chosen."""
QUASAR_CHUNK_BYTES = 1024
"""So much is read at a time: some frames, of 260 bytes at most. Chosen."""
QUASAR_ANSWER_S = 3.0
"""The charger may take so long for an answer [s]: it is slow at times, and whoever asked waits as long. Chosen."""
QUASAR_CONNECT_S = 3.0
"""A connection may take so long to come about [s]. Chosen."""
QUASAR_RETRY_S = 0.5
"""Pause before a new connection [s]; doubled each time that it fails. Chosen."""
QUASAR_RETRY_LONGEST_S = 10.0
"""The longest such pause [s]. Chosen."""

# How CONFIG is read: the numbers of this part cannot be given by it

CONFIG_TUNING_FACTOR = 10
"""CONFIG may give a number so many times what is shipped, or that part of it: what is further off is a slip. Chosen."""
CONFIG_MOST_DEPTH = 12
"""What is nested deeper contains itself. Chosen."""
CONFIG_MOST_VALUES = 5000
"""So many values at most: far more than a house has, and few enough that reading stays quick. Chosen."""
CONFIG_MOST_ENTRIES = 100
"""Entries of a list or map: far more than a house has, and few enough that every check stays quick. Chosen."""
CONFIG_LONGEST_TEXT = 4000
"""Letters of a text. Chosen."""
CONFIG_LONGEST_KEY = 80
"""Letters of a key, or of a word that the nearest known one is looked for. Chosen."""
CONFIG_LONGEST_NAME = 40
"""Letters of a name: it becomes part of an entity id, which has 255 at most. Chosen."""
CONFIG_SHOWN_LETTERS = 60
"""A value is shown in so many letters. Chosen."""
CONFIG_LARGEST_NUMBER = 10**15
"""No whole number is larger: it has to be a number for floating point too, to the last digit."""
CONFIG_LARGEST_ID = 10**12
"""Site and circuit numbers of a cloud are far below this. Chosen."""
CONFIG_EXAMPLE = 25
"""The number that a sentence gives as an example, where it is in the range. Chosen: a usual main fuse."""
CONFIG_WALLBOX_A = 32
"""A wallbox whose CONFIG names no maximum may have so much [A]. Data sheet of the
Pulsar Plus."""

SHIPPED: Mapping[str, float] = {
    name.lower(): value
    for name, value in list(globals().items())
    if name.isupper() and type(value) in (int, float) and not name.startswith("CONFIG_")
}
"""Every number that CONFIG may give, by its name there -> its value where CONFIG says nothing."""

_overridden: dict[str, float] = {}


def override(values: Mapping[str, float]) -> None:
    """Put everything back to what is shipped, then apply what a CONFIG asks for. Never during a step."""
    _overridden.clear()
    _overridden.update(values)
    globals().update({name.upper(): value for name, value in {**SHIPPED, **values}.items()})


def overridden() -> str:
    """What is not as shipped now, for people; "" where all is."""
    return differences(_overridden)


def differences(values: Mapping[str, float]) -> str:
    """What is not as shipped: "raise_step_a 6 instead of 4"."""
    return ", ".join(
        f"{name} {value:g} instead of {SHIPPED[name]:g}" for name, value in values.items() if value != SHIPPED[name]
    )
