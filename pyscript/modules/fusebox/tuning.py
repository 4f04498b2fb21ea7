"""Every number that shapes behaviour: what it is, why, its unit and where it comes from.

CONFIG["tuning"] may change a number, by its name in lower case. So code reads it when it uses it, as
`tuning.RAISE_STEP_A`, and never stores it. "Chosen" marks a number that no standard, data sheet or measurement gives.
"""

from __future__ import annotations

from collections.abc import Mapping

# Shared by all parts: when values are equal, when an observation is certain, how long to wait and to trust

TOLERANCE_A = 1.0
"""Two currents count as equal if they differ by less than this [A]: devices round, sensors and cars are inexact.
Chosen: steps of whole amps."""
DRAWS_A = 0.5
"""A load that draws more than this counts as drawing, and a phase with more as used [A]. Chosen."""
CLEARLY_A = 2.0
"""Two currents that differ by more are different whatever devices round to; a car that leaves this much of its offer
unused does not need it [A]. Chosen: cars draw up to 1.5 A less than their offer."""
CLEARLY_W = 200.0
"""A change of power below this is ignored: nothing is commanded for it and nothing learnt from it [W]. EVerest requires
as much before it switches from one phase to three."""
UNUSED_W = 100.0
"""A load in watts that draws so much less than it was sent does not use the rest [W]. Chosen: what it is allowed to
stay away from the surplus."""

ALIKE_SHARE = 0.25
"""Two values that differ by no more than this share count as alike, and a part of a value that is no larger counts as
negligible. Chosen."""
SLACK_RATIO = 1.5
"""A usual response time or interval is multiplied by this before it counts as exceeded, because no device is always
equally fast. Chosen."""
MOMENT_S = 3.0
"""Reports that belong together arrive within this time [s]: of relays and meters, or the answers of a charger.
Chosen."""
QUICK_S = 5.0
"""A fast device has followed within this time [s]: a car follows its charger within 5 s (IEC 61851-1), relays are at
least as fast."""
ANSWER_S = 10.0
"""The effect of a command or the answer to a request is expected within this time [s]. Chosen: twice `quick_s`."""
LASTING_S = 60.0
"""A condition that has lasted this long does not pass by itself [s]. Chosen."""
SLOWEST_S = 90.0
"""The longest wait for any device, sensor or meter, and the longest time that a capacity is observed before it is used;
what happened in a longer gap counts as unknown [s]. Chosen."""
IGNORES_S = 30.0
"""A device that has not obeyed a command for this long, or for its own usual time if that is longer, ignores it [s]:
the user is informed, and on an overloaded fuse further loads are reduced. Chosen."""
FORGET_S = 1800.0
"""An observation is trusted for this long [s]: afterwards a fault may be repaired and a passing condition over.
Chosen."""
SILENT_S = 120.0
"""A report that is older says nothing about the present, and a command that has had no effect by then has failed [s].
Chosen: twice the usual minute between reports."""
LAST_TIMES = 5
"""Number of recent observations that determine what is usual; all but one of them have to agree. Chosen."""
RETRY_S = 10.0
"""Delay before a command that was not accepted is sent again [s]; for a slow device at least its usual response time.
Chosen."""
RETRY_LONGEST_S = 300.0
"""The delay doubles with each attempt up to this, up to half of it while a fuse is overloaded, and up to `ignores_s`
while that fuse will open, or without the grid [s]. Chosen."""
KNOWN_TIMES = 3
"""After this many agreeing observations something counts as known. Chosen."""
NO_CHANCE_TIMES = 2
"""After this many in a row something is no coincidence. Chosen."""
UNRESPONSIVE_TIMES = 3
"""A device that has shown no effect of this many commands is reported and no longer waited for. Chosen."""

