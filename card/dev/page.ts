/** The card in a plain page with a house of test/houses.ts: ?house=tightEvening&dark&lang=de, beside itself: lang=de,nl,fr. */

import * as mdi from "@mdi/js";
import "../src/card";
import "../test/languages";
import type { Hass } from "../src/ha";
import { HOUSES, planned, type States } from "../test/houses";

const asked = new URLSearchParams(location.search);
const name = (asked.get("house") ?? "sunnyNoon") as keyof typeof HOUSES | "planned";
const states: States = name === "planned" ? planned(Date.now()) : HOUSES[name]();

/** Home Assistant's icon, as far as this page needs it. */
class Icon extends HTMLElement {
  static observedAttributes = ["icon"];
  attributeChangedCallback(): void {
    const words = (this.getAttribute("icon") ?? "").replace("mdi:", "").split("-");
    const key = `mdi${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("")}`;
    const path = (mdi as Record<string, string>)[key] ?? "";
    this.attachShadow({ mode: "open" });
    const size = "var(--mdc-icon-size, 24px)";
    this.shadowRoot!.innerHTML = `<style>:host{display:inline-flex;vertical-align:middle;width:${size};height:${size};fill:currentColor}</style><svg viewBox="0 0 24 24" aria-hidden="true"><path d="${path}"/></svg>`;
  }
  override attachShadow(init: ShadowRootInit): ShadowRoot {
    return this.shadowRoot ?? super.attachShadow(init);
  }
}
customElements.define("ha-icon", Icon);

class Frame extends HTMLElement {
  constructor() {
    super();
    this.attachShadow({ mode: "open" }).innerHTML =
      "<style>:host{display:block;background:var(--card-background-color);border:1px solid var(--divider-color);border-radius:12px}</style><slot></slot>";
  }
}
customElements.define("ha-card", Frame);

const wave = (atMs: number, many: number): number => Math.abs(Math.sin(atMs / 3.1e6 + many)) * (0.6 + 0.4 * Math.sin(atMs / 7e5 + many));

/** What the house may have been at a moment of the past: as now, more or less. */
function past(atMs: number): Record<string, unknown[]> {
  return Object.fromEntries(
    Object.values(states).map((each, place) => {
      const told = { ...each.attributes };
      const factor = wave(atMs, place);
      for (const key of ["draw_a", "grid_a"]) {
        const amps = told[key] as Record<string, number> | undefined;
        if (amps) told[key] = Object.fromEntries(Object.entries(amps).map(([phase, a], at) => [phase, a * wave(atMs, key === "grid_a" ? at : place)]));
      }
      if (typeof told.solar_w === "number") told.solar_w *= factor;
      return [each.entity_id, [{ s: each.state, a: told, lu: atMs / 1000 }]];
    }),
  );
}

/** What a service answers: the car's plan as a preview, or some sessions. */
function answerOf(data: Record<string, unknown>): unknown {
  if (data.totals !== undefined) return { totals: sessions(String(data.totals)) };
  const told = states["sensor.fusebox_car"]?.attributes;
  return { load: data.load, plan: told?.plan, plan_cost: 2.05, plan_cost_at_once: 3.42, missing_kwh: Number(data.soc_target_pct) > 90 ? 11.5 : 0 };
}

function sessions(by: string): readonly object[] {
  const stepMs = (by === "day" ? 1 : 30.4) * 86_400_000;
  return Array.from({ length: 5 }, (_, back) => {
    const period = new Date(Date.now() - back * stepMs).toISOString().slice(0, by === "day" ? 10 : 7);
    const kwh = by === "day" ? 18.4 : 212.6;
    return [
      { period, load: "car", vehicle: "ioniq_5", sessions: 3, kwh: kwh + back, solar_pct: 40 + back, cost: 0.19 * kwh, saved: 0.06 * kwh },
      { period, load: "pool_pump", vehicle: null, sessions: 9, kwh: kwh / 9, solar_pct: 91, cost: 0.9, saved: back === 3 ? -0.1 : null },
    ];
  }).flat();
}

const languages = (asked.get("lang") ?? "en").split(",");

const hass: Omit<Hass, "language"> = {
  states,
  config: { time_zone: "Europe/Brussels" },
  callService: async (_domain, _service, data) => {
    await new Promise((done) => setTimeout(done, 400));
    if (data.current_a === 20) throw { code: "service_validation_error", message: "Validation error: current_a: 20 is above circuit 'main' (16 A); give at most 16" };
    const entity = `sensor.fusebox_${String(data.load)}`;
    const told = { ...states[entity]!.attributes, ...(data.mode === undefined ? {} : { mode: data.mode }), ...(data.state === undefined ? {} : { boosted: data.state }), ...(data.current_a === undefined ? {} : { max_a: data.current_a }) };
    setTimeout(() => show({ ...states, [entity]: { ...states[entity]!, attributes: told } }), 600);
    return null;
  },
  callWS: async <T,>(message: Readonly<Record<string, unknown>>): Promise<T> => {
    if (message.type === "logbook/get_events") {
      const now = Date.now() / 1000;
      const [last] = Object.keys(states).filter((entity) => states[entity]!.attributes.type !== undefined).slice(-1);
      return [
        { when: now - 4000, name: "Fusebox site", message: `limited: ${states["sensor.fusebox_site"]!.attributes.reason}` },
        ...(last === undefined ? [] : [{ when: now - 9000, name: last.replace("sensor.fusebox_", "Fusebox "), message: `shed: ${states[last]?.attributes.reason}` }]),
      ] as T;
    }
    if (message.type === "call_service") return { response: answerOf(message.service_data as Record<string, unknown>) } as T;
    return past(Date.parse(String(message.start_time))) as T;
  },
};

const cards = languages.map((language) => {
  const card = document.createElement("fusebox-card") as HTMLElement & { setConfig(config: object): void; hass: Hass };
  const controls = asked.has("controls") ? { controls: asked.get("controls") } : {};
  card.setConfig({ type: "custom:fusebox-card", hide_today: asked.has("hide_today"), ...controls });
  return { card, language };
});
function show(now: States): void {
  Object.assign(states, now);
  for (const { card, language } of cards) card.hass = { ...hass, language, states: { ...states } };
}
document.documentElement.lang = languages[0] ?? "en";
document.body.classList.toggle("dark", asked.has("dark"));
document.body.classList.toggle("several", cards.length > 1);
show(states);
document.querySelector("main")!.append(...cards.map(({ card }) => card));
Object.assign(window, { card: cards[0]?.card, show, states });
