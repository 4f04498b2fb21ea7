"""Every number that shapes behaviour: what it is, why, its unit and where it comes from.

CONFIG["tuning"] may give one another value, by its name in lower case. So it is read at the moment of use, as
`tuning.RAISE_STEP_A`, never kept. "Chosen" tells of a number that no standard, data sheet or measurement gives.
"""

from __future__ import annotations

from collections.abc import Mapping

# What all parts share: what is the same, what is no chance, how long a thing is waited for and believed

TOLERANCE_A = 1.0
"""Devices round, sensors and cars are not exact: currents this close are the same [A]. Chosen: whole amps."""
DRAWS_A = 0.5
"""What draws more than this is charging, or uses that phase [A]. Chosen."""
CLEARLY_A = 2.0
"""Currents that differ by more are two, whatever devices round to, and what is left of an offer is not wanted [A].
Chosen: cars stay up to 1.5 A below their offer."""
CLEARLY_W = 200.0
"""Powers that differ by less are the same: nothing is done about it, nor learnt from it [W]. EVerest goes from one
phase to three for so much."""
ALIKE_SHARE = 0.25
"""What differs by no more than this part is the same; what is no more than this part of something is nothing of it.
Chosen."""
SLACK_RATIO = 1.5
"""Usual times are stretched by this: nobody is always equally slow. Chosen."""
MOMENT_S = 3.0
"""What belongs together is told within so long [s]: relays and meters, and what a charger answers. Chosen."""
QUICK_S = 5.0
"""Who is quick has done it by then [s]: a car follows its charger within 5 s (IEC 61851-1), relays are no slower."""
ANSWER_S = 10.0
"""What was told or asked has so long to be seen, settled or answered [s]. Chosen: twice what is quick."""
LASTING_S = 60.0
"""What has been so for so long does not pass by itself [s]. Chosen."""
SLOWEST_S = 90.0
"""No device, sensor or meter is waited for longer [s], no room is watched for longer before it is used, and what
happened in a longer gap is not known. Chosen."""
IGNORES_S = 30.0
"""Who does other than it was told for so long, or its usual time, ignores it [s]: a person is told, and on a wire over
its rating more is done about it. Chosen."""
FORGET_S = 1800.0
"""What was seen is believed for so long [s]: what went wrong may be mended, what came and went may be over. Chosen."""
SILENT_S = 120.0
"""What was told longer ago says nothing of now, and what has not helped by then does not [s]. Chosen: twice the usual
minute between reports."""
LAST_TIMES = 5
"""So many of the last times tell what is usual, and all but one of them have to say the same. Chosen."""
RETRY_S = 10.0
"""What was not taken is told or tried again after so long [s]; a slow device is told after its usual time. Chosen."""
RETRY_LONGEST_S = 300.0
"""Each time after twice as long, up to this, and up to half of it on a wire that is over its rating [s]. Chosen."""
KNOWN_TIMES = 3
"""What was seen so often is known. Chosen."""
NO_CHANCE_TIMES = 2
"""What was seen so often running is no chance. Chosen."""
UNRESPONSIVE_TIMES = 3
"""A device that has shown none of so many commands running is not waited for any more, and named. Chosen."""

TURN_S = 7200.0
"""Under `optimized` a charger waits for so long at most for those that would lose more to it than it gets, and is then
left alone for as long [s]. Chosen: as long as a heat pump may be blocked, so each car of a night gets something.
"""
TURN_CHANGES_S = 600.0
"""A charger makes way for them once it has cost them more than it gets for so much longer than it has not, and starts
once that is made up for [s]. Chosen: an oven that cycles switches no car, and of a recorded morning 900 s cost 1 %.
"""

# Raising a setpoint

RAISE_STEP_A = 4.0
"""A charger goes up by so much at a time [A]: a mistake in what is seen costs no more. Chosen."""
RAISE_EVERY_S = 5.0
"""It goes up no sooner than so long after the last time [s]. A car follows within 5 s (IEC 61851-1)."""
SMALL_RAISE_EVERY_S = 30.0
"""A raise by less than an amp waits for so long after the last one [s]: a house is never still. Chosen."""

UNDO_ON_SUN_S = 30.0
"""On the sun, a raise that only undoes a cut of at most an amp needs room that has lasted for so long [s]. Chosen by a
model of this rule alone in 67 homes with sun (5001-5200): 0.7 % of the energy for 26 % of the commands; 1.5 % for 33 %
with 90 s. Whole steps in eleven of them: 0.2 % for 5 %, 0.5 % for 11 % with 90 s."""

# Room that lasts: what a raise may count on