TURN_S = 7200.0
"""Under `optimized`, a charger waits at most this long in favour of loads that would lose more energy by it than it
gains; afterwards it is not interrupted for the same time [s]. Chosen: as long as a heat pump may be blocked, so every
car gets energy during a night."""
TURN_CHANGES_S = 600.0
"""Such a charger gives way once it has cost the others more than it gains for this much longer than it has not, and
starts again once that balance is back to zero [s]. Chosen: a cycling oven does not switch a car, and of a recorded
morning 900 s cost 1 %."""
GROUP_TURN_KWH = 1.0
"""Where not every group can have a load running, a running one makes way for a waiting one that has had this much less
energy [kWh]; a group's arrears are at most twice this. Chosen: a quarter of an hour of 6 A on three phases, so a car is
paused at most twice an hour, and of an evening's 20 kWh it is 5 %."""

# Raising a setpoint

RAISE_STEP_A = 4.0
"""The most that a setpoint is raised by one command [A]: limits the effect of a wrong measurement. Chosen."""
RAISE_EVERY_S = 5.0
"""Shortest time between two raises of a load [s]. A car follows its charger within 5 s (IEC 61851-1)."""
SMALL_RAISE_EVERY_S = 30.0
"""A raise by less than an amp waits this long after the last raise [s]: the house load is never constant. Chosen."""
LEAP_SHARE = 0.5
"""One command raises a charger with a write interval by this share of what its fuses leave, under a tariff window or
where the interval is more than a minute: a car that draws twice as much as it was given still fits. Chosen; under a
tariff the usual steps cost it a point of the energy, with 15 minutes between commands an eighth."""

UNDO_ON_SUN_S = 30.0
"""On solar surplus, a raise that only reverses a cut of at most an amp needs capacity that has lasted this long [s].
Chosen by a model of this rule alone in 67 homes with sun (5001-5200): 0.7 % of the energy for 26 % of the commands; 1.5
% for 33 % with 90 s. Whole steps in eleven of them: 0.2 % for 5 %, 0.5 % for 11 % with 90 s."""

TRY_ONE_PHASE_S = 900.0
"""A car of unknown phases that has drawn nothing for this long starts on sun that is enough for one phase [s]. Chosen:
one on three phases then draws from the grid until it stops, so it is not tried in each short gap."""

# Lasting capacity: what a raise may rely on

HEADROOM_WATCH_S = 20.0
"""No load is raised under a limit that has been observed for less than this; capacity that is only estimated has to
last this long [s]. Chosen."""
RAISE_WINDOW_S = 3.0
"""A raise uses the smallest capacity observed during this time, or since the last reading of a slower meter [s]. Chosen
with `benchmarks/frontier.py`: 8 s cost 0.2 to 0.6 points of energy and avoid no overload."""
RAISE_BORNE_RATIO = 1.12
"""An appliance that switches on again may briefly load a fuse to this multiple of its rating, and a plug or tank stays
on then: a breaker tolerates 1.13 for an hour (IEC 60898-1). Above it a cut without effect is repeated sooner."""

# Fuses and meters: how much a fuse tolerates, when a meter is not trusted

FUSE_B_TAU_S = 60.0
"""Thermal time constant of a breaker of type B or C [s]: their thermal releases are the same (IEC 60898-1). Chosen."""
FUSE_GG_TAU_S = 120.0
"""Thermal time constant of a gG fuse [s]. Chosen."""
SHED_THETA = 1.05
"""Loads are shed when the modelled temperature of a fuse reaches this multiple of its temperature after hours at its
rating. Chosen."""
SHED_THETA_LINKY = 0.95
"""The same for a Linky meter, whose theta is its filter as a multiple of the contract squared. Sources disagree whether
it cuts off at 1.0, 1.1 or 1.3 times the contract: below the lowest, because meters are late. Loads are shed `quick_s`
before it is reached. Chosen with the Linky homes of seeds 1 to 999."""
SHED_RATIO = 1.4
"""Loads are also shed when a fuse carries this multiple of its rating. Chosen, below the 1.45 at which a breaker opens
within an hour (IEC 60898-1)."""
SHED_READINGS = 2
"""`shed_ratio` has to be reached in this many consecutive readings, because one may be wrong. Chosen."""
RECOVERED_THETA = 0.9
"""A fuse has recovered when its modelled temperature is below this multiple of the one at its rating. Chosen."""
METER_STALE_PERIODS = 3.0
"""A meter is stale after this many of its usual periods without a report; its loads go to their fail-safe currents
after twice as many, or after the time in CONFIG if that is longer. Chosen."""
METER_STALE_LONGEST_S = 120.0
"""A meter is stale after this time at the latest; its loads go to their fail-safe currents after twice as long [s].
Chosen."""
STRAY_READING_RATIO = 5.0
"""A reading above this multiple of the rating is rejected as an error: such a current opens any breaker within about a
second."""

