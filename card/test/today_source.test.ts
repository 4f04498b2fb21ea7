import { expect, it, vi } from "vitest";
import type { Hass } from "../src/ha";
import { houseOf } from "../src/model/house";
import { TodaySource } from "../src/today_source";
import { HOUSES } from "./houses";

it("asks for the past of loads that are new at once", async () => {
  const asked: string[][] = [];
  const callWS = (message: { readonly type: string; readonly entity_ids: string[] }) => {
    if (message.type.startsWith("history")) asked.push(message.entity_ids);
    return Promise.resolve(message.type.startsWith("history") ? {} : []);
  };
  const source = new TodaySource({ requestUpdate: () => undefined } as never);
  const look = async (house: keyof typeof HOUSES) => {
    const states = HOUSES[house]();
    asked.length = 0;
    source.shown(houseOf(states, null), { states, callWS } as unknown as Hass, 6);
    await vi.waitFor(() => expect(asked).toHaveLength(72));
    await new Promise((done) => setTimeout(done, 5));
    return asked[0];
  };
  expect(await look("empty")).toEqual(["sensor.fusebox_site"]);
  expect(await look("sunnyNoon")).toContain("sensor.fusebox_car");
});