HEADROOM_WATCH_S = 20.0
"""Nothing rises under a ceiling that has not been watched for this long [s]; room that is a guess has to last as long.
Chosen."""
RAISE_WINDOW_S = 3.0
"""A raise uses the least room that was seen for this long [s], or since the last reading of a slower meter. Chosen with
`benchmarks/frontier.py`: 8 s cost 0.2 to 0.6 points of energy and spare the wire nothing."""
RAISE_BORNE_RATIO = 1.12
"""What comes back may for a moment find so many times the rating: 1.13 is borne for an hour (IEC 60898-1), and the cut
follows within seconds."""

# Fuses and meters: how much a fuse bears, when a meter is not believed

FUSE_B_TAU_S = 60.0
"""Thermal time constant of a breaker of type B, and of type C [s]: their thermal trips are one (IEC 60898-1).
Chosen."""
FUSE_GG_TAU_S = 120.0
"""The same of a gG fuse [s]. Chosen."""
SHED_THETA = 1.05
"""Loads are shed when a fuse is as warm as after a long time at so much of its rated heat. Chosen."""
SHED_RATIO = 1.4
"""Or at this many times its rating. Chosen, below the 1.45 at which a breaker opens within an hour (IEC 60898-1)."""
SHED_READINGS = 2
"""In so many readings running: one may be stray. Chosen."""
RECOVERED_THETA = 0.9
"""It has recovered when it is no warmer than this. Chosen."""
METER_STALE_PERIODS = 3.0
"""A meter is stale after so many of its usual periods, and its loads go to their fail-safe currents after twice as
many, where that is later than CONFIG says. Chosen."""
METER_STALE_LONGEST_S = 120.0
"""It is stale after so long in any case, and calls for fail-safe after twice as long [s]. Chosen."""
STRAY_READING_RATIO = 5.0
"""So many times the rating opens any breaker within about a second: more is no current but a stray reading."""

# How devices answer: shown, followed, ignored

SHOWN_SAME_A = 0.05
"""Currents this close are the same [A]: devices round what they are told. Chosen."""
FOLLOW_S = 15.0
"""A load that still draws too much so long after it was told otherwise does not follow, and counts at what it draws
[s]: 5 s for the car (IEC 61851-1), after a charger that may be slow itself. Chosen."""
FOLLOW_LATEST_S = 20.0
"""Nobody is given longer on a wire that is over its rating, and what was taken from one load is given to no other
before [s]: a wire cannot wait for a cloud that takes a minute. Chosen."""
DRAW_LAG_S = 2.0
"""A draw this much older than the meter's reading is behind it [s]; one from before the last command is if older at
all. Chosen: with 3 s a car behind a cloud that tells every few seconds is cut for its own draw."""

# Readings: what is one report, how often a meter tells, how late

REPORT_BURST_S = 0.5
"""Reports within this time are one [s]: a template is written once for each of the entities that it adds up. Chosen."""

# What others use: late meters, appliances that cycle, suns that nobody told of

CYCLE_EDGE_A = 1.5
"""What others use has to change by so much between two readings to be something that was switched [A]. Chosen."""
CYCLE_PEAKS = 12
"""So many peaks are remembered of one wire. Chosen."""
CYCLE_PAUSES = 3
"""The shortest of so many pauses counts; of the longest all that are remembered do, because a hob pauses at random.
Chosen with `benchmarks/pulsing.py`."""
CYCLE_LONGEST_PAUSE_S = 300.0
"""What comes back later is not a cycle [s]. Chosen."""
CYCLE_WORTH_S = 45.0
"""A pause is worth rising into when nothing is due for so long [s]: a car needs half of it to get there. Chosen with
`benchmarks/two_cars.py`: 25 s overload a wire on which somebody irons, 50 s miss pauses of 50 s."""
CYCLE_RESTLESS_PEAKS = 3
"""A wire is restless on which something came so often within a short time. Chosen: two may be chance."""
CYCLE_RESTLESS_S = 40.0
"""That short time [s]. It is so until nothing has come for as long as that
took. Chosen with `benchmarks/two_cars.py`; 60 s meet an oven whose pauses are as long."""
CYCLE_RESTLESS_READINGS = 8
"""With a slow meter, the time for three rises is at least so many of its periods: it shows one where two fall into one
period. Chosen with the 125 homes of seeds 1 to 299 whose meter reports every 5 s or less often: without it a hob in
home 103 overloads its wire for 16 s longer in an hour; two periods of room instead cost all of them 0.1 points."""
CYCLE_OVERDUE_RATIO = 1.3
"""Who stays away for so many times its longest pause, and a reading, is done. Chosen."""
RATING_STANDBY_SHARE = 0.05
"""Less than this share of its rating is no draw: its own thermostat is open. Chosen."""
RATING_FIRST_S = 600.0
"""In its first run a load is believed to draw less than its rating after so long [s]; what draws more later tells then.
Chosen."""

