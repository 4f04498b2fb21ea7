import { describe, expect, it, vi } from "vitest";
import { type Hass, linkOf, type Seen, seenLink } from "../src/ha";
import { ageOf, sameAge } from "../src/model/age";
import { flowOf } from "../src/model/flow";
import { houseOf } from "../src/model/house";
import { phasesOf } from "../src/model/load";
import { amps, figure, kw } from "../src/model/numbers";
import { groupsOf } from "../src/model/radiators";
import { batteryWay, differs, importW, siteOf } from "../src/model/site";
import { tariffOf, windowOf } from "../src/model/tariff";
import { shownOf } from "../src/model/service";
import { session } from "../src/parts/answer";
import { share } from "../src/parts/share";
import { carOf, sayIn } from "../src/words/words";
import { appliance, charger, HOUSES, planned, site, state, type States, statesOf } from "./houses";

const house = (states: States) => houseOf(states, null);

describe("the house", () => {
  it("finds the loads that the site lists, in that order", () => {
    expect(house(HOUSES.tightEvening()).loads.map((load) => load.title)).toEqual(["Car", "Van", "Tank"]);
  });

  it("is missing where Fusebox does not run", () => {
    expect(house({}).site.state).toBe("missing");
    expect(house(statesOf(state("sensor.fusebox_site", "unavailable"))).site.state).toBe("missing");
  });

  it("lives through attributes that are not what they should be", () => {
    const told = { grid_a: "none", circuits: [1], loads: [3, "sensor.fusebox_gone"], errors: null, fuse_a: "25" };
    expect(house(statesOf(state("sensor.fusebox_site", "ok", told)))).toMatchObject({ loads: [], site: { phases: [], fuseA: null } });
  });

  it("is of another version than the card only where the scripts say so", () => {
    const of = (told: Record<string, unknown>) => differs(siteOf(statesOf(state("sensor.fusebox_site", "ok", told))), "1.0.0");
    expect([of({}), of({ version: "1.0.0" }), of({ version: "1.1.0" })]).toEqual([false, false, true]);
  });

  it("is the same object while none of its entities has changed", () => {
    const states = HOUSES.sunnyNoon();
    const before = house(states);
    expect(houseOf({ ...states, "light.kitchen": state("light.kitchen", "on") }, before)).toBe(before);
  });

  it("reads only the load that has changed anew", () => {
    const states = HOUSES.sunnyNoon();
    const before = house(states);
    const car = charger("car", "paused", "solar_only", "a cloud");
    const after = houseOf({ ...states, [car.entity_id]: car }, before);
    expect(after.loads[0]).not.toBe(before.loads[0]);
    expect(after.loads[1]).toBe(before.loads[1]);
  });

  it("reads a load anew when its energy has changed", () => {
    const states = HOUSES.dryRun();
    const before = house(states);
    const energy = state("sensor.fusebox_car_energy", "12.5", { session_kwh: 4.2, session_solar_pct: 60 });
    const load = houseOf({ ...states, [energy.entity_id]: energy }, before).loads[0];
    expect([load?.sessionKwh, load?.sessionSolarPct]).toEqual([4.2, 60]);
  });
});

describe("what Home Assistant tells", () => {
  it("is old while it is away, and not whole while it starts", () => {
    const hassOf = (more: Partial<Hass>): Hass => ({ states: {}, language: "en", callService: vi.fn(), callWS: vi.fn(), ...more });
    const told = (more: Partial<Hass>) => linkOf(hassOf(more));
    expect(told({})).toBe("whole");
    expect(told({ connected: true, config: { state: "RUNNING" } })).toBe("whole");
    expect(told({ connected: false, config: { state: "RUNNING" } })).toBe("unreachable");
    expect(told({ connected: true, config: { state: "STARTING" } })).toBe("starting");
    const seen = [["STARTING", 1000], ["RUNNING", 2000], ["RUNNING", 40_000]] as const;
    let at: Seen = { link: "whole", startingMs: 0 };
    const links = seen.map(([state, nowMs]) => (at = seenLink(hassOf({ config: { state } }), at, nowMs + 1e6)).link);
    expect(links, "the scripts start after it").toEqual(["starting", "starting", "whole"]);
  });
});