# How devices respond: displayed, followed, ignored

SHOWN_SAME_A = 0.05
"""A displayed current confirms a command if it differs by less than this [A]: devices round what they receive.
Chosen."""
FOLLOW_S = 15.0
"""A load that still draws too much this long after a command does not follow it, and counts with its measured draw [s]:
5 s for the car (IEC 61851-1) behind a charger that may be slow itself. Chosen."""
FOLLOW_LATEST_S = 20.0
"""On an overloaded fuse no device is given longer to follow, and current taken from one load is given to no other load
before this time has passed [s]: an overloaded fuse cannot wait for a cloud that takes a minute. Chosen."""
DRAW_LAG_S = 2.0
"""A measured draw this much older than the meter's reading is outdated [s]; one from before the load followed its last
command is outdated if older at all. Chosen: with 3 s a car whose cloud reports every few seconds is cut because of its
own draw."""

# Readings: what counts as one report

REPORT_BURST_S = 0.5
"""Reports of an entity within this time are one report [s]: a template sensor is written once for each entity that it
sums. Chosen."""

# House load: appliances that cycle, and loads that draw less than their rating

CYCLE_EDGE_A = 1.5
"""Smallest change of the house load between two readings that counts as an appliance switching on or off [A].
Chosen."""
CYCLE_PEAKS = 12
"""Number of peaks that are remembered per phase of a fuse. Chosen."""
CYCLE_PAUSES = 3
"""An appliance is expected back after the shortest of its last pauses, of which this many count; the longest is taken
from all remembered ones, because a hob pauses at random. Chosen with `benchmarks/pulsing.py`."""
CYCLE_LONGEST_PAUSE_S = 300.0
"""A load that returns after a longer pause is not cycling [s]. Chosen."""
CYCLE_WORTH_S = 45.0
"""Loads are raised during a pause only if no appliance is expected back for this long [s]: a car needs half of it to
follow. Chosen with `benchmarks/two_cars.py`: with 25 s an ironing user overloads the fuse, with 50 s pauses of 50 s
stay unused."""
CYCLE_RESTLESS_PEAKS = 3
"""A fuse is restless after this many peaks within `cycle_restless_s`. Chosen: two may be a coincidence."""
CYCLE_RESTLESS_S = 40.0
"""Time within which that many peaks make a fuse restless; it stays so until no peak has come for as long as they took
[s]. Chosen with `benchmarks/two_cars.py`; 60 s also match an oven with pauses of that length."""
CYCLE_RESTLESS_READINGS = 8
"""With a slow meter that time is at least this many of its periods, because it shows two rises within one period as
one. Chosen with the 125 homes of seeds 1 to 299 whose meter reports every 5 s or less often: without it a hob in home
103 overloads its fuse for 16 s longer in an hour; two periods of observed capacity instead cost all of them 0.1
points."""
CYCLE_OVERDUE_RATIO = 1.3
"""An appliance that stays off for this multiple of its longest pause, plus one reading, has finished. Chosen."""
RATING_STANDBY_SHARE = 0.05
"""A load that draws less than this share of its rating is in standby: its own thermostat is open. Chosen."""
RATING_FIRST_S = 600.0
"""In its first run, a load that draws less than its rating is believed after this time [s]; its rating is corrected
when it later draws more. Chosen."""

# Battery: what it can be relied on for

BATTERY_FORGET_S = 900.0
"""An unknown state of charge is replaced by its last value for this long, and a battery that was observed to deliver
less than expected is believed to for the same time [s]. Chosen."""
BATTERY_SIGN_WS = 72_000.0
"""The sign of a battery's power is judged only after this much energy [Ws]: 20 Wh, one point of the smallest battery. A
fluctuating state of charge contradicts nothing. Chosen."""
BATTERY_FULL_PCT = 99.0
"""Above this state of charge a battery has a surplus again, even if its target is close to 100 % [%]. Chosen."""