# Sun and battery: patience under clouds, what a battery can be counted on for

BATTERY_FORGET_S = 900.0
"""A state of charge that has been unknown for so long counts for nothing any more, and what a battery was seen to give
no more than is believed for as long [s]. Chosen."""
BATTERY_SIGN_WS = 72_000.0
"""The sign of its power is judged by no less energy [Ws]: 20 Wh, a point of the smallest battery. A level that wavers
contradicts nothing. Chosen."""
BATTERY_FULL_PCT = 99.0
"""Above this a battery has a surplus again, however near its target is to full [%]. Chosen."""

# Windows of a tariff: what is kept for the house, when a load begins, goes on and rests

FORECAST_MINUTES = 60
"""So many minutes of the house are remembered. Chosen."""
FORECAST_MEAN_MINUTES = 2
"""Until the end of a window the house is expected to go on as it did on the mean of so many minutes: what has come or
gone is believed soon. Chosen: 5 min cost half a point of the energy, and with 1 min a plug went above its target."""
FORECAST_LATE_MINUTES = 3
"""For the next few minutes it is expected to go on as on the mean of so many, if that is more. Chosen."""
FORECAST_KNOWN_MINUTES = 10
"""Who has been watched for so long is known a little. Chosen."""
FORECAST_BURST_MINUTES = 4
"""Kettles, ovens and showers at once: the worst of the remembered time may come back for so many minutes. Chosen."""
FORECAST_SURPRISE_RATIO = 1.2
"""What may come at any time, although it was never seen: so many times the limit for two minutes. Who keeps to a low
limit cooks with less. Chosen."""
FORECAST_SWITCHED_ON_RATIO = 0.5
"""Some thing may be switched on at any moment and stay until the end, of so many times the limit. Chosen: 0.3 gave a
point more of the energy, and more windows by 0.2 kW and more above the target.
"""
FORECAST_MUCH_RATIO = 0.8
"""Chargers can make up later for a pause: where none has begun often of late they stop for so many times the limit.
Chosen, as that."""
FORECAST_USABLE_SHARE = 0.8
"""None stops that could not use up later this part of what is left if nothing comes. Chosen."""
FORECAST_SLOW_RATIO = 0.15
"""For a load that hears late so many times the limit is kept until it has heard, up to the end: it is lost if nothing
comes. Chosen: 0.05 gave such a charger a point more of the energy, and let more windows clearly above the target.
"""
TARIFF_LEAP_SHARE = 0.5
"""Under a tariff window one command may raise a charger with a write interval by this part of what its fuses leave: a
car that takes twice as much as it was given still fits. Chosen; the usual steps cost such a charger a point of the
energy."""
FORECAST_AWAITED_RATIO = 1.4
"""Chargers at their minimum wait for what may come beside what is there, of so many times the limit, as long as they
could use it up later. Chosen."""
FORECAST_SPARED_SHARE = 0.01
"""So much of a window's limit is not planned with: commands and cars take their seconds. Chosen."""
TARIFF_ROOM_STEP_W = 100.0
"""What a window leaves is taken in such steps, downwards [W]: nobody could follow it by the watt. Chosen."""
WINDOW_RUNS_S = 120.0
"""A car that begins late in a window should run for so long in all, and who is served later makes way so much earlier
[s], for each that is served before it where no time ends. Chosen."""

# Commands, tanks, heat pumps

PUMP_MOST_STARTS = 3
"""So many times an hour a heat pump is called upon, or let go from a block. Chosen."""
PRICE_BLOCK_S = 7_200.0
"""A heat pump is blocked by price for no longer than this in one stretch [s]. Source: the block state of
SG-Ready is a lock of two hours at most (Bundesverband Wärmepumpe)."""
PUMP_TOKEN_A = 0.1
"""What a heat pump without a power sensor asks of a wire while it may run [A]: what it draws is in the meter already.
Chosen."""
HYGIENE_ABOVE_K = 1.0
"""In a hygiene cycle a tank is heated again when it is not so far above that temperature, to thrice as far [K].
Chosen."""
TANK_GRACE_S = 600.0
"""Behind a thermostat of its own, a temperature that is unknown for less counts as it was [s]. Chosen."""
TANK_DOSE_WINDOW_S = 28_800.0
"""While its temperature is not known, a tank is heated for an hour in each window of this time [s]: three a day.
Chosen."""
TANK_STUCK_S = 14_400.0
"""A temperature that has not moved while it was heated for so long is not believed [s]. Chosen."""

