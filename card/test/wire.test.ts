import { describe, expect, it } from "vitest";
import { flowOf } from "../src/model/flow";
import { houseOf } from "../src/model/house";
import { ownSource, siteOf } from "../src/model/site";
import { axisOf, stacked, wiresOf } from "../src/model/wire";
import { charger, HOUSES, site, type States, statesOf } from "./houses";

const wires = (states: States) => {
  const house = houseOf(states, null);
  return wiresOf(house.site, house.loads);
};
const taker = (key: string, amps: number) => ({ key, title: key, colour: "red", amps });

describe("a phase's bar", () => {
  it("is the house and its loads, and ends at what flows", () => {
    const found = stacked(15, [taker("car", 6), taker("pool", 4)], null);
    expect(found.map(({ key, fromA, toA }) => [key, fromA, toA])).toEqual([["house", 0, 5], ["car", 5, 11], ["pool", 11, 15]]);
  });

  it("begins left of zero where the roof feeds the loads", () => {
    const found = stacked(-2, [taker("car", 10)], 15);
    expect(found.map(({ key, fromA, toA }) => [key, fromA, toA])).toEqual([["house", -15, -12], ["car", -12, -2]]);
  });

  it("is cut at what flows where readings of different moments add up to more", () => {
    expect(stacked(5, [taker("car", 8)], null).map((each) => each.toA)).toEqual([5]);
  });

  it("has nothing in it while the meter is silent", () => {
    const silent = wires(statesOf(site("blind", "", { L1: null }, [])))[0]?.bars[0];
    expect(silent).toMatchObject({ flowA: null, freeA: null, over: false, segments: [] });
  });

  it("has the age of its reading where its meter is silent, on its own circuit", () => {
    const circuits = { garage: { fuse_a: 16, parent: "main", flow_a: { L1: 8 } } };
    const [main, garage] = wires(statesOf(site("ok", "", { L1: 12, L2: 3 }, [], { circuits, silent_s: { "main L2": 119.6, "garage L1": 30 } })));
    expect(main?.bars.map((bar) => bar.silentMin)).toEqual([null, 1]);
    expect(garage?.bars.map((bar) => bar.silentMin)).toEqual([0]);
  });

  it("knows what is free, and what is too much", () => {
    const bars = wires(HOUSES.fault())[0]?.bars ?? [];
    expect(bars.map((bar) => [bar.phase, bar.over])).toEqual([["L1", false], ["L2", true], ["L3", false]]);
    expect(bars[0]?.freeA).toBeCloseTo(12.9);
  });

  it("tells what the roof gives, and what of that leaves", () => {
    const bars = wires(HOUSES.sunnyNoon())[0]?.bars ?? [];
    expect(bars.map((bar) => [bar.phase, bar.ownA.toFixed(1), bar.exportA.toFixed(1)])).toEqual([
      ["L1", "12.9", "2.6"],
      ["L2", "12.9", "0.0"],
      ["L3", "12.9", "1.4"],
    ]);
  });

  it("has the house's own part on every phase, in the sun too, and all of it is what the house takes", () => {
    const sunny = houseOf(HOUSES.sunnyNoon(), null);
    const own = wiresOf(sunny.site, sunny.loads)[0]!.bars.map((bar) => bar.segments.find((each) => each.key === "house")!);
    const amps = own.map((each) => each.toA - each.fromA);
    expect(amps.map((each) => each.toFixed(1))).toEqual(["1.1", "1.8", "2.3"]);
    expect(amps.reduce((a, b) => a + b) * 230).toBeCloseTo(flowOf(sunny.site, sunny.loads)!.houseW);
  });

  it.each([
    ["an inverter on one phase", { L1: -10, L2: 2, L3: 3 }, { solar_w: 2760 }, [0, 3, 4]],
    ["a battery that feeds the house", { L1: 0, L2: 0, L3: 0 }, { battery_charge_w: -2070 }, [3, 3, 3]],
    ["a battery that charges from the grid", { L1: 5, L2: 4, L3: 6 }, { battery_charge_w: 2070 }, [2, 1, 3]],
    ["readings of different moments", { L1: -10, L2: 2, L3: 3 }, { solar_w: 0 }, [0, 2, 3]],
  ])("knows the house's own part beside %s", (_, grid, more, expected) => {
    const bars = wires(statesOf(site("ok", "", grid, [], more)))[0]!.bars;
    const own = bars.map(({ segments }) => segments.find((each) => each.key === "house"));
    expect(own.map((each) => Math.round((each?.toA ?? 0) - (each?.fromA ?? 0)))).toEqual(expected);
  });

  it("says whether that is the roof or the battery", () => {
    const from = (more: Record<string, number>) => ownSource(siteOf(statesOf(site("ok", "", { L1: -4 }, [], more))));
    expect(from({ solar_w: 4000, battery_charge_w: -500 })).toBe("sun");
    expect(from({ solar_w: 0, battery_charge_w: -1500 })).toBe("battery");
    expect(from({ solar_w: 900, battery_charge_w: 1500 })).toBe("sun");
  });

  it("sends out where no load is, too", () => {
    expect(wires(statesOf(site("ok", "", { L1: -4 }, [], { solar_w: 2000 })))[0]?.bars[0]).toMatchObject({ exportA: 4 });
  });

  it("counts export above the fuse as too much, too", () => {
    const bar = wires(statesOf(site("over", "", { L1: -30 }, [], { solar_w: 9000 })))[0]?.bars[0];
    expect(bar).toMatchObject({ over: true, beyondA: [-30, -25] });
    expect(wires(HOUSES.fault())[0]?.bars.map((each) => each.beyondA)).toEqual([null, [25, 27.8], null]);
  });
});

describe("a circuit", () => {
  it("stands below the main fuse with its own and the loads behind it", () => {
    const [main, garage] = wires(HOUSES.tightEvening());
    expect([main?.fuseA, garage?.name, garage?.fuseA]).toEqual([25, "garage", 16]);
    expect(garage?.bars[0]?.segments.map((each) => each.key)).toEqual(["house", "sensor.fusebox_car"]);
  });

  it("has the loads of circuits behind it", () => {
    const car = charger("car", "charging", "standard", "", { at: "box", draw: { L1: 8 } });
    const circuits = {
      barn: { fuse_a: 20, parent: "main", flow_a: { L1: 10 } },
      box: { fuse_a: 16, parent: "barn", flow_a: { L1: 8 } },
    };
    const barn = wires(statesOf(site("ok", "", { L1: 12 }, [car], { circuits }), car))[1];
    expect(barn?.bars[0]?.segments.map((each) => each.key)).toEqual(["house", "sensor.fusebox_car"]);
  });
});

describe("the axis", () => {
  it("shows the fuse with some room beyond it", () => {
    const { leftA, rightA } = axisOf(wires(HOUSES.tightEvening()), null);
    expect([leftA, rightA.toFixed(1)]).toEqual([0, "28.0"]);
  });

  it("goes left of zero in quarters of the fuse, and never back", () => {
    const sunny = axisOf(wires(HOUSES.sunnyNoon()), null);
    expect(sunny.leftA).toBe(-18.75);
    expect(axisOf(wires(HOUSES.tightEvening()), sunny)).toEqual(sunny);
  });
});