# Hidden sun: what a throttled inverter may give

HIDDEN_SUN_LEAST_W = 20.0
"""Below this power the panels count as dark [W]: sleeping inverters report a few watts. Chosen."""
HIDDEN_SUN_TEST_S = 45.0
"""The longest time that an inverter has to cover a load that draws, also where it usually needs longer [s]. Chosen: the
load has to be off again within 60 s of its draw."""
HIDDEN_SUN_COVERED_W = 50.0
"""A draw counts as covered while the import exceeds the usual one by at most this [W]: inverters and meters are not
exact. Chosen."""
HIDDEN_SUN_PAID_WS = 9_000.0
"""With a throttled inverter, a load is kept on through a cloud until the grid has supplied this energy [Ws]: 2.5 Wh.
With 5 Wh the grid paid 10 % more and no more sun reached the loads, with 10 Wh another 10 to 20 % more."""
HIDDEN_SUN_AGAIN_S = 120.0
"""A running load repeats a step that the inverter did not cover after this time, each time after twice as long [s].
Chosen."""

# Tariff windows: what is reserved for the house, when a load starts, continues and pauses

FORECAST_MINUTES = 60
"""Number of past minutes of the house load that are remembered. Chosen."""
FORECAST_MEAN_MINUTES = 2
"""Until the end of a window the house is expected to draw the mean of its last minutes, of which this many count, so a
change is taken into account soon. Chosen: 5 min cost half a point of the energy, and with 1 min a plug exceeded its
target."""
FORECAST_LATE_MINUTES = 3
"""For the next few minutes the house is expected to draw the mean of this many past minutes if that is higher.
Chosen."""
FORECAST_KNOWN_MINUTES = 10
"""A house that has been observed for this many minutes is partly known, after twice as many well known. Chosen."""
FORECAST_BURST_MINUTES = 4
"""Kettle, oven and shower at once: the highest load of the remembered time may return for this many minutes. Chosen."""
FORECAST_SURPRISE_RATIO = 1.2
"""An appliance that was never observed may draw this multiple of the limit for two minutes. A home that keeps to a low
limit cooks with less. Chosen."""
FORECAST_SWITCHED_ON_RATIO = 0.5
"""An appliance may be switched on at any moment and stay on until the end of the window; it draws this multiple of the
limit. Chosen: 0.3 gave a point more of the energy, but more windows exceeded the target by 0.2 kW or more."""
FORECAST_MUCH_RATIO = 0.8
"""The same multiple for a well known house whose chargers have rarely started within the last hour: they can make up
for a pause later. Chosen like it."""
FORECAST_USABLE_SHARE = 0.8
"""The energy reserved for such an appliance is at most this share of what the chargers could still use up without it.
Chosen."""
FORECAST_SLOW_RATIO = 0.15
"""While a slow charger takes to follow a command, this multiple of the limit stays reserved, up to the end of the
window; it is lost if no appliance starts. Chosen: 0.05 gave such a charger a point more of the energy, but more windows
clearly exceeded the target."""
FORECAST_AWAITED_RATIO = 1.4
"""Chargers stay at their minimum while an appliance may still start that draws this multiple of the limit in addition
to the present house load, as long as they could use that energy later. Chosen."""
FORECAST_SPARED_SHARE = 0.01
"""This share of a window's limit is not used for planning, because commands and cars take seconds. Chosen."""
TARIFF_HEADROOM_STEP_W = 100.0
"""The power that a window leaves is rounded down to multiples of this [W]: no load could follow every watt. Chosen."""
WINDOW_RUNS_S = 120.0
"""A car that starts late in a window should be able to run for this long in total. A load that is served later stops
this much earlier for each one that is served before it, under a limit without an end [s]. Chosen."""

WINDOW_RAISE_SHARE = 0.1
"""In a window longer than a quarter hour, a load rises by less than `CLEARLY_A` only after its setpoint has stayed for
this share of the window's rest, which makes up for the wait. Chosen: in random homes a seventh fewer commands."""

