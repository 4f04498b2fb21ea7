/** Houses as Home Assistant shows them: what the tests and the page in dev/ look at. */

import type { HassState } from "../src/ha";
import type { Reason } from "../src/model/reason";

export type States = Record<string, HassState>;
type Told = Readonly<Record<string, unknown>>;

export function state(entity_id: string, value: string, attributes: Told = {}): HassState {
  return { entity_id, state: value, attributes, last_changed: "2026-06-01T12:00:00+00:00" };
}

/** A reason as an entity has it: in English, with its code and values. */
function explained(reason: Reason | string, name = "reason"): Told {
  const { sentence, code, values } = typeof reason === "string" ? why("", reason) : reason;
  return { [name]: sentence, [`${name}_code`]: code || null, [`${name}_values`]: values };
}

function why(code: string, sentence: string, values: Reason["values"] = {}): Reason {
  return { sentence, code, values };
}

function of(load: string, { sentence, code, values }: Reason): Reason {
  return { sentence: `${load}: ${sentence}`, code, values: { load, ...values } };
}

const IDLE = why("all_it_can_use", "has all it can use");
const ALL_WELL = why("site_has_all", "every load has what it can use");
const WARM = why("tank_hot_enough", "at 51 °C, hot enough, heats again below 45 °C", { temperature_c: 51, again_c: 45 });

const CHARGER_MODES = ["standard", "solar_priority", "solar_only", "excess", "off"];

export interface Facts {
  readonly at?: string;
  readonly draw?: Told;
  readonly share?: string;
  readonly more?: Told;
}

export function charger(name: string, status: string, mode: string, reason: Reason | string, facts: Facts = {}): HassState {
  const phases = Object.keys(facts.draw ?? { L1: 0, L2: 0, L3: 0 });
  return state(`sensor.fusebox_${name}`, facts.share ?? "16.0", {
    friendly_name: `Fusebox ${name}`,
    unit_of_measurement: "A",
    type: "number",
    circuit: facts.at ?? "main",
    phases,
    modes: CHARGER_MODES,
    boosted: false,
    min_a: 6,
    max_a: 16,
    highest_a: 25,
    mode,
    status,
    ...explained(reason),
    draw_a: facts.draw ?? { L1: 0, L2: 0, L3: 0 },
    ...facts.more,
  });
}

export function appliance(name: string, type: string, status: string, mode: string, reason: Reason | string, facts: Facts = {}): HassState {
  const { min_a: _min, max_a: _max, highest_a: _highest, ...attributes } = charger(name, status, mode, reason, facts).attributes;
  const modes = type === "tank" ? ["normal", "solar_only", "excess", "boost", "off"] : ["continuous", "solar_only", "excess", "off"];
  return state(`sensor.fusebox_${name}`, facts.share ?? "0", { ...attributes, type, modes, unit_of_measurement: "W" });
}

export function site(value: string, reason: Reason | string, gridA: Told, loads: readonly HassState[], more: Told = {}): HassState {
  return state("sensor.fusebox_site", value, {
    voltage_v: 230,
    fuse_a: 25,
    circuits: {},
    distribution: "priority",
    grid_a: gridA,
    loads: loads.map((load) => load.entity_id),
    solar_w: null,
    battery_soc_pct: null,
    battery_charge_w: null,
    ...explained(reason),
    errors: [],
    warnings: [],
    ...more,
  });
}

export function statesOf(...all: readonly HassState[]): States {
  return Object.fromEntries(all.map((each) => [each.entity_id, each]));
}

const RADIATORS = state("pyscript.radiator_status", "2", {
  friendly_name: "Fusebox heating",
  radiators: ["living", "bath", "office", "kitchen"],
  live: [1, 1, 0, 0],
  requested: [1, 1, 1, 0],
  boost: [0, 1, 0, 0],
  allowed: 2,
  reason: "2 of 3 that want heat are on",
});

function peak(projected: string, more: Told = {}): HassState {
  const told = { target_kw: 4, month_peak_kw: 3.6, seconds_left: 480, window_min: 15, allowed_import_w: 3900, reason: "kept to 4.0 kW" };
  return state("sensor.fusebox_peak", projected, { ...told, ...more });
}

