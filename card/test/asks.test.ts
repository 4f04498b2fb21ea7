import { describe, expect, it } from "vitest";
import type { Hass } from "../src/ha";
import { answered, asked, CONFIRMED_MS, hoped, LATE_MS, NO_ASKS, REFUSED_MS, settled } from "../src/model/asks";
import { houseOf } from "../src/model/house";
import { ask, call, keyOf, patienceMs, shownOf } from "../src/model/service";
import { NO_REASON } from "../src/model/reason";
import { wordsOf } from "../src/parts/answer";
import { sayIn } from "../src/words/words";
import "./languages";
import { HOUSES, planned } from "./houses";

const KEY = "sensor.fusebox_car mode";
const sent = asked(NO_ASKS, KEY, "off", 1000);
const taken = answered(sent, KEY, 1000, null, 1400);
const shows = (value: string) => () => value;

describe("what was asked for", () => {
  it("is shown at once", () => {
    expect(hoped(sent, KEY, "standard")).toBe("off");
  });

  it("is confirmed when the entity shows it, and then forgotten", () => {
    const confirmed = settled(taken, shows("off"), 2000);
    expect(confirmed.get(KEY)?.stage).toBe("confirmed");
    expect(settled(confirmed, shows("off"), 2001 + CONFIRMED_MS).size).toBe(0);
  });

  it("is not confirmed by the entity before its call was answered", () => {
    expect(settled(sent, shows("off"), 1100)).toBe(sent);
  });

  it("falls back to what is, with the sentence, when it is refused", () => {
    const refused = answered(sent, KEY, 1000, { ...NO_REASON, sentence: "mode: 'off' is not a mode" }, 1400);
    expect(hoped(refused, KEY, "standard")).toBe("standard");
    expect(refused.get(KEY)).toMatchObject({ stage: "refused", refusal: { sentence: "mode: 'off' is not a mode" } });
    expect(settled(refused, shows("standard"), 1401 + REFUSED_MS).size).toBe(0);
  });

  it("is late when the entity does not follow, and then shows what is", () => {
    const late = settled(taken, shows("standard"), 1401 + LATE_MS);
    expect(late.get(KEY)?.stage).toBe("late");
    expect(hoped(late, KEY, "standard")).toBe("standard");
  });

  it("of phases has the time that switching takes", () => {
    const key = "sensor.fusebox_car phases";
    const switching = answered(asked(NO_ASKS, key, 1, 1000, patienceMs("phases")), key, 1000, null, 1400);
    expect(settled(switching, () => 3, 1401 + LATE_MS)).toBe(switching);
    expect(settled(switching, () => 1, 1401 + LATE_MS).get(key)?.stage).toBe("confirmed");
    expect(patienceMs("mode")).toBe(LATE_MS);
  });

  it("is answered only by its own call: a second tap is a new question", () => {
    const again = asked(sent, KEY, "standard", 1200);
    expect(answered(again, KEY, 1000, NO_REASON, 1400)).toBe(again);
  });

  it("is the same map while nothing moves", () => {
    expect(settled(taken, shows("standard"), 1500)).toBe(taken);
  });
});

