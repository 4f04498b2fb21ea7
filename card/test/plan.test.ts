import { describe, expect, it } from "vitest";
import { houseOf } from "../src/model/house";
import { hasPlan, HOUR_MS, lastOf, planAsked, planOf, previewOf, PRICES, priceSpanOf, pricesOf, spanWith } from "../src/model/plan";
import { NO_REASON } from "../src/model/reason";
import { times } from "../src/parts/ahead";
import { tail } from "../src/parts/plan_form";
import { sayIn } from "../src/words/words";
import { HOUSES, planned, state, statesOf } from "./houses";

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

describe("the slider of the highest price", () => {
  const at = (...prices: number[]) => {
    const slots = prices.map((price, place) => ({ start: `2026-06-01T1${place}:00Z`, end: `2026-06-01T1${place}:15Z`, price }));
    return priceSpanOf(statesOf(state(PRICES, "0.3", { unit_of_measurement: "EUR/kWh", slots })));
  };

  it("goes from what is free, or pays, to the dearest known price, and one step on there is no limit", () => {
    expect(at(0.187, 0.3121)).toEqual({ min: 0, none: 0.314, step: 0.001, decimals: 3 });
    expect(at(-0.0312, 0.2)).toEqual({ min: -0.032, none: 0.201, step: 0.001, decimals: 3 });
    expect([at(1.2, 3.456).step, at(31.2).step, at(412).step, at().none]).toEqual([0.01, 0.1, 1, 1.01]);
  });

  it("reaches to a limit that is set beyond them", () => {
    const span = at(0.1, 0.3);
    expect(spanWith(span, 0.3)).toBe(span);
    expect(spanWith(span, undefined)).toBe(span);
    expect(spanWith(span, 0.45)).toMatchObject({ min: 0, none: 0.451 });
    expect(spanWith(span, -0.05)).toMatchObject({ min: -0.05, none: 0.301 });
  });

  it("is the same object until the prices are others: loads are not drawn anew for it", () => {
    expect(priceSpanOf(states)).toBe(priceSpanOf(states));
    expect(houseOf(states, null).priceSpan).toBe(priceSpanOf({ ...states }));
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
  const zone = { language: "en", zone: "UTC", nowMs: NOW_MS };

  it("begins its form with what CONFIG asks for", () => {
    const told = { plan_state: "waiting", plan_asked: { soc_target_pct: 80, ready_by: "06:30", max_price: 0.3 } };
    expect(planOf(told)?.asked).toEqual({ soc_target_pct: 80, readyBy: "06:30", max_price: 0.3 });
    const odd = { plan_state: "waiting", plan_asked: { energy_kwh: "20", ready_by: "CONFIG's times" } };
    expect(planOf(odd)?.asked).toEqual({});
  });

  it("has the times of its blocks in its line, without any its reason, and without that its cost", () => {
    const place = { ...zone, priceUnit, say: sayIn("en") };
    expect(tail(car!.plan!, place, NOW_MS)).toBe("21:15–23:45, 00:15–01:30");
    const unplanned = { ...car!.plan!, slots: [] };
    expect(tail(unplanned, place, NOW_MS)).toBe(`${car!.plan!.reason.sentence}`);
    expect(tail({ ...unplanned, reason: NO_REASON }, place, NOW_MS)).toBe("2.31 EUR");
  });

  it("says when each block begins and ends, adjoining ones as one", () => {
    const slot = (from: string, to: string) => ({ startMs: Date.parse(`2026-06-01T${from}Z`), endMs: Date.parse(`2026-06-01T${to}Z`), price: null });
    expect(times([slot("21:15", "21:30"), slot("21:30", "23:45"), slot("02:00", "02:15")], zone)).toBe("02:00–02:15, 21:15–23:45");
    expect(times(Array.from({ length: 6 }, (_, at) => slot(`0${at}:00`, `0${at}:15`)), zone).endsWith(", …")).toBe(true);
  });
});

describe("the preview of a plan", () => {
  it("has its blocks, its cost, that of charging at once, and what would be missing", () => {
    const block = { start: "2026-06-01T21:15:00Z", end: "2026-06-01T23:45:00Z", price: 0.18, kw: 7.4 };
    const told = { plan: [block], plan_cost: 2.31, plan_cost_at_once: 3.9, missing_kwh: 1.5, plan_state: "late" };
    expect(previewOf(told)).toMatchObject({ slots: [{ price: 0.18 }], cost: 2.31, atOnce: 3.9, missingKwh: 1.5 });
    expect(previewOf({ missing_kwh: null })).toEqual({ slots: [], cost: null, atOnce: null, missingKwh: 0, reason: NO_REASON });
  });

  it("names the day of a block that is a day ahead", () => {
    const startMs = NOW_MS + 24 * HOUR_MS;
    const slots = [{ startMs, endMs: startMs + HOUR_MS, price: null }];
    expect(times(slots, { language: "en", zone: "UTC", nowMs: NOW_MS })).toBe("Tue 17:05–18:05");
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
