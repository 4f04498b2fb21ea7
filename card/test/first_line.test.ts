import { describe, expect, it } from "vitest";
import { HOUR_MS } from "../src/model/plan";
import type { Load } from "../src/model/load";
import { houseOf } from "../src/model/house";
import { answersOf, chargeOf } from "../src/parts/first_line";
import { sayIn } from "../src/words/words";
import "./languages";
import { charger, site, state, statesOf } from "./houses";

const NOW_MS = Date.parse("2026-06-01T17:05:00Z");

/** A car with these attributes, and these of its energy. */
function carWith(told: object, energy: object = {}, status = "charging"): Load {
  const car = charger("car", status, "standard", "", { more: { ...told } });
  const states = statesOf(site("ok", "", {}, [car]), car, state("sensor.fusebox_car_energy", "1", { ...energy }));
  const [load] = houseOf(states, null).loads;
  return load!;
}

function answers(told: object, energy: object = {}, status = "charging", language = "en"): readonly string[] {
  return answersOf(carWith(told, energy, status), { priceUnit: "EUR/kWh", say: sayIn(language), language, zone: "UTC" }, NOW_MS);
}

describe("the first line of a load", () => {
  const plan = { plan_state: "waiting", plan_cost: 2.31, plan_reason: "", ready_at: "2026-06-02T06:40:00Z" };

  it("says whether it charges, when it is ready and what its plan costs", () => {
    expect(answers(plan, { session_kwh: 3, session_cost: 0.4 }, "waiting")).toEqual(["waiting", "ready at 06:40", "2.31 EUR"]);
    expect(answers(plan, {}, "charging", "de")).toEqual(["lädt", "fertig um 06:40", "2,31 EUR"]);
  });

  it("has the cost so far where nothing is planned any more", () => {
    expect(answers({}, { session_kwh: 3, session_cost: 0.4 })).toEqual(["charging", "0.40 EUR so far"]);
    expect(answers({ ...plan, plan_state: "done", ready_at: null }, { session_kwh: 14, session_cost: 2.29 }, "full")).toEqual(["full", "2.29 EUR so far"]);
  });

  it("has no cost of next to nothing", () => {
    expect(answers({}, { session_kwh: 0.04, session_cost: 0 })).toEqual(["charging"]);
  });

  it("names the day where it is not ready within a day", () => {
    const at = (hours: number) => answers({ ready_at: new Date(NOW_MS + hours * HOUR_MS).toISOString() })[1];
    expect([at(23.9), at(24)]).toEqual(["ready at 16:59", "ready Tue 17:05"]);
  });

  it("says that a plan is late where nobody knows when it is ready", () => {
    expect(answers({ plan_state: "late", plan_cost: null })).toEqual(["charging", "plan is late"]);
  });

  it("leaves out what is not known, and what is no moment", () => {
    expect(answers({ ready_at: "soon" }, {}, "unplugged")).toEqual(["unplugged"]);
  });
});

describe("the charge of a car", () => {
  it("is told with the wanted one, of its plan or its limit, until it has that", () => {
    const charge = (told: object) => chargeOf(carWith(told), "en");
    expect(charge({ soc_pct: 46, plan_state: "waiting", plan_asked: { soc_target_pct: 80 }, stop_soc_pct: 90 })).toBe("46 → 80 %");
    expect(charge({ soc_pct: 46, plan_state: "done", plan_asked: { soc_target_pct: 80 }, stop_soc_pct: 90 })).toBe("46 → 90 %");
    expect([charge({ soc_pct: 90, stop_soc_pct: 90 }), charge({ soc_pct: 0, stop_soc_pct: null }), charge({})]).toEqual(["90 %", "0 %", ""]);
  });
});
