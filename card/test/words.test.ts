import { describe, expect, it } from "vitest";
import { formIn } from "../src/editor";
import { localeOf } from "../src/ha";
import { figure } from "../src/model/numbers";
import { sentenceOf } from "../src/words/sentence";
import { type Key, sayIn, sayOf } from "../src/words/words";
import { LANGUAGES } from "./languages";

const places = (text: string) => [...text.matchAll(/\{\d\}/g)].map(String).sort();

describe.each(Object.entries(LANGUAGES))("%s", (_, words) => {
  it("has every text, with the same places to fill in", () => {
    const en = LANGUAGES.en!.card;
    expect(Object.keys(words.card).sort()).toEqual(Object.keys(en).sort());
    for (const [key, text] of Object.entries(en)) {
      expect(words.card[key as Key], key).not.toBe("");
      expect(places(words.card[key as Key]), key).toEqual(places(text));
    }
  });
});

describe("the editor", () => {
  it.each(Object.keys(LANGUAGES))("names each of its fields: %s", (language) => {
    const { schema, computeLabel } = formIn(language);
    expect(schema.map(computeLabel).every((label) => label.length > 3)).toBe(true);
    expect(schema.map((field) => field.name)).toEqual(["title", "controls", "hours", "hide_today"]);
  });
});

describe("a text", () => {
  it("is the user's language's, of whatever country, else English", () => {
    expect([sayIn("de-CH")("sun"), sayIn("pl")("sun"), sayIn("no")("sun")]).toEqual(["Sonne", "Sun", "Sol"]);
  });

  it("has what belongs in its place", () => {
    expect(sayIn("en")("of_fuse", "25 A")).toBe("of 25 A");
  });

  it("that nobody knows is told as it is", () => {
    expect(sayOf(sayIn("de"), "mode", "night_rate")).toBe("night rate");
  });
});

describe("a reason", () => {
  const fuse = { circuit: "main", phase: "L2", rating_a: 25, house_a: 17.3, share_a: 7.2, loads: "car v2.0 7.5 A, tank 1.4 kW" };
  const english = "limited to 7.2 A by the main fuse (L2, 25 A): car v2.0 7.5 A, tank 1.4 kW, house 17.3 A";
  const reason = { sentence: english, code: "limited_by_fuse", values: fuse };

  it("is told in the user's language, with the commas of the numbers that the user reads", () => {
    expect(sentenceOf(reason, sayIn("de"), "de")).toBe(
      "begrenzt auf 7,2 A durch die Hauptsicherung (L2, 25 A): car v2.0 7,5 A, tank 1,4 kW, Haus 17,3 A",
    );
    expect(sentenceOf(reason, sayIn("de"), "en")).toContain("begrenzt auf 7.2 A");
  });

  it("leaves out a part of which a value is not given", () => {
    const { loads: _loads, share_a: _share, ...values } = { ...fuse, min_a: 6, circuit: "car_park" };
    expect(sentenceOf({ ...reason, values }, sayIn("de"), "de")).toBe(
      "braucht 6 A, begrenzt durch die Sicherung car park (L2, 25 A): Haus 17,3 A",
    );
  });

  it("of the site that is about one load begins with it", () => {
    expect(sentenceOf({ sentence: "car: mode is off", code: "mode_off", values: { load: "car" } }, sayIn("de"), "de")).toMatch(/^car: \S/);
  });

  it("says what a dry run would command, and for which load", () => {
    const values = { would: "set number.wall from 6.5 to 10 A and switch switch.wall on", load: "car" };
    expect(sentenceOf({ sentence: "", code: "mode_off", values }, sayIn("de"), "de")).toBe(
      "würde number.wall von 6,5 auf 10 A stellen und switch.wall einschalten: car: Modus steht auf Aus",
    );
  });

  it("translates words, modes and the names of limits, and leaves others as they are", () => {
    const sentence = (code: string, values: Record<string, string>) => sentenceOf({ sentence: "?", code, values }, sayIn("de"), "de");
    expect(sentence("limit_unmeasured", { limit: "main L1" })).toBe("wird nicht erhöht: Hauptsicherung L1 nicht vollständig gemessen");
    expect(sentence("limit_unmeasured", { limit: "imbalance L1 L2" })).toContain("Schieflastgrenze L1 L2");
    expect(sentence("waits_for_known_battery", { energy: "own power (allow_grid_charging is off)" })).toContain("Eigenstrom (");
    expect(sentence("meter_late", { meters: "main L1 (sensor.l1), car_park L2 (sensor.main_l2)", loads: "car" })).toBe(
      "kein brauchbarer Wert von Hauptsicherung L1 (sensor.l1), car_park L2 (sensor.main_l2): car höchstens auf dem Minimum",
    );
    expect(sentence("setting_missing", { text: "4.2 on my_charger" })).toContain(": 4.2 on my_charger");
  });

  it("in English calls loads and circuits without the underscore, and leaves entities and lines of CONFIG as they are", () => {
    const english = (sentence: string, values: Record<string, string>) => sentenceOf({ sentence, code: "any", values }, sayIn("en"), "en");
    expect(english("place_5: paused by car_park L1 until at least 18:40", { load: "place_5", limit: "car_park L1" })).toBe(
      "place 5: paused by car park L1 until at least 18:40",
    );
    expect(english("would set number.place_5 to 6 A", { load: "place_5" })).toBe("would set number.place_5 to 6 A");
    expect(english('place_5 differs; write "place_5": 1', { load: "place_5", line: '"place_5": 1' })).toContain('"place_5": 1');
  });

  it.each([
    ["in English", "en", reason],
    ["of a code that is not known", "de", { ...reason, code: "brand_new" }],
    ["without a code", "de", { ...reason, code: "", values: {} }],
    ["of which a value is missing", "de", { ...reason, values: { circuit: "main" } }],
  ])("is the scripts' sentence %s", (_, language, each) => {
    expect(sentenceOf(each, sayIn(language), language)).toBe(english);
  });
});

describe("numbers", () => {
  it("are written as the user's profile says", () => {
    const written = (language: string, number_format: string) => figure(1380.5, 1, localeOf({ language, locale: { number_format } }));
    expect([written("de", "language"), written("de", "comma_decimal"), written("en", "decimal_comma"), written("en", "none")]).toEqual([
      "1.380,5",
      "1,380.5",
      "1.380,5",
      "1380.5",
    ]);
  });
});