function sunnyNoon(): States {
  const limitedBySun = why("limited_by_surplus", "limited to 9.4 A by the surplus of 6.5 kW", { share_a: 9.4, room_kw: 6.5 });
  const loads = [
    charger("car", "charging", "solar_only", limitedBySun, {
      draw: { L1: 9.2, L2: 9.2, L3: 9.2 },
      share: "9.4",
    }),
    appliance("pool_pump", "plug", "on", "solar_only", IDLE, { draw: { L2: 4.8 }, share: "1100" }),
  ];
  const told = { solar_w: 9200, battery_soc_pct: 84, battery_charge_w: 300 };
  const energy = state("sensor.fusebox_car_energy", "812.4", { session_kwh: 14.2, session_solar_pct: 93 });
  return statesOf(site("ok", ALL_WELL, { L1: -2.6, L2: 2.9, L3: -1.4 }, loads, told), ...loads, energy);
}

function tightEvening(): States {
  const fuse = { circuit: "main", phase: "L2", rating_a: 25, house_a: 17.3 };
  const car = why("limited_by_fuse", "limited to 7.2 A by the main fuse (L2, 25 A): house 17.3 A", { share_a: 7.2, ...fuse });
  const van = why("limited_by_fuse", "needs 6 A, limited by the main fuse (L2, 25 A): car 7.2 A, house 17.3 A", {
    min_a: 6,
    loads: "car 7.2 A",
    ...fuse,
  });
  const loads = [
    charger("car", "charging", "standard", car, {
      draw: { L1: 7.1, L2: 7.1, L3: 7.1 },
      share: "7.2",
      at: "garage",
    }),
    charger("van", "paused", "standard", van, {
      share: "0.0",
      at: "garage",
    }),
    appliance("tank", "tank", "off", "normal", WARM, { draw: { L3: 0 } }),
  ];
  const circuits = { garage: { fuse_a: 16, parent: "main", flow_a: { L1: 8.4, L2: 7.6, L3: 7.1 } } };
  const grid = { L1: 15.8, L2: 24.4, L3: 12.6 };
  return statesOf(site("limited", of("car", car), grid, loads, { circuits }), ...loads, peak("3.7"), RADIATORS);
}

function fault(): States {
  const reason = why("unavailable", "its control entity is unavailable");
  const loads = [
    charger("car", "fault", "standard", reason, { draw: {}, share: "6.0", more: { phases: ["L1", "L2", "L3"] } }),
    appliance("pool_pump", "plug", "on", "continuous", IDLE, { draw: { L2: 4.8 }, share: "1100" }),
  ];
  const told = { errors: ["car: the OCPP integration does not answer"], warnings: ["site.main_fuse_a: 25 A and no margin"] };
  return statesOf(site("fault", of("car", reason), { L1: 12.1, L2: 27.8, L3: 3.2 }, loads, told), ...loads);
}

function dryRun(): States {
  const would = "set number.wall_current from 6 to 10 A";
  const values = { share_a: 10.8, circuit: "main", phase: "L1", rating_a: 25, house_a: 14.2 };
  const sentence = "limited to 10.8 A by the main fuse (L1, 25 A): house 14.2 A";
  const reason = { ...why("limited_by_fuse", `would ${would}: ${sentence}`), values: { would, ...values } };
  const whole = { ...why("limited_by_fuse", `would ${would}: car: ${sentence}`), values: { would, load: "car", ...values } };
  const loads = [charger("car", "charging", "standard", reason, { draw: { L1: 6 }, share: "6.0" })];
  return statesOf(site("dry_run", whole, { L1: 14.2 }, loads), ...loads);
}

function empty(): States {
  return statesOf(site("ok", ALL_WELL, { L1: 3.1, L2: 0.8, L3: 1.9 }, []));
}

