"""The house load without chargers and loads with a plan: what the meters show of it now, learnt in quarter hours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

from ...control.estimators.draws import assumed_draw_a
from ...control.estimators.phases_in_use import narrow_phases
from ...control.limits.fuses import fuse_name
from ...model.data_quality import DataQuality, reading_quality
from ...model.durations import HOURS_A_DAY, QUARTER_S
from ...model.electrics import Phase, amps, watts
from ...model.equipment import OPENS_IN_A_MINUTE_RATIO, sum_or_none
from ...model.memory import Memory
from ...model.numbers import number_of
from ...model.site import MAIN, Site
from ...model.snapshot import NEVER, Reading, Snapshot, Status
from ...planning.house_model import HouseModel, Usual, house_model_from
from ...planning.times import Ahead
from ...planning.wires import RADIATORS, sheds_radiators, without_yielding
from .modes import can_be_planned
from .plan_file import LearntHours


def import_without_planned_kw(site: Site, snapshot: Snapshot, memory: Memory) -> float | None:
    """Return the import without loads that can be planned, and without battery charging [kW]; negative for export.

    None while a phase has no recent reading. A battery without one counts as not charging.
    """
    flow_a = sum_or_none(_recent_flows_a(site, snapshot, MAIN).values())
    if flow_a is None:
        return None
    flow_a -= sum(planned_loads_draw_a(site, snapshot, memory).values())
    return (watts(flow_a, site.voltage_v) - max(snapshot.battery_charge_w.value or 0.0, 0.0)) / 1000


def _recent_flows_a(site: Site, snapshot: Snapshot, circuit: str) -> Mapping[Phase, float | None]:
    """Return phase -> current at a circuit's own meter [A]; None for a phase without a reading, or with a stale one."""
    readings = snapshot.grid_a.get(circuit, {})
    return {p: r.value if reading_quality(site, r) is DataQuality.GOOD else None for p, r in readings.items()}


def house_load_now_kw(
    site: Site, snapshot: Snapshot, memory: Memory, circuit: str = MAIN, *, without_radiators_above_one: bool = False
) -> Mapping[Phase, float]:
    """Return phase -> house load without the loads that can be planned [kW], at least 0, under a circuit's own meter.

    A phase is left out without a recent reading, and where the load would open any breaker within a minute: neither a
    stray reading nor a meter that repeats its last value for hours must teach the planner for weeks. At the main fuse,
    sun and battery are added to the import; then it is empty while one of these readings is missing. Under any other
    circuit they feed nothing. `without_radiators_above_one`: without `radiators_above_one_a` as well.
    """
    metered_a, drawn = _recent_flows_a(site, snapshot, circuit), planned_loads_draw_a(site, snapshot, memory, circuit)
    if without_radiators_above_one:
        drawn = {phase: a + radiators_above_one_a(site, snapshot, circuit, phase) for phase, a in drawn.items()}
    rest_a = {phase: a - drawn[phase] for phase, a in metered_a.items() if a is not None}
    if circuit == MAIN and site.has_generation:
        sources_a = _source_currents_a(site, snapshot)
        if sources_a is None or len(rest_a) < len(site.phases):
            return {}
        from_inverter_a, unplaced_a = sources_a
        if from_inverter_a and site.inverter.wiring != "parallel":
            # The power of everything behind the inverter flows through it.
            rest_a = {phase: a - drawn[phase] for phase, a in from_inverter_a.items()}
        elif from_inverter_a:
            rest_a = {phase: a + from_inverter_a[phase] for phase, a in rest_a.items()}
        used_a = place_sources(list(rest_a.values()), unplaced_a)
        gives_unmeasured = any(load.can.discharges for load in site.loads)
        if not gives_unmeasured and (site.measures_sun or from_inverter_a):
            used_a = _spread_negative_uses(used_a)
        rest_a = dict(zip(rest_a, used_a, strict=True))
    most_a = OPENS_IN_A_MINUTE_RATIO * site.circuit(circuit).fuse_a
    return {phase: watts(max(a, 0.0), site.voltage_v) / 1000 for phase, a in rest_a.items() if a <= most_a}


def planned_loads_draw_a(site: Site, snapshot: Snapshot, memory: Memory, circuit: str = MAIN) -> Mapping[Phase, float]:
    """Return phase -> draw under a fuse of the loads that can be planned [A], on the phases they are known to use.

    Without a sensor a switched load counts with its rated current while it is on, and a charger with its offer, as far
    as the meter has confirmed it. A charger without a car draws nothing, whatever its sensor still displays.
    """
    used, narrowed = narrow_phases(site, snapshot, memory)
    states = {name: state for name, state in narrowed.loads.items() if state.status is not Status.UNPLUGGED}
    loads = [load for load in used.loads_below(circuit) if can_be_planned(load) and load.name in states]
    found = {}
    for phase in site.phases:
        measured_a = [states[load.name].draw_a[phase] or 0.0 for load in loads]
        unmeasured = [n for n in loads if phase in n.phases and states[n.name].draw_a[phase] is None]
        switched_a = [assumed_draw_a(load, states[load.name]) for load in unmeasured if load.on_off]
        offered_a = sum(assumed_draw_a(load, states[load.name]) for load in unmeasured if not load.on_off)
        house_load = memory.house_load.get(fuse_name(circuit, phase))
        if house_load is not None and house_load.proof is not None:
            offered_a = min(offered_a, house_load.proof.proven_a)
        found[phase] = sum(measured_a) + sum(switched_a) + offered_a
    return found