# Commands, tanks, heat pumps

PUMP_MOST_STARTS = 3
"""A heat pump is switched on, or released from a block, at most this many times an hour. Chosen."""
PRICE_BLOCK_S = 7_200.0
"""Longest time that a heat pump is blocked because of the price without a break [s]. Source: the block state of
SG-Ready lasts two hours at most (Bundesverband Wärmepumpe)."""
PUMP_OVERLOAD_S = 604_800.0
"""For this long after an overload has needed a heat pump's block, prices leave half of its block time to the next one
[s]. Chosen: a week, as people cook by the day of the week."""
PUMP_TOKEN_A = 0.1
"""Current requested for a heat pump that may run while it draws nothing, or without a power sensor [A]: its draw is
already in the meter. Chosen."""
HYGIENE_ABOVE_K = 1.0
"""During a hygiene cycle a tank is heated again when it is less than this above the hygiene temperature, up to three
times as far above it [K]. Chosen."""
TANK_GRACE_S = 600.0
"""With a thermostat of its own, a tank keeps its last known temperature for this long when the sensor is silent [s].
Chosen."""
TANK_DOSE_WINDOW_S = 28_800.0
"""While its temperature is unknown, a tank is heated for one hour in each window of this length [s]: three a day.
Chosen."""
TANK_STUCK_S = 14_400.0
"""A temperature that has not changed during this much heating is not trusted [s]. Chosen."""

# Tariffs: measuring what is billed

DEMAND_CLOCK_SKEW_S = 30.0
"""The billing meter's clock may differ from ours, or its reports be late, by this much [s]. Chosen."""
DEMAND_ALIKE_KW = 0.1
"""The meter's own figure may differ from our sum by this much of the window's mean, or by `alike_share` if that is more
[kW]. Chosen."""
TARIFF_CAPPED_SHARE = 0.8
"""The bill for a month's peak counts as capped if its kWh cost at most this share of it: then the energy of a car may
still raise it. Chosen."""
TARIFF_EXPECT_HOURS = 168.0
"""A month's import is predicted only after this many hours have been counted [h]: a week has work days and a weekend.
Chosen."""
TARIFF_DIMMINGS_SHOWN = 20
"""Number of dimmings in the entity's attributes. Fixed by the description of CONFIG."""
TARIFF_DIMMINGS_KEPT_DAYS = 730
"""Records of dimmings are stored for this long [days]: two years. BK6-22-300, annex 1, 7.3."""
DIMMING_SETTLE_S = 60.0
"""Loads have this long to follow a dimming, and a shorter dimming is not judged [s]: twice what a slow charger needs.
Chosen."""
DIMMING_TOLERANCE_SHARE = 0.02
"""A dimming counts as obeyed up to this share above its limit: the error of a meter of class A (EN 50470-3)."""

# The limit on export

CURTAIL_SAME_SHARE = 0.02
"""Two values of an inverter's number are the same if they differ by no more than this share of its usual value, as
devices round. A larger difference is a person's value. Chosen: twice a percent, the coarsest step of such numbers.
"""

# Plans: the expected house load, and when a plan is made again