describe("a load", () => {
  it.each([
    [16, 25, { min: 6, max: 16, top: 25 }],
    [25, 16, { min: 6, max: 16, top: 16 }],
    [16, undefined, { min: 6, max: 16, top: 16 }],
  ])("that is set to %s A and takes %s A at most has a slider that ends there", (max_a, highest_a, current) => {
    const car = charger("car", "charging", "standard", "", { more: { max_a, highest_a } });
    expect(house(statesOf(site("ok", "", { L1: 1 }, [car]), car)).loads[0]?.currentA).toEqual(current);
  });

  it("that is only switched has no slider", () => {
    expect(house(HOUSES.tightEvening()).loads[2]?.currentA).toBeNull();
  });

  it("whose entity is gone is told so", () => {
    const gone = state("sensor.fusebox_car", "unavailable");
    expect(house(statesOf(site("ok", "", { L1: 1 }, [gone]), gone)).loads[0]).toMatchObject({ title: "Car", status: "unavailable", share: null });
  });

  it("that is not measured draws nobody knows what, and not nothing", () => {
    expect(house(HOUSES.fault()).loads[0]?.drawW).toBeNull();
  });

  it("shows its power's entity where its amps are not told", () => {
    const power = state("sensor.fusebox_car_power", "6100");
    expect(house({ ...HOUSES.fault(), [power.entity_id]: power }).loads[0]?.drawW).toBe(6100);
    expect(house({ ...HOUSES.sunnyNoon(), [power.entity_id]: power }).loads[0]?.drawW).toBeCloseTo(6348);
  });

  it("shows on how many phases it charges and why, and whether that can be switched", () => {
    const [car, pump] = house(planned()).loads;
    expect([car?.canSwitchPhases, car?.phasesUsed, car?.phasesReason.code]).toEqual([true, 1, "one_phase_by_energy"]);
    expect([pump?.canSwitchPhases, pump?.phasesUsed]).toEqual([false, null]);
    expect(phasesOf(car!)).toBe(1);
    expect(phasesOf(house(HOUSES.sunnyNoon()).loads[0]!)).toBe(3);
  });

  it("tells its session once there is something to tell", () => {
    const told = (kwh: number) => {
      const energy = state("sensor.fusebox_car_energy", "12.5", { session_kwh: kwh, session_solar_pct: 60 });
      return session(house({ ...HOUSES.dryRun(), [energy.entity_id]: energy }).loads[0]!, sayIn("en"), "en");
    };
    expect([told(0.04), told(4.2)]).toEqual(["", "4.2 kWh this session · 60 % Sun"]);
  });

  it("names the car that is there, and those that may be", () => {
    const shown = (vehicle: string | null) => {
      const garage = charger("garage", "charging", "standard", "", { more: { vehicle, vehicles: ["ioniq_5", "guest"] } });
      const load = house(statesOf(site("ok", "", { L1: 1 }, [garage]), garage)).loads[0]!;
      return [load.vehicles.map((name) => carOf(sayIn("en"), name)), load.vehicle, shownOf(load, "vehicle", "guest")];
    };
    expect(shown("ioniq_5")).toEqual([["Ioniq 5", "Guest"], "ioniq_5", "ioniq_5"]);
    expect(shown(null)).toEqual([["Ioniq 5", "Guest"], "", ""]);
    expect(house(HOUSES.dryRun()).loads[0]?.vehicles).toEqual([]);
  });

  it("that may have nothing does not say so beside its reason", () => {
    const said = (states: States, place: number) => share(house(states).loads[place]!, sayIn("en"), "en");
    expect([0, 1, 2].map((place) => said(HOUSES.tightEvening(), place))).toEqual(["up to 7.2 A × 3", "", ""]);
    expect(said(HOUSES.sunnyNoon(), 1)).toBe("up to 1.1 kW");
  });

  it("that cannot be boosted has no such button", () => {
    expect(house(HOUSES.tenLoads()).loads.at(-1)?.boosted).toBeNull();
  });

  it("has its plan where there is one", () => {
    const slot = { start: "2026-06-01T22:00:00+02:00", end: "2026-06-01T23:00:00+02:00", price: 0.18, kw: 11 };
    const planned = charger("car", "waiting", "standard", "", { more: { plan_state: "waiting", plan: [slot], plan_reason: "by 07:00" } });
    const plan = house(statesOf(site("ok", "", { L1: 1 }, [planned]), planned)).loads[0]?.plan;
    expect(plan).toMatchObject({ state: "waiting", reason: { sentence: "by 07:00" }, slots: [{ endMs: Date.parse("2026-06-01T21:00:00Z"), price: 0.18 }] });
  });
});