def radiators_above_one_a(site: Site, snapshot: Snapshot, circuit: str, phase: Phase) -> float:
    """Return the draw of the radiators under a fuse, without one of each group, on a phase [A].

    That much makes way for the loads served before them, unless all share equally: minimums go first.
    """
    groups = [load for load in site.loads_below(circuit) if load.type == RADIATORS]
    return sum(max((snapshot.state_of(load.name).draw_a[phase] or 0.0) - load.step_a, 0.0) for load in groups)


def place_sources(rest_a: Sequence[float], sources_a: Sequence[float]) -> list[float]:
    """Return the use on each phase [A] where it is unknown which phases the sources feed.

    `rest_a`: the phases' currents without the sources. Each source feeds all phases equally or one only; of the
    combinations, that with the least negative use counts, the more equal one first.
    """
    every = range(len(rest_a))
    ways = [[1 / len(rest_a) for _ in every], *([float(phase == alone) for phase in every] for alone in every)]
    found = []
    for each in product(ways, repeat=len(sources_a)):
        fed_a = [sum(source * way[phase] for source, way in zip(sources_a, each, strict=True)) for phase in every]
        found.append([a + fed for a, fed in zip(rest_a, fed_a, strict=True)])
    return min(found, key=lambda used_a: round(_negative_sum_a(used_a), 1))


def _spread_negative_uses(used_a: Sequence[float]) -> list[float]:
    """Return the uses with negative ones set to 0 and the others scaled down, so that the sum stays as it was."""
    taken_a = sum(max(a, 0.0) for a in used_a)
    share = max(1 - _negative_sum_a(used_a) / taken_a, 0.0) if taken_a else 0.0
    return [max(a, 0.0) * share for a in used_a]


def _negative_sum_a(used_a: Sequence[float]) -> float:
    """Return the sum of the negative uses [A], as a positive number."""
    return sum(max(-a, 0.0) for a in used_a)


def _source_currents_a(site: Site, snapshot: Snapshot) -> tuple[Mapping[Phase, float], list[float]] | None:
    """Return the inverter's output by phase, and the currents of further sources whose phases are unknown [A].

    The output is empty unless all phases are measured. None while a reading is missing; a sun sensor that is silent at
    night counts as 0.
    """
    is_night = snapshot.sun_up is False
    solar_w = _value_or_asleep(snapshot.solar_w, is_night) if site.measures_sun else 0.0
    charge_w = _value_or_asleep(snapshot.battery_charge_w) if site.batteries else 0.0
    if solar_w is None or charge_w is None:
        return None
    solar_a, battery_a = amps(solar_w, site.voltage_v), amps(-charge_w, site.voltage_v)
    if not site.inverter.output.keys() >= set(site.phases):
        return {}, [solar_a, battery_a]
    sleeps = is_night and not site.batteries
    output_a = {phase: _value_or_asleep(snapshot.inverter_a.get(phase, NEVER), sleeps) for phase in site.phases}
    given_a = {phase: a for phase, a in output_a.items() if a is not None}
    if len(given_a) < len(output_a):
        return None
    # Some inverters include the battery's power, others do not.
    total_a = sum(given_a.values())
    counts_battery = not site.measures_sun or abs(total_a - solar_a - battery_a) <= abs(total_a - solar_a)
    return given_a, [] if counts_battery or site.inverter.wiring != "parallel" else [battery_a]


def _value_or_asleep(reading: Reading, sleeps: bool = False) -> float | None:
    """Return the value of a reading; 0 for an inverter that sleeps (`sleeps`) and has none."""
    return 0.0 if reading.value is None and sleeps else reading.value


