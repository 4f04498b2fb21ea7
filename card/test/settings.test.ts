import { describe, expect, it } from "vitest";
import type { Hass } from "../src/ha";
import { callSetting } from "../src/model/service";
import { keyOfSetting, settingsOf, valueIn } from "../src/model/settings";
import { SITE, siteOf } from "../src/model/site";
import { appliance, charger, site, statesOf } from "./houses";

const loads = [
  charger("car", "charging", "standard", ""),
  appliance("tank", "tank", "on", "normal", "", { more: { rated_w: 2500, normal_c: 50, boost_c: 65, phases: ["L1"] } }),
  appliance("living", "thermostat", "on", "standard", "", { more: { normal_c: 20, boost_c: 22 } }),
];
const more = { max_import_w: null, dry_run: false, soc_target_pct: 80, soc_min_pct: 20, allow_grid_charging: true };
const states = statesOf(site("ok", "", { L1: 1, L2: 1, L3: 1 }, loads, more), ...loads);
const settings = (entity: string) => settingsOf(states, siteOf(states), entity);

describe("behind the gear", () => {
  it("each value of the site has a control with its range", () => {
    expect(settings(SITE).map(({ key, value, span }) => [key, value, span?.max ?? null])).toEqual([
      ["distribution", "priority", null],
      ["max_import_w", null, 17250],
      ["soc_target_pct", 80, 100],
      ["soc_min_pct", 20, 100],
      ["allow_grid_charging", true, null],
      ["dry_run", false, null],
    ]);
  });

  it("a load has those that it shows", () => {
    expect(settings("sensor.fusebox_car").map(({ key, span }) => [key, span?.max])).toEqual([["min_a", 25]]);
    expect(settings("sensor.fusebox_tank").map(({ key, span }) => [key, span?.max])).toEqual([
      ["rated_w", 5750],
      ["normal_c", 95],
      ["boost_c", 95],
    ]);
    expect(settings("sensor.fusebox_living").map(({ key, span }) => [key, span?.max, span?.step])).toEqual([
      ["normal_c", 35, 0.5],
      ["boost_c", 35, 0.5],
    ]);
  });

  it("a house without a battery has none for it, and an older one none at all", () => {
    const { soc_target_pct: _target, soc_min_pct: _min, allow_grid_charging: _grid, ...rest } = more;
    const plain = statesOf(site("ok", "", { L1: 1 }, [], rest));
    expect(settingsOf(plain, siteOf(plain), SITE).map(({ key }) => key)).toEqual(["distribution", "max_import_w", "dry_run"]);
  });

  it("calls fusebox_set with the owner and the key of CONFIG", async () => {
    const calls: unknown[] = [];
    const hass = { callService: (...told: unknown[]) => Promise.resolve(calls.push(told)) } as unknown as Hass;
    const [setting] = settings("sensor.fusebox_car");
    expect(await callSetting(hass, setting!, 8)).toBeNull();
    expect(await callSetting(hass, settings(SITE).at(-1)!, true)).toBeNull();
    expect(calls).toEqual([
      ["pyscript", "fusebox_set", { load: "car", min_a: 8 }, undefined, false],
      ["pyscript", "fusebox_set", { load: "site", dry_run: true }, undefined, false],
    ]);
    expect(keyOfSetting(setting!)).toBe("sensor.fusebox_car set:min_a");
    expect([valueIn(false), valueIn(8), valueIn("strict"), valueIn(null)]).toEqual([false, 8, "strict", null]);
  });
});