function tenLoads(): States {
  const paused = why("paused_by_until", "paused by car_park L1 until at least 18:40", { limit: "car_park L1", until: "18:40" });
  const shared = why("limited_by_fuse", "limited to 6 A by the car_park fuse (L1, 32 A): house 0 A", {
    share_a: 6,
    circuit: "car_park",
    phase: "L1",
    rating_a: 32,
    house_a: 0,
  });
  const heats = why("tank_heats", "heats from 55 °C to 65 °C", { temperature_c: 55, target_c: 65 });
  const sun = why("waits_for_energy", "waits for sun: 0.2 kW left, needs 1.1 kW", { energy: "sun", free_kw: 0.2, need_kw: 1.1 });
  const chargers = Array.from({ length: 6 }, (_, place) =>
    charger(`place_${place + 1}`, place < 4 ? "charging" : "waiting", "standard", place < 4 ? shared : paused, {
      draw: place < 4 ? { L1: 6, L2: 6, L3: 6 } : { L1: 0, L2: 0, L3: 0 },
      share: place < 4 ? "6.0" : "0.0",
      at: "car_park",
    }),
  );
  const loads = [
    ...chargers,
    appliance("tank", "tank", "on", "solar_only", heats, { draw: { L3: 10.9 }, share: "2500" }),
    appliance("pool_pump", "plug", "off", "solar_only", sun, { draw: { L2: 0 } }),
    appliance("heat_pump", "sg_ready", "on", "continuous", IDLE, { draw: { L1: 3, L2: 3, L3: 3 }, share: "3000" }),
    appliance("heating", "radiators", "on", "continuous", IDLE, { draw: { L1: 8.7 }, share: "2000", more: { boosted: undefined } }),
  ];
  const circuits = { car_park: { fuse_a: 32, parent: "main", flow_a: { L1: 24, L2: 24, L3: 24 } } };
  const told = { fuse_a: 63, circuits, solar_w: 4100, battery_soc_pct: 61, battery_charge_w: -1200 };
  return statesOf(site("limited", of("place_5", paused), { L1: 33.1, L2: 27.4, L3: 36 }, loads, told), ...loads, peak("14.2", { target_kw: 16, month_peak_kw: 15.2 }), RADIATORS);
}

const iso = (atMs: number) => new Date(atMs).toISOString();

/** A car that waits for the night, on one phase of three; prices of quarter hours. */
export function planned(nowMs = Date.parse("2026-06-01T17:05:00Z")): States {
  const quarter = 900_000;
  const from = Math.floor(nowMs / quarter) * quarter;
  const priceAt = (place: number) => 0.24 + 0.11 * Math.cos(((place - 6) / 48) * 2 * Math.PI) - (place % 7 === 0 ? 0.02 : 0);
  const slots = Array.from({ length: 96 }, (_, place) => ({
    start: iso(from + place * quarter),
    end: iso(from + (place + 1) * quarter),
    price: Math.round(1e4 * priceAt(place)) / 1e4,
  }));
  const block = (first: number, last: number, kw: number) => ({ start: slots[first]!.start, end: slots[last]!.end, price: slots[first]!.price, kw });
  const waits = why("plan_waits", "waits until 23:30: the 3rd cheapest of 52 quarter hours at 0.182 EUR/kWh (it needs 12), 20 kWh by 07:00 for 2.31 EUR", {
    start: "23:30",
    rank_nth: 3,
    quarters: 52,
    needed_quarters: 12,
    block_price: 0.182,
    currency: "EUR",
    energy_kwh: 20,
    due: "07:00",
    planned_cost: 2.31,
  });
  const runs = why("plan_runs", "runs by its plan until 20:00 for 0.40 EUR", { until: "20:00", planned_cost: 0.4, currency: "EUR" });
  const loads = [
    charger("car", "waiting", "solar_only", waits, {
      draw: { L1: 0, L2: 0, L3: 0 },
      share: "0.0",
      more: {
        vehicle: "ioniq_5",
        vehicles: ["ioniq_5", "zoe", "guest"],
        soc_pct: 46,
        ready_at: slots[33]!.end,
        phases_used: ["L1"],
        phase_switches: 2,
        ...explained(why("one_phase_by_energy", "on one phase: not enough sun for three", { energy: "sun" }), "phases_reason"),
        plan_state: "waiting",
        plan_cost: 2.31,
        plan_asked: { soc_target_pct: 80, ready_by: "06:30" },
        ...explained(waits, "plan_reason"),
        plan: [block(17, 26, 7.4), block(29, 33, 11)],
      },
    }),
    appliance("pool_pump", "plug", "on", "continuous", runs, {
      draw: { L2: 4.8 },
      share: "1100",
      more: { plan_state: "running", plan_cost: 0.4, ...explained(runs, "plan_reason"), plan: [block(0, 3, 1.1)] },
    }),
    appliance("tank", "tank", "off", "normal", WARM, { draw: { L3: 0 }, more: { plan_state: "none" } }),
  ];
  const prices = state("sensor.fusebox_prices", "0.31", { unit_of_measurement: "EUR/kWh", slots });
  return statesOf(site("ok", ALL_WELL, { L1: 3.1, L2: 7.9, L3: 1.4 }, loads), ...loads, prices);
}

export const HOUSES = { sunnyNoon, tightEvening, fault, dryRun, empty, tenLoads } as const;
