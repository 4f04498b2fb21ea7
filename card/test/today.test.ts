import { describe, expect, it } from "vitest";
import { chartOf, scaleOf, TOTAL, within } from "../src/model/chart";
import type { Hass } from "../src/ha";
import { happened, happenedOf } from "../src/model/events";
import { type Look, lookAt, lookOf, momentsOf } from "../src/model/history";
import { pieces } from "../src/parts/drawing";
import { HOUSES, site, state, type States, statesOf } from "./houses";

const look = (states: States, atMs = 0): Look => lookAt(states, atMs, Object.keys(states).filter((id) => /fusebox_(car|van|tank|pool)/.test(id)));

describe("looks at the past", () => {
  it("are at the same moments for whoever looks within one step", () => {
    const stepMs = (6 * 3_600_000) / 72;
    expect(momentsOf(1000 * stepMs + 1, 6)).toEqual(momentsOf(1001 * stepMs - 1, 6));
    expect(momentsOf(1000 * stepMs, 6).slice(0, 2)).toEqual([1000 * stepMs, 999 * stepMs]);
  });

  it("read what Home Assistant answers", () => {
    const told = HOUSES.sunnyNoon();
    const answer = Object.fromEntries(Object.values(told).map((each) => [each.entity_id, [{ s: each.state, a: each.attributes }]]));
    const found = lookOf(answer, 100_000, ["sensor.fusebox_car"]);
    expect(found?.site.gridA).toEqual({ L1: -2.6, L2: 2.9, L3: -1.4 });
    expect(found?.loads.map((load) => load.title)).toEqual(["Car"]);
  });

  it("are nothing where nothing was recorded", () => {
    expect(lookOf({}, 0, [])).toBeNull();
    expect(lookOf({ "sensor.fusebox_site": [] }, 0, [])).toBeNull();
  });
});

describe("the picture", () => {
  it("stacks the whole house in watts, export not counted", () => {
    const chart = chartOf([look(HOUSES.sunnyNoon())], TOTAL);
    expect(chart.layers.map((layer) => layer.key)).toEqual(["house", "sensor.fusebox_car", "sensor.fusebox_pool_pump", "battery"]);
    expect(chart.lines.map((line) => [line.key, Math.round(line.values[0] ?? 0)])).toEqual([["grid", -253], ["sun", 9200]]);
  });

  it("stacks one phase in amps, so that it ends at what flows", () => {
    const chart = chartOf([look(HOUSES.tightEvening())], "L2");
    expect(chart.layers.at(-1)?.spans[0]?.[1]).toBeCloseTo(24.4);
  });

  it("has a gap where the meter was silent", () => {
    const silent = statesOf(site("blind", "", { L1: null }, []));
    const seen = statesOf(site("ok", "", { L1: 4 }, []));
    const chart = chartOf([look(seen), look(silent), look(seen)], "L1");
    expect(chart.lines[0]?.values).toEqual([4, null, 4]);
    expect(pieces(chart.layers[0]?.spans ?? [])).toEqual([[0], [2]]);
  });

  it("keeps a load that came later on the top of the others, without a gap beside it", () => {
    const before = statesOf(site("ok", "", { L1: 4, L2: 4, L3: 4 }, []));
    const chart = chartOf([look(before), look(HOUSES.sunnyNoon())], "L2");
    expect(chart.layers.find((layer) => layer.key === "sensor.fusebox_car")?.spans[0]).toBeNull();
  });

  it("has round ticks around everything that is shown", () => {
    const chart = chartOf([look(HOUSES.tightEvening())], TOTAL);
    expect(scaleOf(chart, [4000])).toEqual({ low: 0, high: 15000, ticks: [0, 5000, 10000, 15000] });
  });

  it("leaves little empty above and below", () => {
    const low = statesOf(site("ok", "", { L1: -4 }, [], { solar_w: 4000 }));
    const high = statesOf(site("ok", "", { L1: 16 }, [], { solar_w: 0 }));
    expect(scaleOf(chartOf([look(low), look(high)], "L1"), [])).toMatchObject({ low: -5, high: 20 });
  });

  it("leaves a limit out that is far above everything", () => {
    const chart = chartOf([look(statesOf(site("ok", "", { L1: 4 }, [])))], "L1");
    expect(scaleOf(chart, [63]).high).toBeLessThan(10);
    expect(within([63], scaleOf(chart, [63]))).toEqual([]);
    expect(within([10], scaleOf(chart, [10]))).toEqual([10]);
    expect(scaleOf(chart, [10]).high).toBeGreaterThanOrEqual(10);
  });
});

describe("what happened", () => {
  it("is what Fusebox wrote into the logbook, newest first", () => {
    const entries = [
      { when: 1, name: "Fusebox site", message: "limited: car: may have 6 A" },
      { when: 3, name: "Fusebox car", message: "shed: needs 6 A" },
      { when: 2, name: "Fusebox", message: "takes over 2 loads" },
      { when: 4, name: "sensor.fusebox_site", state: "ok" },
    ];
    expect(happenedOf(entries)).toMatchObject([
      { atMs: 3000, kind: "shed", load: "car", reason: { sentence: "needs 6 A", code: "" } },
      { atMs: 1000, kind: "limited", load: "", reason: { sentence: "car: may have 6 A" } },
    ]);
  });

  it("has the code of the reason that was recorded then, so that it can be translated", async () => {
    const told = { reason: "mode is off; on one phase: set by hand", reason_code: "mode_off", reason_values: {} };
    const hass = {
      callWS: async ({ type }: { type: string }) =>
        type === "logbook/get_events"
          ? ["shed: mode is off", "escalated: loads.car: mode is off", "shed: the car is full"].map((message, at) => ({ when: 9 - at, name: "Fusebox car", message }))
          : { "sensor.fusebox_site": [{ s: "ok" }], "sensor.fusebox_car": [{ s: "0", a: told }] },
    };
    const found = await happened(hass as unknown as Hass, 0);
    expect(found.map(({ reason }) => [reason.sentence, reason.code])).toEqual([
      ["mode is off", "mode_off"],
      ["mode is off", "mode_off"],
      ["the car is full", ""],
    ]);
  });
});

it("reads a number only where there is one", () => {
  expect(lookAt(statesOf(state("sensor.fusebox_site", "ok", { grid_a: { L1: "x" } })), 0, []).site.gridA).toEqual({ L1: null });
});
