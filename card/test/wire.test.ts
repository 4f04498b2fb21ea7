import { describe, expect, it } from "vitest";
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
    const found = stacked(15, [taker("car", 6), taker("pool", 4)], false);
    expect(found.map(({ key, fromA, toA }) => [key, fromA, toA])).toEqual([["house", 0, 5], ["car", 5, 11], ["pool", 11, 15]]);
  });

  it("begins left of zero where the roof feeds the loads", () => {
    const found = stacked(-2, [taker("car", 10)], true);
    expect(found.map(({ key, fromA, toA }) => [key, fromA, toA])).toEqual([["car", -12, -2]]);
  });

  it("is cut at what flows where readings of different moments add up to more", () => {
    expect(stacked(5, [taker("car", 8)], false).map((each) => each.toA)).toEqual([5]);
  });

  it("has nothing in it while the meter is silent", () => {
    const silent = wires(statesOf(site("blind", "", { L1: null }, [])))[0]?.bars[0];
    expect(silent).toMatchObject({ flowA: null, freeA: null, over: false, segments: [] });
  });

  it("knows what is free, and what is too much", () => {
    const bars = wires(HOUSES.fault())[0]?.bars ?? [];
    expect(bars.map((bar) => [bar.phase, bar.over])).toEqual([["L1", false], ["L2", true], ["L3", false]]);
    expect(bars[0]?.freeA).toBeCloseTo(12.9);
  });

  it("tells what the roof gives, and what of that leaves", () => {
    const bars = wires(HOUSES.sunnyNoon())[0]?.bars ?? [];
    expect(bars.map((bar) => [bar.phase, bar.ownA.toFixed(1), bar.exportA.toFixed(1)])).toEqual([
      ["L1", "11.8", "2.6"],
      ["L2", "11.1", "0.0"],
      ["L3", "10.6", "1.4"],
    ]);
  });

  it("says whether that is the roof or the battery", () => {
    const from = (more: Record<string, number>) => ownSource(siteOf(statesOf(site("ok", "", { L1: -4 }, [], more))));
    expect(from({ solar_w: 4000, battery_charge_w: -500 })).toBe("sun");
    expect(from({ solar_w: 0, battery_charge_w: -1500 })).toBe("battery");
    expect(from({ solar_w: 900, battery_charge_w: 1500 })).toBe("sun");
  });

  it("sends out where no load is, too", () => {
    expect(wires(statesOf(site("ok", "", { L1: -4 }, [], { solar_w: 2000 })))[0]?.bars[0]).toMatchObject({ ownA: 4, exportA: 4, segments: [] });
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
    expect(sunny.leftA).toBe(-12.5);
    expect(axisOf(wires(HOUSES.tightEvening()), sunny)).toEqual(sunny);
  });
});
