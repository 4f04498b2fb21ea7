import { describe, expect, it } from "vitest";
import { houseOf } from "../src/model/house";
import { hasPlan, HOUR_MS, lastOf, planAsked, planOf, pricesOf } from "../src/model/plan";
import { NO_REASON } from "../src/model/reason";
import { times } from "../src/parts/ahead";
import { tail } from "../src/parts/plan_form";
import { sayIn } from "../src/words/words";
import { HOUSES, planned } from "./houses";

const NOW_MS = Date.parse("2026-06-01T17:05:00Z");
const states = planned(NOW_MS);
const { loads, priceUnit } = houseOf(states, null);
const hoursAhead = (endMs: number) => (endMs - NOW_MS) / HOUR_MS;

describe("what is asked of a plan", () => {
  it("has no highest price where none is written, which is not 0", () => {
    expect(planAsked("07:00", "20", "energy_kwh", " ")).toEqual({ ready_by: "07:00", energy_kwh: 20 });
    expect(planAsked("07:00", "80", "soc_target_pct", "0")).toEqual({ ready_by: "07:00", soc_target_pct: 80, max_price: 0 });
  });

  it("is a price alone where no amount is written", () => {
    expect(planAsked("07:00", "", "energy_kwh", "0.12")).toEqual({ max_price: 0.12 });
  });
});

describe("a plan", () => {
  it("is there to be cleared until it is done", () => {
    expect(loads.map((load) => load.plan !== null && hasPlan(load.plan))).toEqual([true, true, false]);
    expect(hasPlan({ state: "done", reason: NO_REASON, cost: null, slots: [], asked: {} })).toBe(false);
  });

  it("is no part of a load that can have none", () => {
    expect(houseOf(HOUSES.sunnyNoon(), null).loads.map((load) => load.plan)).toEqual([null, null]);
  });
});

describe("what a plan shows", () => {
  const [car] = loads;
  const zone = { language: "en", zone: "UTC" };

  it("begins its form with what CONFIG asks for", () => {
    const told = { plan_state: "waiting", plan_asked: { soc_target_pct: 80, ready_by: "06:30", max_price: 0.3 } };
    expect(planOf(told)?.asked).toEqual({ soc_target_pct: 80, readyBy: "06:30", max_price: 0.3 });
    const odd = { plan_state: "waiting", plan_asked: { energy_kwh: "20", ready_by: "CONFIG's times" } };
    expect(planOf(odd)?.asked).toEqual({});
  });

  it("has one cost in its line: the reason has it already", () => {
    expect(tail(car!.plan!, "EUR/kWh", sayIn("en"), "en")).toBe(` · ${car!.plan!.reason.sentence}`);
    expect(tail({ ...car!.plan!, reason: NO_REASON }, "EUR/kWh", sayIn("en"), "en")).toBe(" · 2.31 EUR");
  });

  it("says when each block begins and ends, adjoining ones as one", () => {
    const slot = (from: string, to: string) => ({ startMs: Date.parse(`2026-06-01T${from}Z`), endMs: Date.parse(`2026-06-01T${to}Z`), price: null });
    expect(times([slot("21:15", "21:30"), slot("21:30", "23:45"), slot("02:00", "02:15")], zone)).toBe("02:00–02:15, 21:15–23:45");
    expect(times(Array.from({ length: 6 }, (_, at) => slot(`0${at}:00`, `0${at}:15`)), zone).endsWith(", …")).toBe(true);
  });
});

describe("the time ahead", () => {
  it("ends now where nothing is known of it", () => {
    expect(lastOf(NOW_MS, 6, [], [])).toBe(NOW_MS);
  });

  it("is as long as the past where there are prices", () => {
    expect(hoursAhead(lastOf(NOW_MS, 6, pricesOf(states), []))).toBe(6);
  });

  it("shows a night's plan whole, and no plan for the day after tomorrow", () => {
    const [car] = loads;
    expect(lastOf(NOW_MS, 6, pricesOf(states), loads)).toBe(car?.plan?.slots.at(-1)?.endMs);
    const far = { plan: { ...car!.plan!, slots: [{ startMs: NOW_MS, endMs: NOW_MS + 40 * HOUR_MS, price: null }] } };
    expect(hoursAhead(lastOf(NOW_MS, 6, [], [far]))).toBe(14);
  });

  it("has prices in their unit, and none where there is no such entity", () => {
    expect(priceUnit).toBe("EUR/kWh");
    expect(houseOf(HOUSES.sunnyNoon(), null).priceUnit).toBe("");
  });
});