# Tariffs: counting what the meter bills

DEMAND_CLOCK_SKEW_S = 30.0
"""The meter's clock, or the way from there, may be late by so much [s]. Chosen."""
DEMAND_ALIKE_KW = 0.1
"""The meter's own figure may differ from what was added up by so much of the window's mean, or by a part [kW].
Chosen."""
TARIFF_CAPPED_SHARE = 0.8
"""The bill for a month's peak counts as capped where its kWh cost at most this part of it: what a car still takes may
lift it. Chosen."""
TARIFF_EXPECT_HOURS = 168.0
"""So long a month has to be counted before it tells what it will import [h]: a week has work days and a weekend.
Chosen."""
TARIFF_DIMMINGS_SHOWN = 20
"""So many dimmings stand in the entity's attributes. Fixed by CONFIG's description."""
TARIFF_DIMMINGS_KEPT_DAYS = 730
"""Dimmings are on file for so long [days]: two years. BK6-22-300, annex 1, 7.3."""
DIMMING_SETTLE_S = 60.0
"""The loads have so long to follow a dimming, and what is shorter is not judged [s]: twice what a slow charger needs.
Chosen."""
DIMMING_TOLERANCE_SHARE = 0.02
"""A dimming is kept up to this part above its limit: the error of a meter of class A (EN 50470-3)."""

# Plans: what the house is expected to take, and when a plan is no longer what it was

HOUSE_LEARN_SHARE = 0.025
"""A new quarter hour counts by this part against all before of its hour: forty, so two weeks of work days. Chosen;
on ten days of a measured house nights were foreseen 1.38 kW off with 0.1, 1.36 with the mean of all that was seen."""
HOUSE_CAUTION_SPREADS = 2.0
"""A promise counts on a house that takes by so many spreads more than usual. Chosen: seldom more than that."""
PLAN_MAKES_UP = 0.35
"""What the house may take more counts with the slots left to the next departure to the power of minus this: 0.5 if
quarter hours erred by chance, 0 if all alike. Played on nights 6000-6119: 4.5 % over the optimum, 7.9 with 0, 5.0 with
0.25, 4.7 with 0.5."""
PLAN_OFF_KWH = 0.5
"""What a load has to get more than is planned, up to this, is not worth a start of its own [kWh]. Chosen."""
PLAN_AGAIN_S = 300.0
"""A battery that had to stop charging begins again no sooner than so long after that [s]. Chosen."""
BATTERY_RAISE_EVERY_S = 900.0
"""A battery that is charged gets a higher power no sooner than so long after the last one [s], a lower one at once.
Inverters such as SolaX' keep it in EEPROM, which wears out (wills106/homeassistant-solax-modbus,
docs/solax-mode1-modbus-power-control.md). Chosen: a slot of a plan."""
BATTERY_RAISE_W = 500.0
"""It is told a higher power only if it is so much higher [W]. Chosen."""
PLAN_POWER_SHARE = 0.1
"""A car that takes another power by this part is planned with what it takes. Chosen."""
PLAN_GUESS_S = 172_800.0
"""What is not published is guessed from the days before, so far back [s]. Chosen: two days."""
PLAN_FORGOTTEN_S = 86_400.0
"""A plan, and what was taken for it, no longer counts after nobody has looked at it for so long [s]: by then its
departure has passed, and who installs Fusebox anew does not expect an old plan to run. Chosen: a day."""
PLAN_RESERVE_S = 300.0
"""What could be taken so long before its time is not planned for a load [s]: cars and fuses are slower than expected.
Chosen: a whole quarter of an hour costs two per cent of a night's price and keeps no more departures."""

PLAN_EFFORT_TIMES = 1000
"""A plan is improved with at most this many comparisons of slots. In 60 houses with five loads it cost 0.3 % more with
half of it, 0.4 % less with twice, and took a third longer for that."""
PLAN_HEIGHT_EFFORT_TIMES = 250
"""The same for each height of a billed peak that is tried: 1.1 % more with half, 0.2 % less with twice, but half as
long again."""
PLAN_HEIGHTS_TIMES = 7
"""At most this many heights of a billed peak are tried. Four cost 4.5 % more than eight, sixteen 0.1 % more."""

# Radiators: turns, relays, and what they may draw

RADIATOR_DRAWS_W = 20.0
"""A radiator that draws less is only its own electronics [W]. Chosen."""
TURN_ALIKE_K = 0.1
"""Rooms whose debts are this close lack the same [K]. Chosen: thermostats tell tenths of a degree."""
TURN_ROUNDS = 2
"""For so many rounds of all the radiators a room may be passed over by colder ones. Chosen."""