class FuseWatch:
    """Averages the present quarter hour behind one meter, and learns from it when it is over."""

    def __init__(self) -> None:
        self.model = HouseModel()
        self._quarter, self._wall_s = -1, 0.0
        """The present quarter hour, and the wall time of its start [s]."""
        self._sums: dict[Phase, tuple[float, int]] = {}

    def add_draw(self, taken_kw: Mapping[Phase, float], now_s: float, ahead: Ahead) -> None:
        """Add the present draw; at the first of a new quarter hour, learn the means of the one before.

        Phases without a value add nothing to their mean.
        """
        quarter = int(now_s // QUARTER_S)
        if quarter != self._quarter:
            if self._sums:
                self.model = self.model.add_quarter_hour(self._means(), self._wall_s)
            start_s = quarter * QUARTER_S
            self._quarter, self._wall_s, self._sums = quarter, start_s + ahead(start_s), {}
        for phase, kw in taken_kw.items():
            total, count = self._sums.get(phase, (0.0, 0))
            self._sums[phase] = total + kw, count + 1

    def model_for_planning(self) -> HouseModel:
        """Return the model to plan with: the learnt one.

        Until something is learnt, the mean of the present quarter hour.
        """
        return self.model if self.model.hours else HouseModel().add_quarter_hour(self._means(), self._wall_s)

    def _means(self) -> dict[Phase, float]:
        """Return phase -> mean of the present quarter hour [kW]."""
        return {phase: total / count for phase, (total, count) in self._sums.items()}


class HouseWatch:
    """Learns the house load of the main fuse, and of each circuit with its own meter and a load that can be planned."""

    def __init__(self) -> None:
        self._watches = {MAIN: FuseWatch()}
        self.now_kw: dict[str, Mapping[Phase, float]] = {}
        """Circuit -> phase -> the present draw there [kW], as far as it is measured."""

    def restore(self, house: LearntHours, circuits: Mapping[str, LearntHours]) -> None:
        """Continue from what was learnt before a restart; a meter that has learnt something already keeps that."""
        for name, learnt in {MAIN: house, **circuits}.items():
            watch = self._watches.setdefault(name, FuseWatch())
            if not watch.model.hours:
                watch.model = house_model_from(learnt)

    def values_to_persist(self) -> tuple[LearntHours, Mapping[str, LearntHours]]:
        """Return what has to be persisted: for the house, and for each circuit."""
        learnt = {name: watch.model.to_plain_values() for name, watch in self._watches.items()}
        return learnt.pop(MAIN), learnt

    def add_draws(self, site: Site, planned: Site, snapshot: Snapshot, memory: Memory, ahead: Ahead) -> None:
        """Add the present draws behind the main meter and each meter above a load that can be planned.

        `planned`: the site without the loads that run unplanned. Behind a meter with those, or with radiators, that
        make way for others, the draws without what makes way are added too, under a name of their own. A finished
        quarter hour is learnt; the models of other meters are dropped. Sets `now_kw`.
        """
        metered = [c.name for c in site.circuits if c.grid and any(map(can_be_planned, site.loads_below(c.name)))]
        names = [*dict.fromkeys((MAIN, *metered))]
        sheds, radiators = sheds_radiators(site), {load.name for load in site.loads if load.type == RADIATORS}
        yielding = site.by_name.keys() - planned.by_name.keys() | (radiators if sheds else set())
        apart = [name for name in names if any(load.name in yielding for load in site.loads_below(name))]
        self.now_kw = {name: house_load_now_kw(planned, snapshot, memory, name) for name in names} | {
            without_yielding(name): house_load_now_kw(site, snapshot, memory, name, without_radiators_above_one=sheds)
            for name in apart
        }
        if not radiators:
            self._hand_over_models(names, apart)
        self._watches = {name: self._watches.get(name) or FuseWatch() for name in self.now_kw}
        for name, watch in self._watches.items():
            watch.add_draw(self.now_kw[name], snapshot.now_s, ahead)

    def _hand_over_models(self, names: Sequence[str], apart: Sequence[str]) -> None:
        """Start each model without yielding loads as a copy of its meter's; once none yield, it replaces that one.

        `names`: the meters; `apart`: those with yielding loads behind them. Otherwise a load that gets a plan would
        leave itself no headroom for weeks, as its draw was learnt as the house.
        """
        for name in names:
            rest = without_yielding(name)
            if name not in apart:
                self._watches[name] = self._watches.get(rest) or self._watches.get(name) or FuseWatch()
            elif rest not in self._watches and name in self._watches:
                self._watches[rest] = FuseWatch()
                self._watches[rest].model = self._watches[name].model

    def models_for_planning(self, house: object, site: Site) -> tuple[HouseModel, Mapping[str, HouseModel]]:
        """Return the models to plan with: of the main fuse, and circuit -> its own.

        `house`: a power from CONFIG that counts in place of what was learnt at the main fuse [W], None for none.
        """
        found = {name: watch.model_for_planning() for name, watch in self._watches.items()}
        learnt = found.pop(MAIN)
        house_w = number_of(house)
        if house_w is not None:
            each_kw = house_w / 1000 / max(len(site.phases), 1)
            learnt = HouseModel({at: Usual(each_kw) for at in product(site.phases, range(HOURS_A_DAY))})
            found.pop(without_yielding(MAIN), None)
        return learnt, found