HOUSE_LEARN_SHARE = 0.025
"""Weight of a new quarter hour in the mean of its hour: one in forty, so two weeks of work days. Chosen; on ten days of
a measured house the error at night was 1.38 kW with 0.1, and 1.36 kW with the mean of all observations."""
HOUSE_CAUTION_SPREADS = 2.0
"""A promised departure is planned for a house that draws this many spreads more than usual. Chosen: it rarely draws
more."""
PLAN_MAKES_UP = 0.35
"""What the house may draw above its forecast counts with the number of slots left to the next departure to the power of
minus this: 0.5 if quarter hours erred independently, 0 if all erred alike. Measured on nights 6000-6119: 4.5 % over the
optimum, 7.9 with 0, 5.0 with 0.25, 4.7 with 0.5."""
PLAN_PART_SHARE = 0.9
"""Where a tariff leaves a window less than a load's least power, the load runs for a part of it and is expected to take
this share of what is left. Measured with a charger of at least 4.1 kW and a meter that reports each second: 0.97 of 2.3
and of 3.3 kW, 0.87 of 3.8."""
PLAN_OFF_KWH = 0.5
"""A load is not started anew for less energy than this beyond its plan [kWh]. Chosen."""
BATTERY_RAISE_EVERY_S = 900.0
"""The charge power of a battery is raised at most once in this time [s], also from nothing after a stop at once; it is
lowered at once. Inverters such as SolaX' store it in EEPROM, which wears out (wills106/homeassistant-solax-modbus,
docs/solax-mode1-modbus-power-control.md). Chosen: one slot of a plan."""
BATTERY_RAISE_W = 500.0
"""The charge power is raised only by this much or more [W]. Chosen."""
PLAN_POWER_SHARE = 0.1
"""A car that draws a power that differs by more than this share is planned with the measured power. Chosen."""
PLAN_GUESS_S = 172_800.0
"""Prices that are not published yet are estimated from the days before, as far back as this [s]. Chosen: two days."""
PLAN_FORGOTTEN_S = 86_400.0
"""A plan and its progress are dropped if nothing has evaluated them for this long [s]: its departure has passed, and
after a new installation nobody expects an old plan to run. Chosen: a day."""
PLAN_RESERVE_S = 300.0
"""The last part of the time before a departure is not planned for a load [s]: cars and fuses are slower than expected.
Chosen: a whole quarter hour costs two per cent of a night's price and meets no more departures."""

PLAN_EFFORT_TIMES = 1200
"""A plan is improved with at most this many comparisons of slots. In 60 houses with five loads half of it cost 0.2 %
more; twice as many cost 0.1 % less and took a third longer."""
PLAN_HEIGHT_EFFORT_TIMES = 300
"""The same for each height of a billed peak that is tried: half of it cost 2.9 % more; twice as many cost 0.2 % less
and took a third longer."""
PLAN_HEIGHTS_TIMES = 7
"""At most this many heights of a billed peak are tried. Four cost 4.5 % more than eight, sixteen 0.1 % more."""

# Radiators: turns

RADIATOR_DRAWS_W = 20.0
"""A radiator that draws less than this runs only its electronics [W]. Chosen."""
ROOM_FARTHEST_K = 60.0
"""A room that differs from its set-point by this much has a broken thermometer [K; the same in degrees F]. Chosen: a
DS18B20 without contact shows -127 or 85 °C."""
TURN_ALIKE_K = 0.1
"""Rooms whose lack of heat differs by less than this take turns as equals [K]. Chosen: thermostats report tenths of a
degree."""
TURN_ROUNDS = 2
"""A room may be passed over by colder ones for this many rounds of all radiators. Chosen."""

# The scripts: runs, files, log and messages

SAME_READINGS_S = 1.5
"""A run that finds the readings of a decision made less than this ago skips its step [s]: longer than the second after
which most meters report again, so that one second is not decided twice."""
TICK_S = 1.0
"""Period of scripts that run by themselves, and the wait before a lost connection is opened again, a CONFIG that was
emptied is read, a service call that came during a start or an urgent cut whose call failed is tried again [s]. Chosen.
"""
CALLS_WAIT_S = 0.2
"""A step waits this long for its service calls, for a relay and for a Quasar's guard [s of real time]; slower ones
continue during the next steps. Chosen."""
RELOAD_PACKAGE_LOOKS = 30
"""One in this many checks for changed files includes the package itself, the others only CONFIG and the secrets.
Chosen: within a minute; hundreds of files take some milliseconds."""
MQTT_NEW_S = 15.0
"""For this long after entities were announced over MQTT, they are reported as available every second [s]: Home
Assistant subscribes some time after it has created an entity, and only once it has started. Chosen."""
RENEW_S = 30.0
"""Period in which lasting values are sent again; one that is not renewed for so long, such as a grant, expires [s].
Chosen."""
LOG_AGAIN_S = 3600.0
"""The same line is logged at most once in this time; while its cause lasts, the entities report it [s]. Chosen."""
LOG_MOST_LINES = 10
"""At most this many different lines of one kind are logged in that time: a failure that contains a number reads
differently each time. Chosen."""