# The scripts: runs, files, the log, what is shown

SAME_READINGS_S = 1.5
"""A run that sees what was decided on less than this ago [s] has nothing to do: longer than the second after which most
meters tell the next, so that one second is not decided twice."""
TICK_S = 1.0
"""Who runs by itself looks so often; so long a link that is lost is not opened anew, and a CONFIG that was emptied is
waited for [s]. Chosen."""
CALLS_WAIT_S = 0.2
"""A step waits so long for its service calls, for a relay and for a Quasar's guard [s of real time]; slower ones go on
beside the next steps. Chosen."""
RELOAD_PACKAGE_LOOKS = 30
"""Each of so many looks running is at the package's own files too, the others at CONFIG and secrets alone. Chosen:
within a minute; hundreds of files are some milliseconds."""
MQTT_NEW_S = 15.0
"""So long after entities were told over MQTT each second says that they are alive [s]: Home Assistant listens to that
some time after it has made an entity, and not before it has started. Chosen."""
RENEW_S = 30.0
"""What lasts is told again so often, and what is not told again for so long, such as a grant, holds no more [s].
Chosen."""
LOG_AGAIN_S = 3600.0
"""The same is logged again no sooner than that [s]; while it lasts it is shown all the time. Chosen."""
LOG_MOST_LINES = 10
"""So many different lines of one kind in that time: a failure that names a number is another one each time. Chosen."""

# Energy: counters and sessions of the loads

ENERGY_OLD_S = 600.0
"""A draw that was reported longer ago [s] counts no more than the load may take now, and of a gap no more than so much
is counted. Chosen: a restart of Home Assistant takes minutes."""
ENERGY_DRAWS_W = 50.0
"""Who takes less is idle [W]: chargers and plugs need some themselves. Chosen."""
ENERGY_JITTER_KWH = 0.02
"""A last digit [kWh]: a counter may go back by so much and on again; a plug that took less had no session. Chosen."""
ENERGY_COUNTER_STEP_KWH = 1.0
"""The coarsest counters count in such steps [kWh]; one that has not moved by then, while more is measured to flow, is
not waited for. Chosen."""
SHOWN_MOVED_A = 0.5
"""The site and the loads are written at once when a current has moved by more than this since the last write [A]: each
write is a row in Home Assistant's database. Chosen."""
SHOWN_MOVED_PCT = 10.0
"""And when a percentage has moved by so much [points]: a fuse uses up its budget within half a minute. Chosen."""
SHOWN_S = 10.0
"""Power, energy, peak and plans are shown so often [s], and prices are looked at: each value is a row in Home
Assistant's database. Chosen."""
ENERGY_KEPT_S = 60.0
"""They are written to a file so often while they change [s]: SD cards wear, and a power cut loses no more. Chosen."""
SESSION_APART_S = 3600.0
"""A load of which only the draw tells that it is in use has ended its session when it has not drawn for so long [s].
Chosen."""
SESSION_KEPT_DAYS = 730
"""Sessions are kept for so long [days]: two years."""

# Devices: switched ones, and what all have in common

SAFE_RENEWED_S = 10_800.0
"""Without a car, an OCPP charger's safe profile is sent again after so long [s], in case a restart that nothing shows
has lost it. Chosen: 8 writes a day, where the integration's documentation calls 10 harmless even for flash memory.
"""
SAFE_RENEWED_WITH_CAR_S = 1800.0
"""The same while a car is connected [s]: a lost safe profile is missing for no longer. Chosen: limits are written every
minute then anyway, so this adds one write in thirty.
"""
TANK_OVERHEATED_K = 3
"""A tank that is so much above all that CONFIG heats it to draws nothing [K]. Chosen."""

SHIPPED: Mapping[str, float] = {
    name.lower(): value for name, value in list(globals().items()) if name.isupper() and type(value) in (int, float)
}
"""Every number that CONFIG may give, by its name there -> its value where CONFIG says nothing."""

CAUTION: Mapping[str, Mapping[str, float]] = {
    "balanced": {},
    "brisk": {
        "raise_step_a": 8.0,
        "raise_window_s": 2.0,
        "cycle_worth_s": 25.0,
        "cycle_restless_s": 20.0,
    },
    "calm": {
        "raise_step_a": 2.0,
        "raise_window_s": 20.0,
        "cycle_worth_s": 90.0,
    },
}
"""What CONFIG's `caution` stands for: how long room has to last before it is used, and how soon it is used up. No limit
and no cut depends on these. Chosen with `benchmarks/frontier.py`."""

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
