import { describe, expect, it } from "vitest";
import { dateIn, monthNow } from "../src/model/numbers";
import { everybodyIn, periodsOf, totalsOf } from "../src/model/sessions";

const total = (period: string, load: string, vehicle: string | null, kwh: number, more: object = {}) => ({
  period,
  load,
  vehicle,
  kwh,
  solar_pct: null,
  cost: null,
  saved: null,
  ...more,
});
const told = {
  totals: [
    total("2026-11", "left", "ioniq_5", 30, { solar_pct: 50, cost: 6, saved: 2 }),
    total("2026-11", "right", "ioniq_5", 10, { solar_pct: 90, cost: 1, saved: -0.5 }),
    total("2026-11", "pool", null, 5),
    total("2026-10", "left", "guest", 20, { cost: 4 }),
  ],
};
const totals = totalsOf(told);

describe("the sessions of a month", () => {
  it("are added up, the solar share by energy, each sum over what is known", () => {
    const [november] = periodsOf(totals, "", 12);
    expect(november?.sum).toEqual({ kwh: 45, solarPct: 60, cost: 7, saved: 1.5 });
  });

  it("are told by car, wherever it charged, and by load where no car is known", () => {
    const [november] = periodsOf(totals, "", 12);
    expect([...november!.parts.keys()]).toEqual(["ioniq_5", "pool"]);
    expect(november?.parts.get("ioniq_5")?.kwh).toBe(40);
    expect(november?.parts.get("pool")).toEqual({ kwh: 5, solarPct: null, cost: null, saved: null });
  });

  it("are shown newest first, of one car alone, and no more than asked for", () => {
    expect(periodsOf(totals, "", 12).map((each) => each.period)).toEqual(["2026-11", "2026-10"]);
    expect(periodsOf(totals, "guest", 12).map((each) => each.period)).toEqual(["2026-10"]);
    expect(periodsOf(totals, "", 1)).toHaveLength(1);
    expect(everybodyIn(totals)).toEqual(["guest", "ioniq_5", "pool"]);
  });

  it("are none where the answer is another", () => {
    expect(totalsOf({ totals: "none" })).toEqual([]);
    expect(totalsOf({})).toEqual([]);
  });
});

describe("a period", () => {
  it("is written as people write it", () => {
    expect([dateIn("2026-11", "de"), dateIn("2026-11-24", "en")]).toEqual(["Nov. 2026", "Tue, Nov 24"]);
  });

  it("is this month's by the clock of the home", () => {
    const nowMs = Date.parse("2026-10-31T23:30:00Z");
    expect([monthNow(nowMs, "UTC"), monthNow(nowMs, "Europe/Brussels")]).toEqual(["2026-10", "2026-11"]);
  });
});