describe("numbers that are old", () => {
  const nowMs = Date.parse("2026-06-01T12:10:00Z");
  const written = (minutesAgo: number, age_s = 1) => ({
    ...state("sensor.fusebox_site", "ok", { data_age_s: age_s }),
    last_updated: new Date(nowMs - minutesAgo * 60_000).toISOString(),
  });

  it("are told by their age, be it the connection, Fusebox or the meter that is silent", () => {
    expect(ageOf(written(0.4), "whole", null, nowMs)).toBeNull();
    expect(ageOf(written(0.4), "unreachable", nowMs - 130_000, nowMs)).toEqual({ minutes: 2, of: "all" });
    expect(ageOf(written(7), "whole", null, nowMs)).toEqual({ minutes: 7, of: "all" });
    expect(ageOf(written(0.4, 185), "whole", null, nowMs)).toEqual({ minutes: 3, of: "meter" });
    expect(ageOf(undefined, "unreachable", nowMs, nowMs)).toBeNull();
    expect(ageOf(state("sensor.fusebox_site", "ok"), "whole", null, nowMs), "nobody tells when").toBeNull();
  });

  it("are the same age until a minute has gone by", () => {
    const before = ageOf(written(7), "whole", null, nowMs);
    expect(sameAge(before, ageOf(written(7), "whole", null, nowMs + 30_000))).toBe(before);
    expect(sameAge(before, ageOf(written(7), "whole", null, nowMs + 90_000))).not.toBe(before);
  });
});

describe("a battery", () => {
  it("charges, discharges or rests", () => {
    expect([300, -300, 20, null].map(batteryWay)).toEqual(["in", "out", "rests", "rests"]);
  });
});

describe("where the power goes", () => {
  it.each(Object.keys(HOUSES) as (keyof typeof HOUSES)[])("adds up on both sides: %s", (name) => {
    const { site: found, loads } = house(HOUSES[name]());
    const flow = flowOf(found, loads)!;
    const total = (parts: readonly { watts: number }[]) => parts.reduce((all, each) => all + each.watts, 0);
    expect(Math.abs(total(flow.from) - total(flow.to))).toBeLessThan(30);
  });

  it("is not told while a phase is silent", () => {
    expect(flowOf(siteOf(statesOf(site("blind", "", { L1: 3, L2: null }, []))), [])).toBeNull();
    expect(importW(siteOf({}))).toBeNull();
  });

  it("takes from a car that gives", () => {
    const v2g = appliance("v2g", "quasar", "charging", "standard", "", { draw: { L1: -10 } });
    const found = house(statesOf(site("ok", "", { L1: 1 }, [v2g]), v2g));
    expect(flowOf(found.site, found.loads)?.from.map((each) => [each.key, each.watts])).toEqual([["sensor.fusebox_v2g", 2300], ["grid", 230]]);
  });
});

describe("radiators and tariff", () => {
  it("are red only beyond the target", () => {
    const peak = (kw: string) => tariffOf(statesOf(state("sensor.fusebox_peak", kw, { target_kw: 4, month_peak_kw: 2 })))!;
    expect(windowOf(peak("3"))).toEqual({ withinKw: 3, beyondKw: 0, endKw: 5 });
    expect(windowOf(peak("6"))).toEqual({ withinKw: 4, beyondKw: 2, endKw: 6 });
    expect(windowOf(peak("unknown"))).toMatchObject({ withinKw: 0, beyondKw: 0 });
  });

  it("are found by what they tell, whatever they are called", () => {
    const own = { ...HOUSES.tightEvening()["pyscript.radiator_status"]!, entity_id: "pyscript.upstairs" };
    expect(groupsOf(statesOf(own))[0]?.dots.map((dot) => dot.is)).toEqual(["on", "on", "waits", "warm"]);
  });

  it("are null where there is none, and unknown where the meter is silent", () => {
    expect(tariffOf({})).toBeNull();
    expect(tariffOf(statesOf(state("sensor.fusebox_peak", "unknown", { target_kw: 4 })))).toMatchObject({ projectedKw: null, targetKw: 4 });
  });
});

describe("numbers", () => {
  it("are written as the user's language does", () => {
    expect([kw(1234, "en"), kw(1234, "de"), amps(null, "en")]).toEqual(["1.2 kW", "1,2 kW", "– A"]);
  });

  it("have a minus that is as wide as a figure", () => {
    expect([figure(-2.6, 1, "en"), figure(-2.6, 1, "sv")]).toEqual(["−2.6", "−2,6"]);
  });

  it("have no minus before nothing", () => {
    expect(figure(-0.04, 1, "en")).toBe("0.0");
  });
});

describe("a session's limits", () => {
  it("are those that the entity shows, 0 for none", () => {
    const states = HOUSES.sunnyNoon();
    const car = states["sensor.fusebox_car"]!;
    const attributes = { ...car.attributes, stop_soc_pct: 80, stop_energy_kwh: null };
    const limited = { ...states, "sensor.fusebox_car": { ...car, attributes } };
    expect(houseOf(limited, null).loads[0]!.stops).toEqual({ stop_soc_pct: 80, stop_energy_kwh: 0 });
    expect(houseOf(states, null).loads[0]!.stops).toEqual({});
  });
});