describe("a control", () => {
  const load = houseOf(HOUSES.sunnyNoon(), null).loads[0]!;
  const hass = (answer: () => Promise<unknown>, calls: unknown[] = []): Hass => ({
    states: {},
    language: "en",
    callWS: () => Promise.reject(new Error("nobody")),
    callService: (...told) => {
      calls.push(told);
      return answer();
    },
  });

  it.each([
    ["mode", "off", { load: "car", mode: "off" }, "fusebox_set_mode"],
    ["boost", true, { load: "car", state: true }, "fusebox_boost"],
    ["max", 10, { load: "car", current_a: 10 }, "fusebox_set_max_current"],
    ["phases", 1, { load: "car", phases: 1 }, "fusebox_switch_phases"],
    ["plan", { ready_by: "07:00", energy_kwh: 20 }, { load: "car", ready_by: "07:00", energy_kwh: 20 }, "fusebox_set_plan"],
    ["plan", "", { load: "car" }, "fusebox_clear_plan"],
    ["stop_soc_pct", 80, { load: "car", stop_soc_pct: 80 }, "fusebox_set_limit"],
    ["stop_energy_kwh", 0, { load: "car", stop_energy_kwh: 0 }, "fusebox_set_limit"],
  ] as const)("%s calls its service", async (control, wanted, data, service) => {
    const calls: unknown[] = [];
    expect(await call(hass(() => Promise.resolve(null), calls), load, control, wanted)).toBeNull();
    // No toast of Home Assistant's own: the row says it.
    expect(calls).toEqual([["pyscript", service, data, undefined, false]]);
  });

  it("that is refused gives the service's sentence alone", async () => {
    const refuse = () => Promise.reject({ code: "service_validation_error", message: "Validation error: current_a: 20 is above it" });
    expect(await call(hass(refuse), load, "max", 20)).toMatchObject({ sentence: "current_a: 20 is above it" });
  });

  it("that is refused says why in the user's language, where the service gives a code", async () => {
    const translation_placeholders = { path: "loads.car.max_a", asked_a: 20.5, most_a: 16 };
    const message = "Validation error: loads.car.max_a: 20.5 A is more than its charger takes; give at most 16";
    const refuse = () => Promise.reject({ message, translation_key: "current_above_charger", translation_placeholders });
    const refused = answered(sent, KEY, 1000, await call(hass(refuse), load, "max", 20.5), 1400).get(KEY)!;
    expect(wordsOf(refused, sayIn("de"), "de")).toBe("20,5 A ist mehr, als die Wallbox zulässt; höchstens 16 A");
    expect(wordsOf(refused, sayIn("en"), "en")).toBe("loads.car.max_a: 20.5 A is more than its charger takes; give at most 16");
  });

  it("that reaches nobody says so in words", async () => {
    const refusal = await call(hass(() => Promise.reject(3)), load, "mode", "off");
    const refused = answered(sent, KEY, 1000, refusal, 1400).get(KEY)!;
    expect([refused.stage, wordsOf(refused, sayIn("en"), "en")]).toEqual(["refused", "No connection to Home Assistant"]);
  });

  it("of a plan is confirmed when there is one, and its end at once: CONFIG's own may stay", () => {
    const [car, , tank] = houseOf(planned(), null).loads;
    const wanted = { ready_by: "07:00", energy_kwh: 20 };
    expect([shownOf(car!, "plan", wanted), shownOf(tank!, "plan", wanted)]).toEqual([wanted, null]);
    expect(shownOf(car!, "plan", "")).toBe("");
  });

  it("shows what the entity shows", () => {
    expect([shownOf(load, "mode", ""), shownOf(load, "boost", ""), shownOf(load, "max", "")]).toEqual(["solar_only", false, 16]);
    expect(keyOf(load, "mode")).toBe(KEY);
  });
});

describe("a question", () => {
  const hass = (callWS: (message: unknown) => Promise<unknown>): Hass => ({
    states: {},
    language: "en",
    callWS: callWS as Hass["callWS"],
    callService: () => Promise.reject(new Error("never called")),
  });

  it("returns what its service answers", async () => {
    const messages: unknown[] = [];
    const answer = await ask(
      hass((message) => {
        messages.push(message);
        return Promise.resolve({ context: {}, response: { plan_cost: 2.31 } });
      }),
      "fusebox_set_plan",
      { load: "car", preview: true },
    );
    expect(answer).toEqual({ told: { plan_cost: 2.31 }, refusal: null });
    const service_data = { load: "car", preview: true };
    expect(messages).toEqual([{ type: "call_service", domain: "pyscript", service: "fusebox_set_plan", service_data, return_response: true }]);
  });

  it("that is refused has the service's sentence", async () => {
    const refused = { message: "Validation error: energy_kwh: 0 is too little", code: "service_validation_error" };
    expect((await ask(hass(() => Promise.reject(refused)), "fusebox_set_plan", {})).refusal?.sentence).toBe("energy_kwh: 0 is too little");
  });
});