# Energy: counters and sessions of the loads

ENERGY_OLD_S = 600.0
"""A draw that was reported longer ago than this counts as no more than what the load may draw now, and of a gap no more
than this is counted [s]. Chosen: a restart of Home Assistant takes minutes."""
ENERGY_DRAWS_W = 50.0
"""A load that draws less than this is idle [W]: chargers and plugs need some power themselves. Chosen."""
ENERGY_JITTER_KWH = 0.02
"""A counter may go back by this much and on again, as its last digit does; a plug that took less had no session [kWh].
Chosen."""
ENERGY_COUNTER_STEP_KWH = 1.0
"""The coarsest counters count in steps of this; a counter that has not moved by then, while more is measured to flow,
is not waited for [kWh]. Chosen."""
SHOWN_MOVED_A = 0.5
"""The entities of site and loads are written at once when a current has changed by more than this since the last write
[A]: each write is a row in the database of Home Assistant. Chosen."""
SHOWN_MOVED_PCT = 10.0
"""They are also written when a percentage has changed by this much [points]: a fuse uses up its reserve within half a
minute. Chosen."""
SHOWN_S = 10.0
"""Period in which power, energy, peak and plans are published and prices are read [s]: each value is a row in the
database of Home Assistant. Chosen."""
ENERGY_KEPT_S = 60.0
"""Period in which energies are written to a file while they change [s]: SD cards wear, and a power cut loses no more
than this. Chosen."""
SESSION_APART_S = 3600.0
"""The session of a load whose draw alone shows its use ends when it has not drawn for this long [s]. Chosen."""
VEHICLE_NEAR_S = 120.0
"""A car whose own entity says that it was plugged in less than this before or after a charger's session began [s]
stands there; a car that nothing has named by then is a guest. The interface's two minutes."""
SESSION_KEPT_DAYS = 730
"""Sessions are stored for this long [days]: two years."""

# Devices: chargers behind OCPP, tanks

SAFE_RENEWED_S = 10_800.0
"""Without a car, the fail-safe profile of an OCPP charger is sent again after this time, in case an unnoticed restart
has lost it [s]. Chosen: 8 writes a day, where the integration's documentation calls 10 harmless even for flash
memory."""
SAFE_RENEWED_WITH_CAR_S = 1800.0
"""The same while a car is connected, so that a lost profile is missing for no longer [s]. Chosen: limits are written
every minute then anyway, so this adds one write in thirty."""
HEATS_AGAIN_K = 2.0
"""A load in watts that has reached `max_c` heats again when it is so much below [K]. Chosen: stirred water cools so far
within minutes."""

TANK_OVERHEATED_K = 3
"""A tank that is this much above every temperature that CONFIG heats it to counts as drawing nothing [K]. Chosen."""

SHIPPED: Mapping[str, float] = {
    name.lower(): value for name, value in list(globals().items()) if name.isupper() and type(value) in (int, float)
}
"""Name in CONFIG of every number -> its value unless CONFIG changes it."""

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
"""The numbers behind each word of CONFIG's `caution`: how long capacity has to last before it is used, and how fast it
is used. No limit and no cut depends on these. Chosen with `benchmarks/frontier.py`."""

_overridden: dict[str, float] = {}


def override(values: Mapping[str, float]) -> None:
    """Reset all numbers to those shipped, then apply the `values` of a CONFIG. Not to be called during a step."""
    _overridden.clear()
    _overridden.update(values)
    globals().update({name.upper(): value for name, value in {**SHIPPED, **values}.items()})


def overridden() -> str:
    """Return the numbers that differ from those shipped, as text; "" if none does."""
    return differences(_overridden)


def differences(values: Mapping[str, float]) -> str:
    """Return the values that differ from those shipped, as text: "raise_step_a 6 instead of 4"."""
    return ", ".join(
        f"{name} {value:g} instead of {SHIPPED[name]:g}" for name, value in values.items() if value != SHIPPED[name]
    )
